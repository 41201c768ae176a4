"""The picture index: a contact sheet of the pictures the archive has, and all credits (agencies, photographers), each
with the figures it stands under, whether their picture is here or not."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from generator import language
from generator.catalogue import State, Touched
from generator.catalogue.rows import FigureRow, TermRow
from generator.catalogue.touching import Drawn
from generator.model import Page, Scope
from generator.pages.listing import SEPARATOR, address, key_of, names_of, pager, part_of, parts
from generator.pages.planning import HtmlJob, Planning, collated, item
from generator.pages.views import CreditView, Crumb, FigureEntry, PicturesView
from generator.urls import term_url

URL = "/pictures/"


def plan(p: Planning) -> Iterator[Page]:
    yield from _plan_index(p)
    names = {row.key: row for row in p.credits}
    for key, found in groupby(p.catalogue.credit_states(), key=itemgetter(0)):
        yield from _plan_credit(p, names[key], found)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """The credits of articles whose figures show something else; the index where a figure is another, or its picture stands
    in it."""
    listed = [one for one in t.articles if one.listed or _figures(one.before) != _figures(one.after)]
    if any(_figures(one.before) != _figures(one.after) or any(f.picture for f in _figures(one.after)) for one in listed):
        yield Scope("pictures")
        yield from _plan_index(p)
    keys = {figure.credit_key for one in listed for state in one.states for figure in state.figures}
    for key in sorted(key for key in keys if key is not None):
        yield Scope.below("credit", f"{key}{SEPARATOR}")
        for credit in p.catalogue.credits(key):
            yield from _plan_credit(p, credit, p.catalogue.credit_states(key))


def _figures(state: State | None) -> tuple[Drawn, ...]:
    return () if state is None else state.figures


def _plan_index(p: Planning) -> Iterator[Page]:
    figures = p.catalogue.figures_with_picture()
    items = [(figure, item(row)) for figure, row in figures]
    whole = [p.figure_counts, p.credits]
    for part in parts(len(figures), p.settings.per_page):
        shown = items[part.start : part.stop]
        shows: object = whole if part.number is None else part.newest_numbered
        yield p.plan("pictures", key_of(part), address(URL, part), p.main, shown, shows)


def _plan_credit(p: Planning, credit: TermRow, states: Iterator[object]) -> Iterator[Page]:
    """The pages of a credit, whose figures stand for `states`, oldest first. Only those of one page are held at a time."""
    url = term_url("credit", credit.name)
    for part in reversed(parts(credit.count, p.settings.per_page)):
        those = list(islice(states, part.stop - part.start))
        shows = credit.count if part.number is None else part.newest_numbered
        yield p.plan(
            "credit", key_of(part, credit.key), address(url, part), p.main, credit.name, credit.language, those, shows
        )


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    for page in pages:
        yield _pictures(p, page) if page.kind == "pictures" else _credit(p, page)


def _pictures(p: Planning, page: Page) -> HtmlJob:
    _, number = names_of(page.key)
    figures = p.kept("pictures", p.catalogue.figures_with_picture)
    part = part_of(len(figures), p.settings.per_page, number)
    every, with_picture = p.figure_counts
    credits_ = collated(p.credits, p.main) if number is None else []
    view = PicturesView(
        figures=_entries(p, [figure for figure, _ in figures[part.start : part.stop]][::-1]),
        count=part.told,
        missing=every - with_picture if number is None else 0,
        credits=p.term_counts("credit", credits_),
        pager=pager(URL, part),
    )
    words = p.words(p.main)
    title = words.text("pictures") if number is None else f"{words.text('pictures')} ({words.number(number)})"
    return HtmlJob("pictures", p.view("pictures", page.url, p.main, title, [p.home(p.main)]), view)


def _credit(p: Planning, page: Page) -> HtmlJob:
    (key,), number = names_of(page.key)
    credit, places = p.kept(("credit", key), lambda: (p.catalogue.credits(key)[0], p.catalogue.credit_places(key)))
    part = part_of(len(places), p.settings.per_page, number)
    view = CreditView(
        name=credit.name,
        language=credit.language,
        direction=language.direction_of(credit.language),
        count=part.told,
        figures=_entries(p, p.catalogue.figures_at(places[part.start : part.stop][::-1])),
        pager=pager(term_url("credit", credit.name), part),
    )
    words = p.words(p.main)
    title = credit.name if number is None else f"{credit.name} ({words.number(number)})"
    crumbs = [p.home(p.main), Crumb(words.text("pictures"), URL)]
    return HtmlJob("credit", p.view("credit", page.url, p.main, title, crumbs), view)


def _entries(p: Planning, figures: Sequence[FigureRow]) -> tuple[FigureEntry, ...]:
    teasers = p.catalogue.teasers([figure.source for figure in figures])
    pictures = p.pictures([figure.picture for figure in figures if figure.picture])
    return tuple(
        FigureEntry(
            alt=figure.alt,
            caption=figure.caption,
            credit=figure.credit,
            language=teaser.language,
            direction=teaser.direction,
            headline=teaser.headline,
            url=teaser.url,
            published=teaser.published,
            picture=pictures.get(figure.picture or ""),
        )
        for figure, (teaser, _) in zip(figures, teasers, strict=True)
    )
