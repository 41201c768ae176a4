"""The page of an article.

The parent knows the neighbours, terms and pictures; the body goes to the worker that renders the page as the catalogue
keeps it, packed.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from generator import language
from generator.catalogue import State, Touched
from generator.catalogue.entries import ABOUT, TermEntry
from generator.catalogue.rows import ArticleRow
from generator.catalogue.translations import Edition
from generator.kept import restored
from generator.model import ArticleDate, Block, Figure, Heading, Page, Picture, Scope, Section, Teaser
from generator.pages import citing, heads, plain, twins
from generator.pages.heads import SiteHead
from generator.pages.planning import Planning
from generator.pages.related import RARE, Background, packed, unpacked
from generator.pages.related import Related as Earlier
from generator.pages.views import Alternate, ArticleView, Crumb, LanguageLink, PageView, Provenance, Related, TermLink
from generator.urls import date_url, slug, term_url

SEPARATOR = "\x1f"
ALONE = SEPARATOR * 2
"""The `needs` of an article without neighbours."""
LISTED = ("topic", "person", "place", "organisation", "desk")
"""Kinds of terms in the list under an article, in this order; its source stands beside the date."""


class ArticleJob(Struct, frozen=True):
    """What a worker needs to make an article's page. `packed` is the article as it was read (`kept.packed`)."""

    packed: bytes
    page: PageView
    terms: tuple[TermLink, ...]
    publisher: TermLink | None
    previous: Teaser | None
    next: Teaser | None
    pictures: Mapping[str, Picture]
    version: str
    site: SiteHead
    related: tuple[Related, ...] = ()
    editions: tuple[Edition, ...] = ()
    date_url: str | None = None
    twins: tuple[Alternate, ...] = ()


def plan(p: Planning) -> Iterator[Page]:
    before: ArticleRow | None = None
    here: ArticleRow | None = None
    background = Background(p.catalogue.rare_terms(RARE))
    for after in chain(p.catalogue.articles_in_time(), (None,)):
        if here is not None:
            yield _planned(p, before, here, after, background.of(here))
        before, here = here, after


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """Articles that changed, and those that show one: its neighbours in time, those with which it shares a topic that few
    articles have, its translations; and those that lead to a day that now stands elsewhere."""
    wanted = set(t.edited)
    for one in t.articles:
        wanted.add(one.source)
        if one.before != one.after:
            wanted |= {row.source for state in one.states for row in _beside(p, state)}
            for use in {use[:2] for state in one.states for use in state.terms if use.kind in ABOUT}:
                wanted.update(p.catalogue.sources_of_term(*use, RARE + len(t.articles)))
    ids = {name for one in t.articles if one.before != one.after for state in one.states for name in state.ids}
    wanted |= p.catalogue.linked(sorted(ids))
    wanted.update(_led_elsewhere(p, t))
    earlier: dict[str, Sequence[Earlier]] = {}
    background = Background(p.catalogue.rare_terms(RARE, sorted(wanted)))
    for row in p.catalogue.rare_articles():
        found = background.of(row)
        if row.source in wanted:
            earlier[row.source] = found
    for source in sorted(wanted):
        yield Scope.of("article", source)
        here = p.catalogue.article_row(source)
        if here is not None:
            before, after = p.catalogue.neighbours(here.language, here.moment, here.id)
            yield _planned(p, before, here, after, earlier.get(source, ()))


def _beside(p: Planning, state: State) -> list[ArticleRow]:
    rows = p.catalogue.neighbours(state.language, state.moment, state.id) if state.moment else ()
    return [row for row in rows if row is not None]


def _led_elsewhere(p: Planning, t: Touched) -> Iterator[str]:
    """Articles of days whose place is another since some articles came, went or moved."""
    moved = [one for one in t.articles if one.moved]
    for code, month in sorted({(state.language, state.moment[:7]) for one in moved for state in one.states if state.moment}):
        for day in p.days_elsewhere(code, month, moved):
            yield from (row.source for row in p.catalogue.rows_of_days(code, day))


