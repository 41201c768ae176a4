"""What a page left in its text that is not the article's: buttons, promotions, timestamps, scraps, repetitions.

What lives here: which lines go to the foot of the page, and which paragraphs are only pointed out. The words themselves
are in `labels.toml` and in the site's `[reading]`. A repeated paragraph stays where it is, because a chorus, a refrain or
a live page repeats itself with reason; a person decides.
"""

from collections.abc import Iterator

from generator.model import Block, Paragraph
from generator.readers.labels import Label, Whole

EDGE = 8
"""Visible lines from the top or the end within which a button's word is a button. Elsewhere `Facebook` may be a heading."""

ALWAYS = {
    "skip": "skip-link",
    "skip_end": "skip-link",
    "skip_box": "skip-link",
    "embed": "embed-note",
    "details": "page-furniture",
    "separator": "separator",
    "residue": "residue",
}
"""Kinds of whole lines that are never the article's, and the reasons given."""
AT_THE_EDGE = {"share": "share", "navigation": "page-furniture", "advert": "advert"}

SCRAP = 12
"""Characters of a last line that is a piece of something: `ion.`"""
_MIN_REPEAT = 60
_ENDS = 24


def reason(marks: list[Label | Whole | None], i: int) -> str | None:
    """Why the known whole line `i` is set aside, or `None` if it is not."""
    mark = marks[i]
    if not isinstance(mark, Whole):
        return None
    if mark.kind in ALWAYS:
        return ALWAYS[mark.kind]
    if mark.kind not in AT_THE_EDGE:
        return None
    beside = [marks[j] for j in (i - 1, i + 1) if 0 <= j < len(marks)]
    edge = i < EDGE or i >= len(marks) - EDGE
    if edge or any(isinstance(other, Whole) and other.kind in AT_THE_EDGE for other in beside):
        return AT_THE_EDGE[mark.kind]
    return None


def is_scrap(text: str, foreign: bool) -> bool:
    """Whether a last line is a piece of a word or tag: short, one word, of another script or begun in the middle."""
    return len(text) <= SCRAP and " " not in text and (foreign or text[0].islower() or not any(map(str.isalpha, text)))


def repetitions(blocks: list[Block]) -> Iterator[tuple[int, int, bool, str]]:
    """Paragraphs that say again what an earlier one said: line, earlier line, whether word for word, text.

    Two are nearly the same when they begin or end alike and share four words of five. Only paragraphs of a sentence's
    length count. Linear: each is compared with one earlier paragraph at most.
    """
    seen: dict[str, Paragraph] = {}
    for block in blocks:
        if not isinstance(block, Paragraph) or len(block.text) < _MIN_REPEAT:
            continue
        text = block.text
        for key in (text[:_ENDS], "…" + text[-_ENDS:]):
            earlier = seen.setdefault(key, block)
            if earlier is not block and (earlier.text == text or _alike(earlier.text, text)):
                yield block.line, earlier.line, earlier.text == text, text
                break


def _alike(one: str, other: str) -> bool:
    if len(one) > 5000 or len(other) > 5000:
        return False
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= 0.8 * min(len(first), len(second)) and len(first & second) >= 0.6 * max(
        len(first), len(second)
    )
