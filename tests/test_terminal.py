"""Commands on a real pseudo-terminal of 80 columns: no word is broken, colours follow NO_COLOR, progress fits and goes."""

import sys
from pathlib import Path

import pytest
from small_site import SmallSite, dump

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal here", allow_module_level=True)

from terminal import seen


@pytest.fixture
def wrong(site: SmallSite) -> SmallSite:
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    site.article("ur/2001/b.md", "---\nheadline: سرخی\ndate: کل\n---\nمتن\n")
    return site


def test_a_problem_is_named_with_its_line_and_hint(wrong: SmallSite) -> None:
    shown = seen(wrong.folder, "build")
    assert shown.code == 1
    text = "\n".join(shown.lines)
    assert "ur/2001/b.md:3:7: error: “" in text
    assert "    hint: write it as 2017-11-30 or with the month in words" in text
    assert "\u2068کل\u2069" in shown.written, "quoted text is isolated"
    assert "Traceback" not in text
    assert shown.colours == {"red"}


def test_lines_break_between_words(wrong: SmallSite) -> None:
    lines = seen(wrong.folder, "build").lines
    # A problem's own line is left to the terminal: so it can be copied, and clicked, whole.
    broken = [line for line in lines if len(line) == 80 and line[-1].isalnum() and ": error:" not in line]
    assert broken == []


def test_no_color_leaves_no_colour(wrong: SmallSite) -> None:
    assert seen(wrong.folder, "build", NO_COLOR="1").colours == set()
    assert seen(wrong.folder, "doctor", NO_COLOR="1").colours == set()
    assert "\x1b[3" not in seen(wrong.folder, "inspect", "content", NO_COLOR="1").written


PROGRESS = """
import time
from generator.cli import console
console.PATIENCE = 0
progress = console.Progress()
progress.step("write", 1_234_567)
for _ in range(3):
    time.sleep(0.11)
    progress.advance(200_000)
{end}
"""


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_progress_tells_rate_and_time_left_in_one_line(tmp_path: Path, columns: int) -> None:
    script = PROGRESS.format(end="")
    shown = seen(tmp_path, command=(sys.executable, "-c", script), columns=columns)
    lines = [line for line in shown.lines if line]
    assert len(lines) == 1
    assert lines[0].startswith("writing")
    assert "600,000 of 1,234,567" in lines[0]
    assert lines[0].endswith(" left")


def test_progress_leaves_nothing_behind(tmp_path: Path) -> None:
    shown = seen(tmp_path, command=(sys.executable, "-c", PROGRESS.format(end="progress.close()")))
    assert [line for line in shown.lines if line] == []


def test_short_work_shows_no_progress(wrong: SmallSite) -> None:
    assert "\r\x1b[2K" not in seen(wrong.folder, "doctor").written
