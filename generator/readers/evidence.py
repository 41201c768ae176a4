"""What a line without label is: paragraph, subheading, or the alternative text of a lost picture. The one place of guesses.

A dump has no markup, so a bare line is weighed: everything that speaks for one reading adds its weight to it, and the
heaviest wins. All weights stand in `_heading`, `_alt` and `_paragraph`, each beside its reason in words; `inspect`
prints them. What counts most is length against the article's own paragraphs and the full stop of its script, then the
neighbours, repetition and position.

Not a trained classifier: the archivist must be able to read why a line became a heading, and a site can state its own
labels where the weights err.
"""

import re
from statistics import median

from generator.readers.source import Guess, GuessKind

TERMINAL = frozenset(".。｡।॥۔؟?!！？…։።፧၊။॰៕")
_QUOTES = "\"'”“’‘»«›‹)]）】」』〉》`´״׳"
_OPENING = frozenset("\"'“‘«‹([（【「『„‚”’")
_QUESTION = frozenset("?؟？፧")
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[۰-۹]{1,3}|[٠-٩]{1,3}|[०-९]{1,3})\s?[.)\]\-–:．、]\s*\S")
_LETTER = re.compile(r"[^\W\d_]")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SEPARATOR_WORDS = frozenset(
    [
        "line",
        "lines",
        "grey",
        "gray",
        "red",
        "white",
        "black",
        "presentational",
        "transparent",
        "short",
        "long",
        "banner",
        "footer",
        "header",
        "space",
        "spacer",
        "image",
        "blank",
        "separator",
        "divider",
        "dotted",
        "horizontal",
        "bottom",
        "top",
        "px",
        "1px",
        "2px",
        "3px",
        "5px",
        "10px",
        "small",
        "thin",
        "the",
        "a",
        "of",
    ]
)

NARROW = 1.5
"""Below this margin a guess is listed as a doubt."""


class Article:
    """What the lines of one article have in common, measured once: how long its paragraphs are and how they end."""

    def __init__(self, texts: list[str], bare: list[int], language_is_latin: bool) -> None:
        self.texts = texts
        self.latin = language_is_latin
        lengths = [len(texts[i]) for i in bare]
        ended = [ends(texts[i]) for i in bare]
        dense = bool(bare) and _DENSE.search(max((texts[i] for i in bare), key=len)) is not None
        self.scale = 0.42 if dense else 1.0
        """Han, kana and Hangul say in four characters what others say in ten."""
        long = [length for length, end in zip(lengths, ended, strict=True) if end or length > 140 * self.scale]
        self.typical = max(median(long), 60 * self.scale) if long else 150 * self.scale
        full = [end for length, end in zip(lengths, ended, strict=True) if length > 0.55 * self.typical]
        self.punctuated = sum(full) / len(full) if full else 0.5
        """The share of its paragraphs that end with a full stop: near 1 in most scripts, 0 in Thai."""
        self.paragraphs = len(full)


def ends(text: str) -> bool:
    """Whether the line ends a sentence: with a full stop, before or behind closing quotes."""
    last = text[-1]
    if last in TERMINAL:
        return True
    return last in _QUOTES and text.rstrip(_QUOTES + " ")[-1:] in TERMINAL


def short(article: Article, text: str) -> bool:
    """Whether a line may be anything but a paragraph at all; most lines are decided here."""
    length = len(text)
    if length > 0.85 * article.typical and length > 40 * article.scale:
        return False
    return length <= 160 * article.scale and (not ends(text) or text[-1] in _QUESTION or length < 0.4 * article.typical)


def weigh(article: Article, i: int, number: int, near: "Near") -> Guess:
    """The likeliest reading of line `i`, by how much, and why."""
    text = article.texts[i]
    votes: dict[GuessKind, list[tuple[float, str]]] = {
        "heading": _heading(article, text, near), "alt": _alt(article, text, near), "paragraph": _paragraph(article, text, near),
    }  # fmt: skip
    total = {kind: sum(weight for weight, _ in reasons) for kind, reasons in votes.items()}
    order = sorted(total, key=lambda kind: -total[kind])
    best = order[0]
    reasons = tuple(f"{weight:+.1f} {why}" for weight, why in sorted(votes[best], key=lambda vote: -abs(vote[0])))
    return Guess(number, best, round(total[best] - total[order[1]], 2), reasons)


