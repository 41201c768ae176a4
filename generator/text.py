"""Strings: cleaning, bidi balance, folding for keys, first strong direction.

What lives here: functions of text alone. Nothing here changes a letter that will be shown; `fold` makes keys that
decide whether two spellings are one name (`پاکستان` and `پاكستان`), and its result is never displayed. Search and topic
matching have folds of their own, because what helps one harms the other.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from generator.model import Direction

# C0 and C1 controls except tab and the line ends, and the non-characters: invalid in HTML and XML, and invisible.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What the eye does not see: joiners, marks of direction, soft hyphen, byte order mark.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_PDI, _PDF = "\u2069", "\u202c"


def clean(text: str) -> str:
    """`text` without characters that are invalid in HTML and XML, in NFC, its bidi controls balanced."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if BIDI.search(text):
            text = balance(text)
    return CONTROLS.sub("", text)


def balance(text: str) -> str:
    """`text` with every bidi control paired: what closes nothing is dropped, what is left open is closed at the end.

    A stray PDI would close the isolate that the page puts round the text, and an open RLO would reorder what follows.
    """
    open_: list[str] = []
    isolates = 0
    out: list[str] = []
    for char in text:
        if char in _ISOLATES or char in _EMBEDDINGS:
            open_.append(char)
            isolates += char in _ISOLATES
        elif char == _PDI:
            if not isolates:
                continue
            isolates -= 1
            while open_.pop() not in _ISOLATES:
                pass  # an isolate's end also ends the embeddings inside it (UAX #9, BD9 and X6a)
        elif char == _PDF:
            if not open_ or open_[-1] in _ISOLATES:
                continue
            open_.pop()
        out.append(char)
    out.extend(_PDI if char in _ISOLATES else _PDF for char in reversed(open_))
    return "".join(out)


def composed(path: str) -> str:
    """The one form of a file's path by which it is compared. macOS and some ZIP files take letters apart (`é`, `آ`, `ئ` as
    two characters), others and what people type do not."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


_FOLDS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ې", "ك": "ک", "ڪ": "ک",
        "ه": "ہ", "ە": "ہ", "ۀ": "ہ", "ۂ": "ہ", "ة": "ہ", "ۃ": "ہ",
        "أ": "ا", "إ": "ا", "ٱ": "ا",
        "ـ": None,
    }
)  # fmt: skip
_SPACE = re.compile(r"\s+")
# Vowel signs and accents of Latin, Cyrillic, Hebrew and Arabic. Indic signs are letters in all but name, and stay.
_SIGNS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
_ACCENTED = re.compile("[\u00c0-\u052f\u1e00-\u1fff]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key of a name: two spellings with one key are one name in indexes and addresses.

    Folded are case, compatibility forms, harakat and other marks on letters, tatweel, joiners, and the letters that
    keyboards exchange (yeh, kaf, heh, alef with hamza). `آ`, `ے`, `ھ` and `ئ` keep their difference: they tell words apart.
    """
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = INVISIBLE.sub("", text.replace("\u200c", " "))
        text = _SIGNS.sub("", text).translate(_FOLDS)
        text = _ACCENTED.sub(lambda found: _SIGNS.sub("", unicodedata.normalize("NFD", found[0])), text)
    return _SPACE.sub(" ", text).strip().casefold()


def first_strong(text: str) -> Direction | None:
    """The direction of the first letter that has one (UAX #9, rule P2), or `None`."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return None


def visible(text: str) -> str:
    """The characters of `text` that leave a mark on paper: what "nothing is lost" is measured by."""
    return "".join(INVISIBLE.sub("", CONTROLS.sub("", unicodedata.normalize("NFC", text))).split())


# Marks that combine with the letter before. Sixty on one letter is no writing of any language.
_MARK_RUN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0730-\u074a\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]{60}"
)
_LINE_ODDITIES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)


def clean_lines(text: str) -> list[str]:
    """The lines of `text`, each as `clean` would leave it, so that a bidi control opened in one line never reaches the
    next. Lines end where `str.splitlines` ends them (also at form feeds and U+2028).

    Equal to `[clean(line) for line in text.splitlines()]`, at a quarter of the time for text without control characters.
    One difference: a line with a run of sixty combining marks is not composed, because sorting such a run takes
    quadratic time in CPython (1 MB of them: minutes).
    """
    odd = _LINE_ODDITIES.search(text) is not None
    if text.isascii():
        return [CONTROLS.sub("", line) for line in text.splitlines()] if odd else text.splitlines()
    if len(text) > 5000 and _MARK_RUN.search(text):
        return [
            CONTROLS.sub("", balance(line)) if _MARK_RUN.search(line) else clean(line) for line in text.splitlines()
        ]
    if odd:
        return [clean(line) for line in text.splitlines()]
    text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        return text.splitlines()
    lines = text.split("\n")  # no other line end is left, and this takes a quarter of the time
    return lines if lines[-1] else lines[:-1]


def nearest(word: str, words: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """The words most like a mistaken one, for what an error suggests; none that is less like it than `cutoff`, 0 to 1."""
    from difflib import get_close_matches  # only mistakes need it: 7 ms of every start

    return get_close_matches(word, list(words), n=most, cutoff=cutoff)
