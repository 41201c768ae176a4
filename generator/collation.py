"""The order of the alphabet: sort keys for indexes, and the letters of the A to Z bar.

What lives here: how a key is made. What does not: the alphabets, which stand in `languages/<code>.toml`:

- `letters`, in order, are the letters that differ at first sight (ICU's primary level); several characters without a
  space are one letter (Sindhi `جھ`, Yiddish `פּ`).
- `same` gives what sorts as one of them and is told apart only when all else is equal, and then in this order, the
  letter itself first unless it is among them: `ک = "ك"`, `ت = "ة ت"`. A key that is no letter is several: `اا = "آ"`.
- `bar`, where it differs, leaves out letters that begin no word (Urdu `ے`); `small` is for languages whose small
  letters are not everybody's (Turkish `ı`).

Characters a language does not know follow the letter they follow in CLDR's root order, so پ stands between ب and ت in
an Arabic index. A key compares letters first, then marks and variants, then case: `bytes`, so that SQLite sorts them
as Python does.

Not ICU: PyICU ships as source only and wants a compiler and ICU's headers. Not pyuca: it has the untailored order of
2017, wrong for Urdu, Persian and Pashto. Not code points: they put ٹرمپ and پاکستان after وزیر. The order was compared
with ICU's, pair by pair (`tests/unit/test_collation.py`); deliberate differences are listed in `docs/languages.md`.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial

from generator.language import Alphabet, has, load, script_of
from generator.text import INVISIBLE

# CLDR 48: the root order of letters, that of Hindi for Devanagari and that of Bengali for its script (the root has
# their signs elsewhere).
_ROOT = {
    "Latn": "a b ɓ c d ɖ ɗ e ǝ ə ɛ f g ɣ h i j k ƙ l m n ŋ o ɔ p q r s t u ʋ v w x y ƴ z ʒ þ",
    "Cyrl": "а ә б в г ґ ғ д ђ ѓ е є ж җ з ѕ и і ї й ј к қ л љ м н ң њ о ө п р с т ћ ќ у ў ү ұ ф х ҳ һ ц ч ҷ џ ш щ ъ "
    "ы ь э ю я",
    "Hebr": "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת",
    "Arab": "ء آ أ ٲ ٱ ؤ إ ئ ا ٮ ب ٻ پ ڀ ة ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڿ ڇ ح خ ځ ڂ څ د ذ ڈ ډ ڊ ڋ ڌ ڍ ڎ ڏ ڐ ۮ ر ز ڑ ڒ ړ "
    "ڔ ڕ ږ ڗ ژ ڙ ۯ س ش ښ ڛ ڜ ۺ ص ض ڝ ڞ ۻ ط ظ ڟ ع غ ڠ ۼ ف ڡ ڢ ڣ ڤ ڥ ڦ ٯ ق ڧ ڨ ك ک ڪ ګ ڬ ڭ ڮ گ ڰ ڱ ڲ ڳ ڴ ل ڵ ڶ ڷ ڸ ࣇ م "
    "ن ں ڻ ڼ ڽ ڹ ݨ ه ھ ہ ۂ ۃ ۿ ە ۀ و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ ى ي ی ۍ ێ ې ۑ ؠ ے ۓ",
    "Deva": "ॐ ं ः ॲ ऄ अ आ इ ई उ ऊ ऋ ॠ ऌ ॡ ऍ ऎ ए ऐ ऑ ऒ ओ औ क ख ग ॻ घ ङ च छ ज ॼ झ ञ ट ठ ड ॾ ढ ण त थ द ध न प फ ब ॿ "
    "भ म य र ल ळ व श ष स ह ऽ ा ि ी ु ू ृ ॄ ॢ ॣ ॅ ॆ े ै ॉ ॊ ो ौ ्",
    "Beng": "অ আ ই ঈ উ ঊ ঋ ৠ ঌ ৡ এ ঐ ও ঔ ং ঃ ঁ ক খ গ ঘ ঙ চ ছ জ ঝ ঞ ট ঠ ড ঢ ণ ত থ দ ধ ন প ফ ব ভ ম য র ৰ ল ৱ শ ষ স হ ঽ "
    "া ি ী ু ূ ৃ ৄ ৢ ৣ ে ৈ ো ৌ ্ ৗ",
}
# Variants that no decomposition shows. Those of the Arabic script are letters that keyboards exchange.
_ROOT_SAME = {
    "Latn": {"d": "đ ð", "h": "ħ", "l": "ł", "o": "ø", "i": "ı", "t": "ŧ", "ae": "æ", "oe": "œ", "ss": "ß"},
    "Cyrl": {"е": "ё"},
    "Hebr": {"כ": "ך", "מ": "ם", "נ": "ן", "פ": "ף", "צ": "ץ"},
    "Arab": {"ا": "أ ٲ ٱ إ ٳ", "ه": "ہ ۂ ە ۀ ھ", "ک": "ك ڪ", "ی": "ي ى", "و": "ؤ"},
    "Deva": {"ं": "ँ"},
    "Beng": {"ত্": "ৎ"},
}

# Where each initial begins among the 3,755 characters that GB 2312 (1980) sorts by sound; the rest it sorts by radical.
_PINYIN = tuple(
    (letter, int.from_bytes(char.encode("gb2312"), "big"))
    for letter, char in zip("abcdefghjklmnopqrstwxyz", "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝", strict=True)
)
_LEVEL_TWO = 0xD8A1

# The order of what is neither letter nor digit; what is not here follows by code point. Signs that look alike count
# alike, because names come from many keyboards.
_SIGNS = "_-,;:!?.·'\"()[]{}§¶@*/\\&#%`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥"
_LOOK_ALIKE = (("-", "–—־"), (",", "،٬٫"), (".", "۔…"), ("'", "‘’‚׳‹›"), ('"', "“”„״«»"), (";", "؛"), ("?", "؟"))
_ALIKE = str.maketrans({alike: sign for sign, many in _LOOK_ALIKE for alike in many})

# Primary weights are characters, so that `str.translate` makes a key of them; none is a surrogate.
_COMMON, _SPACE, _SIGN, _DIGIT, _RARE_HAN, _LETTER = 0x01, 0x10, 0x11, 0x60, 0x70, 0x100
_UNKNOWN, _CONTRACTION = 0x20000, 0xF0000
_BEFORE_WORDS = "".join(map(chr, range(_SPACE, _DIGIT)))


class _Weights(dict[int, str]):
    """A table for `str.translate` that works out a character when it first meets it."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        self.work_out = work_out

    def __missing__(self, code: int) -> str:
        weight = self[code] = self.work_out(chr(code))
        return weight


