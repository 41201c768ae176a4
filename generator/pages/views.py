"""What templates may see: every view, complete and frozen. Nothing here asks, opens or computes anything.

A template gets four names: `site` (`SiteView`), `page` (`PageView`), `view` (one of the views below, by page kind) and
`t` (the strings of the page's language). It sees nothing else, so the digest of what it sees decides whether it is
rendered again.

Urls in views start with a slash (`/ur/2017/`); a template writes `{{ href(url) }}`, which makes the link relative to the
page. Text is plain text and is escaped by the environment; the few parts that hold sanitised markup are shown through
`inline()`.
"""

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from generator.model import Article, ArticleDate, Direction, Figure, Picture, Section, SetAside, Teaser


class NavLink(Struct, frozen=True):
    """A link of the site's own: what it says, and where it leads."""

    label: str
    url: str


class LanguageLink(Struct, frozen=True):
    """A language of the archive: its own name, and the front page of its articles or an article in it."""

    code: str
    name: str
    direction: Direction
    url: str


class Alternate(Struct, frozen=True):
    """Another form of a page, or a feed: its media type, its address inside the site, and its name."""

    type: str
    url: str
    title: str = ""


class SiteView(Struct, frozen=True):
    """What every page shows, in the page's language: the same object for all pages of one language.

    `home` is the front page the masthead leads to, `search` the search page if the archive has one, `fonts` the urls to
    preload (see `theme.preload`), `feeds` the feeds of the language."""

    title: str
    tagline: str
    language: str
    direction: Direction
    base_url: str
    home: str = "/"
    search: str | None = None
    nav: tuple[NavLink, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    footer: str = ""
    licence: NavLink | None = None
    logo: str | None = None
    feeds: tuple[Alternate, ...] = ()
    fonts: tuple[str, ...] = ()
    styles: str = ""


class Crumb(Struct, frozen=True):
    """A step of the way from the front to the page; the page itself has no `url`. `language` is the label's where it is not the
    page's."""

    label: str
    url: str | None
    language: str | None = None


class PageView(Struct, frozen=True):
    """The page itself. `language` and `direction` are those of the interface and of `<html>`; `root` leads back to the
    root of the site; `canonical` is absolute, `None` without `base_url`."""

    kind: str
    url: str
    root: str
    language: str
    direction: Direction
    title: str
    canonical: str | None = None
    description: str | None = None
    crumbs: tuple[Crumb, ...] = ()
    scripts: tuple[str, ...] = ()


class TermCount(Struct, frozen=True):
    """A term with the number of its articles, linking to its page."""

    name: str
    language: str
    direction: Direction
    url: str
    count: int


class TermLink(Struct, frozen=True):
    """A term of an article. `origin` says who named it: stated, vocabulary, pack or suggestion; what is derived has the
    words of the text that showed it in `matched`. `same_as` are identifiers elsewhere (`wikidata:Q858`)."""

    name: str
    kind: str
    language: str
    direction: Direction
    url: str
    origin: str = "stated"
    matched: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class Bar(Struct, frozen=True):
    """One bar of a chart: `share` is its height in per cent of the highest, at least 1 where `count` is not 0."""

    label: str
    count: int
    share: int
    url: str | None


class YearGroup(Struct, frozen=True):
    """Teasers of one year, newest first; `year` is `None` for undated ones."""

    year: int | None
    teasers: tuple[Teaser, ...]


class Pager(Struct, frozen=True):
    """The pages of a numbered list. Page 1 is the oldest; the newest has the list's own address, and `number` is
    `None` there. Only the newest knows how many older pages there are (`older_pages`, each with its url, newest first):
    a page that told the total would change whenever another is added. `newest` is the list's own address."""

    number: int | None
    newest: str
    newer: str | None = None
    older: str | None = None
    older_pages: tuple[tuple[int, str], ...] = ()


# ── front ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class FrontView(Struct, frozen=True):
    """The front of the archive, or of one of its languages."""

    articles: int
    first_year: int | None
    last_year: int | None
    undated: int
    undated_url: str | None
    lead: Teaser | None
    newest: tuple[Teaser, ...]
    years: tuple[Bar, ...]
    topics: tuple[TermCount, ...] = ()
    people: tuple[TermCount, ...] = ()
    places: tuple[TermCount, ...] = ()
    languages: tuple[tuple[LanguageLink, int], ...] = ()
    on_this_day: str | None = None


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────────────────

MetaTag = tuple[str, str, str | None]
"""Name, content, and the content's language where it is not the page's."""


class HeadView(Struct, frozen=True):
    """What machines read in the head of an article: `names` and `properties` are `<meta>`, `data` is JSON-LD made safe
    for a script, the rest are links (`previous`, `next` and `alternates` inside the site; `translations` are
    languages and absolute addresses)."""

    names: tuple[MetaTag, ...]
    properties: tuple[tuple[str, str], ...]
    data: Markup
    previous: str | None
    next: str | None
    original: str | None
    licence: str | None
    alternates: tuple[Alternate, ...]
    translations: tuple[tuple[str, str], ...] = ()


class Download(Struct, frozen=True):
    """A file that the page itself holds: its label, the name it is saved under, and a `data:` link."""

    label: str
    name: str
    href: str


class CiteView(Struct, frozen=True):
    """How an article is cited: a line in English, unless the page is in English, and files for reference managers. The
    line in the page's language is the template's."""

    english: Markup | None
    files: tuple[Download, ...]


# ── article ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Provenance(Struct, frozen=True):
    """Where an article came from: its file below the content folder, the SHA-256 of its bytes and of its words, how it was
    read, where date and language were found, and the version of Roznama."""

    source: str
    sha256: str
    text_sha256: str
    format: str
    encoding: str
    date_origin: str | None
    language_origin: str
    version: str


class Related(Struct, frozen=True):
    """An earlier article that shares topics which few articles have; `shared` are their names."""

    teaser: Teaser
    shared: tuple[str, ...]


class ArticleView(Struct, frozen=True):
    """One article. `sections` is the body; figures look up their picture in `pictures` by `Figure.src`."""

    article: Article
    lead: Figure | None
    sections: tuple[Section, ...]
    contents: tuple[tuple[str, str], ...]
    pictures: Mapping[str, Picture]
    kicker: TermLink | None
    terms: tuple[TermLink, ...]
    previous: Teaser | None
    next: Teaser | None
    related: tuple[Related, ...]
    set_aside: tuple[SetAside, ...]
    provenance: Provenance
    date_url: str | None
    head: HeadView
    cite: CiteView
    publisher: TermLink | None = None
    translations: tuple[LanguageLink, ...] = ()


# ── indexes and lists ────────────────────────────────────────────────────────────────────────────────────────────────


class LetterGroup(Struct, frozen=True):
    """The terms under one letter of an index; `anchor` is the place in the page that the letter's link leads to."""

    letter: str
    anchor: str
    terms: tuple[TermCount, ...]


class TermIndex(Struct, frozen=True):
    """The terms of one language in its alphabet's order. `letters` is the A to Z bar: every letter, with the url of its
    group (`/topics/#ur-3`, or a page of its own in a large index; show it with `href`) or `None`. `groups` are those on
    this page; in a large index they are empty on the first page and one on a letter's."""

    language: str
    language_name: str
    direction: Direction
    letters: tuple[tuple[str, str | None], ...]
    groups: tuple[LetterGroup, ...]
    count: int


class TermsView(Struct, frozen=True):
    """An index of terms: `kind` is topic, person, place, organisation, desk or source. `most` are the most used;
    `others` lead to the indexes of the other kinds."""

    kind: str
    indexes: tuple[TermIndex, ...]
    count: int
    most: tuple[TermCount, ...] = ()
    others: tuple[NavLink, ...] = ()


class TermView(Struct, frozen=True):
    """A term's page: count by year, then its articles grouped by year, newest first. `files` are other forms of it."""

    kind: str
    name: str
    language: str
    direction: Direction
    count: int
    years: tuple[Bar, ...]
    groups: tuple[YearGroup, ...]
    pager: Pager
    related: tuple[TermCount, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    first: Teaser | None = None
    files: tuple[Alternate, ...] = ()


class MonthCell(Struct, frozen=True):
    """A small month: `weeks` are rows of seven (day, count, url) or `None`, beginning with the language's first weekday."""

    month: int
    name: str
    url: str | None
    count: int
    weeks: tuple[tuple[tuple[int, int, str | None] | None, ...], ...]


class LanguageView(Struct, frozen=True):
    """The front of one language: its years, its newest articles, its main topics."""

    code: str
    name: str
    articles: int
    years: tuple[Bar, ...]
    undated: int
    undated_url: str | None
    newest: tuple[Teaser, ...] = ()
    topics: tuple[TermCount, ...] = ()
    topics_url: str | None = None


class YearView(Struct, frozen=True):
    """Twelve months as a heat calendar; `most` is the highest count of a day. `unplaced` are articles of which only the
    year is known."""

    year: int
    count: int
    months: tuple[MonthCell, ...]
    weekdays: tuple[str, ...]
    most: int
    unplaced: tuple[Teaser, ...]
    previous: NavLink | None
    next: NavLink | None


class MonthView(Struct, frozen=True):
    """A month: its calendar and its articles, grouped by day (0: the day is not known)."""

    year: int
    month: int
    name: str
    count: int
    calendar: MonthCell
    weekdays: tuple[str, ...]
    most: int
    days: tuple[tuple[int, tuple[Teaser, ...]], ...]
    pager: Pager
    previous: NavLink | None
    next: NavLink | None


class DayView(Struct, frozen=True):
    """The articles of one day. `previous` and `next` are the nearest days that have a page."""

    date: ArticleDate
    count: int
    teasers: tuple[Teaser, ...]
    pager: Pager
    previous: NavLink | None
    next: NavLink | None


class OnThisDayView(Struct, frozen=True):
    """One day of all years, newest year first. The front links to one of the 366 (`/ur/days/01-01/`); the browser
    replaces its `MM-DD` by today's."""

    month: int
    day: int
    count: int
    groups: tuple[YearGroup, ...]
    previous: NavLink | None
    next: NavLink | None


class SearchView(Struct, frozen=True):
    """The search page. `edition` changes with anything in the archive and keeps a browser from mixing shards of two
    builds; `categories` are the plural forms of "results" as JSON; `filters` are (kind, label, names offered)."""

    edition: str
    categories: str
    languages: tuple[LanguageLink, ...]
    first_year: int | None
    last_year: int | None
    filters: tuple[tuple[str, str, tuple[str, ...]], ...]
    description: bool


class UndatedView(Struct, frozen=True):
    """The shelf of articles without a date, in the order of their headlines' ids, numbered like any list."""

    count: int
    teasers: tuple[Teaser, ...]
    pager: Pager


class FigureEntry(Struct, frozen=True):
    """A figure in the picture index: its words, its article, and its picture if the archive has it."""

    alt: str | None
    caption: str | None
    credit: str | None
    language: str
    direction: Direction
    headline: str
    url: str
    published: ArticleDate | None
    picture: Picture | None


class PicturesView(Struct, frozen=True):
    """A contact sheet of the pictures the archive has, newest first, and the credits as an index."""

    figures: tuple[FigureEntry, ...]
    count: int
    missing: int
    credits: tuple[TermCount, ...]
    pager: Pager


class CreditView(Struct, frozen=True):
    """All figures with one credit, newest first."""

    name: str
    language: str
    direction: Direction
    count: int
    figures: tuple[FigureEntry, ...]
    pager: Pager


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Tally(Struct, frozen=True):
    """A line of a table of counts."""

    label: str
    count: int


class AboutView(Struct, frozen=True):
    """How the archive was made: what was read, dropped and doubtful. `unread` and `doubts` are (file, line, message),
    at most 200 each; the counts are of all."""

    articles: int
    first_year: int | None
    last_year: int | None
    languages: tuple[tuple[LanguageLink, int], ...]
    undated: int
    date_origins: tuple[Tally, ...]
    encodings: tuple[Tally, ...]
    figures: int
    figures_without_picture: int
    set_aside: tuple[Tally, ...]
    unread: tuple[tuple[str, int, str], ...]
    unread_count: int
    doubts: tuple[tuple[str, int, str], ...]
    doubts_count: int
    terms: tuple[Tally, ...]
    version: str
    attributions: tuple[NavLink, ...] = ()


class NotFoundView(Struct, frozen=True):
    """The page a host shows for an address that is not there; it may stand at any depth, so its links are absolute."""


class MovedView(Struct, frozen=True):
    """What stands at an address that has changed: where to, and the headline."""

    url: str
    headline: str
    language: str


class WithdrawnView(Struct, frozen=True):
    """What stands where a withdrawn article was: when and why it was withdrawn, as far as that is said."""

    date: ArticleDate | None
    reason: str | None


View = (
    FrontView
    | ArticleView
    | TermsView
    | TermView
    | LanguageView
    | YearView
    | MonthView
    | DayView
    | OnThisDayView
    | SearchView
    | UndatedView
    | PicturesView
    | CreditView
    | AboutView
    | NotFoundView
    | MovedView
    | WithdrawnView
)
