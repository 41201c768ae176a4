"""The session of `tests/bench/newcomer.py` with few files and the Roznama of this environment; the manual shows the same commands."""

import re
import sys
from pathlib import Path

import newcomer
import pytest
from playwright.sync_api import Browser

TRANSCRIPT = Path(__file__).parents[1] / "docs/transcript.md"


@pytest.mark.browser
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process here")
def test_a_newcomer_gets_from_files_to_a_published_archive(chrome: Browser, tmp_path: Path) -> None:
    session = newcomer.Session(tmp_path, Path(sys.executable).parent)
    newcomer.play(session, chrome, 16)
    said = "\n".join(session.lines)
    assert str(tmp_path) not in said
    assert commands(said) == commands(TRANSCRIPT.read_text("utf-8"))
    assert (tmp_path / "public/manifest-sha256.txt").exists()


def commands(text: str) -> list[str]:
    return re.findall(r"^\$ (.+)", text, re.MULTILINE)
