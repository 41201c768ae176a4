"""The words that a page put around its text, found at the start of a line or as a whole line.

What lives here: the table of `labels.toml` with a site's own rules, compiled once, and the two questions a reader asks of
a line: which label does it begin with, and is it one of the known whole lines. What does not: what follows from the
answer, which depends on the neighbours (`dump`).

A line is looked up by its first five characters; only on a hit is a pattern tried. An alternation of all 1,700 labels
costs 40 µs a line, the lookup 0.3 µs. Each label is a pattern of its own because labels vary: letters that keyboards
exchange (ی ي ى), the apostrophes, invisible characters between letters, capitals. Patterns hold no nested repetition, so
they are linear.
"""

import itertools
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from generator.readers.source import Rules

ValueKind = Literal[
    "caption", "video", "audio", "plain", "credit", "glued_credit", "author", "role", "from", "published", "updated",
    "byline", "promo", "picture",
]  # fmt: skip
WholeKind = Literal[
    "read_also", "related", "most_read", "gist", "advert", "share", "skip", "skip_end", "skip_box", "embed", "navigation", "separator",
    "details", "residue",
]  # fmt: skip
FIGURE_KINDS = frozenset({"caption", "video", "audio", "plain", "credit", "glued_credit"})
_VALUE_KINDS = frozenset(ValueKind.__args__)  # type: ignore[attr-defined]

# What may stand before a label: the marks of a list, stray commas of right-to-left labels, characters nobody sees.
LEAD = (
    " \t\u00a0,،，·•◦●▪‣\u200b-\u200f".replace("-", "")
    + "\u200c\u200d\u200e\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\u00ad\u0640"
)
COMMAS = ",،，"
COMMAS_SET = frozenset(COMMAS)
TAIL = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
SEPARATORS = COMMAS + ":："
_WHOLE_TAIL = TAIL + SEPARATORS + ".…?؟!।۔»›>↓▼"

_SAME = {
    **dict.fromkeys("یيىېۍ", "یيىېۍ"), **dict.fromkeys("کكڪ", "کكڪ"), **dict.fromkeys("ہهە", "ہهەھ"),
    **dict.fromkeys("اأإٱ", "اأإٱ"), **dict.fromkeys("'’‘ʼʻ`", "'’‘ʼʻ`´"), **dict.fromkeys("ةۃ", "ةۃه"),
    **dict.fromkeys("یے", "یيىے"), "ئ": "ئیيی",
}  # fmt: skip
_SAME["ے"] = "ے"
_BETWEEN = "[\u00ad\u061c\u0640\u064b-\u0652\u200b-\u200f\u2060\ufeff]*"
# Names of places whose posts are embedded, as the templates of skip links name them.
_SITE = (
    r"(?:twitter|x|youtube|facebook|whatsapp|bluesky|reddit|instagram|tiktok|tik tok|telegram|vk|vkontakte|"
    r"soundcloud|threads|snapchat|podcast|"
    r"ٹوئٹر|یوٹیوب|فیس بک|انسٹاگرام|تويتر|يوتيوب|فيسبوك|إنستغرام|توییتر|یوتیوب|فیسبوک|اینستاگرام|ټویټر)"
)
# What a template leaves behind `{site}`: the poster's name and a number, `Skip Twitter post by @name, 2`.
_SITE_TAIL = r"(?:[\s,].{0,60})?"


# Scripts that set no space between words: there a label of one word is as long as others of two.
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


_LINK = re.compile(r"\s*(?:[:：|»]|[-–—] )\s*(\S.*)")


class Label(Struct, frozen=True):
    """A label at the start of a line. `value` is what follows, without the separators; empty when the label stands
    alone. `sure` tells that a comma, a colon or the end of the line marks it off: without, it may be a sentence."""

    kind: str
    language: str | None
    value: str
    sure: bool
    weak: bool = False
    """Nothing but a space marks it off: beside another label it is one, and before a date; else it begins a sentence."""


