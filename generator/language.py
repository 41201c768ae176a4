"""Facts and strings of a language, from `languages/<code>.toml`.

What lives here: finding the file of a language, its strings with their plural forms, its digits, its words for months.
What does not: the script and direction of any language at all (`tags`, offered here too), dates in words (`dates`) and
the order of letters (`collation`), which read their facts from the same file.

Not gettext: its catalogues fall back to the untranslated string in silence, and keep plural rules, month names and
alphabets somewhere else. Not Babel, at run time, for what a page shows: it prints Latin digits in Persian dates, knows
no Jalali or Hijri calendar, and takes 60 ms to import; it is asked only for the names of languages that have no file
here, and serves the tests as a witness. One file holds everything of a language, so adding a language is adding one
file; nothing lists them a second time. No string falls back to another language: what is missing is an error.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from generator.model import Direction
from generator.tags import ALIASES, RTL, direction_of, script_of, tidy
from generator.text import fold, nearest

__all__ = [
    "DIGITS", "Calendar", "Language", "LanguageError", "Slot", "autonym", "codes", "direction_of", "has", "load",
    "month_words", "resolve", "script_of",
]  # fmt: skip

Calendar = Literal["gregorian", "jalali", "hijri", "hebrew"]
Category = Literal["zero", "one", "two", "few", "many", "other"]

_FOLDER = Path(__file__).parent / "languages"

# CLDR's names of numbering systems. `arab` is bidi class AN, all others EN: isolate every number in a page.
DIGITS: Mapping[str, str] = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "deva": "०१२३४५६७८९",
    "beng": "০১২৩৪৫৬৭৮৯",
    "guru": "੦੧੨੩੪੫੬੭੮੯",
}
_TO = {name: str.maketrans(DIGITS["latn"], digits) for name, digits in DIGITS.items()}


class LanguageError(LookupError):
    """A language, a string or a placeholder that does not exist. Its one argument says what to do."""


class Slot(str):
    """The name of a placeholder, where `parts` would otherwise give literal text."""

    __slots__ = ()


class Dates(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of dates. `{date}` is what `day` gives, `{other}` the second calendar's. `first_day` is how the first of
    a month is written where it differs (`1er`); `year` is for a year that stands alone."""

    day: str
    month: str
    day_month: str
    full: str
    timed: str
    pair: str
    jalali: str
    hijri: str
    hebrew: str
    year: str = "{year}"
    first_day: str | None = None
    hebrew_numerals: bool = False


