"""Feeds: Atom, RSS 2.0 and JSON Feed of the archive and of each of its languages, Atom of the topics most used.

What lives here: which feeds there are, and their bytes. What does not: the links to them (`shell_head.html`,
`term.html`).

A subscription document holds the newest articles. Behind the archive's Atom feed stand archive documents (RFC 5005):
the articles of one month (of one year, where a year has few), in parts of at most `CHUNK`, linked from newest to
oldest. A document of a time that is over never changes unless one of its own articles does, which is why it has no
`next-archive`: the last one would be written again when a new month begins. Languages have no archive documents of
their own; the archive's hold every article with its language.

An entry of a feed must have a time (RFC 4287, 4.1.1), so articles of which not even the day is known are in no feed;
the sitemap has them. Every address in a feed is absolute: without `base_url` there are none.

Written by hand and not through a template: no theme has a say in a standard, and 100,000 entries cost a second.
"""

import json
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import groupby

from generator import language
from generator.catalogue import Touched
from generator.catalogue.rows import FeedRow, TermRow
from generator.model import ArticleDate, Page, Scope, Teaser
from generator.pages.files import StaticJob
from generator.pages.heads import preview
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.pages.views import Alternate
from generator.urls import permalink, term_url

NEWEST = 50
"""Articles in a subscription document."""
CHUNK = 200
"""Articles in one archive document at most: about 200 KB."""
FORMATS = {
    "atom": ("atom.xml", "application/atom+xml"),
    "rss": ("rss.xml", "application/rss+xml"),
    "json": ("feed.json", "application/feed+json"),
}


def plan(p: Planning) -> Iterator[Page]:
    if not p.settings.base_url:
        return
    newest: dict[str, deque[FeedRow]] = {code: deque(maxlen=NEWEST) for code in scopes(p)}
    older: str | None = None
    whole: list[FeedRow] = []
    many = {f"{year:04d}" for year, count in p.years() if count > CHUNK}
    for _, rows in groupby(p.catalogue.feed_rows(), key=lambda row: _span(row, many)):
        waiting, whole = whole, []
        if waiting:  # the time before is over: what is left of it is its last document
            page, older = _archived(p, waiting, _span(waiting[0], many), older)
            yield page
        for row in rows:
            for code in ("", row.language) if p.several else ("",):
                newest[code].append(row)
            whole.append(row)
            if len(whole) == CHUNK:
                page, older = _archived(p, whole, _span(row, many), older)
                yield page
                whole = []
    for code, last in newest.items():
        shown = list(last)
        if not code and len(whole) > len(shown):
            shown = whole  # everything is in the subscription document or in an archive document
        for form, (name, _type) in FORMATS.items():
            behind = older if form == "atom" and not code else None
            yield _planned(p, (form, code, behind or ""), f"{_folder(code)}{name}", code or p.main, shown)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """All but the feeds of topics, which `terms` plans."""
    del t
    yield from (Scope.below("feed", f"{form}{SEPARATOR}") for form in (*FORMATS, "archive"))
    yield from plan(p)


def scopes(p: Planning) -> list[str]:
    """What has feeds of its own besides topics: "" is the whole archive, and the languages if they are several."""
    return ["", *(code for code, _ in p.languages)] if p.several else [""]


def of(code: str, main: str, several: bool, title: str) -> tuple[Alternate, ...]:
    """The feeds that pages in `code` point to: those of the whole archive where it speaks its own language, and those
    of the language."""
    found: list[Alternate] = []
    if code == main or not several:
        found += [Alternate(media, _folder("") + name, title) for name, media in FORMATS.values()]
    if several and code:
        label = f"{title} · {language.autonym(code)}"
        found += [Alternate(media, _folder(code) + name, label) for name, media in FORMATS.values()]
    return tuple(found)


def _folder(code: str) -> str:
    return f"/{code}/feeds/" if code else "/feeds/"


def _span(row: FeedRow, many: set[str]) -> str:
    """The time whose articles stand together: a month, or in a year of few articles the year, so that an archive of a
    hundred years with an article a month does not have as many documents as articles."""
    return row.day[:7] if row.day[:4] in many else row.day[:4]


def _archived(p: Planning, rows: Sequence[FeedRow], span: str, older: str | None) -> tuple[Page, str]:
    """The page of an archive document, and its url: its time and the number of its part."""
    stem = f"/feeds/archive/{span}_"
    number = int(older[len(stem) : -len(".xml")]) + 1 if older is not None and older.startswith(stem) else 1
    url = f"{stem}{number}.xml"
    return _planned(p, ("archive", "", older or ""), url, p.main, rows), url


