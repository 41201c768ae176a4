"""Dates in words, and other calendars.

What lives here: a date as a language writes it, as long as it is known and no longer; the same day in the Jalali,
Hijri or Hebrew calendar; and the way back from those calendars for readers. What does not: finding dates in text
(`readers/`), and names of months (`languages/*.toml`, through `language`).

Not `strftime`, which knows one language, and not Babel's formats, which have no calendar but the Gregorian and print
Latin digits in Persian dates. Jalali is jdatetime's and Hijri hijridate's, imported when first asked for; the Hebrew
and the tabular Hijri calendar are sums of a few lines (Reingold and Dershowitz, Calendrical Calculations), done here
because convertdate 2.5.1 warns of its own functions on every Hebrew date. All were compared with ICU (Node's `Intl`,
CLDR 48) on every day from 1850 to 2077: Jalali, Hebrew and tabular Hijri agree on all.

Hijri is the Umm al-Qura calendar as it was printed (1 August 1924 to 16 November 2077), which agrees with ICU from 2000
to 2028; for other years ICU computes by today's rule what was then printed by another, and differs by a day or two.
Before and after that span it is the tabular civil calendar, as in ICU. Either may differ by a day from the sighting of
the moon in Lahore or Rabat: pages that show a Hijri date say that it is computed (`computed_date_note`).
"""

import calendar as _calendar
import datetime
from functools import lru_cache
from typing import Literal

from generator.language import Language
from generator.model import ArticleDate

SecondCalendar = Literal["jalali", "hijri", "hebrew"]
YearMonthDay = tuple[int, int, int]

# Ordinals (`date.toordinal`) of the epochs: 16 July 622 (Julian), and 7 October of the year 3761 before the era.
_HIJRA, _CREATION = 227015, -1373427


@lru_cache(maxsize=4096)  # neighbours in time share their dates, and a page shows one three times
def in_words(
    date: ArticleDate, language: Language, digits: str | None = None, calendar: SecondCalendar | None = None
) -> str:
    """`11 نومبر 2017`, `نومبر 2017` or `2017`: as precise as the date is, with its time of day when that is known.

    The zone of a time is left to the `datetime` attribute. `digits` overrides the language's own. With `calendar`, a
    date known to the day is given in both calendars, in the order the language prints them.
    """
    language = language.with_digits(digits)
    if date.month is None:
        return year_name(date.year, language)
    if date.day is None:
        return month_year(date.month, date.year, language)
    text = _day(date.day, month_in_date(date.month, language), language.numerals(date.year), language)
    other = None if calendar is None else second_calendar(date, language, calendar)
    if other is not None:
        text = language.dates.pair.format(date=text, other=other)
    return text if date.time is None else language.dates.timed.format(date=text, time=language.numerals(date.time[:5]))


def second_calendar(
    date: ArticleDate, language: Language, calendar: SecondCalendar, digits: str | None = None
) -> str | None:
    """The same day in another calendar, with its era where the language needs it to be clear: `22 صفر 1439 ہجری`.

    `None` when the day is not known: a Gregorian month or year falls into two of the other calendar's.
    """
    if date.month is None or date.day is None:
        return None
    language = language.with_digits(digits)
    year, month, day = _CONVERSIONS[calendar](date.year, date.month, date.day)
    name = other_month_name(month, language, calendar, year)
    if calendar == "hebrew" and language.dates.hebrew_numerals:
        return language.dates.hebrew.format(day=hebrew_numeral(day), month=name, year=hebrew_numeral(year % 1000))
    pattern: str = getattr(language.dates, calendar)
    return pattern.format(day=language.numerals(day), month=name, year=language.numerals(year))


def in_full(date: ArticleDate, language: Language, digits: str | None = None) -> str:
    """A day with its weekday, for the head of a day's page: `ہفتہ، 11 نومبر 2017`. Less precise dates as `in_words`."""
    text = in_words(ArticleDate(date.year, date.month, date.day), language, digits)
    if date.month is None or date.day is None:
        return text
    weekday = datetime.date(date.year, date.month, date.day).weekday()
    return language.dates.full.format(weekday=language.weekdays.wide[weekday], date=text)


