"""Tiny sites, one for each situation, with what their pages should say.

`expected/` of a site holds the list of its pages and, for some of them, the words of the article or of `<main>` with the shape of the page
(headings, figures, lists) but without the theme's markup. `pytest tests/test_sites.py --refresh` writes them anew: read
the difference before it is committed.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from small_site import TODAY

from generator.build import Options, build
from generator.config import load_site

SITES = sorted(path.parent for path in (Path(__file__).parent / "sites").glob("*/site.toml"))
LEFT_OUT = ("static/", "search/", "media/", "manifest-sha256.txt")
SHAPES = {"h1", "h2", "h3", "p", "li", "figure", "figcaption", "blockquote", "summary", "dt", "time", "a", "bdi", "details", "td"}
VOID = {"img", "br", "input", "meta", "link", "hr", "wbr", "path", "rect", "circle"}


class Words(HTMLParser):
    """The words inside an element, each piece with the names of the shapes around it."""

    def __init__(self, inside: str) -> None:
        super().__init__()
        self._inside = inside
        self._open: list[str] = []
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside in self._open and data.strip() and "svg" not in self._open:
            shape = [tag for tag in self._open if tag in SHAPES and tag != "bdi"]
            self.lines.append(f"{' '.join(shape)}: {' '.join(data.split())}")


def words(path: Path) -> str:
    text = path.read_text("utf-8")
    parser = Words("article" if '<body class="k-article' in text else "main")
    parser.feed(text)
    return "\n".join(parser.lines) + "\n"


@pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)
def test_a_tiny_site_is_what_it_should_be(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    site = load_site(folder, tmp_path / "out")
    report = build(site, Options(today=TODAY, jobs=1))
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    files = sorted(path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file())
    found = {"files.txt": "\n".join(name for name in files if not name.startswith(LEFT_OUT)) + "\n"}
    for name in files:
        if name == "topics/index.html" or re.fullmatch(r"\w\w/\d{4}/.*(?<!index)\.html", name):
            found[name.replace("/", "__").removesuffix(".html") + ".txt"] = words(site.output / name)
    expected = folder / "expected"
    if request.config.getoption("--refresh"):
        expected.mkdir(exist_ok=True)
        for old in expected.iterdir():
            old.unlink()
        for name, text in found.items():
            (expected / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text("utf-8") for path in expected.iterdir()} == found