def _planned(
    p: Planning, before: ArticleRow | None, here: ArticleRow, after: ArticleRow | None, earlier: Sequence[Earlier]
) -> Page:
    """Neighbours are of the same language, and undated articles have none: an order of ids is no order in time."""
    shelf = (here.language, bool(here.moment))
    previous = before if before and here.moment and (before.language, bool(before.moment)) == shelf else None
    following = after if after and here.moment and (after.language, bool(after.moment)) == shelf else None
    return p.plan(
        "article", here.source, here.url, here.language,
        here.digest, here.topics, here.url, here.pictures, previous and previous.shows, following and following.shows, p.several, earlier,
        p.translations.get(here.source, ()), p.day_url(here.language, here.moment[:10]), _twins(p, here.url), p.settings.topics.shown,
        needs=SEPARATOR.join((previous.source if previous else "", following.source if following else "", packed(earlier))),
    )  # fmt: skip


def load(p: Planning, pages: Sequence[Page]) -> Iterator[ArticleJob]:
    around = [page.needs.split(SEPARATOR) for page in pages]
    earlier = {page.key: unpacked(needs[2]) for page, needs in zip(pages, around, strict=True)}
    keys = [page.key for page in pages]
    rows, kept = p.catalogue.article_details(keys), p.catalogue.kept(keys)
    shown = {source for needs in around for source in needs[:2] if source}
    shown.update(source for shared in earlier.values() for source, _ in shared)
    others = sorted(shown - rows.keys())  # neighbours in time are mostly among the pages themselves
    teasers = {source: row.teaser for source, row in rows.items()}
    teasers.update(zip(others, (teaser for teaser, _ in p.catalogue.teasers(others)), strict=True))
    names = {picture for row in rows.values() for picture in row.pictures}
    pictures = p.pictures(sorted(names))
    sites = {code: heads.site_head(p.sites[p.interface(code)]) for code in {row.teaser.language for row in rows.values()}}
    for page, (previous, following, _) in zip(pages, around, strict=True):
        row = rows[page.key]
        code = row.teaser.language
        links = tuple(_listed(p, row.terms, code))
        yield ArticleJob(
            packed=kept[page.key],
            page=p.view("article", page.url, code, row.teaser.headline, _crumbs(p, code, row.teaser.published), row.teaser.standfirst),
            terms=links,
            publisher=next((_link(p, term, code) for term in row.terms if term.kind == "source"), None),
            previous=teasers.get(previous),
            next=teasers.get(following),
            pictures={name: pictures[name] for name in row.pictures if name in pictures},
            version=p.version,
            site=sites[code],
            related=tuple(_related(row.terms, teasers, earlier[page.key])),
            editions=tuple(p.translations.get(page.key, ())),
            date_url=_date_url(p, code, row.teaser.published),
            twins=_twins(p, page.url),
        )


def _related(
    terms: Sequence[TermEntry], teasers: Mapping[str, Teaser], earlier: Sequence[tuple[str, list[tuple[str, str]]]]
) -> Iterator[Related]:
    names: dict[tuple[str, str], str] = {(term.kind, term.key): term.name for term in terms}
    for source, keys in earlier:
        yield Related(teasers[source], tuple(names[kind, key] for kind, key in keys if (kind, key) in names))


def _link(p: Planning, term: TermEntry, code: str) -> TermLink:
    """A term under an article. What is derived says from which words, in case the reader wonders."""
    name, spoken = p.registry.label(term.key, code) if term.origin != "stated" and term.key in p.registry else (term.name, code)
    return TermLink(
        name, term.kind, spoken, language.direction_of(spoken), term_url(term.kind, term.key),
        term.origin, tuple(form for form, _ in term.matched), p.registry.same_as(term.key),
    )  # fmt: skip


def _listed(p: Planning, terms: Sequence[TermEntry], code: str) -> Iterator[TermLink]:
    """The terms under an article: kind by kind, what the source states first, then the heaviest of what was found."""
    shown = p.settings.topics.shown
    for kind in LISTED:
        here = [term for term in terms if term.kind == kind]
        yield from (_link(p, term, code) for term in here if term.origin == "stated")
        yield from (_link(p, term, code) for term in [term for term in here if term.origin != "stated"][:shown])


