"""Dates as sources write them: ISO, spelled, in any digits, in three calendars; from text, file names, folders, addresses.

What lives here: reading a date, and choosing among several. What does not: writing one, and the names of months, which
`languages/<code>.toml` holds, and `months.toml` for languages without such a file. A date is never more precise than its
source, and what cannot be read is no date: a Jalali month spans two Gregorian ones and gives its year at most; `3/4/2017` in
English is refused, because half of the readers would be wrong.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from generator.dates import from_hijri, from_jalali
from generator.language import Calendar, codes, month_words
from generator.model import ArticleDate, DateOrigin
from generator.text import fold

FIRST_YEAR, LAST_YEAR = 1500, 2100
"""Gregorian years taken for years of print: the first newspapers are of 1605."""
_JALALI_YEARS = range(1270, 1480)
_PERSIAN = frozenset({"fa", "prs", "ps", "tg"})
_BUDDHIST_YEARS = range(2400, 2644)
"""Thai years begin 543 earlier."""

_UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_DIGITS = {
    ord(char): str(n)
    for zero in "۰٠०০੦૦୦௦౦೦൦๐໐༠၀០"
    for n, char in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))
}
_SEPARATOR = r"\s?[-/.‐–]\s?"
_TIME = r"(?:[T ,،]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_YMD = re.compile(rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}}){_TIME})?)?")
_DMY = re.compile(rf"(\d{{1,2}})({_SEPARATOR})(\d{{1,2}}){_SEPARATOR}(\d{{4}})\.?(?:\s?г\.)?{_TIME}")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?![\d:])")
# Not \\w: the vowel signs of Indian scripts, without which no month of theirs is one, are no letters to it.
_TOKEN = re.compile(r"\d+|[^\s\d.,،、;؛:/|()\[\]\-–—‐·•…=“”\"«»]+")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日號号일])?")
_EAST_ASIAN_CLOCK = re.compile(r"\d{1,2}\s?[時时點点시]\s?(?:\d{1,2}\s?[分분])?")
_VIETNAMESE = re.compile(r"(?:ngày )?(?:(\d{1,2}) )?(?:tháng|thg) (\d{1,2})(?:,? năm |, ?| )(\d{4})")
_COMPACT = re.compile(r"(?<![0-9A-Za-z])((?:1[3-9]|20)\d{2})(\d{2})(\d{2})(?!\d)")
_DASHED = re.compile(r"(?<!\d)((?:1[3-9]|20)\d{2})[-_.](\d{1,2})(?:[-_.](\d{1,2}))?(?!\d)")
_YEAR, _TWO = re.compile(r"1[3-9]\d\d|20\d\d"), re.compile(r"\d{1,2}")
_URL = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?![\d])")



@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    """Words that a line of date and time may have besides the date."""
    lines = resources.files(__package__).joinpath("date_words.txt").read_text("utf-8").splitlines()
    text = " ".join(line for line in lines if not line.startswith("#")) + " " + " ".join(_more()["weekdays"].values())
    return frozenset(map(fold, text.split()))


@lru_cache(maxsize=1)
def _more() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("months.toml").read_text("utf-8"))


def _names(code: str, of: Calendar) -> Mapping[str, int]:
    """Words for the months of a calendar in a language, cut and folded as the words of a text are."""
    names = dict(month_words(code, of))
    if of == "gregorian":
        rows = enumerate(_more()["months"].get(code, ()), 1)
        names |= {name: n for n, row in rows for name in row.split("|") if name}
    return {" ".join(_TOKEN.findall(fold(name))): n for name, n in names.items()}


def western(text: str) -> str:
    """`text` with all decimal digits as 0-9."""
    return text.translate(_DIGITS) if not text.isascii() else text


def read_date(
    text: str, language: str, calendar: Calendar | None = None, origin: DateOrigin = "stated"
) -> ArticleDate | None:
    """The date that `text` is, in `calendar` when named. `None` when it is none, or cannot be told (`3/4/2017`)."""
    text = western(text).translate(_UNSEEN).strip().strip("[]()|·•")
    if found := _YMD.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
        return _made(int(year), _number(month), _number(day), _time(found, 4), language, calendar, origin)
    if found := _DMY.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first > 12 or first == second or "." in found[2] or (language.split("-")[0] != "en" and second <= 12):
            return _made(year, second, first, _time(found, 5), language, calendar, origin)
        if second > 12:
            return _made(year, first, second, _time(found, 5), language, calendar, origin)
        return None
    return _spelled(text, language, calendar, origin)


def line_date(text: str, language: str) -> ArticleDate | None:
    """The date of a line that is nothing but one, with its weekday and time of day. Needs at least a month."""
    if len(text) > 90:
        return None
    found = read_date(text, language, None, "text")
    return found if found is not None and found.month is not None else None


def path_date(path: str, language: str) -> ArticleDate | None:
    """The date in a file's name or in its folders, the more precise of both."""
    *folders, name = western(path).split("/")
    stem = name.rsplit(".", 1)[0]
    best: ArticleDate | None = None
    for pattern in (_COMPACT, _DASHED):
        for found in pattern.finditer(stem):
            made = _made(int(found[1]), _number(found[2]), _number(found[3]), None, language, None, "file name")
            if made is not None and made.month is not None and (best is None or best.day is None):
                best = made
    if best is not None and best.day is not None:
        return best
    for i, folder in enumerate(folders):
        if not folder[:1].isdigit():
            continue
        if _YEAR.fullmatch(folder):
            parts = [int(part) for part in folders[i + 1 : i + 3] if _TWO.fullmatch(part)]
            month, day = parts[0] if parts else None, parts[1] if len(parts) > 1 else None
            made = _made(int(folder), month, day, None, language, None, "folder name")
            if made is not None and (best is None or made.day is not None):
                best = made
        elif whole := _DASHED.fullmatch(folder):
            best = (
                _made(int(whole[1]), _number(whole[2]), _number(whole[3]), None, language, None, "folder name") or best
            )
    return best