class Months(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of months from the first on. `gregorian_in_date` is the form beside a day number (`ноября`), where it
    differs. `hebrew` begins with Nisan; the 12th is Adar of a common year, the 13th and 14th are Adar I and Adar II."""

    gregorian: tuple[str, ...]
    jalali: tuple[str, ...]
    hijri: tuple[str, ...]
    hebrew: tuple[str, ...]
    gregorian_in_date: tuple[str, ...] | None = None


class Weekdays(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of days from Monday on: in full, for a narrow column, and in one or two letters."""

    wide: tuple[str, ...]
    short: tuple[str, ...]
    narrow: tuple[str, ...]


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """`group` is the thousands separator by digits; `grouping` the sizes of groups from the right, the last repeated
    (3 and 2 in India); `minimum` how many digits must stand before the first separator (2 in Spanish: 1234, 12.345)."""

    group: Mapping[str, str]
    grouping: tuple[int, ...] = (3,)
    minimum: int = 1


class Alphabet(Struct, frozen=True, forbid_unknown_fields=True):
    """What `collation` needs: see there. All are separated by spaces."""

    letters: str
    bar: str | None = None
    small: str = ""
    same: Mapping[str, str] = {}


class Language(Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """One language, as its file tells it. `comma` joins the items of a list, with its space; `quotes` opens and closes
    a quotation; `sentence_end` is every mark that ends a sentence."""

    code: str
    autonym: str
    script: str
    digits: str
    week_start: int
    comma: str
    quotes: tuple[str, str]
    sentence_end: str
    numbers: Numbers
    plural_rules: Mapping[Category, str]
    weekdays: Weekdays
    months: Months
    variants: Mapping[Calendar, Mapping[str, int]]
    dates: Dates
    alphabet: Alphabet
    strings: Mapping[str, str]
    plurals: Mapping[str, Mapping[Category, str]]

    @property
    def direction(self) -> Direction:
        return "rtl" if self.script in RTL else "ltr"

    def with_digits(self, digits: str | None) -> "Language":
        """The same language with the digits that an archive asks for; `None` leaves the language's own."""
        if digits is None or digits == self.digits:
            return self
        _table(digits)
        return msgspec.structs.replace(self, digits=digits)

    def text(self, key: str, /, **values: str | int) -> str:
        """The string `key` with its placeholders filled in: a number in the language's digits and grouping, text as it
        is (a year is text). `LanguageError` if there is no such string, or other placeholders than the given ones."""
        return self._fill(key, self.parts(key), values)

    def plural(self, key: str, count: int, /, **values: str | int) -> str:
        """The form of the string `key` for `count` things. `{count}` need not be in it: Arabic has a dual."""
        return self._fill(key, self.parts(key, count), values, count)

    def parts(self, key: str, count: int | None = None) -> tuple[str, ...]:
        """The string `key` cut at its placeholders: literal text as `str`, names of placeholders as `Slot`, so that
        each can be wrapped in markup of its own. `count` chooses the form of a plural."""
        if count is None:
            template = self.strings.get(key)
        else:
            forms = self.plurals.get(key)
            template = None if forms is None else forms.get(self.category(count))
        if template is None:
            raise LanguageError(_unknown_string(self, key, count))
        return _cut(template)

    def _fill(self, key: str, parts: tuple[str, ...], values: Mapping[str, str | int], count: int | None = None) -> str:
        names: set[str] = {part for part in parts if isinstance(part, Slot)}
        if count is not None:
            names.add("count")
            values = {**values, "count": count}
        if names != values.keys():
            wanted, given = ", ".join(sorted(names)) or "none", ", ".join(sorted(values)) or "none"
            raise LanguageError(f"the string {key!r} of {self.code!r} has the placeholders {wanted}; given: {given}")
        filled = (values[part] if isinstance(part, Slot) else part for part in parts)
        return "".join(self.number(value) if isinstance(value, int) else value for value in filled)

    def category(self, count: int) -> Category:
        """The CLDR plural category of a whole number."""
        for name, rule in self.plural_rules.items():
            if _rule(rule)(abs(count)):
                return name
        return "other"

    def number(self, n: int, digits: str | None = None) -> str:
        """A whole number in words' company: `12,345`, `۱۲٬۳۴۵`, `12,34,567`. Not for years: see `numerals`."""
        digits = digits or self.digits
        figures, sizes = str(abs(n)), self.numbers.grouping
        if len(figures) >= sizes[0] + self.numbers.minimum:
            groups: list[str] = []
            while figures:
                size = sizes[min(len(groups), len(sizes) - 1)]
                groups.insert(0, figures[-size:])
                figures = figures[:-size]
            figures = self.numbers.group.get(digits, self.numbers.group["latn"]).join(groups)
        return ("\u2212" if n < 0 else "") + figures.translate(_table(digits))

    def numerals(self, text: str | int, digits: str | None = None) -> str:
        """`text` with its ASCII digits as this language writes them, and nothing else changed: years, times, days."""
        return str(text).translate(_table(digits or self.digits))

    def listing(self, items: tuple[str, ...] | list[str]) -> str:
        """`items` in one line, with the language's comma."""
        return self.comma.join(items)


def codes() -> tuple[str, ...]:
    """The languages that have a file, in the order of their codes."""
    return _codes()


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load(code: str) -> Language:
    """The language of `code`, read once. `ur-PK` finds `ur`, `fa-AF` finds `prs`, `pa-PK` finds `pa-Arab`; a tag that
    says another script finds nothing (`ur-Latn`, `pa`). `LanguageError` with the nearest codes if there is none."""
    return _read(resolve(code))


def has(code: str) -> bool:
    """Whether `load(code)` would find a language."""
    return _find(code) is not None


def resolve(code: str) -> str:
    """The code of the file that `load(code)` reads."""
    found = _find(code)
    if found is None:
        near = _nearest(code, codes(), cutoff=0.4)
        raise LanguageError(f"no strings for the language {code!r}{near}; there are: {', '.join(codes())}")
    return found


@lru_cache(maxsize=1024)
def _find(code: str) -> str | None:
    tag = tidy(code)
    script = script_of(tag)
    base = tag.split("-")[0]
    for candidate in (tag, _shortened(tag), f"{base}-{script}", base):
        candidate = ALIASES.get(candidate, candidate)
        if candidate in codes() and _read(candidate).script == script:
            return candidate
    return None


def _shortened(tag: str) -> str:
    return "-".join(part for part in tag.split("-")[:3] if len(part) != 4)


@lru_cache(maxsize=64)
def _read(code: str) -> Language:
    with (_FOLDER / f"{code}.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file), Language)


@lru_cache(maxsize=1024)
def autonym(code: str) -> str:
    """The language's name in itself: `اردو`. The code, when neither we nor CLDR know its name."""
    found = _find(code)
    if found is not None:
        return _read(found).autonym
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tidy(code), sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


@lru_cache(maxsize=128)
def month_words(code: str, calendar: Calendar = "gregorian") -> Mapping[str, int]:
    """Words for months, folded with `text.fold`, and their numbers: every form in use, for reading dates. Hebrew months
    are numbered from Nisan, 12 being Adar or Adar I and 13 Adar II. Empty for a language without a file."""
    found = _find(code)
    if found is None:
        return {}
    language = _read(found)
    months = language.months
    words = {name: n for n, name in enumerate(getattr(months, calendar), 1)}
    if calendar == "gregorian":
        words |= {name: n for n, name in enumerate(months.gregorian_in_date or (), 1)}
    if calendar == "hebrew":
        words |= {months.hebrew[12]: 12, months.hebrew[13]: 13}
    words |= language.variants.get(calendar, {})
    return {fold(word): n for word, n in words.items()}


def _table(digits: str) -> dict[int, int]:
    if digits not in _TO:
        raise LanguageError(f"no digits called {digits!r}; there are: {', '.join(_TO)}")
    return _TO[digits]


def _nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    near = nearest(word, words, 3, cutoff)
    return f"; nearest: {', '.join(near)}" if near else ""


def _unknown_string(language: Language, key: str, count: int | None) -> str:
    if count is None and key in language.plurals:
        return f"{key!r} has plural forms: it needs a count"
    if count is not None and key in language.strings:
        return f"{key!r} has no plural forms"
    if count is not None and key in language.plurals:
        return f"{key!r} of {language.code!r} lacks the plural form {language.category(count)!r}"
    return f"no string {key!r} in {language.code!r}" + _nearest(key, [*language.strings, *language.plurals])


_SLOT = re.compile(r"\{([a-z_]+)\}")


@lru_cache(maxsize=8192)
def _cut(template: str) -> tuple[str, ...]:
    pieces = _SLOT.split(template)
    return tuple(Slot(piece) if n % 2 else piece for n, piece in enumerate(pieces) if n % 2 or piece)


_RELATION = re.compile(r"([nivwftce])(?: % (\d+))? (!?=) ([\d.,]+)")


@lru_cache(maxsize=256)
def _rule(rule: str) -> Callable[[int], bool]:
    """A plural rule in CLDR's own words (UTS #35, part 3) as a function of a whole number: there `n` and `i` are the
    number, and the operands of visible decimals and of compact notation are nought."""
    alternatives = [[_relation(relation) for relation in one.split(" and ")] for one in rule.split(" or ")]
    return lambda n: any(all(holds(n) for holds in one) for one in alternatives)


def _relation(relation: str) -> Callable[[int], bool]:
    match = _RELATION.fullmatch(relation.strip())
    if match is None:
        raise LanguageError(f"not a plural rule: {relation!r}")
    operand, modulus, sign, listed = match.groups()
    numbers: set[int] = set()
    for item in listed.split(","):
        first, _, last = item.partition("..")
        numbers.update(range(int(first), int(last or first) + 1))
    divisor, wanted = int(modulus or 0), sign == "="

    def holds(n: int) -> bool:
        value = n if operand in "ni" else 0
        return ((value % divisor if divisor else value) in numbers) is wanted

    return holds
