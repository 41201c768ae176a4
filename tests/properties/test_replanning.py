"""After an edit only a part of the plan is made again: it must be that part of the whole plan, and hold all that differs."""

from collections.abc import Iterator
from typing import Any

import pytest
from editor import Editor
from replanning import mistakes
from small_site import SmallSite

from generator import build
from generator.model import Page
from generator.pages.kinds import plan_pages


@pytest.mark.parametrize("seed", range(6))
def test_what_is_planned_again_is_what_a_whole_plan_has(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """`tests/bench/fuzz_incremental.py --articles 2000` goes on for as long as one likes."""
    whole = 0

    def planned(*given: Any) -> Iterator[Page]:
        nonlocal whole
        whole += 1
        return plan_pages(*given)

    monkeypatch.setattr(build, "plan_pages", planned)
    editor = Editor(site, seed)
    for _ in range(30):
        editor.add()
    editor.configuration()
    site.build()
    rounds = 12
    for _ in range(rounds):
        names = editor.edit(editor.random.randint(1, 2), articles=True)
        report = site.build()
        assert mistakes(site) == [], f"after {', '.join(names)}"
        if report.failed:  # two articles on one address, which an edit now and then makes
            break
    else:
        assert whole - 1 <= rounds // 2, "so few articles are no cause to plan everything"
