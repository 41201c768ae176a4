"""What a result shows of an article's written page: headline, date, and the words around the match.

The index holds words and no text, so browser and terminal both take these from the page that they lead to.
"""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct

from generator.search import words

AROUND, BEFORE = 26, 8
"""Words of an excerpt, and those before the match."""
_BLOCKS = frozenset({"p", "li", "td", "th", "h2", "h3", "h4", "blockquote", "figcaption"})


class Excerpt(Struct, frozen=True):
    """`text` has the match marked by `before` and `after` as given to `excerpt_of`."""

    headline: str
    date: str
    text: str


class _Story(HTMLParser):
    """Collects the headline, the first date, and the blocks of text inside the article."""

    def __init__(self) -> None:
        super().__init__()
        self.headline: list[str] = []
        self.date: list[str] = []
        self.blocks: list[list[str]] = []
        self._depth = 0
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main":
            self._depth = 1
        if not self._depth:
            return
        if tag == "h1":
            self._open = self.headline
        elif tag == "time" and not self.date:
            self._open = self.date
        elif tag in _BLOCKS:
            self.blocks.append([])
            self._open = self.blocks[-1]
        elif tag == "img" and given.get("alt"):
            self.blocks.append([given["alt"] or ""])

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("h1", "time"):
            self._open = None
        if tag == "main":
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)


def excerpt_of(page: Path, fits: Callable[[str], bool], before: str = "", after: str = "") -> Excerpt:
    """The excerpt of a written page; `fits` tells whether a word's form is what was asked for. Raises `OSError`."""
    story = _Story()
    story.feed(page.read_text("utf-8"))
    best, worth = "", 0
    for block in story.blocks:
        text = " ".join("".join(block).split())
        best = best or text
        pieces = words.compounds(text)
        marks = [{form for _, form in words.analysed(piece)[1] if fits(form)} for piece in pieces]
        for at, some in enumerate(marks):
            if not some:
                continue
            found = len(set().union(*marks[at : at + AROUND // 2]))
            if found > worth:
                worth = found
                best = _around(text, pieces, marks, at, before, after)
    return Excerpt(" ".join("".join(story.headline).split()), " ".join("".join(story.date).split()), best if worth else _cut(best))


def _cut(text: str) -> str:
    several = text.split()
    return " ".join(several[:AROUND]) + (" …" if len(several) > AROUND else "")


def _around(text: str, pieces: list[str], marks: list[set[str]], match: int, before: str, after: str) -> str:
    first = max(0, match - BEFORE)
    out, at = "", 0
    for number, piece in enumerate(pieces):
        start = text.index(piece, at)
        end = start + len(piece)
        if first <= number < first + AROUND:
            out += text[at:start] if number > first or not first else ""
            out += f"{before}{piece}{after}" if marks[number] else piece
        at = end
    rest = len(pieces) > first + AROUND
    return ("… " if first else "") + out + (" …" if rest else text[at:])
