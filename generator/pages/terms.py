"""Indexes of terms and the pages of terms: topics, people, places, organisations, desks and sources, by one engine.

An index stands in the alphabet's order of each language. In an archive of several languages each language has an index
of its own besides the common one. An index of more than `WHOLE` names is cut at its letters: its first page then shows
the letters and what is used most.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, islice

from generator import collation, language
from generator.catalogue import Both, State, Touched
from generator.catalogue.rows import Row, TermRow
from generator.catalogue.touching import Use
from generator.model import Page, Scope
from generator.pages import feeds, tables
from generator.pages.listing import SEPARATOR, address, groups, key_of, names_of, pager, part_of, parts
from generator.pages.planning import HtmlJob, Planning, bars, collated, item, most_used
from generator.pages.views import Crumb, LetterGroup, NavLink, TermIndex, TermsView, TermView, YearGroup
from generator.urls import FOLDERS, term_url

WHOLE = 600
"""Names that one index page holds at most."""
MOST = 60
AT_ONCE = 200_000
"""Articles up to which the topics of all are held while terms are planned: 30 MB for 100,000. Beyond, each term asks."""
NEWEST, BESIDE = 100, 15
"""Articles of a term that are looked at for what is named together with it, and how much of that is shown."""
TOGETHER = ("topic", "person", "place", "organisation")
TITLES = {
    "topic": "topics", "person": "people", "place": "places", "organisation": "organisations", "desk": "desks",
    "source": "sources",
}  # fmt: skip


def kinds(p: Planning) -> list[str]:
    """Topics always; other kinds when an article has one."""
    return [kind for kind in TITLES if kind == "topic" or kind in p.term_kinds]


def plan(p: Planning) -> Iterator[Page]:
    few = sum(count for _, count in p.languages) <= AT_ONCE
    topics = p.catalogue.topics_of_sources() if few else None
    p.catalogue.remember(EXPORTED, SEPARATOR.join(sorted(p.exported)).encode())
    for kind in kinds(p):
        yield from _plan_indexes(p, kind)
        for key, pairs in groupby(p.catalogue.term_items(kind), key=lambda pair: pair[0]):
            yield from _plan_term(p, kind, key, (row for _, row in pairs), topics)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """The terms of articles that lists show otherwise or that have others, and the indexes when a term came or went."""
    remembered = p.catalogue.remembered(EXPORTED)
    counted = [one for one in t.articles if one.came_or_went or _uses(one.before) != _uses(one.after)]
    keys = {use[:2] for one in t.articles if one.retold for state in one.states for use in state.terms if use.kind in TITLES}
    if remembered is None or t.names or any(_renamed(p, counted, *key) for key in keys):
        yield from (Scope("terms"), Scope("term"), Scope("table"), Scope.below("feed", f"topic{SEPARATOR}"))
        yield from plan(p)
        return
    if counted:
        before = set(remembered.decode().split(SEPARATOR)) - {""}
        keys |= {("topic", key) for key in before ^ p.exported}
        p.catalogue.remember(EXPORTED, SEPARATOR.join(sorted(p.exported)).encode())
        yield Scope("terms")
        for kind in kinds(p):
            yield from _plan_indexes(p, kind)
    for kind, key in sorted(keys):
        yield Scope.below("term", f"{kind}{SEPARATOR}{key}{SEPARATOR}")
        if kind == "topic":
            yield from (Scope.of("table", SEPARATOR.join((form, key))) for form in tables.FORMS)
            yield Scope.below("feed", SEPARATOR.join(("topic", key, "")))
        rows = p.catalogue.term_rows(kind, key)
        if rows:
            yield from _plan_term(p, kind, key, iter(rows))


EXPORTED = "exported"
"""Under what the catalogue remembers which topics have files of their own."""


def _uses(state: State | None) -> tuple[Use, ...]:
    return () if state is None else state.terms


def _renamed(p: Planning, counted: Sequence[Both], kind: str, key: str) -> bool:
    """Whether a term is called otherwise than before some articles got others: pages beside whose topic it stands show it."""
    now = p.catalogue.spellings(kind, key)
    before = Counter(now)
    for one in counted:
        for state, more in ((one.before, 1), (one.after, -1)):
            before.update({use[2:]: more for use in _uses(state) if use[:2] == (kind, key)})
    return bool(+before) and bool(now) and _named(before) != _named(now)


def _named(spellings: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """(name, language) of a term, as `Catalogue.terms` decides."""
    return min((pair for pair in spellings if spellings[pair] > 0), key=lambda pair: (-spellings[pair], pair))


# ── indexes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _scopes(p: Planning, kind: str) -> Iterator[tuple[str, str, list[tuple[str, list[TermRow]]]]]:
    """(scope, url, [(language, terms)]) of each index: "" is the whole archive's."""
    by_language = [(code, p.terms(kind, code)) for code, _ in p.languages]
    by_language = [(code, rows) for code, rows in by_language if rows]
    by_language.sort(key=lambda pair: pair[0] != p.main)
    yield "", f"/{FOLDERS[kind]}/", by_language
    if p.several:
        for code, _ in p.languages:
            yield code, f"/{code}/{FOLDERS[kind]}/", [pair for pair in by_language if pair[0] == code]