def _planned(
    p: Planning, key: Sequence[str], url: str, code: str, rows: Sequence[FeedRow], title: str = ""
) -> Page:
    shown = [(row.shows, row.pictures, row.modified) for row in rows]
    needs = SEPARATOR.join(row.source for row in rows)
    inputs = p.plain_inputs(code, url, key, title, shown)
    return Page("feed", SEPARATOR.join((*key, url)), url, url[1:], inputs, needs)


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def topic_url(key: str, ending: str) -> str:
    """A file beside the page of a topic."""
    return term_url("topic", key).removesuffix("html") + ending


def plan_topic(p: Planning, row: TermRow) -> Page:
    """The feed of a topic."""
    rows = p.catalogue.newest_of_term("topic", row.key, NEWEST)[::-1]
    whole = "" if row.count > len(rows) else "complete"
    return _planned(p, ("topic", row.key, whole), topic_url(row.key, "xml"), row.language, rows, row.name)


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load(p: Planning, pages: Sequence[Page]) -> Iterator[StaticJob]:
    for page in pages:
        form, scope, more, _ = page.key.split(SEPARATOR)
        sources = page.needs.split(SEPARATOR) if page.needs else []
        entries = _entries(p, sources)[::-1]
        if form == "rss":
            yield StaticJob(_rss(p, page, scope, entries))
        elif form == "json":
            yield StaticJob(_json(p, page, scope, entries))
        else:
            yield StaticJob(_atom(p, page, form, scope, more, entries))


Entry = tuple[Teaser, ArticleDate | None]


def _entries(p: Planning, sources: Sequence[str]) -> list[Entry]:
    """(teaser with its picture, date of the last change) of some articles."""
    modified = p.catalogue.modified(sources)
    return [(teaser, modified.get(source)) for source, teaser in zip(sources, p.teasers_of(sources), strict=True)]


def instant(date: ArticleDate) -> datetime:
    """A date as a moment: of a day without hour its beginning, of an hour without zone as if it were UTC."""
    try:
        moment = datetime.fromisoformat(date.iso)
    except ValueError:  # an hour that no clock shows, as some sources write midnight
        moment = datetime(date.year, date.month or 1, date.day or 1)  # noqa: DTZ001 — the zone follows
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stamp(date: ArticleDate) -> str:
    return instant(date).isoformat().replace("+00:00", "Z")


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _rfc822(date: ArticleDate) -> str:
    at = instant(date)
    day = _DAYS[at.weekday()]
    month = _MONTHS[at.month - 1]
    return f"{day}, {at.day:02d} {month} {at.year:04d} {at:%H:%M:%S} {at:%z}"


