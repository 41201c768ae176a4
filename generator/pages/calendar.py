"""Years, months and days of each language, and the shelf of the undated.

A day has a page of its own in a month with many articles; elsewhere its place in the month's list is enough.

An article of which only the month is known stands on the month's page and on no day's; of which only the year is
known, on the year's. No date is made up to give it a place.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator import dates
from generator.catalogue import Touched
from generator.catalogue.rows import Row
from generator.model import ArticleDate, Page, Scope
from generator.pages.listing import SEPARATOR, Part, address, groups, key_of, names_of, pager, part_of, parts
from generator.pages.planning import HtmlJob, Planning, item
from generator.pages.views import Crumb, DayView, MonthCell, MonthView, NavLink, PageView, UndatedView, YearView
from generator.urls import date_url

UNKNOWN = "00"


def plan(p: Planning) -> Iterator[Page]:
    for code, _ in p.languages:
        yield from (_plan_year(p, code, year) for year, _ in p.years(code))
        for month, rows in groupby(p.catalogue.rows_of_language(code), key=lambda row: row.day[:7]):
            yield from _plan_month(p, code, month, list(rows))
        yield from _plan_undated(p, code)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """The months of articles that lists show otherwise, and their years; where articles came, went or moved, also those
    beside them, which lead to one another."""
    months: dict[str, set[str]] = {}
    years: dict[str, set[str]] = {}
    for one in (one for one in t.articles if one.listed):
        for state in one.states:
            month = state.day[:7]
            months.setdefault(state.language, set()).add(month)
            if one.moved and month:
                months[state.language].update(_around(p, state.language, month))
                years.setdefault(state.language, set()).update({month[:4], *_around(p, state.language, month[:4])})
            elif month.endswith(UNKNOWN):
                years.setdefault(state.language, set()).add(month[:4])
    for code, some in sorted(months.items()):
        for year in sorted(years.get(code, ())):
            yield Scope.of("year", SEPARATOR.join((code, year)))
            if any(day[:4] == year for day, _ in p.day_counts(code)):
                yield _plan_year(p, code, int(year))
        for month in sorted(some):
            if not month:
                yield Scope.below("undated", f"{code}{SEPARATOR}")
                yield from _plan_undated(p, code)
                continue
            yield from (Scope.below(kind, SEPARATOR.join((code, month[:4], month[5:], ""))) for kind in ("month", "day"))
            yield from _plan_month(p, code, month, p.catalogue.rows_of_days(code, f"{month}-"))


def _around(p: Planning, code: str, span: str) -> Iterator[str]:
    """The years (`2017`) of a language before and after `span`, or the months (`2017-11`), and those of the next known
    days: they lead to it."""
    years = [f"{year:04d}" for year, _ in p.years(code)]
    for order in [years] if len(span) == 4 else [p.shelf(code, 7).order, p.shelf(code, 10).order]:
        first, end = bisect_left(order, span), bisect_left(order, f"{span}~")
        yield from (at[: len(span)] for at in (*order[max(0, first - 1) : first], *order[end : end + 1]))


def _plan_year(p: Planning, code: str, year: int) -> Page:
    name = f"{year:04d}"
    years = [known for known, _ in p.years(code)]
    at = years.index(year)
    around = tuple(f"{years[beside]:04d}" if 0 <= beside < len(years) else None for beside in (at - 1, at + 1))
    counts = [(day, count, p.day_url(code, day)) for day, count in p.day_counts(code) if day[:4] == name]
    unplaced = [item(row) for row in p.catalogue.rows_of_days(code, f"{name}-{UNKNOWN}-")]
    url = date_url(code, year)
    return p.plan("year", SEPARATOR.join((code, name)), url, code, counts, unplaced, around, p.several)


def _plan_month(p: Planning, code: str, at: str, rows: list[Row]) -> Iterator[Page]:
    """The pages of a month (`2017-11`) and of its days."""
    year, month, size = at[:4], at[5:], p.settings.per_page
    if month == UNKNOWN or not rows:
        return
    url = date_url(code, int(year), int(month))
    days = [(day, len(many), p.day_url(code, day) or "") for day, many in groups(rows, lambda row: row.day)]
    around = _neighbours(p, code, f"{year}-{month}")
    items = [item(row) for row in rows]
    for part in parts(len(rows), size):
        whole = [days, around, part.newest_numbered]  # every page of a month shows its calendar
        shown = items[part.start : part.stop]
        yield p.plan("month", key_of(part, code, year, month), address(url, part), code, shown, whole, p.several)
    if any("#" in place for _, _, place in days):
        return
    for day, many in groups(rows, lambda row: row.day[8:]):
        if day == UNKNOWN:
            continue
        beside = [(at, p.day_url(code, at)) for at in _neighbours(p, code, f"{year}-{month}-{day}") if at]
        day_url = date_url(code, int(year), int(month), int(day))
        shown = [item(row) for row in many]
        for part in parts(len(many), size):
            whole = [len(many), beside, part.newest_numbered]
            here = shown[part.start : part.stop]
            yield p.plan(
                "day", key_of(part, code, year, month, day), address(day_url, part), code, here, whole, p.several
            )


def _plan_undated(p: Planning, code: str) -> Iterator[Page]:
    rows = p.catalogue.undated_rows(code)
    for part in parts(len(rows), p.settings.per_page) if rows else ():
        shown = [item(row) for row in rows[part.start : part.stop]]
        whole = len(rows) if part.number is None else part.newest_numbered
        yield p.plan("undated", key_of(part, code), address(f"/{code}/undated/", part), code, shown, whole, p.several)


def _neighbours(p: Planning, code: str, at: str) -> tuple[str | None, str | None]:
    """The month (`2017-11`) or day (`2017-11-09`) with articles before and after `at`."""
    shelf = p.shelf(code, len(at))
    place = shelf.index[at]
    return (shelf.order[place - 1] if place else None, shelf.order[place + 1] if place + 1 < len(shelf.order) else None)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    for page in pages:
        if page.kind == "year":
            yield _year(p, page)
        elif page.kind == "undated":
            yield _undated(p, page)
        else:
            yield _month(p, page) if page.kind == "month" else _day(p, page)


def _year(p: Planning, page: Page) -> HtmlJob:
    code, year = page.key.split(SEPARATOR)
    words = p.words(code)
    counts = {day: count for day, count in p.day_counts(code) if day[:4] == year}
    years = [str(known) for known, _ in p.years(code)]
    at = years.index(str(int(year)))
    months = tuple(_cell(p, code, int(year), month, counts) for month in range(1, 13))
    view = YearView(
        year=int(year),
        count=sum(counts.values()),
        months=months,
        weekdays=_weekdays(p, code),
        most=max(counts.values(), default=1),
        unplaced=p.teasers(p.catalogue.rows_of_days(code, f"{year}-{UNKNOWN}-")),
        previous=_year_link(p, code, years[at - 1]) if at else None,
        next=_year_link(p, code, years[at + 1]) if at + 1 < len(years) else None,
    )
    title = words.text("calendar_of", year=words.numerals(int(year)))
    crumbs = [p.home(code), Crumb(words.text("by_date"), f"/{code}/")]
    return HtmlJob("year", p.view("year", page.url, code, title, crumbs), view)


def _year_link(p: Planning, code: str, year: str) -> NavLink:
    return NavLink(p.words(code).numerals(int(year)), date_url(code, int(year)))


def _month(p: Planning, page: Page) -> HtmlJob:
    (code, year, month), number = names_of(page.key)
    words = p.words(code)
    rows = p.kept(("month", code, year, month), lambda: p.catalogue.rows_of_days(code, f"{year}-{month}-"))
    part = part_of(len(rows), p.settings.per_page, number)
    counts = {f"{year}-{month}-{day}": len(many) for day, many in groups(rows, lambda row: row.day[8:])}
    shown = rows[part.start : part.stop][::-1]
    teasers = p.teasers(shown)
    days = groups(list(zip(shown, teasers, strict=True)), lambda pair: pair[0].day[8:])
    before, after = _neighbours(p, code, f"{year}-{month}")
    name = dates.month_year(int(month), int(year), words)
    view = MonthView(
        year=int(year),
        month=int(month),
        name=name,
        count=len(rows),
        calendar=_cell(p, code, int(year), int(month), counts),
        weekdays=_weekdays(p, code),
        most=max(counts.values(), default=1),
        days=tuple((int(day), tuple(teaser for _, teaser in pairs)) for day, pairs in days),
        pager=pager(date_url(code, int(year), int(month)), part),
        previous=_month_link(p, code, before),
        next=_month_link(p, code, after),
    )
    crumbs = [p.home(code), Crumb(words.numerals(int(year)), date_url(code, int(year)))]
    return HtmlJob("month", _titled(p, page, code, name, part, crumbs), view)


def _titled(p: Planning, page: Page, code: str, name: str, part: Part, crumbs: list[Crumb]) -> PageView:
    title = name if part.number is None else f"{name} ({p.words(code).number(part.number)})"
    return p.view(page.kind, page.url, code, title, crumbs)


def _month_link(p: Planning, code: str, at: str | None) -> NavLink | None:
    if at is None:
        return None
    year, month = int(at[:4]), int(at[5:7])
    return NavLink(dates.month_year(month, year, p.words(code)), date_url(code, year, month))


def _day(p: Planning, page: Page) -> HtmlJob:
    (code, year, month, day), number = names_of(page.key)
    words = p.words(code)
    rows = p.catalogue.rows_of_days(code, f"{year}-{month}-{day}")
    part = part_of(len(rows), p.settings.per_page, number)
    date = ArticleDate(int(year), int(month), int(day))
    before, after = _neighbours(p, code, f"{year}-{month}-{day}")
    view = DayView(
        date=date,
        count=len(rows),
        teasers=p.teasers(rows[part.start : part.stop][::-1]),
        pager=pager(date_url(code, date.year, date.month, date.day), part),
        previous=_day_link(p, code, before),
        next=_day_link(p, code, after),
    )
    name = dates.in_words(date, words)
    crumbs = [
        p.home(code),
        Crumb(words.numerals(date.year), date_url(code, date.year)),
        Crumb(dates.month_name(int(month), words), date_url(code, date.year, date.month)),
    ]
    return HtmlJob("day", _titled(p, page, code, name, part, crumbs), view)


def _day_link(p: Planning, code: str, at: str | None) -> NavLink | None:
    if at is None:
        return None
    date = ArticleDate(int(at[:4]), int(at[5:7]), int(at[8:]))
    return NavLink(dates.in_words(date, p.words(code)), p.day_url(code, at) or "")


def _undated(p: Planning, page: Page) -> HtmlJob:
    (code,), number = names_of(page.key)
    words = p.words(code)
    rows = p.kept(("undated", code), lambda: p.catalogue.undated_rows(code))
    part = part_of(len(rows), p.settings.per_page, number)
    view = UndatedView(part.told, p.teasers(rows[part.start : part.stop]), pager(f"/{code}/undated/", part))
    crumbs = [p.home(code), Crumb(words.text("by_date"), f"/{code}/")]
    return HtmlJob("undated", _titled(p, page, code, words.text("undated"), part, crumbs), view)


def _cell(p: Planning, code: str, year: int, month: int, counts: dict[str, int]) -> MonthCell:
    """A month's grid. `counts` are articles by day, `2017-11-09`."""
    words = p.words(code)
    prefix = f"{year:04d}-{month:02d}-"
    count = sum(many for day, many in counts.items() if day.startswith(prefix))
    rows: list[tuple[tuple[int, int, str | None] | None, ...]] = []
    for week in dates.weeks(year, month, words):
        cells: list[tuple[int, int, str | None] | None] = []
        for day in week:
            many = counts.get(f"{prefix}{day:02d}", 0)
            cells.append((day, many, p.day_url(code, f"{prefix}{day:02d}") if many else None) if day else None)
        rows.append(tuple(cells))
    url = date_url(code, year, month) if count else None
    return MonthCell(month, dates.month_name(month, words), url, count, tuple(rows))


def _weekdays(p: Planning, code: str) -> tuple[str, ...]:
    return tuple(narrow for _, _, narrow in dates.weekday_columns(p.words(code)))
