"""The manual is built into a site by MkDocs, without a warning, without requests elsewhere, each page in its own direction."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")
pytest.importorskip("material")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return folder


def test_the_first_page_leads_to_every_other() -> None:
    links = re.findall(r"\]\(([\w.-]+\.md)\)", (ROOT / "docs/index.md").read_text("utf-8"))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} == {*links, "index.md"}


def test_every_page_is_built_and_in_the_menu(manual: Path) -> None:
    menu = (manual / "index.html").read_text("utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        name = f"{page.name.removesuffix('.md')}.html"
        assert (manual / name).exists(), name
        assert f'href="{name}"' in menu or name == "index.html", f"{name} is not in the menu"


def test_no_page_asks_another_site_for_anything(manual: Path) -> None:
    for page in manual.glob("*.html"):
        text = page.read_text("utf-8")
        asked = re.findall(r"<(?:script|img|iframe|source)[^>]* src=\"(?:https?:)?//[^\"]+|<link[^>]* href=\"(?:https?:)?//[^\"]+", text)
        assert asked == [], page.name


@pytest.mark.parametrize(
    ("page", "language", "direction"),
    [("tutorial", "en", "ltr"), ("tutorial.ur", "ur", "rtl"), ("tutorial.ar", "ar", "rtl")],
)
def test_a_page_stands_in_its_own_direction(manual: Path, page: str, language: str, direction: str) -> None:
    text = (manual / f"{page}.html").read_text("utf-8")
    assert f'<div lang="{language}" dir="{direction}">' in text
