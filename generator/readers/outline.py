"""From the lines of a dump to blocks: figures, boxes, lists, tables, headings, and what is set aside.

What lives here: the order of questions. Certain roles come first (labels, bullets, known whole lines), then figures are
put together from neighbours, and only what is still bare is weighed (`evidence`). No line is dropped: each ends in a block,
in a byline or date, or set aside with a reason.
"""

from collections import Counter

import msgspec
from msgspec import Struct

from generator.model import (
    Block,
    Byline,
    Figure,
    Heading,
    ItemList,
    Link,
    Medium,
    Paragraph,
    ReadAlso,
    SetAside,
    Table,
)  # fmt: skip
from generator.readers import evidence, residue
from generator.readers.dates import line_date
from generator.readers.labels import FIGURE_KINDS, Label, Lexicon, Whole
from generator.readers.lines import BULLETS, Lines, numbered_item
from generator.readers.source import Guess
from generator.readers.tongues import Tongue

MAX_HEADLINE = 300
"""Characters. Above, the first line is a paragraph of a text without headline (the longest of 4,000 real ones: 190)."""


class Outline(Struct):
    headline: str
    headline_line: int
    blocks: list[Block]
    set_aside: list[SetAside]
    bylines: list[Byline]
    dates: list[tuple[str, str, int]]
    """What labels called a date: `published` or `updated`, the text, the line."""
    languages: Counter[str]
    """How often labels of each language were met."""
    guesses: list[Guess]
    texts: dict[int, str]
    """The lines that were weighed, by number."""
    doubts: list[tuple[int, str, str, str | None, str]]
    """Line, code, message, hint and excerpt of what else the reader is not sure of."""
    headline_html: str | None = None


def empty_outline() -> Outline:
    return Outline("", 0, [], [], [], [], Counter(), [], {}, [])


MAX_LINES = 100_000
"""Visible lines. The longest of 4,000 real articles has 180; a megabyte of more lines would take seconds."""
REPEATED = 4
"""How often a short line stands in a text that is no text of it."""
_CREDITS = ("credit", "glued_credit")
_HINTS = frozenset({"picture", "promo", "byline"})
_MEDIA: dict[str, Medium] = {"video": "video", "audio": "audio"}
_TOP = 14
"""Visible lines at the top among which bylines and timestamps are looked for."""


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


