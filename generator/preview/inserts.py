"""What the preview puts into pages while it shows them: the problems of the last build, the editor's bar, and the panel
behind it. They stand in a shadow tree, so that the theme's style does not reach them, nor theirs the page.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from generator.preview.ahead import Facts, Studied
from generator.problems import Problem

SHOWN = 20
"""Problems shown in the page."""
STEPS = {"scan": "looking for changes", "read": "reading", "plan": "planning", "write": "writing"}
_environment = jinja2.Environment(
    loader=jinja2.PackageLoader("generator.preview", "."), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def inserted(path: str, problems: Sequence[Problem], facts: Facts | None, why: str | None) -> bytes:
    """The editor's bar of the page at `path`, and an overlay with `problems` if there are any. `why` the page is not
    published: draft or future."""
    errors = sum(problem.severity == "error" for problem in problems)
    return _rendered(
        "bar.html", path=path, problems=problems[:SHOWN], more=len(problems) - SHOWN, errors=errors,
        warnings=len(problems) - errors, facts=facts, why=why,
    )  # fmt: skip


def panel(studied: Studied | None, unpublished: Sequence[tuple[str, str, str, str]], content: Path, token: str) -> bytes:
    """What was read of a page's source, and which articles are not published. `token` lets the panel open the source."""
    problems = studied.reading.problems if studied is not None else ()
    return _rendered(
        "panel.html", studied=studied, article=studied.reading.article if studied else None, unpublished=unpublished,
        problems=[problem for problem in problems if problem.severity != "doubt"],
        doubts=[problem for problem in problems if problem.severity == "doubt"], content=content, token=token,
    )  # fmt: skip


def waiting(building: bool, progress: tuple[str, int, int], problems: Sequence[Problem]) -> bytes:
    """A page in the place of one that is not built: how far the build is, or that there is none."""
    name, done, total = progress
    return _rendered(
        "waiting.html", building=building, step=STEPS.get(name, ""), done=done, total=total, problems=problems[:SHOWN]
    )


def _rendered(name: str, **given: Any) -> bytes:
    return _environment.get_template(name).render(given).encode()