class Whole(Struct, frozen=True):
    """A line that is nothing but a known heading, button, note or separator. `rest` is a headline that stands behind the
    heading of a read-also box on the same line (`Read also: …`), `text` that heading, or the title of a box to be skipped."""

    kind: str
    language: str | None
    text: str = ""
    rest: str = ""


class _Entry(Struct, frozen=True):
    text: str
    kind: str
    language: str | None
    words: int
    letters: int


class Lexicon:
    """All labels, compiled. Build through `lexicon`, which keeps one for each set of rules."""

    def __init__(self, table: Iterable[tuple[str | None, str, str]]) -> None:
        self._starts: dict[str, list[_Entry]] = {}
        self._brief: dict[str, list[_Entry]] = {}
        self._short: dict[str, list[_Entry]] = {}
        self._residue: list[re.Pattern[str]] = []
        self._inline: dict[str | None, list[str]] = {}
        for language, kind, text in table:
            if kind == "residue" and text.startswith("*"):
                self._residue.append(_residue_pattern(text))
                continue
            entry = _Entry(text, kind, language, len(text.split()), len(text))
            for key in _keys(text):
                into = self._starts if len(text) >= 5 else self._brief if len(key) >= 3 else self._short
                into.setdefault(key, []).append(entry)
            if kind == "glued_credit":
                self._inline.setdefault("glued", []).append(text)
            elif kind in FIGURE_KINDS and kind != "plain" and entry.words > 1:
                self._inline.setdefault(language, []).append(text)
        for entries in itertools.chain(self._starts.values(), self._brief.values(), self._short.values()):
            entries.sort(key=lambda entry: (-entry.letters, entry.kind, entry.language or ""))

    def inside(self, language: str) -> list[str]:
        """Labels that may stand inside a line of a text in `language`: those of old pages, the language's, the site's."""
        return [
            *self._inline.get("glued", ()),
            *self._inline.get(language.split("-")[0], ()),
            *self._inline.get(None, ()),
        ]

    def find(self, line: str) -> Label | Whole | None:
        """The longest label that `line` begins with, or the known whole line that it is; `None` for all other text."""
        bare = line.lstrip(LEAD)
        found = None
        if (entries := self._starts.get(bare[:5].lower())) is not None:
            found = self._tried(line, bare, entries)
        if found is None and (entries := self._brief.get(bare[:3].lower())) is not None:
            found = self._tried(line, bare, entries)
        if (
            found is None
            and len(bare) < 9
            and (entries := self._short.get(bare.rstrip(_WHOLE_TAIL).lower())) is not None
        ):
            found = self._tried(line, bare, entries)
        if found is None and self._residue and any(pattern.fullmatch(line) for pattern in self._residue):
            return Whole("residue", None)
        return found

    def _tried(self, line: str, bare: str, entries: list[_Entry]) -> Label | Whole | None:
        end = -1
        for entry in entries:
            found = _compiled(entry.text, entry.kind).match(bare)
            if found is None:
                continue
            if entry.kind not in _VALUE_KINDS:
                if end < 0:
                    end = len(bare.rstrip(_WHOLE_TAIL))
                if found.end() >= end:
                    return Whole(entry.kind, entry.language, found[1] if found.re.groups else "")
                if entry.kind == "read_also" and len(bare) < 200 and (link := _LINK.match(bare, found.end())):
                    return Whole(entry.kind, entry.language, bare[: found.end()].rstrip(), link[1])
                continue
            rest = bare[found.end() :]
            value = rest.strip(TAIL)
            if not value:
                return Label(entry.kind, entry.language, "", True)
            before = line[: len(line) - len(bare)].rstrip(TAIL)[-1:]
            sure = (
                value[0] in SEPARATORS
                or entry.kind == "glued_credit"
                or (before in COMMAS_SET and entry.kind not in ("promo", "picture"))
            )
            if sure or _stands_apart(entry, bare[found.end() - 1], rest):
                return Label(entry.kind, entry.language, value.strip(TAIL + SEPARATORS), sure)
            stamp = entry.kind in ("published", "updated") and len(bare) < 90
            if rest[0].isspace() and ((entry.kind in FIGURE_KINDS and entry.words > 1) or stamp):
                return Label(entry.kind, entry.language, value.strip(TAIL + SEPARATORS), False, True)
        return None


