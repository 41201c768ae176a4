"""From the lines of a dump to blocks: figures, boxes, lists, tables, headings, and what is set aside.

What lives here: the order of questions. Certain roles come first (labels, bullets, known whole lines), then figures are
put together from neighbours, and only what is still bare is weighed (`evidence`). No line is dropped: each ends in a block,
in a byline or date, or set aside with a reason.
"""

from generator.model import (
    Byline,
    Figure,
    Heading,
    ItemList,
    Link,
    Medium,
    Paragraph,
    ReadAlso,
    Table,
)  # fmt: skip
from generator.readers import evidence, residue
from generator.readers.dates import line_date
from generator.readers.embeds import embeds
from generator.readers.labels import FIGURE_KINDS, Label, Lexicon, Whole
from generator.readers.lines import BULLETS, Lines, numbered_item
from generator.readers.tongues import Tongue
from generator.readers.weighing import TOP, Outline, Weighing, empty_outline

MAX_HEADLINE = 300
"""Characters. Above, the first line is a paragraph of a text without headline (the longest of 4,000 real ones: 190)."""


MAX_LINES = 100_000
"""Visible lines. The longest of 4,000 real articles has 180; a megabyte of more lines would take seconds."""
_CREDITS = ("credit", "glued_credit")
_MEDIA: dict[str, Medium] = {"video": "video", "audio": "audio"}


def outline(
    lines: Lines, lexicon: Lexicon, headline: str | None, tongue: Tongue | None, *, weighing: bool = True
) -> Outline:
    """The structure of `lines`. `headline` is the one that front matter states, if any. Without `weighing`, what has no
    label is a paragraph."""
    if len(lines) > MAX_LINES:
        return _unread(lines, headline)
    work = _Work(lines, lexicon, tongue)
    work.find_headline(headline)
    work.top()
    work.timestamps()
    work.residue()
    embeds(work)
    work.figures()
    work.boxes()
    work.lists()
    if weighing:
        work.weigh()
    return work.finished()


def _unread(lines: Lines, headline: str | None) -> Outline:
    """All lines in paragraphs of two hundred, for what is no article: a list of words, a log, a table."""
    out = empty_outline()
    out.headline = headline if headline is not None else shortened(lines.texts[0])
    out.headline_line = lines.numbers[0]
    for start in range(0, len(lines), 200):
        out.blocks.append(Paragraph(" ".join(lines.texts[start : start + 200]), lines.numbers[start]))
    message = f"{len(lines):,} lines are no article; they were not looked at one by one"
    out.doubts.append((lines.numbers[0], "too-many-lines", message, "split the file", lines.texts[0][:200]))
    return out


