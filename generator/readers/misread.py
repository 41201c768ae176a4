"""Text whose words are of no language: which encoding was read as which, or which font's codes it holds.

What lives here: trying, for a text that fits no language, what else its bytes may have been. What does not: a repair
(`damage` says why), and bytes that nobody has decoded yet (`encodings`).

A text is turned back into bytes by each encoding that gives its letters, and read again by each that was ever common; a
reading with three times as many common words as before, and one word of eight at least, tells what happened. Nothing of this
is done for a text with words of its language, so it costs good files nothing.
"""

import codecs
import re
from functools import lru_cache

from generator.problems import Problem
from generator.readers.encodings import CANDIDATES
from generator.readers.tongues import SAMPLE, Tongue, fit, script_of_text

RARE = 0.08
"""Share of common words below which a text is looked at: of 4,000 real articles 2 in a hundred have less."""
_ENOUGH = 9.0
"""Common words in a hundred of a longer piece that clear a text; letters exchanged by the half leave 6."""
_LEAST = 12.0
"""Common words in a hundred that a text must have once it is read rightly; news has 20 to 35."""
_READ_AS = (
    "windows-1252", "windows-1256", "windows-1251", "windows-1255", "mac-roman", "cp437", "windows-1250", "windows-1254", "windows-1253",
    "cp850", "iso-8859-6", "mac-arabic", "mac-farsi", "cp862", "koi8-r", "iso-8859-5", "cp866",
)  # fmt: skip
_MULTIBYTE = ("gb18030", "big5", "cp932", "cp949")
_WERE = {name: script for name, script in CANDIDATES.items() if script != "Latn"} | {"cp866": "Cyrl"}
PIECE = 1000
"""Characters that are read again in every way: enough for 150 words, and a hundredth of a second."""
# Languages whose words are told even so: most of their letters stand where those of windows-1252 do.
_LATIN = {
    **dict.fromkeys(("tr", "az", "tk"), "windows-1254"), **dict.fromkeys(("lt", "lv", "et"), "windows-1257"), "vi": "windows-1258",
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sr-Latn", "sl", "ro"), "windows-1250"),
}  # fmt: skip
# The commonest words of a language as they stand in a text typed with a font that put its letters on other codes.
_FONTS = {
    "Kruti Dev (Hindi)": "gS ds esa dh dks ls dk us gSa ij vkSj fd Hkh ugha ;g og ,d dj Fkk jgs fd;k djus fy, mUgksaus dgk vius gks",
    "Preeti (Nepali)": "5 / df sf] k|lt klg of] g]kfn ePsf] u/]sf] nflu / h'g ;'? eg] xf] lyof]",
    "Bijoy (Bengali)": "Ges K‡i GB †_‡K bv Zvi GK I wZwb wKš‘ e‡jb †h K_v K‡ib GKwU GKwU wb‡q n‡e n‡q‡Q Rb¨ nq Ki‡Z Kiv",
    "Bamini (Tamil)": "kw;Wk; ,e;j xU cs;s vd;W ,y;iy mth; jdJ ,jd; nra;J",
    "Ali-K (Kurdish)": "لة بة كة ئةو لةسةر لةطةلَ ئةم هةر بةلآم ئةوةى نيية هةية ثيَش هةموو ئيَستا دةكات دةبيَت بؤ كوردستان",
}
_FONT_WORDS = {name: frozenset(words.split()) for name, words in _FONTS.items()}
# Signs that no spelling has inside a word. Fonts of Nastaliq and of Indian scripts had letters there.
_INSIDE = re.compile(r"[^\W\d_][¡-¨«-´¶¸-¿×÷†-•…‰‹›ˆ˜‡™\[\]{}|~^\\<>#$%*+=;]+[^\W\d_]|[a-zß-ÿ][A-ZÀ-Þ]")
_FINALS = frozenset("םןץףךةى")
"""Letters that only end a word, in Hebrew and in Arabic."""


def misread(text: str, tongue: Tongue | None, path: str) -> list[Problem]:
    """What happened to a text that has hardly a word of any language; nothing for all other texts."""
    sample = text[:SAMPLE]
    backwards = _is_backwards(text)
    if tongue is not None and tongue.worded >= RARE and tongue.script != "Grek" and not backwards:
        was = _LATIN.get(tongue.code)
        language = _with_letters_of(was, sample) if was is not None else None
        return [_named(path, was, "windows-1252", language, 1)] if was is not None and language is not None else []
    words = sample.split()
    before = fit(sample)[2]
    if (len(set(words)) < 12 and (len(sample) < 80 or len(set(sample)) < 20)) or (before > _ENOUGH and not backwards):
        return []
    for font, common in _FONT_WORDS.items():
        if len(common.intersection(words)) > 3 and sum(map(common.__contains__, words)) > 0.08 * len(words):
            return [_fonts(path, f"{font}: its letters are codes of that font")]
    if sample.isascii():
        return []
    if (found := _recoded(sample, _LEAST if backwards else max(_LEAST, 3 * before))) is not None:
        return [_named(path, *found)]
    codes = sum("\x80" <= char <= "\xbf" or char in _SPECIAL for char in sample)
    if codes > 0.5 * len("".join(words)):
        message = "most letters of this text are codes of InPage without the sign before each"
        return [Problem(path, 0, 0, "inpage", message, "export it as Unicode text from InPage")]
    odd = sum(char > "\x7f" for char in sample) > 0.1 * len(sample) and len(_INSIDE.findall(sample)) > 0.2 * len(words)
    if odd and len(words) > 20 and before < 2 and script_of_text(sample) == "Latn":
        return [_fonts(path, "a font whose letters stand on other codes, as those of Noori Nastaliq in PDF files do, it seems")]
    return []