def url_date(url: str, language: str) -> ArticleDate | None:
    """The date in an article's address, as many papers have it: `/2017/11/11/`, `-20171111`."""
    text = western(url)
    for pattern in (_URL, _COMPACT):
        if found := pattern.search(text):
            made = _made(int(found[1]), _number(found[2]), _number(found[3]), None, language, None, "url")
            if made is not None and made.month is not None:
                return made
    return None


_RANK: Mapping[str, int] = {"text": 0, "url": 1, "file name": 2, "folder name": 3}
_PRECISION: Mapping[str, int] = {"time": 0, "day": 0, "month": 1, "year": 2}


def strongest(found: list[ArticleDate | None]) -> ArticleDate | None:
    """The stated date if there is one; else the most precise, and of equals the one with the best origin."""
    dates = [item for item in found if item is not None]
    stated = [item for item in dates if item.origin == "stated"]
    if stated:
        return stated[0]
    return min(dates, key=lambda item: (_PRECISION[item.precision], _RANK[item.origin]), default=None)


def _spelled(text: str, language: str, calendar: Calendar | None, origin: DateOrigin) -> ArticleDate | None:
    if not any(char.isdigit() for char in text):
        return None
    if calendar is None and (parts := re.split(r"\s[-–—|/]\s|\s?[=؛;]\s?", text)) and len(parts) > 1:
        dates = [made for part in parts if (made := _spelled(part, language, None, origin)) is not None]
        if dates:
            # Persian pages give the day twice, Jalali and Gregorian; anything else must agree to be believed.
            return (
                dates[0]
                if all((d.year, d.month, d.day) == (dates[0].year, dates[0].month, dates[0].day) for d in dates)
                else None
            )
    time = None
    if found := _CLOCK.search(text):
        time = _clock(found[1], found[2], None, found[3])
        text = text[: found.start()] + " " + text[found.end() :]
    if (numbered := _numbered(text, time, language, origin)) is not None:
        return numbered
    tokens = _TOKEN.findall(fold(text.replace("ھ", "").replace("هـ", "")))
    beside = _beside()
    if sum(not token.isdigit() and token not in beside for token in tokens) > 3 or not any(len(token) == 4 for token in tokens):
        return None  # no name of a month has more words; most lines with a number end here
    month, of, rest = _month(tokens, language, calendar)
    numbers = [token for token in rest if token.isdigit()]
    if month is None or not numbers or any(not token.isdigit() and token not in beside for token in rest):
        return None
    years = [token for token in numbers if len(token) == 4]
    days = [token for token in numbers if len(token) <= 2]
    if len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    return _made(int(years[0]), month, _number(days[0]) if days else None, time if days else None, language, of, origin)


