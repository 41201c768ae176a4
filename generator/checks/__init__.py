"""The rules of `roznama check`, one file each, in a list that can be read.

What lives here: the list, and what a rule is given. A rule is a module with `CODE`, `SEVERITY`, a docstring that says
what it finds and why that is bad, and `check`. A new one is a module and a line in `CHECKS`; a test notices a module that
is not listed. Rules look at the catalogue and at the built site; what is wrong in a file is found when it is read
(`readers`), and said by every build.
"""

from collections.abc import Iterator
from types import ModuleType

import msgspec

from generator.checks import broken_link, duplicate_headline, figure_without_words, future_date, host_limit
from generator.checks.matter import Matter
from generator.problems import Problem

CHECKS: tuple[ModuleType, ...] = (broken_link, duplicate_headline, figure_without_words, future_date, host_limit)


def run(matter: Matter) -> Iterator[Problem]:
    """What all rules find, each with the severity that `[checks]` in `site.toml` gives its code."""
    wanted = matter.site.settings.checks
    for rule in CHECKS:
        severity = wanted.get(rule.CODE, rule.SEVERITY)
        if severity != "off":
            for problem in rule.check(matter):
                yield msgspec.structs.replace(problem, severity=severity)