class _Work(Weighing):
    """The questions in their order; `weighing` holds the lines and what they have become."""

    def find_headline(self, stated: str | None) -> None:
        out = self.out
        if stated is not None:
            out.headline = stated
            if self.texts and _same(self.texts[0], stated):
                out.headline_line = self.numbers[0]
                self.done[0] = True
            return
        for i, text in enumerate(self.texts[:8]):
            mark = self.marks[i]
            if mark is None or (isinstance(mark, Label) and not mark.sure):
                if len(text) <= MAX_HEADLINE:
                    out.headline, out.headline_line, self.done[i] = text, self.numbers[i], True
                    self.start = i + 1
                break
        if not out.headline and self.texts:
            out.headline, out.headline_line = shortened(self.texts[0]), self.numbers[0]

    def top(self) -> None:
        """The headline again, bylines, and dates named by a label, before the text begins."""
        named = False
        for i in range(min(len(self.texts), TOP)):
            if self.done[i] is not None:
                continue
            mark = self.marks[i]
            if mark is None:
                if i <= self.start + 1 and _same(self.texts[i], self.out.headline):
                    self.aside(i, "repeated-headline")
                continue
            if not isinstance(mark, Label) or not mark.sure or not mark.value:
                continue
            bylines = self.out.bylines
            if mark.kind == "author":
                bylines.append(Byline(mark.value, None, self.numbers[i]))
                named = True
            elif mark.kind == "role" and named and bylines[-1].role is None:
                bylines[-1] = Byline(bylines[-1].name, mark.value, bylines[-1].line)
            elif mark.kind in ("published", "updated"):
                self.out.dates.append((mark.kind, mark.value, self.numbers[i]))
                self.aside(i, "timestamp")
            elif mark.kind == "from" and named:
                self.aside(i, "page-furniture")
            else:
                continue
            self.done[i] = True

    def timestamps(self) -> None:
        """A line that is nothing but a date, near the top or the end. Three of them are the subheadings of a timeline."""
        n = len(self.texts)
        near = [*range(self.start, min(self.start + 5, n)), *range(max(self.start + 5, n - 2), n)]
        found = []
        for i in near:
            text = self.stamps[i].value if i in self.stamps else self.texts[i]
            short = self.done[i] is None and self.marks[i] is None and len(text) <= 90
            if short and any(map(str.isdigit, text)) and line_date(text, self.language) is not None:
                found.append((i, self.stamps[i].kind if i in self.stamps else "published", text))
        if len(found) < 3:
            for i, kind, text in found:
                self.out.dates.append((kind, text, self.numbers[i]))
                self.aside(i, "timestamp")

    def figures(self) -> None:
        n = len(self.texts)
        marks, done = self.marks, self.done
        found: list[tuple[int, str | None, str | None, Medium]] = []
        for first in self.marked:
            mark = marks[first]
            if done[first] is not None or not isinstance(mark, Label) or mark.kind not in FIGURE_KINDS:
                continue
            if not self._trusted(first, mark):
                continue
            i = first
            credit: str | None = None
            caption: str | None = None
            medium: Medium = "image"
            while i < n and done[i] is None and isinstance(mark := marks[i], Label) and mark.kind in FIGURE_KINDS:
                value = mark.value
                is_credit = mark.kind in _CREDITS
                if (credit if is_credit else caption) is not None or (mark.kind in _MEDIA and i > first):
                    break
                if mark.weak and i > first + 1:
                    break
                if mark.language:
                    self.out.languages[mark.language] += 1
                done[i] = True
                i += 1
                if not value and i < n and marks[i] is None and done[i] is None:
                    value, done[i] = self.texts[i], True
                    i += 1
                if is_credit:
                    credit = value
                else:
                    caption = value
                    medium = _MEDIA.get(mark.kind, "image")
                    if medium != "image":
                        break
            if medium == "video" and caption and isinstance(note := self.find(caption), Whole) and note.kind == "embed":
                self.aside(first, "embed-note")
            elif credit or caption:
                found.append((first, credit or None, caption or None, medium))
            else:
                self.aside(first, "residue")
        scores = [self._alt_score(first, caption) if medium == "image" else -9.0 for first, _, caption, medium in found]
        # An article whose other figures all have their text has it for this one as well.
        habit = 1.5 if sum(score >= 2 for score in scores) >= 2 else 0.0
        for (first, credit, caption, medium), score in zip(found, scores, strict=True):
            at, alt = first, None
            if score + habit > 0:
                at = first - 1
                alt = self.texts[at]
                done[first] = True
            done[at] = Figure(line=self.numbers[at], alt=alt, credit=credit, caption=caption, medium=medium)

    def _trusted(self, i: int, mark: Label) -> bool:
        if mark.sure:
            return True
        near = [self.marks[j] for j in (i - 1, i + 1) if 0 <= j < len(self.marks)]
        beside = any(isinstance(m, Label) and m.kind in FIGURE_KINDS and not m.weak for m in near)
        return beside or (len(self.texts[i]) < 200 and not mark.weak)

    def _alt_score(self, i: int, caption: str | None) -> float:
        """How likely the line before the label line `i` is the picture's alternative text, and not the paragraph before."""
        if i == 0 or self.done[i - 1] is not None or self.marks[i - 1] is not None:
            return -9.0
        text = self.texts[i - 1]
        if text[0] in BULLETS or numbered_item(self.lines.raw.get(i - 1)):
            return -9.0
        return evidence.alt_score(
            self.article,
            text,
            caption,
            joined=not self.lines.gaps[i],
            lead=self._leads(i - 1),
            foreign=self._foreign(text),
        )

    def residue(self) -> None:
        """What is known not to be the article's: at the foot, with its reason."""
        n = len(self.texts)
        for i in self.marked:
            if self.done[i] is None and (why := residue.reason(self.marks, i)) is not None:
                self.aside(i, why)
        for i, hint in self.hints.items():
            if hint == "promo" and self.done[i] is None and len(self.texts[i]) < (250 if i >= n - 6 else 120):
                self.aside(i, "promo")
        last = n - 1
        while last > self.start and self.done[last] is True:
            last -= 1
        if (
            last > self.start
            and self.done[last] is None
            and residue.is_scrap(self.texts[last], self._foreign(self.texts[last]))
        ):
            self.aside(last, "residue")

    def boxes(self) -> None:
        """Boxes of links to other articles. Their links were often lost: then the heading stands alone, and what
        follows is the article's."""
        for i in self.marked:
            mark = self.marks[i]
            if self.done[i] is not None or not isinstance(mark, Whole):
                continue
            if mark.kind == "gist":
                self.done[i] = Heading(self.texts[i], self.numbers[i])
            elif mark.kind == "most_read" and self._links(i + 1) == len(self.texts) and i > self.start:
                for j in range(i, len(self.texts)):
                    if self.done[j] is None:
                        self.aside(j, "page-furniture")
            elif mark.kind in ("read_also", "related", "most_read"):
                if mark.rest:
                    self.done[i] = ReadAlso(mark.text, self.numbers[i], (Link(mark.rest),))
                    continue
                if mark.language:
                    self.out.languages[mark.language] += 1
                items: list[Link] = []
                j = i + 1
                while j < len(self.texts) and self.done[j] is None and self.texts[j][0] in BULLETS:
                    items.append(Link(_unbulleted(self.texts[j])))
                    j += 1
                if not items:
                    j = self._links(i + 1)
                    items = [Link(self.texts[k]) for k in range(i + 1, j) if self.done[k] is None]
                for k in range(i + 1, j):
                    self.done[k] = True
                self.done[i] = ReadAlso(self.texts[i], self.numbers[i], tuple(items))

    def _links(self, i: int) -> int:
        """The end of the lines from `i` on that look like headlines of other articles: no full stop, not long. A last one
        much shorter than the others, or a single short one, is the next subheading if text follows."""
        j = i
        while j < len(self.texts) and (
            self.done[j] is True or (self.done[j] is None and self.marks[j] is None and self._linklike(j))
        ):
            j += 1
        lengths = [len(self.texts[k]) for k in range(i, j) if self.done[k] is None]
        if lengths and j < len(self.texts):
            others = lengths[:-1]
            if lengths[-1] < (0.6 * min(others) if others else 35 * self.article.scale):
                j -= 1
        return j

    def _linklike(self, i: int) -> bool:
        text = self.texts[i]
        return (
            len(text) <= min(130, 0.9 * self.article.typical) * self.article.scale
            and (not evidence.ends(text) or evidence.question(text))
            and text[-1] not in evidence.COLONS
        )

    def lists(self) -> None:
        n = len(self.texts)
        i = 0
        raw = self.lines.raw
        while i < n:
            if self.done[i] is not None:
                i += 1
                continue
            if self.texts[i][0] in BULLETS:
                first, items = i, []
                while i < n and self.done[i] is None and self.texts[i][0] in BULLETS:
                    items.append(_unbulleted(self.texts[i]))
                    self.done[i] = True
                    i += 1
                self.done[first] = ItemList(tuple(items), self.numbers[first])
                continue
            if i in raw:
                number = numbered_item(raw[i])
                if number is not None and (first := self._ordered(i, number[0])) > i:
                    i = first
                    continue
                if "\t" in raw[i].strip() and (after := self._table(i)) > i:
                    i = after
                    continue
            i += 1

    def _ordered(self, i: int, start: int) -> int:
        items, j, raw = [], i, self.lines.raw
        while (
            j < len(self.texts)
            and self.done[j] is None
            and (found := numbered_item(raw.get(j)))
            and found[0] == start + j - i
        ):
            items.append(found[1])
            j += 1
        if j - i >= 2:
            for k in range(i, j):
                self.done[k] = True
            self.done[i] = ItemList(tuple(items), self.numbers[i], True, start)
            return j
        return i

    def _table(self, i: int) -> int:
        rows, j, raw = [], i, self.lines.raw
        while j < len(self.texts) and self.done[j] is None and j in raw and "\t" in raw[j].strip():
            line = raw[j]
            rows.append(
                [cell.strip() for cell in (line.split("\t\t") if "\t\t" in line.strip() else line.strip().split("\t"))]
            )
            j += 1
        if j - i >= 2 or "\t\t" in raw[i].strip():
            width = max(len(row) for row in rows)
            for k in range(i, j):
                self.done[k] = True
            self.done[i] = Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows), self.numbers[i])
            return j
        return i

    def finished(self) -> Outline:
        out = self.out
        for text, number, block in zip(self.texts, self.numbers, self.done, strict=True):
            if block is None:
                out.blocks.append(Paragraph(text, number))
            elif not isinstance(block, bool):
                out.blocks.append(block)
        note_doubts(out, self.article.punctuated)
        return out


def note_doubts(out: Outline, punctuated: float) -> None:
    """Point out repeated paragraphs, and a text that seems to be cut off."""
    for line, earlier, same, text in residue.repetitions(out.blocks):
        how = "says again" if same else "says nearly again"
        out.doubts.append((line, "repeated-paragraph", f"this paragraph {how} what line {earlier} says", None, text))
    last = out.blocks[-1] if out.blocks else None
    if not isinstance(last, Paragraph) or punctuated <= 0.8 or len(out.blocks) <= 3 or len(last.text) <= 60:
        return
    if not evidence.ends(last.text) and last.text[-1] not in ')]»”’‘"':
        out.doubts.append((last.line, "truncated", "the last paragraph ends without a full stop", None, last.text))


def shortened(text: str) -> str:
    """A headline made of the first words of a text that has none."""
    if len(text) <= MAX_HEADLINE // 3:
        return text
    cut = text[: MAX_HEADLINE // 3]
    return (cut.rsplit(" ", 1)[0] if " " in cut[20:] else cut).rstrip(" ,،:;") + "…"


def _unbulleted(text: str) -> str:
    return text[1:].strip() or text


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) < 400 and " ".join(one.split()).casefold() == " ".join(other.split()).casefold())