def _name(base: str, name: str) -> str:
    """An entry's id: it stays when the article's address changes."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{base}#{name}')}"


def _title(p: Planning, form: str, scope: str) -> str:
    site = p.sites[p.interface(scope) if form != "topic" else p.main]
    if form == "topic":
        return f"{p.named('topic')[scope].name} · {site.title}"
    return f"{site.title} · {language.autonym(scope)}" if scope else site.title


def _home(form: str, scope: str) -> str:
    if form == "topic":
        return term_url("topic", scope)
    return f"/{scope}/" if scope else "/"


def _latest(entries: Iterable[Entry]) -> ArticleDate | None:
    """The newest date of some entries: feeds say when their articles changed, never when they were built."""
    dates = [date for teaser, modified in entries for date in (teaser.published, modified) if date]
    return max(dates, key=instant, default=None)


_START = ArticleDate(1970, 1, 1)
"""When a feed without entries was last changed: RFC 4287 wants a time."""


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _atom(p: Planning, page: Page, form: str, scope: str, more: str, entries: Sequence[Entry]) -> bytes:
    base = p.settings.base_url
    main = page.url if form != "archive" else f"{_folder('')}{FORMATS['atom'][0]}"
    title = _title(p, form, scope)
    code = p.main if form == "archive" or not scope else scope
    if form == "topic":
        code = entries[0][0].language if entries else p.main
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="{code}">\n',
        f"<title>{escape(title)}</title>\n<id>{_name(base, main)}</id>\n",
        f"<updated>{_stamp(_latest(entries) or _START)}</updated>\n",
        f"<author><name>{escape(p.sites[p.main].title)}</name></author>\n",
        f'<link rel="self" type="application/atom+xml" href="{escape(permalink(base, page.url))}"/>\n',
        f'<link rel="alternate" type="text/html" href="{escape(permalink(base, _home(form, scope)))}"/>\n',
    ]
    if form == "archive":
        out.append(f'<link rel="current" href="{escape(permalink(base, main))}"/>\n<fh:archive/>\n')
    if form == "topic":
        out.append("<fh:complete/>\n" if more else "")
    elif more:
        out.append(f'<link rel="prev-archive" href="{escape(permalink(base, more))}"/>\n')
    if licence := p.sites[p.main].licence:
        out.append(f"<rights>{escape(licence.label)}</rights>\n")
    out += [_entry(base, teaser, modified) for teaser, modified in entries]
    return "".join((*out, "</feed>\n")).encode()


def _entry(base: str, teaser: Teaser, modified: ArticleDate | None) -> str:
    published = teaser.published or _START
    url = escape(permalink(base, teaser.url))
    topics = "".join(f'<category term="{escape(name)}"/>' for name in teaser.topics)
    summary = ""
    if teaser.standfirst:
        summary = (
            '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"'
            f' lang="{teaser.language}" xml:lang="{teaser.language}" dir="{teaser.direction}">'
            f"{escape(teaser.standfirst)}</div></summary>"
        )
    return (
        f'<entry xml:lang="{teaser.language}"><title>{escape(teaser.headline)}</title><id>{_name(base, teaser.id)}</id>'
        f'<link href="{url}" hreflang="{teaser.language}"/><published>{_stamp(published)}</published>'
        f"<updated>{_stamp(modified or published)}</updated>{topics}{summary}</entry>\n"
    )


def _rss(p: Planning, page: Page, scope: str, entries: Sequence[Entry]) -> bytes:
    base = p.settings.base_url
    site = p.sites[p.interface(scope or p.main)]
    title = _title(p, "rss", scope)
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n',
        f"<title>{escape(title)}</title>\n<link>{escape(permalink(base, _home('rss', scope)))}</link>\n",
        f"<description>{escape(site.tagline or title)}</description>\n<language>{scope or p.main}</language>\n",
        f'<atom:link rel="self" type="application/rss+xml" href="{escape(permalink(base, page.url))}"/>\n',
        f"<lastBuildDate>{_rfc822(_latest(entries) or _START)}</lastBuildDate>\n",
    ]
    for teaser, _ in entries:
        url = permalink(base, teaser.url)
        text = f'<p lang="{teaser.language}" dir="{teaser.direction}">{escape(teaser.standfirst or teaser.headline)}</p>'
        out.append(
            f"<item><title>{escape(teaser.headline)}</title><link>{escape(url)}</link>"
            f'<guid isPermaLink="false">{_name(base, teaser.id)}</guid>'
            f"<pubDate>{_rfc822(teaser.published or _START)}</pubDate>"
            + "".join(f"<category>{escape(name)}</category>" for name in teaser.topics)
            + f"<description>{escape(text)}</description></item>\n"
        )
    return "".join((*out, "</channel></rss>\n")).encode()


def _json(p: Planning, page: Page, scope: str, entries: Sequence[Entry]) -> bytes:
    """JSON Feed 1.1. It has no direction of its own, so its text is HTML, which has one."""
    base = p.settings.base_url
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(p, "json", scope),
        "home_page_url": permalink(base, _home("json", scope)),
        "feed_url": permalink(base, page.url),
        "language": scope or p.main,
        "items": [_item(base, *entry) for entry in entries],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(base: str, teaser: Teaser, modified: ArticleDate | None) -> dict[str, object]:
    published = teaser.published or _START
    text = escape(teaser.standfirst or teaser.headline)
    item: dict[str, object] = {
        "id": _name(base, teaser.id),
        "url": permalink(base, teaser.url),
        "title": teaser.headline,
        "content_html": f'<p lang="{teaser.language}" dir="{teaser.direction}">{text}</p>',
        "date_published": _stamp(published),
        "language": teaser.language,
    }
    if modified:
        item["date_modified"] = _stamp(modified)
    if teaser.topics:
        item["tags"] = list(teaser.topics)
    if teaser.picture:
        item["image"] = permalink(base, preview(teaser.picture)[0])
    return item
