"""What it finds: articles of one language and one day with the same headline, spelling variants included.

Why it is bad: it is most likely one article twice, for instance from two crawls. Readers find both in every list.
"""

from collections.abc import Iterator
from itertools import groupby

from generator.checks.matter import Matter
from generator.problems import Problem
from generator.text import fold

CODE, SEVERITY = "duplicate-headline", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    for (_, day), rows in groupby(matter.catalogue.headlines(), key=lambda row: (row[1], row[2])):
        first: dict[str, str] = {}
        for source, _, _, headline in rows:
            earlier = first.setdefault(fold(headline), source)
            if earlier != source:
                when = f" of {day}" if day else ", undated as it is"
                yield Problem(source, 0, 0, CODE, f"has the headline of {earlier}{when}", "keep one, if they are the same")