def year_name(year: int, language: Language, digits: str | None = None) -> str:
    """A year standing alone: `2017`, `۲۰۱۷`, `2017年`."""
    return language.dates.year.format(year=language.numerals(year, digits))


def month_name(month: int, language: Language) -> str:
    """A month standing alone, 1 to 12: `ноябрь`."""
    return language.months.gregorian[month - 1]


def month_in_date(month: int, language: Language) -> str:
    """A month beside the number of a day: `ноября`."""
    return (language.months.gregorian_in_date or language.months.gregorian)[month - 1]


def month_year(month: int, year: int, language: Language, digits: str | None = None) -> str:
    """`نومبر 2017`, `noviembre de 2017`, `2017年11月`."""
    return language.dates.month.format(month=month_name(month, language), year=language.numerals(year, digits))


def day_month(month: int, day: int, language: Language, digits: str | None = None) -> str:
    """`11 نومبر`, for pages that gather one day of all years."""
    text = _day_number(day, language.with_digits(digits))
    return language.dates.day_month.format(day=text, month=month_in_date(month, language))


def other_month_name(month: int, language: Language, calendar: SecondCalendar, year: int) -> str:
    """The name of a month of another calendar. The year tells Adar from Adar I."""
    names: tuple[str, ...] = getattr(language.months, calendar)
    if calendar == "hebrew" and month >= 12 and hebrew_leap(year):
        return names[month]
    return names[month - 1]


def weekday_columns(language: Language) -> tuple[tuple[str, str, str], ...]:
    """Wide, short and narrow names of the days, in the order the language's week has them."""
    names = list(zip(language.weekdays.wide, language.weekdays.short, language.weekdays.narrow, strict=True))
    return tuple(names[language.week_start :] + names[: language.week_start])


def weeks(year: int, month: int, language: Language) -> tuple[tuple[int, ...], ...]:
    """The days of a month in rows of seven, the first column being the language's first day; 0 is a day of another
    month."""
    rows = _calendar.Calendar(language.week_start).monthdayscalendar(year, month)
    return tuple(tuple(row) for row in rows)


def _day(day: int, month: str, year: str, language: Language) -> str:
    return language.dates.day.format(day=_day_number(day, language), month=month, year=year)


def _day_number(day: int, language: Language) -> str:
    if day == 1 and language.dates.first_day is not None:
        return language.dates.first_day
    return language.numerals(day)


def to_jalali(year: int, month: int, day: int) -> YearMonthDay:
    """A Gregorian day in the solar Hijri calendar of Iran and Afghanistan. `ValueError` before the year 622."""
    import jdatetime

    other = jdatetime.date.fromgregorian(year=year, month=month, day=day)
    return other.year, other.month, other.day


def from_jalali(year: int, month: int, day: int) -> YearMonthDay:
    """The Gregorian day of a Jalali one. `ValueError` when there is no such day (30 Esfand of a common year)."""
    import jdatetime

    other = jdatetime.date(year, month, day).togregorian()
    return other.year, other.month, other.day


def to_hijri(year: int, month: int, day: int) -> YearMonthDay:
    """A Gregorian day in the lunar Hijri calendar: see the module for which. `ValueError` before the year 622."""
    from hijridate import Gregorian

    try:
        other = Gregorian(year, month, day).to_hijri()
    except OverflowError:  # outside the printed calendars
        return _tabular(datetime.date(year, month, day).toordinal())
    return other.year, other.month, other.day


def from_hijri(year: int, month: int, day: int) -> YearMonthDay:
    """The Gregorian day of a lunar Hijri one. `ValueError` when there is no such day."""
    from hijridate import Hijri

    try:
        other = Hijri(year, month, day).to_gregorian()
    except OverflowError:
        ordinal = _tabular_month(year, month) + day
        if not 1 <= month <= 12 or _tabular(ordinal) != (year, month, day):
            raise ValueError(f"no such day in the Hijri calendar: {year}-{month:02d}-{day:02d}") from None
        return _gregorian(ordinal)
    return other.year, other.month, other.day