class _Order:
    """The weights of one language, made once. `units` has the primary weights of a letter and the number of the
    variant it is; `names` the letter of the bar for the first weight of a word."""

    def __init__(self, script: str, alphabet: Alphabet | None) -> None:
        self.han = script in ("Hans", "Hant")
        native = "Latn" if self.han else script
        self.units: dict[str, tuple[str, int]] = {}
        self.names: dict[str, str] = {}
        self.bar = _add(self, native, alphabet)
        for other in _ROOT:
            if other != native:
                _add(self, other, None)
        longer = sorted((unit for unit in self.units if len(unit) > 1), key=lambda unit: (-len(unit), unit))
        self.contractions = {unit: chr(_CONTRACTION + n) for n, unit in enumerate(longer)}
        self.pattern = re.compile("|".join(map(re.escape, longer)) or "(?!)")
        self.primary = _Weights(lambda char: self.work_out(char)[0])
        self.secondary = _Weights(lambda char: self.work_out(char)[1])
        for unit, char in self.contractions.items():
            self.primary[ord(char)], self.secondary[ord(char)] = self.work_out(unit)

    def prepared(self, text: str) -> str:
        return self.pattern.sub(lambda match: self.contractions[match[0]], unicodedata.normalize("NFKC", text))

    def letters(self, prepared: str) -> str:
        """The primary weights. Quotation marks and the like before the first letter do not count."""
        weights = prepared.translate(self.primary)
        return weights.lstrip(_BEFORE_WORDS) or weights

    def work_out(self, unit: str) -> tuple[str, str]:
        """Primary and secondary weights of one character, or of several that are one letter."""
        if unit in self.units:
            weights, variant = self.units[unit]
            return weights, chr(_COMMON + variant)
        code, kind, common = ord(unit), unicodedata.category(unit), chr(_COMMON)
        if INVISIBLE.match(unit) or unit == "ـ" or kind == "Cc" or "\ufe00" <= unit <= "\ufe0f":
            return "", ""
        value = unicodedata.digit(unit, None)
        if value is not None:
            return chr(_DIGIT + value), common
        if kind[0] == "Z":
            return chr(_SPACE), common
        if kind[0] in "PS":
            sign = _SIGNS.find(unit.translate(_ALIKE))
            return (chr(_SIGN + sign) if sign >= 0 else chr(_DIGIT - 1) + chr(_UNKNOWN + code)), common
        if kind == "Mn" and unicodedata.combining(unit) not in (0, 9):  # vowel signs and viramas count as letters
            return "", chr(_UNKNOWN + code)
        pieces = unicodedata.normalize("NFD", unit.lower())
        if pieces != unit:
            both = [self.work_out(piece) for piece in pieces]
            return "".join(p for p, _ in both), "".join(s for _, s in both)
        if self.han and "\u4e00" <= unit <= "\u9fff":
            return self._sound(unit), common
        return chr(_UNKNOWN + code), common

    def _sound(self, char: str) -> str:
        """Chinese characters stand among the Latin words that begin as their pinyin does, after them."""
        try:
            place = int.from_bytes(char.encode("gb2312"), "big")
        except UnicodeEncodeError:
            place = 0
        for letter, first in reversed(_PINYIN):
            if first <= place < _LEVEL_TWO:
                return self.units[letter][0] + chr(_UNKNOWN + place)
        return chr(_RARE_HAN) + chr(_UNKNOWN + ord(char))


