"""A text as its visible lines, with what their white space tells: the number of each, blank lines before, indentation.

What lives here: splitting and measuring. What does not: any judgement of what a line is.
"""

import re

from msgspec import Struct

from generator.text import INVISIBLE, clean_lines

COMMAS = ",،，"
COMMAS_AND_COLONS = frozenset(",،，:：")
BULLETS = frozenset("•◦●▪‣∙⁃")
_NUMBERED = re.compile(r"(\d{1,3}|[۰-۹]{1,3}|[٠-٩]{1,3})[.)]\s+(?=\S)")
_MAYBE_INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


class Lines(Struct):
    """Parallel lists, one entry a visible line. `texts` are stripped; `gaps` tell whether a blank line stood before;
    `raw` keeps, by index, the lines whose leading spaces or tabs may mean something."""

    texts: list[str]
    numbers: list[int]
    gaps: list[bool]
    raw: dict[int, str]

    def __len__(self) -> int:
        return len(self.texts)


def visible_lines(text: str, first: int = 1) -> Lines:
    """The lines of `text` on which something can be seen; `first` is the number of its first line."""
    texts: list[str] = []
    numbers: list[int] = []
    gaps: list[bool] = []
    raw: dict[int, str] = {}
    gap = True
    number = first - 1
    for line in clean_lines(text):
        number += 1
        stripped = line.strip()
        if not stripped or (stripped[0] in _MAYBE_INVISIBLE and not INVISIBLE.sub("", stripped).strip()):
            gap = True
            continue
        if (stripped != line and (line[0] in " \t" or "\t" in stripped)) or "\t" in stripped:
            raw[len(texts)] = line
        texts.append(stripped)
        numbers.append(number)
        gaps.append(gap)
        gap = False
    return Lines(texts, numbers, gaps, raw)


def numbered_item(raw: str | None) -> tuple[int, str] | None:
    """Number and text of an indented `  1. item`, as extractors write ordered lists. Without indentation `1.` is text."""
    if raw is None or raw[:2] not in ("  ", "\t"):
        return None
    found = _NUMBERED.match(raw.lstrip())
    return (int(found[1]), raw.lstrip()[found.end() :].rstrip()) if found else None


MIN_WIDTH, MAX_WIDTH = 45, 110
"""Characters a line of text wrapped by hand or by a mail program may be wide."""


def unwrapped(lines: Lines) -> Lines:
    """`lines` with paragraphs that were wrapped at a column put together again. Only if most of the text is wrapped: groups
    of lines between blank lines whose lines, the last aside, are all nearly as long as the longest."""
    width = max(map(len, lines.texts), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH or len(lines) < 5 or lines.raw:
        return lines
    starts = [i for i, gap in enumerate(lines.gaps) if gap]
    groups = list(zip(starts, [*starts[1:], len(lines)], strict=True))
    wrapped = [
        (start, end) for start, end in groups
        if end - start > 1 and all(len(lines.texts[i]) > 0.75 * width for i in range(start, end - 1))
    ]  # fmt: skip
    if 2 * sum(end - start for start, end in wrapped) < len(lines) or len(wrapped) < 2:
        return lines
    joined = dict(wrapped)
    out = Lines([], [], [], {})
    for start, end in groups:
        for first, last in [(start, end)] if start in joined else [(i, i + 1) for i in range(start, end)]:
            out.texts.append(" ".join(lines.texts[first:last]))
            out.numbers.append(lines.numbers[first])
            out.gaps.append(lines.gaps[first])
    return out


def split_labels(lines: Lines, text: str, labels: list[str]) -> Lines:
    """`lines`, cut where one of `labels` stands inside a line, glued to what is before it. Pages of before 2020, and some
    extractors still, leave alternative text, credit and caption on one line. All pieces keep the line's number."""
    if not any(_stands_inside(text, label) for label in labels):
        return lines
    # All of them, so that the tail of a longer one (صدر الصورة in مصدر الصورة) is not taken for a label of its own.
    pattern = re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True))))
    out = Lines([], [], [], {})
    for i, line in enumerate(lines.texts):
        if i in lines.raw:
            out.raw[len(out.texts)] = lines.raw[i]
        cuts = [found.start() for found in pattern.finditer(line) if _marked_off(line, found.start(), found.end())]
        starts = [0, *[cut - 1 if line[cut - 1] in COMMAS else cut for cut in cuts if cut > 1]]
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            piece = line[start:end].strip()
            if end < len(line):
                piece = piece.rstrip(" " + COMMAS)
            if piece.strip(" " + COMMAS):
                out.texts.append(piece)
                out.numbers.append(lines.numbers[i])
                out.gaps.append(lines.gaps[i] and start == 0)
    return out


def _stands_inside(text: str, label: str) -> bool:
    at = text.find(label)
    while at >= 0:
        before = text[max(0, at - 8) : at].rstrip(" \t" + COMMAS + "•")
        if before and before[-1] not in "\n\r":
            return True
        at = text.find(label, at + len(label))
    return False


def _marked_off(line: str, start: int, end: int) -> bool:
    """Whether a label inside a line is one, and not words of a sentence: a comma before or behind it, or no space."""
    before = line[max(0, start - 4) : start]
    if not before.strip(" " + COMMAS):
        return start > 4
    return before.rstrip(" ")[-1:] in COMMAS or line[end : end + 1] in COMMAS_AND_COLONS or before[-1].isalnum()