def _numbered(text: str, time: str | None, language: str, origin: DateOrigin) -> ArticleDate | None:
    """A date whose month is a number with a word: `2017年11月30日`, `30 tháng 11, 2017`."""
    if found := _EAST_ASIAN.search(text):
        year, month, day = found[1], found[2], found[3]
        text = _EAST_ASIAN_CLOCK.sub(" ", text[: found.start()] + " " + text[found.end() :])
    elif found := _VIETNAMESE.search(text.lower()):
        year, month, day = found[3], found[2], found[1]
        text = text[: found.start()] + " " + text[found.end() :]
    else:
        return None
    if any(token not in _beside() for token in _TOKEN.findall(fold(text))):
        return None
    return _made(int(year), int(month), _number(day), time if day else None, language, None, origin)


def _month(
    tokens: list[str], language: str, calendar: Calendar | None
) -> tuple[int | None, Calendar | None, list[str]]:
    """The month named among `tokens`, its calendar, and the tokens left. Twin names (`أكتوبر/ تشرين الأول`) must agree."""
    for names, of in _tables(language, calendar):
        rest: list[str] = []
        month: int | None = None
        i = 0
        clash = False
        while i < len(tokens):
            for size in (3, 2, 1):
                words = " ".join(tokens[i : i + size])
                n = names.get(words) or names.get(words.removeprefix("ב")) or names.get(words.removesuffix("ی"))
                if i + size > len(tokens):
                    n = None
                if n is not None:
                    clash = clash or (month is not None and month != n)
                    month = n
                    i += size
                    break
            else:
                rest.append(tokens[i])
                i += 1
        if month is not None:
            return (None, of, rest) if clash else (month, of, rest)
    return None, None, tokens


@lru_cache(maxsize=64)
def _tables(language: str, calendar: Calendar | None) -> tuple[tuple[Mapping[str, int], Calendar], ...]:
    """Month names to try: those of the language, of English, then of all others that no two languages give two meanings."""
    wanted: tuple[Calendar, ...] = (calendar,) if calendar else ("gregorian", "jalali", "hijri")
    base = language.split("-")[0]
    out: list[tuple[Mapping[str, int], Calendar]] = []
    for code in dict.fromkeys((language, base, "fa" if base == "prs" else base, "en")):
        out.extend((names, of) for of in wanted if (names := _names(code, of)))
    for of in wanted:
        merged: dict[str, int] = {}
        clash: set[str] = set()
        for code in dict.fromkeys((*codes(), *_more()["months"])):
            for name, n in _names(code, of).items():
                if merged.setdefault(name, n) != n:
                    clash.add(name)
        out.append(({name: n for name, n in merged.items() if name not in clash}, of))
    return tuple(out)


def _made(year: int, month: int | None, day: int | None, time: str | None, language: str, calendar: Calendar | None,
          origin: DateOrigin) -> ArticleDate | None:  # fmt: skip
    """The Gregorian date, or `None` for one that does not exist or that no newspaper can have."""
    if calendar in (None, "gregorian") and language == "th" and year in _BUDDHIST_YEARS:
        year -= 543
    if calendar in (None, "gregorian") and FIRST_YEAR <= year <= LAST_YEAR:
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        return ArticleDate(year, month, day if month else None, time if day else None, origin)
    if calendar == "hijri":
        return _converted(_hijri, year, month, day, time, origin)
    if calendar == "jalali" or (calendar is None and year in _JALALI_YEARS and language.split("-")[0] in _PERSIAN):
        return _converted(_jalali, year, month, day, time, origin)
    return None


def _converted(
    convert: Callable[[int, int, int], date],
    year: int,
    month: int | None,
    day: int | None,
    time: str | None,
    origin: DateOrigin,
) -> ArticleDate | None:
    try:
        if month is not None and day is not None:
            made = convert(year, month, day)
            return ArticleDate(made.year, made.month, made.day, time, origin)
        first, last = convert(year, month or 1, 1), convert(year, month or 12, 29)
    except ValueError:
        return None
    return ArticleDate(first.year, origin=origin) if month is not None and first.year == last.year else None


def _jalali(year: int, month: int, day: int) -> date:
    return date(*from_jalali(year, month, day))


def _hijri(year: int, month: int, day: int) -> date:
    return date(*from_hijri(year, month, day))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _time(found: re.Match[str], first: int) -> str | None:
    return _clock(found[first], found[first + 1], found[first + 2], found[first + 3]) if found[first] else None


def _clock(hour: str, minute: str, second: str | None, zone: str | None) -> str | None:
    if int(hour) > 23 or int(minute) > 59 or (second and int(second) > 59):
        return None
    text = f"{int(hour):02d}:{minute}" + (f":{second}" if second else "")
    if zone in ("Z", "UTC", "GMT"):
        return text + "Z"
    if zone:
        return text + (zone if ":" in zone else f"{zone[:3]}:{zone[3:]}")
    return text
