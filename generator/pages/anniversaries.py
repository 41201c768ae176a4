"""On this day: 366 pages, one for each day of the year, with what happened on it in all years of the archive.

The front links to one of them, and the browser puts in today's: the archive itself does not change from day to day. A
page shows at most `PER_YEAR` articles of a year, the first by time and id, and leads on to the day's own page by its date.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from generator import dates
from generator.catalogue import Touched
from generator.catalogue.rows import Row
from generator.model import Page, Scope
from generator.pages.listing import groups
from generator.pages.planning import HtmlJob, Planning, item
from generator.pages.views import NavLink, OnThisDayView, YearGroup

PER_YEAR = 5
ENOUGH = 50
"""Dated articles from which on the pages are made: fewer would leave nearly all of them empty."""
DAYS = tuple(f"{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, monthrange(2024, month)[1] + 1))
"""`01-01` to `12-31`, 29 February among them."""


def wanted(p: Planning) -> bool:
    return sum(count for _, count in p.years()) >= ENOUGH


def url_of(day: str) -> str:
    return f"/days/{day}/"


def plan(p: Planning) -> Iterator[Page]:
    if not wanted(p):
        return
    days = groupby(p.catalogue.anniversaries(), lambda row: row.day[5:])
    shown = {day: [item(row) for row in _kept(rows)] for day, rows in days}
    yield from (_planned(p, day, shown.get(day, [])) for day in DAYS)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """The days of articles that lists show otherwise; all of them where there were none, or are none any more."""
    listed = [one for one in t.articles if one.listed]
    dated = [(bool(one.before and one.before.day), bool(one.after and one.after.day)) for one in listed]
    now = sum(count for _, count in p.years())
    if (now >= ENOUGH) != (now + sum(before - after for before, after in dated) >= ENOUGH):
        yield Scope("on_this_day")
        yield from plan(p)
    elif wanted(p):
        for day in sorted({state.day[5:] for one in listed for state in one.states} & set(DAYS)):
            yield Scope.of("on_this_day", day)
            yield _planned(p, day, [item(row) for row in _kept(p.catalogue.anniversaries(day))])


def _planned(p: Planning, day: str, shown: list[tuple[bytes, str | None]]) -> Page:
    return p.plan("on_this_day", day, url_of(day), p.main, shown)


def _kept(rows: Iterable[Row]) -> Iterator[Row]:
    """What a page shows of the articles of its day."""
    for _, many in groupby(rows, lambda row: row.day[:4]):
        yield from islice(many, PER_YEAR)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    words = p.words(p.main)
    for page in pages:
        rows = list(_kept(p.catalogue.anniversaries(page.key)))
        teasers = p.teasers(rows)
        at = DAYS.index(page.key)
        by_year = groups(list(zip(rows, teasers, strict=True)), lambda pair: pair[0].day[:4])
        view = OnThisDayView(
            month=int(page.key[:2]),
            day=int(page.key[3:]),
            count=len(rows),
            groups=tuple(YearGroup(int(year), tuple(one for _, one in many)) for year, many in by_year)[::-1],
            previous=_link(p, DAYS[at - 1]),
            next=_link(p, DAYS[(at + 1) % len(DAYS)]),
        )
        title = f"{words.text('on_this_day')}: {_name(p, page.key)}"
        yield HtmlJob("on_this_day", p.view("on_this_day", page.url, p.main, title, [p.home(p.main)]), view)


def _name(p: Planning, day: str) -> str:
    return dates.day_month(int(day[:2]), int(day[3:]), p.words(p.main))


def _link(p: Planning, day: str) -> NavLink:
    return NavLink(_name(p, day), url_of(day))
