"""The rules of `roznama check`, one file each, in a list that can be read.

What lives here: the list, and what a rule is given. A rule is a module with `CODE`, `SEVERITY`, a docstring that says
what it finds and why that is bad, and `check`. A new one is a module and a line in `CHECKS`; a test notices a module that
is not listed. Rules look at the catalogue, at the built site and at the articles' files, one at a time; what is wrong in
a file is found when it is read (`readers`), and said by every build.
"""

from collections.abc import Iterator
from types import ModuleType

import msgspec

from generator.checks import (
    broken_link,
    crowded_folder,
    duplicate_headline,
    figure_without_words,
    future_date,
    host_limit,
    mojibake,
    near_duplicate,
    orphan_page,
    picture_missing,
    refused_name,
)
from generator.checks.matter import Matter
from generator.config import FILE
from generator.problems import Problem
from generator.text import nearest

CHECKS: tuple[ModuleType, ...] = (
    broken_link, orphan_page, picture_missing, figure_without_words, duplicate_headline, near_duplicate, mojibake,
    future_date, crowded_folder, refused_name, host_limit,
)  # fmt: skip


def run(matter: Matter) -> Iterator[Problem]:
    """What all rules find, each with the severity that `[checks]` in `site.toml` gives its code."""
    wanted = matter.site.settings.checks
    known = {rule.CODE for rule in CHECKS}
    for code in sorted(set(wanted) - known):
        near = nearest(code, known)
        hint = f"did you mean `{near[0]}`?" if near else "the rules are " + ", ".join(sorted(known))
        yield Problem(FILE, 0, 0, "check-unknown", f"`{code}` in [checks] is no rule", hint)
    for rule in CHECKS:
        severity = wanted.get(rule.CODE, rule.SEVERITY)
        if severity != "off":
            for problem in rule.check(matter):
                yield msgspec.structs.replace(problem, severity=severity)


def explained(rule: ModuleType) -> str:
    """What a rule says of itself: its code, its severity by default, what it finds and why that is bad."""
    return f"{rule.CODE} ({rule.SEVERITY})\n{(rule.__doc__ or '').strip()}\n"
