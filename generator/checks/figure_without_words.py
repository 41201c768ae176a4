"""What it finds: pictures of the archive without an alternative text and without a caption.

Why it is bad: who cannot see the picture learns nothing of it, and search cannot find it (WCAG 2.2, 1.1.1).
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "figure-without-words", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    for figure, row in matter.catalogue.figures_with_picture():
        if not figure.alt and not figure.caption:
            message = f"the picture {figure.picture} has neither alternative text nor caption"
            yield Problem(row.source, 0, 0, CODE, message, "say in the article what it shows")
