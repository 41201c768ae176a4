"""The language of a text from the text itself: script first, then the letters and words that tell its users apart.

What lives here: evidence from text alone. What does not: what front matter, labels or `site.toml` say (`dump` weighs
those), and the direction, which follows from the language.

Not a trained model: py3langid calls Persian with Arabic yeh Pashto and Sorani `sdh`, and needs 1 ms a text. Letters and
function words are enough for a paragraph of news, can be read and corrected by who knows the language
(`tongues.toml`), and cost 40 µs.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from msgspec import Struct

SAMPLE = 1600
"""Characters looked at. A fifth of them would do for most texts; headlines and quotations in another language would not."""


class Tongue(Struct, frozen=True):
    """A language and how much better it fits than the next one of its script: 0 a tie, above 1 beyond doubt."""

    code: str
    margin: float
    script: str


class _Profiles(Struct, frozen=True):
    by_script: Mapping[str, tuple[str, ...]]
    single: Mapping[str, str]
    letters: Mapping[str, tuple[tuple[str, tuple[tuple[str, float], ...]], ...]]
    words: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]


# High bytes of UTF-16 code units, by script; pages shared by two scripts are split in `script_of_text`.
_PAGES: tuple[tuple[str, bytes], ...] = (
    ("Arab", b"\x06\xfb\xfc\xfd\xfe"), ("Cyrl", b"\x04"), ("Hani", bytes(range(0x4E, 0xA0)) + b"\x34\x35\x36\x37\x38\x39"),
    ("Hang", bytes(range(0xAC, 0xD8))), ("Ethi", b"\x12\x13"), ("Khmr", b"\x17"), ("Tibt", b"\x0f"),
)  # fmt: skip
_HALVES: tuple[tuple[int, int, str, str], ...] = (
    (0x09, 0x80, "Deva", "Beng"), (0x0A, 0x80, "Guru", "Gujr"), (0x0B, 0x80, "Orya", "Taml"), (0x0C, 0x80, "Telu", "Knda"),
    (0x0D, 0x80, "Mlym", "Sinh"), (0x0E, 0x80, "Thai", "Laoo"), (0x10, 0xA0, "Mymr", "Geor"), (0x05, 0x90, "Armn", "Hebr"),
    (0x03, 0x70, "Latn", "Grek"), (0x30, 0x40, "Zyyy", "Kana"), (0x07, 0x80, "Syrc", "Thaa"),
)  # fmt: skip
_FORMS = str.maketrans("يىك", "ییک")
_WORD = re.compile(r"[^\W\d_][^\s\d\"“”«»()\[\],.;:!?،؛؟۔।…]*")


def script_of_text(text: str) -> str:
    """The ISO 15924 code of the script most of `text` is in; `Zyyy` when it holds no letters known here."""
    data = text.encode("utf-16-be", "replace")
    high = data[0::2]
    count = {
        "Latn": high.count(b"\x00")
        - sum(map(text.count, " \n\t.,0123456789-:;'\"()/"))
        + high.count(b"\x01")
        + high.count(b"\x1e")
    }
    rest = len(high) - high.count(b"\x00")
    if rest > 0:
        for script, pages in _PAGES:
            if len(pages) > 10:
                found = sum(map(high.count, {byte for byte in set(high) if byte in pages}))
            else:
                found = sum(map(high.count, pages))
            if found:
                count[script] = found
        for page, split, lower, upper in _HALVES:
            if high.count(page):
                low = bytes(data[i + 1] for i in range(0, len(data), 2) if data[i] == page)
                above = sum(byte >= split for byte in low)
                count[lower] = count.get(lower, 0) + len(low) - above
                count[upper] = count.get(upper, 0) + above
        # Latin page 0 also holds the punctuation of every script, hence the discount.
    if count.get("Kana", 0) * 8 > count.get("Hani", 0):
        count["Kana"] = count.get("Kana", 0) + count.pop("Hani", 0)
    count.pop("Zyyy", None)
    best = max(count, key=lambda script: (count[script], script))
    return best if count[best] > 0 else "Zyyy"


def tongue_of(text: str, allowed: tuple[str, ...] = ()) -> Tongue | None:
    """The language `text` is most likely in, among `allowed` when given; `None` for a text without letters."""
    sample = text[:SAMPLE]
    script = script_of_text(sample)
    if script == "Zyyy":
        return None
    profiles = _profiles()
    if script in profiles.single:
        return _among(profiles.single[script], 3.0, script, allowed)
    score = dict.fromkeys(profiles.by_script.get(script, ()), 0.0)
    if not score:
        return None
    for letter, shares in profiles.letters.get(script, ()):
        if found := sample.count(letter):
            for code, share in shares:
                score[code] += found * share
    letters_weight = 200 / max(len(sample), 100)
    for code in score:
        score[code] *= letters_weight
    words = profiles.words.get(script)
    if words:
        tokens = _WORD.findall(sample.translate(_FORMS) if script == "Arab" else sample.lower())
        weight = 100 / max(len(tokens), 20)
        for token in tokens:
            for code, share in words.get(token, ()):
                score[code] += share * weight
    if allowed:
        keep = {code: value for code, value in score.items() if _permitted(code, allowed)}
        score = keep or score
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    best, value = ranked[0]
    following = ranked[1][1] if len(ranked) > 1 else 0.0
    if value <= 0:
        return None
    return Tongue(best, (value - following) / (following + 2.0), script)


def _among(code: str, margin: float, script: str, allowed: tuple[str, ...]) -> Tongue:
    return Tongue(next((choice for choice in allowed if choice.split("-")[0] == code), code), margin, script)


def _permitted(code: str, allowed: tuple[str, ...]) -> bool:
    return any(
        choice == code or (choice.split("-")[0] == code.split("-")[0] and ("-" not in choice or "-" not in code))
        for choice in allowed
    )


@lru_cache(maxsize=1)
def _profiles() -> _Profiles:
    data = tomllib.loads(resources.files(__package__).joinpath("tongues.toml").read_text("utf-8"))
    single = data.pop("scripts")
    by_script: dict[str, list[str]] = {}
    letters: dict[str, dict[str, list[str]]] = {}
    words: dict[str, dict[str, list[str]]] = {}
    for code, facts in data.items():
        script = facts["script"]
        by_script.setdefault(script, []).append(code)
        for letter in facts.get("letters", ""):
            letters.setdefault(script, {}).setdefault(letter, []).append(code)
        for word in dict.fromkeys(facts.get("words", "").split()):
            words.setdefault(script, {}).setdefault(word, []).append(code)
    return _Profiles(
        by_script={script: tuple(codes) for script, codes in by_script.items()},
        single=single,
        letters={
            script: tuple((letter, _shares(codes)) for letter, codes in table.items())
            for script, table in letters.items()
        },
        words={script: {word: _shares(codes) for word, codes in table.items()} for script, table in words.items()},
    )


def _shares(codes: list[str]) -> tuple[tuple[str, float], ...]:
    return tuple((code, 1 / len(codes)) for code in codes)