class Near:
    """What stands around a line: kinds are `headline`, `figure`, `paragraph`, `short`, `other`, `start`, `end`."""

    __slots__ = ("after", "before", "foreign", "joined", "known_alt", "lead", "repeated", "run", "tail")

    def __init__(self, before: str, after: str, *, run: int, joined: bool, repeated: bool, known_alt: bool, lead: bool,
                 foreign: bool, tail: bool) -> None:  # fmt: skip
        self.before, self.after, self.run, self.joined = before, after, run, joined
        self.repeated, self.known_alt, self.lead, self.foreign, self.tail = repeated, known_alt, lead, foreign, tail


def _heading(article: Article, text: str, near: Near) -> list[tuple[float, str]]:
    length = len(text) / article.scale
    share = len(text) / article.typical
    votes = [(2.0, "much shorter than a paragraph here") if share <= 0.35 else
             (1.0, "shorter than a paragraph here") if share <= 0.55 else (-1.5, "about as long as a paragraph here")]  # fmt: skip
    if length > 90:
        votes.append((-2.0, "long for a heading"))
    end = ends(text)
    if not end:
        votes.append((0.5 + 2.0 * article.punctuated, "no full stop, where paragraphs here have one"))
    elif text[-1] in _QUESTION:
        votes.append((1.0, "a question"))
    else:
        votes.append((-3.0, "ends like a sentence"))
    if text[-1] in ":：":
        votes.append((-4.5, "a colon announces something"))
    votes.append(_FOLLOWED.get(near.after, (0.0, "")))
    if near.run >= 3:
        votes.append((-3.0, "one of several short lines in a row"))
    if near.lead:
        votes.append((-1.5, "right below the headline"))
    if near.foreign:
        votes.append((-2.0, "in another script than the article"))
    if text[0].islower():
        votes.append((-1.0, "begins with a small letter"))
    if text[0] in "([（" and text[-1] in ")]）":
        votes.append((-2.0, "all in brackets"))
    if not _LETTER.search(text):
        votes.append((-5.0, "no letters"))
    if _NUMBER.match(text):
        votes.append((1.0, "numbered"))
    if near.repeated:
        votes.append((-1.0, "stands here more than once"))
    return [vote for vote in votes if vote[0]]


_FOLLOWED = {
    "paragraph": (1.5, "a paragraph follows"), "figure": (0.5, "a figure follows"), "short": (-1.0, "another short line follows"),
    "end": (-4.0, "nothing follows"), "other": (0.5, "a list or box follows"),
}  # fmt: skip


def _alt(article: Article, text: str, near: Near) -> list[tuple[float, str]]:
    votes: list[tuple[float, str]] = []
    if near.lead:
        votes.append((4.0, "right below the headline, where the lead picture stands"))
    if near.known_alt:
        votes.append((6.0, "another figure has this text"))
    if near.repeated:
        votes.append((2.0, "stands here more than once"))
    if near.foreign:
        votes.append((5.0, "in another script than the article"))
    if near.joined:
        votes.append((2.5, "no blank line to its neighbour"))
    words = [word.strip(".,'\"").lower() for word in text.split()]
    if words and len(words) <= 7 and words[-1] in ("line", "banner", "footer", "spacer", "separator") and (
        words[-1] in ("banner", "footer") or all(word in _SEPARATOR_WORDS for word in words)
    ):  # fmt: skip
        votes.append((6.0, "the name of a separator picture"))
    if len(words) == 1 and article.scale == 1.0:
        votes.append((1.0, "a single word"))
    if near.after == "end" and not ends(text):
        votes.append((2.0, "nothing follows"))
    if ends(text):
        votes.append((-1.5, "ends like a sentence"))
    if text[-1] in ":：":
        votes.append((-3.0, "a colon announces something"))
    votes.append((1.0, "no label near"))
    return votes


def _paragraph(article: Article, text: str, near: Near) -> list[tuple[float, str]]:
    votes = [(1.0, "most lines are paragraphs")]
    share = len(text) / article.typical
    if share > 0.7:
        votes.append((2.0, "as long as a paragraph here"))
    if ends(text):
        votes.append((2.0 if text[-1] not in _QUESTION else 0.5, "ends like a sentence"))
    if text[-1] in ":：":
        votes.append((3.0, "a colon announces something"))
    if near.run >= 3:
        votes.append((3.0, "one of several short lines in a row"))
    if text[0].islower():
        votes.append((1.0, "begins with a small letter"))
    if not _LETTER.search(text):
        votes.append((3.0, "no letters"))
    if text[0] in "([（" and text[-1] in ")]）":
        votes.append((1.5, "all in brackets"))
    if near.after == "end":
        votes.append((1.5, "nothing follows"))
    if article.paragraphs < 2:
        votes.append((1.0, "too few paragraphs to compare with"))
    return votes