def _crumbs(p: Planning, code: str, date: ArticleDate | None) -> tuple[Crumb, ...]:
    """The way to an article. Those of one month, which are loaded one after the other, have the same."""
    year, month = (date.year, date.month) if date else (None, None)
    return p.kept(("crumbs", code, year, month), lambda: tuple(_way(p, code, year, month)))


def _way(p: Planning, code: str, year: int | None, month: int | None) -> Iterator[Crumb]:
    words = p.words(code)
    yield p.home(code)
    if year is None:
        yield Crumb(words.text("undated"), f"/{code}/undated/")
        return
    yield Crumb(words.numerals(year), date_url(code, year))
    if month:
        yield Crumb(words.months.gregorian[month - 1], date_url(code, year, month))


def _twins(p: Planning, url: str) -> tuple[Alternate, ...]:
    """The article's own files among the data. Packed texts are no other form of one article, and are not linked."""
    if p.settings.data.files != "single":
        return ()
    return tuple(Alternate(media, twins.twin_url(form, url), form) for form, (_, media) in twins.FORMS.items())


def _date_url(p: Planning, code: str, date: ArticleDate | None) -> str | None:
    """Where other articles of the same time are: of the day, the month or the year, as far as the date is known."""
    if date is None:
        return None
    if date.month and date.day:
        # A draft, which the preview shows, may be the only article of its day.
        return p.day_url(code, f"{date.year:04d}-{date.month:02d}-{date.day:02d}")
    return date_url(code, date.year, date.month)


def view(job: ArticleJob) -> ArticleView:
    """The complete view, made in the worker."""
    kept = restored(job.packed)
    article, sha256 = kept.article, kept.sha256
    lead, body = _lead(article.body)
    sections = tuple(_sections(body))
    date = article.published
    return ArticleView(
        article=article,
        lead=lead,
        sections=sections,
        contents=tuple((s.heading.text, s.anchor) for s in sections if s.heading is not None and s.heading.level <= 3),
        pictures=job.pictures,
        kicker=next((term for kind in ("desk", "topic") for term in job.terms if term.kind == kind), None),
        terms=job.terms,
        previous=job.previous,
        next=job.next,
        related=job.related,
        set_aside=article.set_aside,
        provenance=Provenance(
            source=article.source,
            sha256=sha256,
            text_sha256=plain.text_sha256(article),
            format="markdown" if article.source.lower().endswith(".md") else "plain",
            encoding=article.encoding,
            date_origin=date.origin if date else None,
            language_origin=article.language_origin,
            version=job.version,
        ),
        date_url=job.date_url,
        head=heads.head(article, sha256, job.page, job.site, job.terms, job.pictures, job.previous, job.next, job.editions, job.twins),
        cite=citing.cite(citing.reference(article, job.site.title, job.page.canonical), job.page.language),
        publisher=job.publisher,
        translations=tuple(
            LanguageLink(one.language, language.autonym(one.language), language.direction_of(one.language), one.url)
            for one in job.editions
            if one.source != article.source
        ),
    )


def _lead(body: Sequence[Block]) -> tuple[Figure | None, Sequence[Block]]:
    """A figure at the head of the text leads; every other stays where it stood."""
    if body and isinstance(body[0], Figure):
        return body[0], body[1:]
    return None, body


def _sections(body: Sequence[Block]) -> Iterator[Section]:
    """The body cut at its headings. Anchors come from the headings' words; the second of a name gets a number."""
    heading: Heading | None = None
    anchor = ""
    blocks: list[Block] = []
    used: dict[str, int] = {}
    for block in body:
        if not isinstance(block, Heading):
            blocks.append(block)
            continue
        if heading is not None or blocks:
            yield Section(heading, anchor, tuple(blocks))
        heading, blocks = block, []
        anchor = f"s-{slug(block.text)}"
        used[anchor] = used.get(anchor, 0) + 1
        if used[anchor] > 1:
            anchor = f"{anchor}-{used[anchor]}"
    if heading is not None or blocks:
        yield Section(heading, anchor, tuple(blocks))
