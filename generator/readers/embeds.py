"""What a dump keeps of posts and videos of other sites: their text between two lines that led past them, or above the line
that names the poster.

What lives here: finding the lines that belong together. What does not: the words of those lines, which are in
`labels.toml`, and a video without them, which leaves nothing but its caption and is a figure.
"""

import re

from generator.model import Embed
from generator.readers.labels import Label, Whole
from generator.readers.weighing import Weighing

LONGEST = 12
"""Visible lines a post may have. Of a page whose second line got lost, no more than this is taken for one."""
_NAMED = 160
"""Characters at a line's end among which the poster is looked for."""
_POSTER = re.compile(r"[—–-] ?[^()—]{1,60}\(@\w{1,20}\)[\s,·]{1,3}\S.{3,30}$")
"""Who wrote a post and when, as the code to embed one gives it: `— The Library (@library) May 5, 2019`."""
_URL = re.compile(r"https?://[\w.-]+/[^\s<>\"]+")


def embeds(work: Weighing) -> None:
    """Posts become blocks of their own. What stands between the lines that lead past a box of the page (podcasts,
    newsletters) is no text of the article, and set aside."""
    for i in work.marked:
        mark = work.marks[i]
        if mark is None or mark.kind not in ("skip", "skip_box") or (end := _end(work, i)) is None:
            continue
        inside = [j for j in range(i + 1, end) if work.done[j] is None and work.marks[j] is None and not _labelled(work, j)]
        if mark.kind == "skip":
            _embed(work, inside)
        else:
            for j in inside:
                work.aside(j, "promo")
    for i, text in enumerate(work.texts):
        if text[-1].isdigit() and work.done[i] is None and (found := _POSTER.search(text[-_NAMED:])) is not None:
            alone = len(text) <= _NAMED and found.start() < 3 and i > work.start and work.done[i - 1] is None and work.marks[i - 1] is None
            _embed(work, [i - 1, i] if alone else [i])


def _labelled(work: Weighing, j: int) -> bool:
    """Whether the line is what the label that stands alone above it labels."""
    above = work.marks[j - 1]
    return isinstance(above, Label) and not above.value


def _end(work: Weighing, i: int) -> int | None:
    """The line that ends what begins at the line `i`, if it is near and only bare lines and notes stand between."""
    title = mark.text if isinstance(mark := work.marks[i], Whole) and mark.kind == "skip_box" else None
    for j in range(i + 1, min(i + 1 + LONGEST, len(work.texts))):
        mark = work.marks[j]
        # The title of a box may be any words, so its last line is known by saying it again.
        if title and j > i + 1 and title in work.texts[j] and len(title) < len(work.texts[j]) < len(title) + 30:
            if work.done[j] is None:
                work.aside(j, "skip-link")
            return j
        if isinstance(mark, Whole) and mark.kind == "skip_end":
            return j
        if isinstance(mark, Label) and mark.kind != "video":
            return None
    return None


def _embed(work: Weighing, lines: list[int]) -> None:
    if lines:
        text = "\n".join(work.texts[j] for j in lines)
        url = _URL.search(text)
        for j in lines:
            work.done[j] = True
        work.done[lines[0]] = Embed(text, work.numbers[lines[0]], url[0] if url else None)
