"""What it finds: pictures that articles name and that are not among the archive's files. Every build says so, too.

Why it is bad: the figure stands on the page without its picture. For a plain dump, whose pictures were never there, this
finds nothing: such figures name no file.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "picture-missing", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    for source, picture in matter.catalogue.missing_pictures():
        yield Problem(source, 0, 0, CODE, f"the picture {picture} is not there", "put it there, or mend the name")