def index_urls(p: Planning, kind: str) -> Iterator[str]:
    """The addresses of all indexes of a kind, without the letters of large ones."""
    return (url for _, url, _ in _scopes(p, kind))


def _plan_indexes(p: Planning, kind: str) -> Iterator[Page]:
    for scope, url, by_language in _scopes(p, kind):
        code = scope or p.main
        large = sum(len(rows) for _, rows in by_language) > WHOLE
        yield p.plan("terms", SEPARATOR.join((kind, scope, "", "")), url, code, large, by_language, kinds(p))
        for lang, rows in by_language if large else ():
            letters = _letters(rows, lang)
            bar = [(letter, len(group)) for letter, group in letters]
            for number, (letter, group) in enumerate(letters):
                key = SEPARATOR.join((kind, scope, lang, str(number)))
                yield p.plan("terms", key, _letter_url(url, lang, number), code, letter, group, bar, kinds(p))


def _letter_url(url: str, code: str, number: int) -> str:
    return f"{url}{code}/{number + 1}.html"


def _letters(rows: Sequence[TermRow], code: str) -> list[tuple[str, list[TermRow]]]:
    """(letter, its terms) in the alphabet's order."""
    ordered = collated(rows, code)
    found: dict[str, list[TermRow]] = {}
    for row in ordered:
        found.setdefault(collation.initial(row.name, code), []).append(row)
    return list(found.items())


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    for page in pages:
        if page.kind == "term":
            yield _term(p, page)
        else:
            yield _index(p, page)


def _index(p: Planning, page: Page) -> HtmlJob:
    kind, scope, lang, number = page.key.split(SEPARATOR)
    by_language, url = next((found, url) for at, url, found in _scopes(p, kind) if at == scope)
    large = sum(len(rows) for _, rows in by_language) > WHOLE
    code = scope or p.main
    words = p.words(code)
    title = words.text(TITLES[kind])
    crumbs = [p.home(code)]
    if lang:
        crumbs.append(Crumb(title, url))
        by_language = [(other, rows) for other, rows in by_language if other == lang]
    indexes = []
    for other, rows in by_language:
        letters = p.kept((kind, scope, other), partial(_letters, rows, other))
        urls = {
            letter: _letter_url(url, other, at) if large else f"{url}#{_anchor(other, at)}"
            for at, (letter, _) in enumerate(letters)
        }
        bar = dict.fromkeys((*collation.alphabet(other), *urls))
        shown = [
            (at, letter, many) for at, (letter, many) in enumerate(letters) if not large or (lang and at == int(number))
        ]
        indexes.append(
            TermIndex(
                language=other,
                language_name=language.autonym(other),
                direction=language.direction_of(other),
                letters=tuple((letter, urls.get(letter)) for letter in bar),
                groups=tuple(
                    LetterGroup(letter, _anchor(other, at), p.term_counts(kind, many)) for at, letter, many in shown
                ),
                count=len(rows),
            )
        )
    count = sum(index.count for index in indexes)
    most = most_used([row for _, rows in by_language for row in rows], MOST) if large and not lang else []
    if lang:
        title = f"{title}: {indexes[0].groups[0].letter}"
    view = TermsView(kind, tuple(indexes), count, p.term_counts(kind, most), _others(p, kind, scope))
    return HtmlJob("terms", p.view("terms", page.url, code, title, crumbs), view)


def _others(p: Planning, kind: str, scope: str) -> tuple[NavLink, ...]:
    """The indexes of the other kinds, of the whole archive or of one language."""
    words = p.words(scope or p.main)
    prefix = f"/{scope}" if scope else ""
    return tuple(NavLink(words.text(TITLES[other]), f"{prefix}/{FOLDERS[other]}/") for other in kinds(p) if other != kind)


def _anchor(code: str, number: int) -> str:
    return f"{code}-{number + 1}"


# ── one term ─────────────────────────────────────────────────────────────────────────────────────────────────────────


Topics = Mapping[str, Sequence[tuple[str, str]]]
"""source → (kind, key) of its topics, people, places and organisations."""


