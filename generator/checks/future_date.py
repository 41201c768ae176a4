"""What it finds: articles that are not shown because their date is still to come.

Why it is bad: it is meant, or a date was read wrongly; then the article is missing from the archive.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "future-date", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    for source, day in matter.catalogue.future():
        yield Problem(source, 0, 0, CODE, f"is not shown before {day}", "mend the date, if it is not meant")
