"""What every kind of page plans with: the catalogue, the site, the digests of templates, and shared pieces of views.

A page's `inputs` are made by `Planning.inputs`: they always hold the digest of the code, of the template with all it
includes, and of what the site shows on every page of that language. A kind adds what its view shows and nothing more.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from generator import collation, language
from generator.catalogue import Both, Catalogue
from generator.catalogue.rows import Row, TermRow
from generator.catalogue.translations import Edition
from generator.config import Settings
from generator.digest import digest
from generator.language import Language
from generator.model import Page, Picture, Teaser
from generator.pages.listing import part_of
from generator.pages.views import AboutView, Bar, Crumb, LanguageLink, PageView, SiteView, TermCount, View
from generator.pictures import renditions
from generator.theme import Templates
from generator.topics.registry import Registry
from generator.urls import FOLDERS, date_url, part_url, path_of, permalink, root_of, term_url

Asked = TypeVar("Asked")

TEMPLATES = {
    "front": "front.html", "article": "article.html", "terms": "terms.html", "term": "term.html",
    "language": "language.html", "year": "year.html", "month": "month.html", "day": "day.html",
    "undated": "undated.html",
    "on_this_day": "on_this_day.html", "pictures": "pictures.html", "credit": "credit.html", "about": "about.html",
    "not_found": "not_found.html", "moved": "moved.html", "withdrawn": "withdrawn.html", "search": "search.html",
}  # fmt: skip


LEAST = 5
"""Articles that a topic has at least to have files of its own."""
DAILY = 8
"""Articles on a day of a month, on average, for its days to have pages of their own. With fewer, pages of days would be
most of the files that are no articles, and of a month on one page they would show nothing that it does not."""


class HtmlJob(Struct, frozen=True):
    """A page whose view is complete: the worker renders it."""

    kind: str
    page: PageView
    view: View


class Shelf(Struct, frozen=True):
    """Days or months in order, and the place of each."""

    order: list[str]
    index: dict[str, int]


class Planning:
    """One build's knowledge while it plans and loads. `sites` has the shared view of every language of the interface;
    `main` is the site's own language; `code` the digest of Roznama itself; `today` the build's day, which news looks at;
    `index` the search index, `about` the view of the page about the archive, and `beside` the terms on a term's page,
    (kind, key) → (kind, term), once they are planned."""

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Settings,
        main: str,
        sites: dict[str, SiteView],
        folders: tuple[Path, ...],
        code: bytes,
        version: str,
        today: str = "",
        registry: Registry | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.main = main
        self.sites = sites
        self.version = version
        self.today = today
        self.registry = registry or Registry()
        self.code = code
        self.index: Any = None
        self.about: AboutView | None = None
        self.beside: dict[tuple[str, str], list[tuple[str, TermRow]]] = {}
        self._bases: dict[tuple[str, str], bytes] = {}
        self._sources = Templates(folders)
        self._counts: dict[str, list[tuple[str, int]]] = {}
        self._days: dict[tuple[str, str], dict[str, str]] = {}
        self._shelves: dict[tuple[str, int], Shelf] = {}
        self._kept: tuple[object, Any] | None = None
        self._terms: dict[tuple[str, str | None], list[TermRow]] = {}
        self._named: dict[str, dict[str, TermRow]] = {}
        self._single: dict[tuple[str, str], TermRow] = {}

    @cached_property
    def languages(self) -> list[tuple[str, int]]:
        """(language, articles) of the archive, most articles first."""
        return self.catalogue.languages()

    @cached_property
    def days(self) -> list[tuple[str, str, int]]:
        """(language, day, articles) of all days, by language and day; see `Catalogue.day_totals`."""
        return self.catalogue.day_totals()

    def day_counts(self, code: str) -> list[tuple[str, int]]:
        """(day, articles) of the days of a language, in order; a day may be `2017-11-00`."""
        found = self._counts.get(code)
        if found is None:
            found = self._counts[code] = [(day, count) for one, day, count in self.days if one == code and day]
        return found

    def years(self, code: str | None = None) -> list[tuple[int, int]]:
        """(year, articles), oldest first; of one language or of all."""
        counts: Counter[int] = Counter()
        for one, day, count in self.days:
            if day and code in (None, one):
                counts[int(day[:4])] += count
        return sorted(counts.items())

    def undated(self, code: str | None = None) -> int:
        """How many articles of a language, or of all, have no date."""
        return sum(count for one, day, count in self.days if not day and code in (None, one))

    @cached_property
    def term_kinds(self) -> frozenset[str]:
        """The kinds of terms that articles have."""
        return frozenset(self.catalogue.term_kinds())

    @cached_property
    def translations(self) -> Mapping[str, Sequence[Edition]]:
        """source → the editions of an article in several languages, its own included."""
        return self.catalogue.translations()

    @property
    def several(self) -> bool:
        return len(self.languages) > 1

    def interface(self, code: str) -> str:
        """The language a page in `code` speaks to its reader: its own if Roznama has its strings, else the site's."""
        return code if code in self.sites else self.main

    def words(self, code: str) -> Language:
        return words(self.interface(code), self.settings.digits)

    def inputs(self, kind: str, code: str, *shown: object) -> bytes:
        """The digest of a page of `kind` in the interface of `code` that shows `shown`."""
        code = self.interface(code)
        base = self._bases.get((kind, code))
        if base is None:
            base = digest(self.code, self.templates[kind], self.sites[code], self.settings.digits, self.settings.calendar)
            self._bases[kind, code] = base
        return digest(base, *shown)

    def parts(self) -> dict[str, bytes]:
        """The digests of what many pages share: Roznama (`code`), the `site`, and by kind of page its template."""
        return {"code": self.code, "site": digest(self.sites, self.settings.digits, self.settings.calendar), **self.templates}

    @cached_property
    def templates(self) -> dict[str, bytes]:
        """The digest of the template of each kind of page."""
        return {kind: self._sources.digest(name) for kind, name in TEMPLATES.items()}

    def plain_inputs(self, code: str, *shown: object) -> bytes:
        """The digest of a file that no template makes and that shows `shown` and what all of the site share."""
        code = self.interface(code)
        base = self._bases.get(("", code))
        if base is None:
            base = self._bases["", code] = digest(self.code, self.sites[code], self.sites[self.main])
        return digest(base, *shown)

    def titles(self, languages: Iterable[str]) -> list[str]:
        """What the archive is called where articles of these languages are named together with it."""
        return [self.sites[code].title for code in sorted(set(map(self.interface, languages)))]

    def plan(self, kind: str, key: str, url: str, code: str, *shown: object, needs: str = "") -> Page:
        return Page(kind, key, url, path_of(url), self.inputs(kind, code, *shown), needs)

    def view(
        self, kind: str, url: str, code: str, title: str, crumbs: Sequence[Crumb] = (), description: str | None = None
    ) -> PageView:
        """The page's own view. `code` is the language of its content."""
        code = self.interface(code)
        base = self.settings.base_url
        return PageView(
            kind=kind,
            url=url,
            root=root_of(url),
            language=code,
            direction=language.direction_of(code),
            title=title,
            canonical=permalink(base, url) if base else None,
            description=description,
            crumbs=tuple(crumbs),
        )

    def rooted(self, view: PageView) -> PageView:
        """The same page with links that start at the host's root, for a page that may be shown at any address."""
        path = urlsplit(self.settings.base_url).path
        return msgspec.structs.replace(view, root=f"{path}/")

    def pointing(self, view: PageView, canonical: str | None) -> PageView:
        """The same page, naming another as the one to index."""
        return msgspec.structs.replace(view, canonical=canonical)

    # ── pieces of views ──────────────────────────────────────────────────────────────────────────────────────────────

    def teasers(self, rows: Sequence[Row]) -> tuple[Teaser, ...]:
        """The teasers of `rows`, each with its lead picture if the archive has it."""
        return self.teasers_of([row.source for row in rows])

    def teasers_of(self, sources: Sequence[str]) -> tuple[Teaser, ...]:
        """The teasers of the articles read from `sources`."""
        found = self.catalogue.teasers(sources)
        pictures = self.pictures([lead for _, lead in found if lead])
        return tuple(_with_picture(teaser, pictures.get(lead or "")) for teaser, lead in found)

    def pictures(self, paths: Sequence[str]) -> dict[str, Picture]:
        """The pictures among `paths` that the archive has, as pages show them."""
        if not paths:
            return {}
        rows = self.catalogue.pictures(paths)
        return {p: renditions(p, row.width, row.height, self.settings.pictures.widths) for p, row in rows.items()}

    def terms(self, kind: str, code: str | None = None) -> list[TermRow]:
        """The terms of a kind, of the whole archive or of one language, asked once."""
        found = self._terms.get((kind, code))
        if found is None:
            rows = self.catalogue.terms(kind, code)
            found = self._terms[kind, code] = [self._labelled(row, code or self.main) for row in rows]
        return found

    def _labelled(self, row: TermRow, code: str) -> TermRow:
        """A term as readers of `code` call it: a known topic has a label in many languages."""
        if row.key not in self.registry:
            return row
        name, spoken = self.registry.label(row.key, code)
        return TermRow(row.key, name, spoken, row.count)

    def named(self, kind: str) -> dict[str, TermRow]:
        """The terms of a kind by key, of the whole archive, asked once."""
        found = self._named.get(kind)
        if found is None:
            found = self._named[kind] = {row.key: row for row in self.terms(kind)}
        return found

    def term(self, kind: str, key: str) -> TermRow:
        """One term that articles have, without a question about all of its kind."""
        if kind in self._named:
            return self._named[kind][key]
        found = self._single.get((kind, key))
        if found is None:
            (row,) = self.catalogue.terms(kind, key=key)
            found = self._single[kind, key] = self._labelled(row, self.main)
        return found

    def kept(self, name: object, ask: Callable[[], Asked]) -> Asked:
        """The answer to a question that the pages of one list ask one after the other: only the last is kept."""
        if self._kept is None or self._kept[0] != name:
            self._kept = (name, ask())
        answer: Asked = self._kept[1]
        return answer

    @cached_property
    def credits(self) -> list[TermRow]:
        """The credits of all figures, by key."""
        return self.catalogue.credits()

    @cached_property
    def figure_counts(self) -> tuple[int, int]:
        """See `Catalogue.figure_counts`; the index of pictures and the page about the archive ask, when planned and loaded."""
        return self.catalogue.figure_counts()

    @cached_property
    def exported(self) -> frozenset[str]:
        """The keys of the topics that have files of their own (feed, table, references): those most used, one to 200
        articles, at least 20 and at most 1,000, so that such files stay in proportion to the archive."""
        articles = sum(count for _, count in self.languages)
        rows = most_used([row for row in self.terms("topic") if row.count >= LEAST], min(1000, max(20, articles // 200)))
        return frozenset(row.key for row in rows)

    def shelf(self, code: str, length: int) -> "Shelf":
        """The months (`length` 7) or days (10) of a language that have articles, in order."""
        found = self._shelves.get((code, length))
        if found is None:
            days = (day[:length] for day, _ in self.day_counts(code) if not day[:length].endswith("-00"))
            order = list(dict.fromkeys(days))
            found = self._shelves[code, length] = Shelf(order, {day: at for at, day in enumerate(order)})
        return found

    def day_url(self, code: str, day: str) -> str | None:
        """Where the articles of a day (`2017-11-09`) of a language are: its page, where the days of its month have some;
        else its place in the month's list, on the page that has the newest of them. `None` if it has no articles."""
        month = day[:7]
        found = self._days.get((code, month))
        if found is None:
            found = self._days[code, month] = dict(self._places(code, month, self._of_month(code, month)))
        return found.get(day)

    def _of_month(self, code: str, month: str) -> list[tuple[str, int]]:
        counts = self.day_counts(code)
        return counts[bisect_left(counts, (month,)) : bisect_left(counts, (f"{month}~",))] if month else []

    def _places(self, code: str, month: str, days: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
        """(day, where its articles are) of a month, of whose days these are the articles."""
        size = self.settings.per_page
        url = date_url(code, int(month[:4]), int(month[5:])) if month else ""
        total = sum(count for _, count in days)
        full = part_of(total, size, None).full
        own = full > 0 and total >= DAILY * len(days)
        until = 0
        for day, count in days:
            until += count
            place = url if until > full * size else part_url(url, (until - 1) // size + 1)
            yield day, (f"{url}{day[8:]}/" if own else f"{place}#d{int(day[8:])}")

    def days_elsewhere(self, code: str, month: str, moved: Sequence[Both]) -> list[str]:
        """The days of a month (`2017-11`) of a language whose `day_url` is another since some articles `moved`."""
        now = Counter(dict(self._of_month(code, month)))
        before = now.copy()
        for one in moved:
            for state, more in ((one.before, 1), (one.after, -1)):
                if state is not None and state.language == code and state.day[:7] == month:
                    before[state.day] += more
        was, will = (dict(self._places(code, month, sorted((+counts).items()))) for counts in (before, now))
        return [day for day in will if was.get(day) != will[day]]

    def language_link(self, code: str) -> LanguageLink:
        return LanguageLink(code, language.autonym(code), language.direction_of(code), f"/{code}/")

    def index_url(self, kind: str, code: str) -> str:
        """The index of a kind of terms that readers of `code` are led to: its own in an archive of several languages."""
        return f"/{code}/{FOLDERS[kind]}/" if self.several else f"/{FOLDERS[kind]}/"

    def term_counts(self, kind: str, rows: Sequence[TermRow]) -> tuple[TermCount, ...]:
        return tuple(
            TermCount(row.name, row.language, language.direction_of(row.language), term_url(kind, row.key), row.count)
            for row in rows
        )

    def home(self, code: str) -> Crumb:
        words = self.words(code)
        return Crumb(words.text("home"), self.sites[self.interface(code)].home)


def item(row: Row) -> tuple[bytes, str | None]:
    """What a list shows of an article, as its inputs count it."""
    return row.shows, row.pictures


@lru_cache(maxsize=256)
def words(code: str, digits: str | None) -> Language:
    return language.load(code).with_digits(digits)


def bars(years: Sequence[tuple[int, int]], words: Language, url: dict[int, str]) -> tuple[Bar, ...]:
    """A chart of articles by year, years without any included: (year, articles) oldest first. Of a span over 150 years
    only the years with articles are drawn, or the bars would be thinner than a hair on a phone."""
    if not years:
        return ()
    counts = dict(years)
    first, last = years[0][0], years[-1][0]
    span = range(first, last + 1) if last - first < 150 else counts
    most = max(counts.values())
    return tuple(
        Bar(
            label=words.numerals(year),
            count=counts.get(year, 0),
            share=max(1, round(100 * counts.get(year, 0) / most)) if counts.get(year) else 0,
            url=url.get(year),
        )
        for year in span
    )


def most_used(rows: Sequence[TermRow], limit: int) -> list[TermRow]:
    """The terms with most articles, ties by key."""
    return sorted(rows, key=lambda row: (-row.count, row.key))[:limit]


def collated(rows: Sequence[TermRow], code: str) -> list[TermRow]:
    """Terms in the order of a language's alphabet."""
    return sorted(rows, key=lambda row: (collation.sort_key(row.name, code), row.key))


def _with_picture(teaser: Teaser, picture: Picture | None) -> Teaser:
    if picture is None:
        return teaser
    return Teaser(
        teaser.id, teaser.url, teaser.language, teaser.direction, teaser.headline, teaser.standfirst, teaser.published,
        teaser.topics, picture, teaser.alt,
    )  # fmt: skip
