"""The lines of an article while it is read, and the weighing of those that no label explains.

What lives here: the state that the questions of `outline` share, and what `evidence` has to be told about a line: its
neighbours, its run, what repeats, what the subheadings have in common. What does not: the weights themselves.
"""

from collections import Counter

import msgspec
from msgspec import Struct

from generator.model import Block, Byline, Figure, Heading, SetAside
from generator.readers import evidence
from generator.readers.labels import Label, Lexicon, Whole
from generator.readers.lines import Lines
from generator.readers.source import Guess
from generator.readers.tongues import Tongue

_HINTS = frozenset({"picture", "promo", "byline"})
REPEATED = 4
"""How often a short line stands in a text that is no text of it."""
TOP = 14
"""Visible lines at the top among which bylines and timestamps are looked for."""


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


class Weighing:
    """The lines of one article and what each has become so far. `done[i]` is `None` for a line still bare, a block for
    the first line of one, and `True` for a line that went into something."""

    def __init__(self, lines: Lines, lexicon: Lexicon, tongue: Tongue | None) -> None:
        self.lines = lines
        self.texts = lines.texts
        self.numbers = lines.numbers
        self.latin = tongue is None or tongue.script == "Latn"
        self.language = tongue.code if tongue is not None else "en"
        self.spaced = sum(lines.gaps) > 0.6 * len(lines)
        self.find = find = lexicon.find
        self.marks: list[Label | Whole | None] = [find(text) for text in self.texts]
        self.hints: dict[int, str] = {}
        """Openings that only count as evidence: of a picture's description, of a promotion, of a byline."""
        self.stamps: dict[int, Label] = {}
        """Lines that are a date if what follows their label is one."""
        self.marked: list[int] = []
        """The lines with a label or known as a whole."""
        for i, mark in enumerate(self.marks):
            if mark is None:
                continue
            if mark.kind in _HINTS:
                self.hints[i] = mark.kind
                self.marks[i] = None
            elif isinstance(mark, Label) and mark.weak and mark.kind in ("published", "updated"):
                self.stamps[i] = mark
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
                named = evidence.photographed(texts[i])
                done[i] = Figure(line=self.numbers[i], alt=None if named else texts[i], caption=texts[i] if named else None)

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
        return i == self.start or (i < self.start + TOP and all(done is True for done in self.done[self.start : i]))

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


def _speaker(text: str) -> str:
    """What stands before a line's first colon, if that is short: who speaks in an interview."""
    name, colon, _ = text[:40].partition(":")
    return name if colon else ""


def _speakers(texts: list[str]) -> Counter[str]:
    found = Counter(map(_speaker, texts))
    del found[""]
    return found