def _with_letters_of(was: str, sample: str) -> str | None:
    """The language in which more words are common ones with the letters that `was` has in place of those of windows-1252."""
    if sample.isascii() or (data := _bytes(sample, "windows-1252")) is None:
        return None
    letters = sum(char > "\x7f" and char.isalpha() for char in sample)
    _, language, value = fit(data.decode(was, "replace"))
    return language if letters > 9 and value > fit(sample)[2] + 1 else None


_SPECIAL = frozenset(bytes(range(0x80, 0xA0)).decode("windows-1252", "ignore"))
_AGAIN = "write it again from its source; it is shown as it came"


def _fonts(path: str, of: str) -> Problem:
    return Problem(path, 0, 0, "font-codes", f"this text is written for {of}", "convert it to Unicode with a tool for that font")


def _named(path: str, was: str, read_as: str, language: str, times: int) -> Problem:
    if was == read_as:
        message = f"each line of this text stands backwards ({language}): it was stored as it looked"
        return Problem(path, 0, 0, "visual-order", message, _AGAIN)
    if was == "utf-8":
        how = {1: "twice", 2: "three times"}.get(times, "many times")
        message = f"this text was encoded {how}: UTF-8 that was read as {read_as} and saved again"
        return Problem(path, 0, 0, "encoded-twice", message, _AGAIN)
    message = f"this text is {was} ({language}) that was read as {read_as} and saved again"
    return Problem(path, 0, 0, "encoding-misread", message, _AGAIN)


def _is_backwards(text: str) -> bool:
    """Whether words begin with the letters that only end one."""
    start = text[:300]
    if "ם" not in start and "ן" not in start and "ة" not in start:
        return False
    words = start.split()
    first = sum(word[0] in _FINALS for word in words if len(word) > 2)
    return first > 2 and first > 2 * sum(word[-1] in _FINALS for word in words)


def _recoded(sample: str, least: float) -> tuple[str, str, str, int] | None:
    """What the text was, what it was read as, the language it then speaks, and how often it was saved so. Of a hundred words
    at least `least` must then be common ones."""
    best: tuple[float, str, str, str, int] | None = None
    sample = sample[:PIECE]
    seen: set[str] = set()
    for read_as in _MULTIBYTE if script_of_text(sample) in ("Hani", "Kana", "Hang") else _READ_AS:
        data = _bytes(sample, read_as)
        if data is None:
            continue
        text, times = data.decode("utf-8", "replace"), 1
        if _is_utf8(text):
            while times < 4 and (again := _utf8(text, read_as)) is not None:
                text, times = again, times + 1
            return "utf-8", read_as, fit(text)[1], times
        for was, script in _WERE.items():
            text = data.decode(was, "replace")
            # Most readings are of no script at all, or were had before from an encoding that differs elsewhere.
            if text in seen or text.count("\ufffd") > 0.1 * len(text) or script_of_text(text[:300]) != script:
                continue
            seen.add(text)
            for order in ("", ", backwards") if script in ("Hebr", "Arab") else ("",):
                if was == read_as and not order:
                    continue
                found, language, value = fit(_backwards(text) if order else text)
                if value > least and found == script and (best is None or value > best[0] + 0.5):
                    best = (value, was if was == read_as else was + order, read_as, language, times)
    return best[1:] if best is not None else None


def _utf8(text: str, read_as: str) -> str | None:
    data = _bytes(text, read_as)
    again = data.decode("utf-8", "replace") if data is not None else ""
    return again if _is_utf8(again) else None


def _is_utf8(text: str) -> bool:
    """Whether bytes that were taken for UTF-8 are, but for a few that got lost on the way."""
    lost = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - lost
    return good > 9 and good > 0.2 * len(text) and good > 5 * lost


def _backwards(text: str) -> str:
    return "\n".join(line[::-1] for line in text.split("\n"))


def _bytes(text: str, encoding: str) -> bytes | None:
    """The bytes that `encoding` was given when it gave `text`; `None` if it cannot have given it."""
    if encoding in _MULTIBYTE:
        data = text.encode(encoding, "ignore")
        return data if len(data.decode(encoding, "ignore")) > 0.97 * len(text) else None
    table = _table(encoding)
    found = [table[char] for char in text if char in table]
    return bytes(found) if len(found) > 0.97 * len(text) else None


@lru_cache(maxsize=32)
def _table(encoding: str) -> dict[str, int]:
    # Programs that read a byte the encoding does not have give the control character of that number.
    table = {chr(byte): byte for byte in range(256)}
    for byte in range(256):
        try:
            table[codecs.decode(bytes([byte]), encoding)] = byte
        except UnicodeDecodeError:
            continue
    return table
