"""A text as its visible lines, with what their white space tells: the number of each, blank lines before, indentation.

What lives here: splitting and measuring. What does not: any judgement of what a line is.
"""

import re

from msgspec import Struct

from generator.text import INVISIBLE, clean_lines

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