def _plan_term(p: Planning, kind: str, key: str, rows: Iterator[Row], topics: Topics | None = None) -> Iterator[Page]:
    """The pages and files of a term whose articles, oldest first, are `rows`. Only the newest and those of one page are held
    at a time."""
    row = p.term(kind, key)
    url = term_url(kind, row.key)
    own = kind == "topic" and key in p.exported
    newest: deque[Row] = deque(maxlen=tables.MOST)
    years: Counter[int] = Counter()
    first: object = None
    for part in reversed(parts(row.count, p.settings.per_page)):
        here = list(islice(rows, part.stop - part.start))
        shown = [item(article) for article in here]
        newest += here
        years.update(dict(_years(here)))
        first = first or shown[0]
        whole: object = part.newest_numbered
        if part.number is None:
            beside = p.beside[kind, key] = _beside(p, kind, key, list(newest), topics)
            whole = [sorted(years.items()), row.count, own, beside, first, _other_names(p, key, row.language)]
        yield p.plan(
            "term", key_of(part, kind, key), address(url, part), row.language, row.name, shown, whole, p.several
        )
    if own and p.settings.base_url:
        yield feeds.plan_topic(p, row)
    if own:
        yield from tables.plan_topic(p, row, newest)


def _beside(
    p: Planning, kind: str, key: str, rows: Sequence[Row], topics: Topics | None = None
) -> list[tuple[str, TermRow]]:
    """The terms most often named together with one, each with the number of articles both are in: of its newest
    `NEWEST`, because a reader asks what it is about now, and because all of 20,000 would be counted at every edit.
    `topics` are those of its articles, if they are at hand."""
    if kind not in TOGETHER or len(rows) < 2:
        return []
    sources = [row.source for row in rows[-NEWEST:]]
    held = p.catalogue.topics_of_sources(sources) if topics is None else topics
    counts = Counter(chain.from_iterable(held.get(source, ()) for source in sources))
    counts.pop((kind, key), None)
    often = sorted((pair for pair in counts.items() if pair[1] > 1), key=lambda pair: (-pair[1], pair[0]))
    found = []
    for (other, name), count in often[:BESIDE]:
        row_ = p.term(other, name)
        found.append((other, TermRow(row_.key, row_.name, row_.language, count)))
    return found


def _other_names(p: Planning, key: str, code: str) -> tuple[tuple[str, str], ...]:
    """What a known topic is called in the archive's other languages."""
    if key not in p.registry:
        return ()
    own = p.registry.label(key, code)[0]
    labels = [(other, p.registry.label(key, other)) for other, _ in p.languages]
    return tuple((other, name) for other, (name, spoken) in labels if spoken == other and name != own)


def _years(rows: Sequence[Row]) -> list[tuple[int, int]]:
    return [(int(year), len(many)) for year, many in groups([row for row in rows if row.day], lambda row: row.day[:4])]


def _term(p: Planning, page: Page) -> HtmlJob:
    (kind, key), number = names_of(page.key)
    row = p.term(kind, key)
    url = term_url(kind, row.key)
    rows = p.kept((kind, key), lambda: p.catalogue.term_rows(kind, key))
    part = part_of(len(rows), p.settings.per_page, number)
    shown = rows[part.start : part.stop][::-1]
    teasers = p.teasers(shown)
    # Years lead to their group on this page, where they are shown on it.
    here = {teaser.published.year for teaser in teasers if teaser.published}
    years = bars(_years(rows), p.words(row.language), {year: f"{page.url}#y{year}" for year in here})
    code = row.language
    words = p.words(code)
    own = number is None and kind == "topic" and key in p.exported
    beside: Sequence[tuple[str, TermRow]] = ()
    if number is None:
        beside = p.beside.pop((kind, key)) if (kind, key) in p.beside else _beside(p, kind, key, rows)
    view = TermView(
        kind=kind,
        name=row.name,
        language=code,
        direction=language.direction_of(code),
        count=part.told,
        years=years if number is None else (),
        groups=tuple(
            YearGroup(int(year) if year else None, tuple(many))
            for year, many in groups(teasers, lambda teaser: str(teaser.published.year) if teaser.published else "")
        ),
        pager=pager(url, part),
        related=tuple(one for other, term in beside for one in p.term_counts(other, [term])),
        aliases=_other_names(p, key, code) if number is None else (),
        first=p.teasers(rows[:1])[0] if number is None and len(rows) > 1 else None,
        files=tables.links(p, row) if own else (),
    )
    title = row.name if number is None else f"{row.name} ({words.number(number)})"
    crumbs = [p.home(code), Crumb(words.text(TITLES[kind]), p.index_url(kind, code))]
    return HtmlJob("term", p.view("term", page.url, code, title, crumbs), view)