def _stands_apart(entry: _Entry, last: str, rest: str) -> bool:
    """Whether a label without comma or colon is likely one: some pages had a space there, some nothing at all."""
    following = rest[0]
    if entry.kind not in FIGURE_KINDS:
        return entry.kind in ("promo", "picture") and not following.isalnum()
    if entry.words < 2 and (entry.letters < 4 or not _SPACELESS.match(last)):
        return entry.letters > 9 and following.isupper()
    if following.isspace():
        value = rest.lstrip(TAIL)
        return not value[0].islower() and len(value) <= 200
    return not following.islower() and following not in "'’-‐)"


@cache
def _compiled(text: str, kind: str) -> re.Pattern[str]:
    # Compiled when a line begins like the label: compiling all of them at the start takes longer than reading 1,000 files.
    parts = []
    for piece in re.split(r"(\{site\}|\s+)", text.rstrip("*")):
        if piece == "{site}":
            parts.append("(.{1,60}?)" if kind == "skip_box" else _SITE)
        elif piece.isspace():
            parts.append(r"[\s\u200c\u200e\u200f]+")
        elif piece:
            parts.append(
                _BETWEEN.join(f"[{re.escape(_SAME[char])}]" if char in _SAME else re.escape(char) for char in piece)
            )
    tail = "" if kind == "skip_box" else _SITE_TAIL if "{site}" in text else ".*" if kind == "residue" and text.endswith("*") else ""
    return re.compile("".join(parts) + _BETWEEN + tail, re.IGNORECASE)


def _residue_pattern(text: str) -> re.Pattern[str]:
    middle = re.escape(text.strip("*").strip())
    return re.compile(f".*{middle}.*" if text.endswith("*") else f".*{middle}", re.IGNORECASE)


def _keys(text: str) -> set[str]:
    """The characters that a line with this label begins with, in all spellings; where `{site}` is among them, every site."""
    if 0 <= text.find("{site}") < 5:
        return {key for site in _SITE[3:-1].split("|") for key in _keys(text.replace("{site}", site))}
    if len(text) < 3:
        text = text.lower()
        return {text} | ({text + mark for mark in SEPARATORS + " "} if len(text) == 2 else set())
    start = text[: 5 if len(text) >= 5 else 3]
    return {"".join(choice).lower() for choice in itertools.product(*(_SAME.get(char, char) for char in start))}


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, str, str], ...]:
    """`labels.toml` as rows of language, kind and label."""
    data = tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text("utf-8"))
    return tuple(
        (language, kind, text) for language, kinds in data.items() for kind, texts in kinds.items() for text in texts
    )


_RULE_KINDS = {
    "caption_labels": "caption", "video_labels": "video", "audio_labels": "audio", "credit_labels": "credit",
    "author_labels": "author", "role_labels": "role", "published_labels": "published", "updated_labels": "updated",
    "read_also": "read_also", "share": "share", "promos": "promo", "separators": "separator", "residue": "residue",
}  # fmt: skip


NO_RULES = Rules()


@lru_cache(maxsize=8)
def lexicon(rules: Rules = NO_RULES) -> Lexicon:
    """The labels known here and those that `rules` add; kept for the life of the process."""
    own = [
        (None, kind, text.strip())
        for name, kind in _RULE_KINDS.items()
        for text in getattr(rules, name)
        if text.strip()
    ]
    return Lexicon([*own, *table()])
