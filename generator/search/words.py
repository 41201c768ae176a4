"""Words: where they begin and end, and which spellings are one word.

What lives here: the reading of `folds.toml`, splitting, the two folds, affixes, and the route that leads from a word to
its shard. `templates/static/search.js` does the same from the same table, and a test holds the two together.

Neither `\\w` nor `\\p{L}` decides what a letter is, and `normalize` is asked only for ranges that Unicode has promised
never to change: the browser's Unicode is another version than Python's, and a word that is folded differently there is
a word that cannot be found.

A word has two folded forms. The *form* unites what a reader takes for the same spelling: letters of another keyboard,
vowel signs, digits, capitals. The *stem form* (`strong`) also unites letters that are written for each other (آ and ا,
ھ and ہ, é and e). The index holds forms; what shares the strong form is found as well, and ranked lower.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("folds.toml")
PREFIX = 3
"""Letters of a word that decide its shard: all words with the same beginning stand together, so that a word that is
still being typed finds its shard."""
SHORTEST = 3
"""Letters that must remain of a word without its affixes."""
JOINED_PARTS = 3
"""A compound of more parts is found by its parts alone."""


def _ranges(text: str) -> list[tuple[int, int]]:
    pairs = (part.split("-") for part in text.split())
    return [(int(pair[0], 16), int(pair[-1], 16)) for pair in pairs]


def _class(ranges: list[tuple[int, int]]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def table() -> dict[str, Any]:
    """The table of folds as it is written into the index."""
    with FILE.open("rb") as file:
        found = tomllib.load(file)
    return {key: " ".join(value.split()) if isinstance(value, str) and "joiners" not in key else value for key, value in found.items()}


_TABLE = table()
_SEPARATORS = _class(_ranges(_TABLE["separators"]))
_JOINERS = re.escape(_TABLE["joiners"])
_PLAIN = f"[^{_SEPARATORS}{_JOINERS}]"
_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_COMPOUND = re.compile(f"{_PLAIN}+(?:(?:[{_JOINERS}]|[{re.escape(_TABLE['digit_joiners'])}](?={_DIGIT}{{3}}(?!{_DIGIT}))){_PLAIN}+)*")
_PART = re.compile(f"{_PLAIN}+")
_UNSPACED = re.compile(f"[{_class(_ranges(_TABLE['unspaced']))}]+|[^{_class(_ranges(_TABLE['unspaced']))}]+")
_SIMPLE = re.compile(
    f"[{_SEPARATORS}{_JOINERS}]*([^{_SEPARATORS}{_JOINERS}{_class(_ranges(_TABLE['unspaced']))}]+)[{_SEPARATORS}{_JOINERS}]*"
)
_HAS_UNSPACED = re.compile(f"[{_class(_ranges(_TABLE['unspaced']))}]")
_COMPATIBLE = re.compile(f"[{_class(_ranges(_TABLE['compatible']))}]")
_ACCENTED = re.compile(f"[{_class(_ranges(_TABLE['accented']))}]")


def _form_table() -> dict[int, str]:
    found: dict[int, str] = {}
    for first, last in _ranges(_TABLE["cased"]):
        found |= {code: chr(code).lower() for code in range(first, last + 1)}
    for zero in _TABLE["zeros"].split():
        found |= {int(zero, 16) + digit: str(digit) for digit in range(10)}
    found |= {ord(pair[0]): pair[1:] for pair in _TABLE["same"].split()}
    for first, last in _ranges(_TABLE["dropped"]):
        found |= dict.fromkeys(range(first, last + 1), "")
    return found


def _strong_table() -> dict[int, str]:
    found = {ord(pair[0]): pair[1:] for pair in _TABLE["alike"].split()}
    found |= dict.fromkeys(map(ord, _TABLE["optional"]), "")
    for first, last in _ranges(_TABLE["accents"]):
        found |= dict.fromkeys(range(first, last + 1), "")
    return found


_FORM = _form_table()
_STRONG = _strong_table()


def form(word: str) -> str:
    """The form of a word under which the index holds it. May be empty: a lone vowel sign is no word."""
    if word.isascii():
        return word.lower()
    if _COMPATIBLE.search(word):
        word = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]).replace(" ", ""), word)
    return word.translate(_FORM)


@lru_cache(maxsize=50_000)
def strong(word: str) -> str:
    """What a form and all that is spelled alike have in common."""
    if word.isascii():
        return word
    word = _ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0]), word)
    return word.translate(_STRONG) or word


# ── where words are ──────────────────────────────────────────────────────────────────────────────────────────────────


def compounds(text: str) -> list[str]:
    """The pieces of `text` between separators, each a word or several held together by joiners."""
    return _COMPOUND.findall(text)


def single(piece: str) -> str | None:
    """The form of a piece of text that is one word, as most of what stands between two spaces is, and what `compounds` and
    `analysed` would find in it at twice the cost. `None` if they have to be asked."""
    found = _SIMPLE.fullmatch(piece)
    return (form(found[1]) or None) if found else None


def analysed(compound: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """(places it takes, ((place, form), ...)) of a compound. Parts take a place each; a compound of two or three parts
    also stands as one word at its first and last place, so that a phrase may run into it and out of it."""
    found: list[tuple[int, str]] = []
    parts = _PART.findall(compound)
    at = 0
    for part in parts:
        if _HAS_UNSPACED.search(part):
            for run in _UNSPACED.findall(part):
                pieces = bigrams(form(run)) if _HAS_UNSPACED.match(run) else [form(run)]
                for piece in pieces:
                    if piece:
                        found.append((at, piece))
                        at += 1
        elif folded := form(part):
            found.append((at, folded))
            at += 1
    if 1 < len(parts) <= JOINED_PARTS and at == len(parts) and _is_one(compound, found):
        whole = "".join(folded for _, folded in found)
        found += [(0, whole), (at - 1, whole)]
    return at, tuple(found)


def _is_one(compound: str, parts: list[tuple[int, str]]) -> bool:
    """Whether what joiners hold together may be read as one word: several numbers only with a thousands separator."""
    numeric = all(_NUMBER.fullmatch(form) for _, form in parts)
    return not numeric or any(joiner in compound for joiner in _TABLE["digit_joiners"])


_NUMBER = re.compile("[0-9]+")


def bigrams(run: str) -> list[str]:
    """Every two neighbouring letters; a lone letter is itself."""
    return [run] if len(run) < 2 else [run[at : at + 2] for at in range(len(run) - 1)]


# ── affixes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

GROUPS: tuple[tuple[str, frozenset[str], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (name, frozenset(group["languages"].split()), ("", *group["before"].split()), ("", *group["after"].split()))
    for name, group in _TABLE["affixes"].items()
)
_FIRST = {"he": re.compile("[\u0590-\u05ff]"), "latin": re.compile("[0-9a-z\u00df-\u024f]")}
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")


@lru_cache(maxsize=50_000)
def cores(word: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """What remains of a strong form without the affixes of each group that knows its script."""
    found = []
    for name, _, before, after in GROUPS:
        if not _FIRST.get(name, _ARABIC).match(word):
            continue
        rests = {word}
        for first in before:
            for last in after:
                if word.startswith(first) and word.endswith(last) and len(word) - len(first) - len(last) >= SHORTEST:
                    rests.add(word[len(first) : len(word) - len(last)])
        found.append((name, frozenset(rests)))
    return tuple(found)


def near(one: str, other: str) -> frozenset[str]:
    """The languages in which two strong forms differ by affixes alone."""
    theirs = dict(cores(other))
    languages: frozenset[str] = frozenset()
    for name, rests in cores(one):
        if name in theirs and not rests.isdisjoint(theirs[name]):
            languages |= _LANGUAGES[name]
    return languages


_LANGUAGES = {name: languages for name, languages, _, _ in GROUPS}

# ── where a word's shard is ──────────────────────────────────────────────────────────────────────────────────────────

_ARABIC_OPENING = re.compile("[وف]?[بکل]?ال(?=...)|لل(?=...)|و(?=...)")
_HEBREW_OPENING = re.compile("[משהוכלב]+")


def opening(word: str) -> str:
    """The letters of a strong form that decide its shard: the first three behind anything that may be a prefix. The
    same for a word and for all that is near to it, or nearly so; what matters is that it is the same for one word."""
    if "\u0590" <= word[:1] <= "\u05ff":
        found = _HEBREW_OPENING.match(word)
        return word[found.end() if found else 0 :][:PREFIX]
    if word[:1] in "وفبکلا":
        while found := _ARABIC_OPENING.match(word):
            word = word[found.end() :]
    return word[:PREFIX]


@lru_cache(maxsize=50_000)
def route(word: str) -> int:
    """The place of a form among 65,536 from which shards take theirs."""
    return hashed(opening(strong(word)) if word[:1] != "#" else word)


@lru_cache(maxsize=50_000)
def hashed(text: str) -> int:
    """16 bits of FNV-1a over UTF-16 code units, which JavaScript sees."""
    value = 0x811C9DC5
    data = text.encode("utf-16-le", "surrogatepass")
    for at in range(0, len(data), 2):
        value = ((value ^ (data[at] | data[at + 1] << 8)) * 0x01000193) & 0xFFFFFFFF
    return (value ^ value >> 16) & 0xFFFF


EVERY = "#"
"""The word that every article has: what is asked for is all that a language or some years hold."""


def filter_word(kind: str, name: str) -> str:
    """The word under which articles with a topic, person, place, organisation, desk or source stand."""
    return f"#{kind}:" + "_".join(strong(part) for part in forms(name))


def forms(text: str) -> Iterator[str]:
    """The forms of the words of `text`, parts of compounds and no whole ones."""
    for compound in compounds(text):
        width, found = analysed(compound)
        yield from (word for at, word in found[:width] if at < width)
