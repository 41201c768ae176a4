"""Dates as exports write them, beyond what people write: RFC 822, epoch seconds, database times, zeros.

What lives here: text or numbers to `ArticleDate`. What does not: dates in words and in other calendars, which
`readers.dates` reads. What cannot be read is no date; an ambiguous `3/4/2017` is decided only when the same column holds
a day above 12, or by the user.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import Literal

from generator.model import ArticleDate
from generator.readers.dates import FIRST_YEAR, LAST_YEAR, read_date, url_date, western

Order = Literal["dmy", "mdy"]

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?")
_AMPM = re.compile(r"(.*\D)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])\.?[Mm]\.?(.*)", re.DOTALL)
_ZERO = re.compile(r"0000-00-00|-0001|^0+$|^1970-01-01(?:[T ]00:00(?::00)?)?|^0001-01-01")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|-?\d{12,13}")


def is_zero(text: str) -> bool:
    """Whether a database wrote this for "no date"."""
    return not text.strip() or _ZERO.search(text.strip()) is not None


def read_moment(text: str, language: str = "und", order: Order | None = None) -> ArticleDate | None:
    """The date in `text`, with its time and zone as far as they are stated; `None` if there is none to be sure of."""
    text = western(" ".join(text.split())).strip("\u200e\u200f")
    if is_zero(text):
        return None
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        return made(int(year), int(month), int(day), clock(hour, minute, second, zone))
    if _EPOCH.fullmatch(text):
        return _epoch(float(text))
    if found := _SLASHED.fullmatch(text):
        return _slashed(found, order)
    if re.match(r"(?:[A-Za-z]{3,9},\s*)?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d", text):
        parsed = parsedate_tz(text)
        if parsed is not None and parsed[0] > 0:
            return _rfc822(text, parsed)
    plain = text.split("T")[0] if re.match(r"\d{4}-\d{2}-\d{2}T", text) else text
    if found := _AMPM.fullmatch(plain):
        hour = int(found[2]) % 12 + (12 if found[5] in "pP" else 0)
        plain = f"{found[1]}{hour:02d}:{found[3]}{found[6]}"
    return read_date(plain, language)


def made(year: int, month: int | None, day: int | None, time: str | None) -> ArticleDate | None:
    """A date that exists and that a newspaper can have; months and days of 0 are not known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    month = month or None
    day = (day or None) if month else None
    try:
        datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    return ArticleDate(year, month, day, time if day else None)


def clock(hour: str | None, minute: str | None, second: str | None, zone: str | None) -> str | None:
    """A time of day. Midnight to the second without a zone is how databases write that no time is known."""
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    if zone is None and int(hour) == int(minute) == int(second or 0) == 0:
        return None
    text = f"{int(hour):02d}:{minute}" + (f":{second}" if second else "")
    if zone in ("Z", "UTC", "GMT"):
        return text + "Z"
    if zone:
        return text + (zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}")
    return text


def _epoch(number: float) -> ArticleDate | None:
    if abs(number) > 1e11:
        number /= 1000
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(number))
    return made(moment.year, moment.month, moment.day, moment.strftime("%H:%M:%SZ"))


def _slashed(found: re.Match[str], order: Order | None) -> ArticleDate | None:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        month, day = first, second
    elif order is not None:
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        return None
    hour = found[4]
    if found[7] and hour:
        hour = str(int(hour) % 12 + (12 if found[7] in "pP" or found[7][0] in "pP" else 0))
    return made(year, month, day, clock(hour, found[5], found[6], None))


def order_of(values: Iterable[str]) -> Order | None:
    """Whether day or month comes first in a column, if one of `values` tells and none says otherwise."""
    orders: set[Order] = set()
    for value in values:
        if found := _SLASHED.fullmatch(western(" ".join(value.split()))):
            if int(found[1]) > 12 >= int(found[2]):
                orders.add("dmy")
            elif int(found[2]) > 12 >= int(found[1]):
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


_Parsed = tuple[int, int, int, int, int, int, int, int, int, int | None]


def _rfc822(text: str, parsed: _Parsed) -> ArticleDate | None:
    year, month, day, hour, minute, second = parsed[:6]
    if not re.search(r"\d:\d\d", text):
        return made(year, month, day, None)
    seconds = parsed[9]
    zone = None
    if seconds is not None and re.search(r"(?:[+-]\d{4}|[A-Z]{1,4})\s*(?:\(.*\))?$", text):
        sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
        zone = "Z" if seconds == 0 else f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    return made(year, month, day, clock(str(hour), f"{minute:02d}", f"{second:02d}", zone))


__all__ = ["Order", "is_zero", "made", "order_of", "read_moment", "url_date"]