def _tabular_month(year: int, month: int) -> int:
    """The ordinal of the day before a month of the tabular civil calendar: 11 leap years in every 30."""
    return _HIJRA - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2


def _tabular(ordinal: int) -> YearMonthDay:
    if ordinal < _HIJRA:
        raise ValueError("no Hijri date before the Hijra")
    year = (30 * (ordinal - _HIJRA) + 10646) // 10631
    month = next(month for month in range(12, 0, -1) if _tabular_month(year, month) < ordinal)
    return year, month, ordinal - _tabular_month(year, month)


def to_hebrew(year: int, month: int, day: int) -> YearMonthDay:
    """A Gregorian day in the Hebrew calendar; months from Nisan, 12 being Adar or Adar I and 13 Adar II."""
    ordinal = datetime.date(year, month, day).toordinal()
    hebrew = year + 3761
    if ordinal < _new_year(hebrew):
        hebrew -= 1
    rest = ordinal - _new_year(hebrew)
    for number, length in _hebrew_months(hebrew):
        if rest < length:
            return hebrew, number, rest + 1
        rest -= length
    raise AssertionError("the months of a Hebrew year do not fill it")


def from_hebrew(year: int, month: int, day: int) -> YearMonthDay:
    """The Gregorian day of a Hebrew one. `ValueError` when there is no such day (Adar II of a common year)."""
    ordinal = _new_year(year)
    for number, length in _hebrew_months(year):
        if number == month and 1 <= day <= length:
            return _gregorian(ordinal + day - 1)
        ordinal += length
    raise ValueError(f"no such day in the Hebrew calendar: {year}-{month:02d}-{day:02d}")


def hebrew_leap(year: int) -> bool:
    """Whether a Hebrew year has two months of Adar: seven years of every nineteen."""
    return (7 * year + 1) % 19 < 7


def _molad(year: int) -> int:
    """Days from the epoch to the mean new moon of Tishri, put off when that falls on a Sunday, Wednesday or Friday."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


@lru_cache(maxsize=1024)
def _new_year(year: int) -> int:
    """The ordinal of 1 Tishri, put off again where a year would be too long or too short."""
    before, this, after = _molad(year - 1), _molad(year), _molad(year + 1)
    put_off = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _CREATION + this + put_off


def _hebrew_months(year: int) -> tuple[tuple[int, int], ...]:
    """Number and length of the months, in the order of the year: from Tishri (7) to Elul (6)."""
    days = (_new_year(year + 1) - _new_year(year)) % 10
    autumn = ((7, 30), (8, 30 if days == 5 else 29), (9, 29 if days == 3 else 30), (10, 29), (11, 30))
    adar = ((12, 30), (13, 29)) if hebrew_leap(year) else ((12, 29),)
    return (*autumn, *adar, (1, 30), (2, 29), (3, 30), (4, 29), (5, 30), (6, 29))


def _gregorian(ordinal: int) -> YearMonthDay:
    found = datetime.date.fromordinal(ordinal)
    return found.year, found.month, found.day


_CONVERSIONS = {"jalali": to_jalali, "hijri": to_hijri, "hebrew": to_hebrew}

_LETTERS = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"),
    (30, "ל"), (20, "כ"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"),
    (1, "א"),
)  # fmt: skip
# Years written otherwise by custom, as in ICU and on Israeli calendars: letters that would spell something evil change
# places, and a final form closes a word.
_CUSTOMARY = {680: "תרף", 698: "תרחצ", 744: "תשדמ", 780: "תשף"}


def hebrew_numeral(n: int) -> str:
    """1 to 999 in Hebrew letters, with geresh or gershayim: `כ״ב`, `תשע״ח`, `ה׳`. 15 and 16 are written 9 + 6 and
    9 + 7, lest they spell the Name."""
    letters = _CUSTOMARY.get(n, "")
    if letters:
        n = 0
    for value, letter in _LETTERS:
        while n >= value and n not in (15, 16):
            letters += letter
            n -= value
    letters += {15: "טו", 16: "טז"}.get(n, "")
    return f"{letters}׳" if len(letters) == 1 else f"{letters[:-1]}״{letters[-1:]}"
