"""Sitemaps: every address of the archive for crawlers, and the news sitemap while there is news.

`sitemap.xml` is an index; behind it stand files of articles, oldest first, and files of lists. A file holds at most
`CHUNK` addresses, a fifth of what the protocol allows: the files of older articles stay as they are, and the newest,
which every new article writes again, stays small.

`lastmod` is when the article was last corrected, else when it was published, never when it was built: a crawler that
is told that everything changed soon believes nothing. Lists have none. An article's first picture is an image entry,
its translations are links with their languages.
Google's news sitemap is for the last two days before the build's day (`--as-of`) and holds 1,000 articles at most; an
archive without news has none.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import islice

from generator.catalogue.rows import FeedRow
from generator.model import ArticleDate, Page
from generator.pages import terms
from generator.pages.files import StaticJob
from generator.pages.heads import hreflangs, machine_date, preview
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.urls import date_url, path_of, permalink, term_url

CHUNK = 10_000
NEWS = 1000
NEWS_DAYS = 2
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def plan(p: Planning) -> Iterator[Page]:
    if not p.settings.base_url:
        return
    files: list[tuple[str, str]] = []
    rows = p.catalogue.sitemap_rows()
    number = 0
    while chunk := list(islice(rows, CHUNK)):
        number += 1
        url = f"/sitemaps/articles-{number}.xml"
        shown = [(row.url, row.day, row.modified, row.lead, row.pictures, p.translations.get(row.source, ())) for row in chunk]
        files.append((url, _last(chunk)))
        yield _planned(p, "articles", url, shown)
    addresses = _lists(p)
    number = 0
    while some := list(islice(addresses, CHUNK)):
        number += 1
        url = f"/sitemaps/lists-{number}.xml"
        files.append((url, ""))
        yield _planned(p, "lists", url, some)
    fresh = fresh_articles(p)
    if fresh:
        url = "/sitemaps/news.xml"
        files.append((url, _last(fresh)))
        yield _planned(p, "news", url, [(row.shows, row.day) for row in fresh])
    needs = "\n".join(f"{url} {last}" for url, last in files)
    yield Page(
        "sitemap", f"index{SEPARATOR}", "/sitemap.xml", "sitemap.xml", p.plain_inputs(p.main, "sitemap", files), needs
    )


def fresh_articles(p: Planning) -> list[FeedRow]:
    """The articles of the news sitemap, newest first."""
    if not p.today:
        return []
    first = date.fromisoformat(p.today) - timedelta(days=NEWS_DAYS)
    return p.catalogue.fresh_rows(first.isoformat(), p.today)[:NEWS]


def _planned(p: Planning, form: str, url: str, shown: object) -> Page:
    return Page("sitemap", f"{form}{SEPARATOR}{url}", url, path_of(url), p.plain_inputs(p.main, url, shown))


def _lists(p: Planning) -> Iterator[str]:
    """The addresses of all pages that lead to articles; of a list of several pages the first."""
    yield "/"
    yield "/about/"
    yield "/pictures/"
    for kind in terms.kinds(p):
        yield from terms.index_urls(p, kind)
        for row in p.terms(kind):
            yield term_url(kind, row.key)
    for code, _ in p.languages:
        yield f"/{code}/"
        if p.undated(code):
            yield f"/{code}/undated/"
        for year, _ in p.years(code):
            yield date_url(code, year)
        for month in p.shelf(code, 7).order:
            yield date_url(code, int(month[:4]), int(month[5:7]))


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load(p: Planning, pages: Sequence[Page]) -> Iterator[StaticJob]:
    for page in pages:
        form = page.key.partition(SEPARATOR)[0]
        if form == "index":
            yield StaticJob(_index(p, page.needs))
        elif form == "news":
            yield StaticJob(_news(p))
        else:
            number = int(page.url.removesuffix(".xml").rpartition("-")[2])
            between = ((number - 1) * CHUNK, number * CHUNK)
            if form == "articles":
                yield StaticJob(_articles(p, list(islice(p.catalogue.sitemap_rows(), *between))))
            else:
                yield StaticJob(_set("", (_url(p, url) for url in islice(_lists(p), *between))))


def _index(p: Planning, needs: str) -> bytes:
    out = [f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n']
    for line in needs.split("\n"):
        url, _, last = line.partition(" ")
        when = f"<lastmod>{last}</lastmod>" if last else ""
        out.append(f"<sitemap><loc>{escape(permalink(p.settings.base_url, url))}</loc>{when}</sitemap>\n")
    return "".join((*out, "</sitemapindex>\n")).encode()


def _set(namespaces: str, entries: Iterator[str]) -> bytes:
    return "".join((f'{_HEAD}<urlset xmlns="{_NAMESPACE}"{namespaces}>\n', *entries, "</urlset>\n")).encode()


def _url(p: Planning, url: str, more: str = "") -> str:
    return f"<url><loc>{escape(permalink(p.settings.base_url, url))}</loc>{more}</url>\n"


def _articles(p: Planning, rows: Sequence[FeedRow]) -> bytes:
    pictures = p.pictures([row.lead for row in rows if row.lead])
    corrected = p.catalogue.modified([row.source for row in rows if row.modified])

    def entries() -> Iterator[str]:
        for row in rows:
            last = lastmod(row.day, corrected.get(row.source))
            more = f"<lastmod>{last}</lastmod>" if last else ""
            if row.lead in pictures:
                image = permalink(p.settings.base_url, preview(pictures[row.lead])[0])
                more += f"<image:image><image:loc>{escape(image)}</image:loc></image:image>"
            for code, address in hreflangs(p.settings.base_url, p.translations.get(row.source, ())):
                more += f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
            yield _url(p, row.url, more)

    namespace = ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"' if pictures else ""
    if any(row.source in p.translations for row in rows):
        namespace += ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _set(namespace, entries())


def lastmod(day: str, modified: ArticleDate | None) -> str:
    """When an article last changed; empty where not even the day is known, for the schema of sitemaps takes no month."""
    if modified is not None and modified.day:
        return machine_date(modified)
    return "" if day.endswith("-00") else day


def _last(rows: Sequence[FeedRow]) -> str:
    """The newest day of some articles. Corrections do not count here: they would have to be decoded for all."""
    return max((lastmod(row.day, None) for row in rows), default="")


def _news(p: Planning) -> bytes:
    rows = fresh_articles(p)
    teasers = p.teasers_of([row.source for row in rows])
    title = escape(p.sites[p.main].title)

    def entries() -> Iterator[str]:
        for row, teaser in zip(rows, teasers, strict=True):
            published = teaser.published
            when = machine_date(published) if published else row.day
            yield _url(
                p,
                row.url,
                f"<news:news><news:publication><news:name>{title}</news:name><news:language>{row.language}"
                f"</news:language></news:publication><news:publication_date>{when}</news:publication_date>"
                f"<news:title>{escape(teaser.headline)}</news:title></news:news>",
            )

    return _set(' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', entries())
