"""The front of the archive, and the front of each of its languages."""

from collections.abc import Iterator, Sequence

from generator import language
from generator.catalogue.rows import Row, TermRow
from generator.model import Page
from generator.pages import anniversaries
from generator.pages.planning import HtmlJob, Planning, bars, item, most_used
from generator.pages.views import Bar, FrontView, LanguageView, TermCount
from generator.urls import date_url

NEWEST = 12
"""Articles in the column of the newest."""
MAIN = 12
"""Terms in each of the short lists."""
_SHORT_LISTS = ("topic", "person", "place")


def plan(p: Planning) -> Iterator[Page]:
    lead, newest = _leading(p), _newest_besides(p)
    yield p.plan(
        "front", "", "/", p.main,
        [(code, count, p.years(code), p.undated(code)) for code, count in p.languages],
        item(lead) if lead else None,
        [item(row) for row in newest], [_main(p, kind, None) for kind in _SHORT_LISTS],
        anniversaries.wanted(p),
    )  # fmt: skip
    for code, count in p.languages:
        years, undated = p.years(code), p.undated(code)
        shown = [item(row) for row in _listed(p, code)]
        yield p.plan(
            "language", code, f"/{code}/", code, count, years, undated, shown, _main(p, "topic", code), p.several
        )


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    for page in pages:
        yield _front(p) if page.kind == "front" else _language(p, page.key)


def _newest(p: Planning, code: str | None) -> tuple[Row | None, list[Row]]:
    """The lead (the newest article with a picture, else the newest) and the newest besides it."""
    rows = p.catalogue.newest_rows(NEWEST + 1, code)
    lead = p.catalogue.newest_with_picture(code) or (rows[0] if rows else None)
    return lead, [row for row in rows if lead is None or row.source != lead.source][:NEWEST]


def _listed(p: Planning, code: str) -> list[Row]:
    """What the page of a language shows: that of an archive in one language leaves the lead to the front."""
    lead, newest = _newest(p, code)
    return [lead, *newest] if lead and p.several else newest


def _main(p: Planning, kind: str, code: str | None) -> list[TermRow]:
    return most_used(p.terms(kind, code), MAIN)


def _leading(p: Planning) -> Row | None:
    """What leads the front: the lead of the archive's own language, if that has one."""
    return _newest(p, p.main)[0] or _newest(p, None)[0]


def _newest_besides(p: Planning) -> list[Row]:
    """The newest of all languages besides what leads."""
    lead = _leading(p)
    rows = p.catalogue.newest_rows(NEWEST + 1)
    return [row for row in rows if lead is None or row.source != lead.source][:NEWEST]


def _front(p: Planning) -> HtmlJob:
    lead = _leading(p)
    newest = _newest_besides(p)
    years = p.years()
    undated = p.undated()
    shelves = [code for code, _ in p.languages if p.undated(code)]
    view = FrontView(
        articles=sum(count for _, count in p.languages),
        first_year=years[0][0] if years else None,
        last_year=years[-1][0] if years else None,
        undated=undated,
        undated_url=f"/{p.main if p.main in shelves else shelves[0]}/undated/" if shelves else None,
        lead=p.teasers([lead])[0] if lead else None,
        newest=p.teasers(newest),
        years=_years(p, p.main, years),
        topics=_terms(p, "topic", None),
        people=_terms(p, "person", None),
        places=_terms(p, "place", None),
        languages=tuple((p.language_link(code), count) for code, count in p.languages),
        on_this_day=anniversaries.url_of("01-01") if anniversaries.wanted(p) else None,
    )
    return HtmlJob(
        "front", p.view("front", "/", p.main, p.sites[p.main].title, description=p.sites[p.main].tagline or None), view
    )


def _terms(p: Planning, kind: str, code: str | None) -> tuple[TermCount, ...]:
    return p.term_counts(kind, _main(p, kind, code))


def _years(p: Planning, code: str, years: list[tuple[int, int]]) -> tuple[Bar, ...]:
    """Bars that lead to the years of `code`, or of the language that has most articles in the year."""
    urls: dict[int, str] = {}
    for other, _ in [*((lang, n) for lang, n in p.languages if lang == code), *p.languages]:
        for year, _ in p.years(other):
            urls.setdefault(year, date_url(other, year))
    return bars(years, p.words(code), urls)


def _language(p: Planning, code: str) -> HtmlJob:
    years = p.years(code)
    undated = p.undated(code)
    words = p.words(code)
    view = LanguageView(
        code=code,
        name=language.autonym(code),
        articles=dict(p.languages)[code],
        years=bars(years, words, {year: date_url(code, year) for year, _ in years}),
        undated=undated,
        undated_url=f"/{code}/undated/" if undated else None,
        newest=p.teasers(_listed(p, code)),
        topics=_terms(p, "topic", code),
        topics_url=p.index_url("topic", code),
    )
    title = language.autonym(code) if p.several else words.text("by_date")
    return HtmlJob(
        "language", p.view("language", f"/{code}/", code, title, [p.home(code)] if not p.several else []), view
    )
