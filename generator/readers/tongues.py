"""The language of a text from the text itself: script first, then the letters and words that tell its users apart.

What lives here: evidence from text alone. What does not: what front matter, labels or `site.toml` say (`dump` weighs
those), and the direction, which follows from the language.

Not a trained model: py3langid calls Persian with Arabic yeh Pashto and Sorani `sdh`, and needs 1 ms a text. Letters and
function words are enough for a paragraph of news, can be read and corrected by who knows the language
(`tongues.toml`), and cost 40 µs.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from msgspec import Struct

SAMPLE = 2400
"""Characters looked at where the first `GLANCE` leave a doubt."""
GLANCE = 300
"""Characters that are enough for nine texts of ten."""


FEW, ENOUGH = 0.15, 4
"""Below this share of common words a text of Latin script needs so many signs of its language to be sure: a table of shares
and names has one word that happens to be Tagalog or Czech."""
CLEARLY = 4.0
"""By how much a language that `yields` to a greater neighbour must beat it: Dari shares nearly all its words with Persian."""


class Tongue(Struct, frozen=True):
    """A language and how much better it fits than the next one of its script: 0 a tie, above 1 beyond doubt."""

    code: str
    margin: float
    script: str
    worded: float = 1.0
    """The share of its words that are among the commonest of any language of the script, or of its letters in Chinese; 1 where
    neither is looked at."""


class _Profiles(Struct, frozen=True):
    yields: Mapping[str, str]
    by_script: Mapping[str, tuple[str, ...]]
    single: Mapping[str, str]
    common: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    words: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]


# The script of each high byte of UTF-16 code units; pages that two scripts share are split at a low byte.
_PAGE: dict[int, str] = {
    **dict.fromkeys((0x06, 0xFB, 0xFC, 0xFD, 0xFE), "Arab"), 0x04: "Cyrl", 0x12: "Ethi", 0x13: "Ethi", 0x17: "Khmr", 0x0F: "Tibt",
    **dict.fromkeys((*range(0x34, 0x3A), *range(0x4E, 0xA0)), "Hani"), **dict.fromkeys(range(0xAC, 0xD8), "Hang"),
    **dict.fromkeys((0x01, 0x02, 0x1E), "Latn"),
}  # fmt: skip
_SPLIT: dict[int, tuple[int, str, str]] = {
    0x09: (0x80, "Deva", "Beng"), 0x0A: (0x80, "Guru", "Gujr"), 0x0B: (0x80, "Orya", "Taml"), 0x0C: (0x80, "Telu", "Knda"),
    0x0D: (0x80, "Mlym", "Sinh"), 0x0E: (0x80, "Thai", "Laoo"), 0x10: (0xA0, "Mymr", "Geor"), 0x05: (0x90, "Armn", "Hebr"),
    0x03: (0x70, "Latn", "Grek"), 0x30: (0x40, "Zyyy", "Kana"), 0x07: (0x80, "Syrc", "Thaa"),
}  # fmt: skip
_NO_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isalpha() or byte > 127)


# What a text of two words is taken for, so that at least its direction is right. Two words of Latin script tell nothing.
_USUAL = {"Arab": "ar", "Hebr": "he", "Cyrl": "ru", "Deva": "hi", "Beng": "bn", "Ethi": "am", "Hani": "zh-Hans"}


_GLUED = frozenset({"Deva", "Beng", "Ethi"})
"""Scripts whose verbs end the sentence: the commonest of them stand before a full stop."""


def _tokens(sample: str, script: str) -> list[str]:
    """The words of `sample`, as the tables have them. Punctuation stays: too few common words stand before it to matter."""
    if script == "Arab":
        return sample.replace("ي", "ی").replace("ى", "ی").replace("ك", "ک").split()
    if script in _GLUED:
        return sample.replace("।", " ").replace("።", " ").split()
    return sample.lower().replace("’", "'").split()


def script_of_text(text: str) -> str:
    """The ISO 15924 code of the script most of `text` is in; `Zyyy` when it holds no letters known here."""
    count = {"Latn": len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))}
    if not text.isascii():
        data = text.encode("utf-16-be", "replace")
        high = data[0::2]
        for page in set(high):
            if page in _PAGE:
                count[_PAGE[page]] = count.get(_PAGE[page], 0) + high.count(page)
            elif page in _SPLIT:
                split, lower, upper = _SPLIT[page]
                below = sum(1 for first, low in zip(high, data[1::2], strict=True) if first == page and low < split)
                count[lower] = count.get(lower, 0) + below
                count[upper] = count.get(upper, 0) + high.count(page) - below
        count.pop("Zyyy", None)
        if count.get("Kana", 0) * 8 > count.get("Hani", 0):
            count["Kana"] = count.get("Kana", 0) + count.pop("Hani", 0)
    best = max(count, key=lambda script: (count[script], script))
    return best if count[best] > 0 else "Zyyy"


def tongue_of(text: str, allowed: tuple[str, ...] = ()) -> Tongue | None:
    """The language `text` is most likely in, among `allowed` when given; `None` for a text without letters."""
    tongue = _tongue(text[:GLANCE], allowed)
    if len(text) > GLANCE and (tongue is None or tongue.margin < 2.5):
        tongue = _tongue(text[:SAMPLE], allowed)
    return tongue


def _tongue(sample: str, allowed: tuple[str, ...]) -> Tongue | None:
    found = scores(sample)
    if found is None:
        return None
    script, ranked, worded = found
    if not ranked:
        return None
    if allowed:
        ranked = [item for item in ranked if _permitted(item[0], allowed)] or ranked
    profiles = _profiles()
    best, value = ranked[0]
    plain = profiles.yields.get(best)
    if plain is not None and (not allowed or _permitted(plain, allowed)):
        other = dict(ranked).get(plain, 0.0)
        if value - other < CLEARLY:
            best, value = plain, max(value, other)
            ranked = [item for item in ranked if profiles.yields.get(item[0]) != plain]
    following = next((other for code, other in ranked if code != best and profiles.yields.get(code) != best), 0.0)
    if value <= 0:
        usual = _USUAL.get(script)
        return Tongue(usual, 0.0, script, worded) if usual is not None else None
    margin = (value - following) / (following + 2.0)
    if script == "Latn" and worded < FEW and (known := _known(sample, best)) < ENOUGH:
        margin *= known / (ENOUGH + 2)
    return Tongue(best, margin, script, worded)


def _known(sample: str, code: str) -> int:
    """How many signs of a language with Latin script a text has: its own letters and its common words."""
    profiles = _profiles()
    letters, words = profiles.letters["Latn"], profiles.words["Latn"]
    signs = [shares for char in sample if (shares := letters.get(char)) is not None]
    signs += [shares for word in _tokens(sample, "Latn") if (shares := words.get(word)) is not None]
    return sum(any(code == other for other, _ in shares) for shares in signs)


@lru_cache(maxsize=1)
def known_languages() -> frozenset[str]:
    """The codes of all languages that can be told from a text."""
    profiles = _profiles()
    codes = {code for of in profiles.by_script.values() for code in of} | set(profiles.single.values())
    return frozenset(codes | {code.split("-")[0] for code in codes})


def yields_to(code: str) -> str | None:
    """The greater neighbour that a language yields to: Persian for Dari."""
    return _profiles().yields.get(code)


def scores(sample: str) -> tuple[str, list[tuple[str, float]], float] | None:
    """The script of `sample`, the languages of that script by their score, best first, and `Tongue.worded`; `None` without
    letters."""
    script = script_of_text(sample[:400])
    if script == "Zyyy" and (script := script_of_text(sample)) == "Zyyy":
        return None
    profiles = _profiles()
    if script in profiles.single:
        return script, [(profiles.single[script], 20.0)], 1.0
    score = dict.fromkeys(profiles.by_script.get(script, ()), 0.0)
    letters = profiles.letters.get(script, {})
    telling = 0
    # A set of a sample's letters costs more than to look for all of a few dozen; of Chinese there are many.
    for letter in letters if len(letters) < 100 else letters.keys() & set(sample):
        found = sample.count(letter)
        if not found:
            continue
        telling += found
        for code, share in letters[letter]:
            score[code] += found * share
    weight = 200 / max(len(sample), 100)
    for code in score:
        score[code] *= weight
    words = profiles.words.get(script)
    worded = telling / len(sample)
    if words:
        tokens = _tokens(sample, script)
        known = list(filter(words.__contains__, tokens))
        worded = len(known) / max(len(tokens), 1)
        weight = 100 / max(len(tokens), 20)
        for token in known:
            for code, share in words[token]:
                score[code] += share * weight
    return script, sorted(score.items(), key=lambda item: (-item[1], item[0])), worded


def _permitted(code: str, allowed: tuple[str, ...]) -> bool:
    return any(
        choice == code or (choice.split("-")[0] == code.split("-")[0] and ("-" not in choice or "-" not in code))
        for choice in allowed
    )


@lru_cache(maxsize=1)
def _profiles() -> _Profiles:
    data = tomllib.loads(resources.files(__package__).joinpath("tongues.toml").read_text("utf-8"))
    single = data.pop("scripts")
    common = {code: tuple(pieces.split()) for code, pieces in data.pop("common").items()}
    by_script: dict[str, list[str]] = {}
    letters: dict[str, dict[str, list[str]]] = {}
    words: dict[str, dict[str, list[str]]] = {}
    for code, facts in data.items():
        script = facts["script"]
        by_script.setdefault(script, []).append(code)
        for letter in facts.get("letters", ""):
            letters.setdefault(script, {}).setdefault(letter, []).append(code)
        for word in dict.fromkeys(_tokens(facts.get("words", ""), script)):
            words.setdefault(script, {}).setdefault(word, []).append(code)
    return _Profiles(
        yields={code: facts["yields"] for code, facts in data.items() if "yields" in facts},
        by_script={script: tuple(codes) for script, codes in by_script.items()},
        single=single,
        common=common,
        letters={
            script: {letter: _shares(codes) for letter, codes in table.items()} for script, table in letters.items()
        },
        words={script: {word: _shares(codes) for word, codes in table.items()} for script, table in words.items()},
    )


def _shares(codes: list[str]) -> tuple[tuple[str, float], ...]:
    return tuple((code, 1 / len(codes)) for code in codes)


def fit(text: str) -> tuple[str, str, float]:
    """Script and language that `text` reads as, and how many of a hundred words are among the commonest of it. About 30
    for news in its right encoding, below 5 in any wrong one; letters alone would tell nothing here."""
    best = ("Zyyy", "", 0.0)
    profiles = _profiles()
    for start in range(0, min(len(text), 12 * SAMPLE), SAMPLE):
        sample = text[start : start + SAMPLE]
        script = script_of_text(sample)
        hits: dict[str, float] = {}
        if (code := profiles.single.get(script)) is not None:
            hits[code] = 400 * sum(map(sample.count, profiles.common.get(code, ()))) / len(sample)
        elif words := profiles.words.get(script):
            tokens = _tokens(sample, script)
            for token in tokens:
                for language, _ in words.get(token, ()):
                    hits[language] = hits.get(language, 0.0) + 100 / max(len(tokens), 20)
        for letter, shares in profiles.letters[script].items() if script == "Hani" else ():
            for language, _ in shares:
                hits[language] = hits.get(language, 0.0) + 100 * sample.count(letter) / len(sample)
        for language, value in hits.items():
            if value > best[2]:
                best = (script, language, value)
    return best