def _add(order: _Order, script: str, alphabet: Alphabet | None) -> tuple[str, ...]:
    """Give weights to the letters of a script, after all that have one already; return the letters for the bar."""
    root, same = _ROOT.get(script, "").split(), list(_ROOT_SAME.get(script, {}).items())
    listed_in_root = {variant for _, listed in same for variant in listed.split()}
    small = [letter for letter in root if letter not in listed_in_root]
    shown = bar = [letter.upper() for letter in small]
    if alphabet is not None:
        shown = alphabet.letters.split()
        small = alphabet.small.split() or [letter.lower() for letter in shown]
        bar = (alphabet.bar or alphabet.letters).split()
        same = [*alphabet.same.items(), *same]
    variants = {variant for _, listed in same for variant in listed.split()} - {*small, *shown}
    names = dict(zip(small, shown, strict=True))
    name = next((letter for letter in shown if letter in bar), "")
    for letter in _with_strangers(small, [letter for letter in root if letter not in variants]):
        weight = chr(_LETTER + len(order.names))
        name = order.names[weight] = names[letter] if names.get(letter) in bar else name
        for form in (letter, names.get(letter, letter.upper())):
            order.units.setdefault(unicodedata.normalize("NFKC", form), (weight, 0))
    for letter, listed in same:
        weights = order.units[letter][0] if letter in order.units else "".join(order.units[x][0] for x in letter)
        for number, variant in enumerate(listed.split(), 1):
            for form in map(partial(unicodedata.normalize, "NFKC"), (variant, variant.upper())):
                if variant == letter or form not in order.units:
                    order.units[form] = (weights, number)
    return () if alphabet is None else tuple(bar)


def _with_strangers(letters: list[str], root: list[str]) -> list[str]:
    """`letters`, and the other letters of their script, each after the one it follows in the root order."""
    after: dict[str, list[str]] = {}
    known, anchor = set(letters), ""
    for letter in root:
        if letter in known:
            anchor = letter
        else:
            after.setdefault(anchor, []).append(letter)
    return [*after.get("", ()), *(one for letter in letters for one in (letter, *after.get(letter, ())))]


@lru_cache(maxsize=64)
def _order(language: str) -> _Order:
    if has(language):
        found = load(language)
        return _Order(found.script, found.alphabet)
    return _Order(script_of(language), None)


def sort_key(text: str, language: str) -> bytes:
    """What `text` sorts by in an index of `language` (any BCP 47 code). Signs come first, then digits, the letters of
    the language, and other scripts. Two texts have one key only if they are equal."""
    order = _order(language)
    prepared = order.prepared(text)
    secondary = prepared.translate(order.secondary).rstrip(chr(_COMMON))
    return f"{order.letters(prepared)}\0{secondary}\0{text.swapcase()}\0{text}".encode()


def initial(text: str, language: str) -> str:
    """The letter under which `text` stands, as the bar shows it: of the language's alphabet, else the capital of
    another script. `#` for digits, signs, and Chinese characters too rare for `sort_key` to know their sound."""
    order = _order(language)
    first = order.letters(order.prepared(text))[:1]
    if first in order.names:
        return order.names[first]
    return chr(ord(first) - _UNKNOWN).upper() if first >= chr(_UNKNOWN) else "#"


def alphabet(language: str) -> tuple[str, ...]:
    """The letters of the bar, in order. Empty for a language without a file: its bar is the initials that occur."""
    return _order(language).bar