class _Work:
    """The lines of one article and what each has become so far. `done[i]` is `None` for a line still bare, a block for
    the first line of one, and `True` for a line that went into something."""

    def __init__(self, lines: Lines, lexicon: Lexicon, tongue: Tongue | None) -> None:
        self.lines = lines
        self.texts = lines.texts
        self.numbers = lines.numbers
        self.latin = tongue is None or tongue.script == "Latn"
        self.language = tongue.code if tongue is not None else "en"
        self.spaced = sum(lines.gaps) > 0.6 * len(lines)
        find = lexicon.find
        self.marks: list[Label | Whole | None] = [find(text) for text in self.texts]
        self.hints: dict[int, str] = {}
        """Openings that only count as evidence: of a picture's description, of a promotion, of a byline."""
        self.marked: list[int] = []
        """The lines with a label or known as a whole."""
        for i, mark in enumerate(self.marks):
            if mark is None:
                continue
            if mark.kind in _HINTS:
                self.hints[i] = mark.kind
                self.marks[i] = None
            else:
                self.marked.append(i)
        self.done: list[Block | bool | None] = [None] * len(self.texts)
        dense = tongue is not None and tongue.script in ("Hani", "Kana", "Hang")
        self.article = evidence.Article(
            self.texts, [i for i, mark in enumerate(self.marks) if mark is None], dense=dense
        )
        self.out = empty_outline()
        self.start = 0
        self.labelled = False

    def aside(self, i: int, reason: str) -> None:
        self.out.set_aside.append(SetAside(self.texts[i], self.numbers[i], reason))
        self.done[i] = True

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
        for i in range(min(len(self.texts), _TOP)):
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
            text = self.texts[i]
            short = self.done[i] is None and self.marks[i] is None and len(text) <= 90
            if short and any(map(str.isdigit, text)) and line_date(text, self.language) is not None:
                found.append(i)
        if len(found) < 3:
            for i in found:
                self.out.dates.append(("published", self.texts[i], self.numbers[i]))
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
                if mark.language:
                    self.out.languages[mark.language] += 1
                done[i] = True
                i += 1
                if not value and i < n and marks[i] is None:
                    value, done[i] = self.texts[i], True
                    i += 1
                if is_credit:
                    credit = value
                else:
                    caption = value
                    medium = _MEDIA.get(mark.kind, "image")
                    if medium != "image":
                        break
            if credit or caption:
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
        return any(isinstance(m, Label) and m.kind in FIGURE_KINDS for m in near) or len(self.texts[i]) < 200

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
            if mark.kind == "most_read":
                if self._links(i + 1) == len(self.texts) and i > self.start:
                    for j in range(i, len(self.texts)):
                        if self.done[j] is None:
                            self.aside(j, "page-furniture")
            elif mark.kind in ("read_also", "related"):
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

    def weigh(self) -> None:
        """Headings and lone alternative texts among the lines still bare."""
        texts, done = self.texts, self.done
        bare = [i for i in range(len(texts)) if done[i] is None]
        maybe = {i for i in bare if evidence.short(self.article, texts[i])}
        if not maybe:
            return
        count = Counter(texts[i] for i in maybe)
        if count.most_common(1)[0][1] >= REPEATED:
            self._repeated(maybe, count)
        self.labelled = any(isinstance(block, Figure) for block in done)
        alts = {block.alt for block in done if isinstance(block, Figure) and block.alt}
        speakers = _speakers([texts[i] for i in bare])
        near = {i: self._near(i, maybe, alts, count, speakers) for i in sorted(maybe)}
        guesses = {i: evidence.weigh(self.article, i, self.numbers[i], near[i]) for i in near}
        for i, changed in self._style(guesses).items():
            guesses[i] = evidence.weigh(self.article, i, self.numbers[i], msgspec.structs.replace(near[i], **changed))
        for i, guess in guesses.items():
            self.out.guesses.append(guess)
            self.out.texts[guess.line] = texts[i]
            if guess.kind == "heading":
                done[i] = Heading(texts[i], self.numbers[i])
            elif guess.kind == "alt" and evidence.separator(texts[i]):
                self.aside(i, "separator")
            elif guess.kind == "alt":
                done[i] = Figure(line=self.numbers[i], alt=texts[i])

    def _repeated(self, maybe: set[int], count: Counter[str]) -> None:
        """Set aside short lines that stand here again and again with text between: buttons and headings of link boxes.
        The refrain of a poem stands among other short lines."""
        for i in sorted(maybe):
            text = self.texts[i]
            if (
                count[text] >= REPEATED
                and any(map(str.isalpha, text))
                and text[-1] not in evidence.COLONS
                and not evidence.ends(text)
            ):
                beside = [j for j in (i - 1, i + 1) if j in maybe and count[self.texts[j]] < REPEATED]
                if len(beside) < 2:
                    self.aside(i, "repeated-line")
                    maybe.discard(i)

    def _style(self, guesses: dict[int, Guess]) -> dict[int, dict[str, str]]:
        """What the subheadings of an article have in common, if they are many: lines with it are more likely one."""
        heads = [i for i, guess in guesses.items() if guess.kind == "heading"]
        if len(heads) < 5:
            return {}
        for trait, has in (("a colon", lambda text: ": " in text), ("a number", evidence.numbered)):
            if sum(has(self.texts[i]) for i in heads) >= 0.7 * len(heads):
                alike = {"alike": f"has {trait}, like the other subheadings here"}
                unlike = {"unlike": f"has not {trait}, unlike the other subheadings here"}
                return {i: alike if has(self.texts[i]) else unlike for i in guesses}
        return {}

    def _near(
        self, i: int, maybe: set[int], alts: set[str], count: Counter[str], speakers: Counter[str]
    ) -> evidence.Near:
        text = self.texts[i]
        gaps = self.lines.gaps
        lead = self._leads(i)
        first, last = self._run(i, maybe)
        run = last - first + 1
        following = [len(self.texts[j]) for j in range(i + 1, last + 1)]
        joined = self.spaced and (
            (not gaps[i] and i - 1 in maybe) or (i + 1 < len(gaps) and not gaps[i + 1] and i + 1 in maybe)
        )
        return evidence.Near(
            self._kind(i - 1, maybe),
            self._kind(i + 1, maybe),
            run=run,
            opens=run >= 3
            and ((i == first and len(text) < 0.8 * min(following)) or (i in (first, last) and evidence.question(text))),
            joined=joined,
            repeated=count[text] > 1,
            known_alt=text in alts,
            lead=lead,
            labelled=self.labelled,
            echoes=lead and self._echoes(text),
            foreign=self._foreign(text),
            speaker=speakers[_speaker(text)] > 1,
            pictured=self.hints.get(i) == "picture",
        )

    def _echoes(self, text: str) -> bool:
        """Whether a line shares a word with the headline, endings aside."""
        stems = {word[:5] for word in self.out.headline.split() if len(word) > 3}
        return any(word[:5] in stems for word in text.split() if len(word) > 3)

    def _foreign(self, text: str) -> bool:
        return not self.latin and text.isascii() and any(map(str.isalpha, text))

    def _run(self, i: int, maybe: set[int]) -> tuple[int, int]:
        """The first and last of the short lines in a row around `i`: those that end no sentence and name no picture."""

        def runs(j: int) -> bool:
            text = self.texts[j]
            return j in maybe and not evidence.ends(text) and not self._foreign(text) and not evidence.separator(text)

        first = last = i
        while first > max(0, i - 5) and runs(first - 1):
            first -= 1
        while last + 1 < min(len(self.texts), i + 6) and runs(last + 1):
            last += 1
        return first, last

    def _leads(self, i: int) -> bool:
        """Whether nothing of the text itself stands between the headline and line `i`."""
        return i == self.start or (i < self.start + _TOP and all(done is True for done in self.done[self.start : i]))

    def _kind(self, i: int, maybe: set[int]) -> str:
        if i < 0:
            return "start"
        while i < len(self.texts) and self.done[i] is True:
            i += 1
        if i >= len(self.texts):
            return "end"
        block = self.done[i]
        if block is None:
            return "short" if i in maybe else "paragraph"
        if isinstance(block, Figure):
            return "figure"
        return "short" if isinstance(block, Heading) else "other"

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


def _speaker(text: str) -> str:
    """What stands before a line's first colon, if that is short: who speaks in an interview."""
    name, colon, _ = text[:40].partition(":")
    return name if colon else ""


def _speakers(texts: list[str]) -> Counter[str]:
    found = Counter(map(_speaker, texts))
    del found[""]
    return found


def _unbulleted(text: str) -> str:
    return text[1:].strip() or text


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) < 400 and " ".join(one.split()).casefold() == " ".join(other.split()).casefold())
