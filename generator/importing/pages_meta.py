"""What a web page says of its article outside the text: JSON-LD, meta elements, `<time>`, canonical address.

What lives here: the order in which a page's several statements are believed: what publishers write for search engines comes
first, because it is checked by somebody. What does not: finding the text (`page`).
"""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import etree

from generator.importing.literal import spaced
from generator.importing.records import Image, Person, Record

Element = etree._Element

_ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|Report|Review|OpinionNewsArticle|LiveBlogPosting|WebPage)$")
_decode = msgspec.json.Decoder().decode
_SITE = re.compile(r"\s+[|–—»·•:-]\s+")
_BAD_NAME = re.compile(r"https?://|@|^(?:admin|administrator|editor|webmaster|staff|unknown|none|null)$", re.IGNORECASE)


class Facts:
    """A page's statements, gathered in one pass over its elements."""

    def __init__(self, root: Element) -> None:
        self.meta: dict[str, list[str]] = {}
        self.times: list[tuple[str, str]] = []
        self.canonical = ""
        self.licence = ""
        self.title = ""
        self.scripts: list[str] = []
        for element in root.iter("meta", "link", "script", "time", "title"):
            _READERS[str(element.tag)](self, element)
        self.ld = self._article()

    def _meta(self, element: Element) -> None:
        content = element.get("content")
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content and name:
            self.meta.setdefault(name.lower(), []).append(spaced(content).strip())

    def _link(self, element: Element) -> None:
        rel = (element.get("rel") or "").lower().split()
        if "canonical" in rel:
            self.canonical = self.canonical or element.get("href") or ""
        if "license" in rel:
            self.licence = self.licence or element.get("href") or ""

    def _script(self, element: Element) -> None:
        if (element.get("type") or "").lower().startswith("application/ld+json") and element.text:
            self.scripts.append(element.text)

    def _time(self, element: Element) -> None:
        value = element.get("datetime") or spaced("".join(element.itertext())).strip()
        what = " ".join(filter(None, (element.get("itemprop"), element.get("class"))))
        if value:
            self.times.append((what, value))

    def _title(self, element: Element) -> None:
        self.title = self.title or spaced("".join(element.itertext())).strip()

    def _article(self) -> dict[str, Any]:
        best: dict[str, Any] = {}
        for script in self.scripts:
            text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$", "", script)
            try:
                value = _decode(re.sub(r"[\x00-\x1f]", " ", text).encode("utf-8", "replace"))
            except (msgspec.DecodeError, RecursionError):
                continue
            for found in _objects(value):
                kinds = found.get("@type")
                several = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLES.match(kind) for kind in several):
                    page = "WebPage" in several
                    if found.get("headline") or found.get("datePublished"):
                        best = {**found, **best} if page else {**best, **found}
        return best

    def one(self, *names: str) -> str:
        """The first value of the first of `names` that the page has."""
        for name in names:
            if values := self.meta.get(name):
                return values[0]
        return ""


_READERS = {
    "meta": Facts._meta,
    "link": Facts._link,
    "script": Facts._script,
    "time": Facts._time,
    "title": Facts._title,
}


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return spaced(html.unescape(value)).strip()
    if isinstance(value, list):
        return next((text for item in value if (text := _text(item))), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("url") or value.get("@id"))
    return ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,،;؛]", html.unescape(value)) if part.strip()]
    return [text for item in (value if isinstance(value, list) else [value]) if (text := _text(item))]


def stated(root: Element, facts: Facts, address: str, record: Record) -> None:
    """Fill `record` with what the page says of itself."""
    ld = facts.ld
    record.url = _address(facts.canonical or facts.one("og:url"), address) or (
        address if address.startswith("http") else None
    )
    record.headline = _headline(root, facts) or None
    dated = [
        value
        for what, value in facts.times
        if re.search(r"publish|datepublished|entry-date|post-date|pubdate", what, re.IGNORECASE)
    ]
    record.published = (
        _text(ld.get("datePublished"))
        or facts.one(
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "parsely-pub-date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "dc.date",
            "dc.date.created",
            "date",
            "cxenseparse:recs:publishtime",
            "sailthru.date",
            "article_date_original",
            "originalpublicationdate",
            "citation_publication_date",
            "weibo:article:create_at",
        )
        or next(iter(dated), "")
        or next(
            (value for what, value in facts.times if re.match(r"\d{4}-\d\d-\d\d", value) and "modif" not in what), None
        )
    )
    record.modified = (
        _text(ld.get("dateModified"))
        or facts.one("article:modified_time", "og:updated_time", "datemodified", "lastmod")
        or None
    )
    authors = ld.get("author") or ld.get("creator")
    names = [_text(item) for item in (authors if isinstance(authors, list) else [authors])]
    names = (
        names
        if any(names)
        else facts.meta.get("author", [])
        or facts.meta.get("parsely-author", [])
        or facts.meta.get("article:author", [])
    )
    record.bylines = [Person(name) for name in names if name and len(name) < 100 and not _BAD_NAME.search(name)]
    publisher = ld.get("publisher") or ld.get("sourceOrganization")
    record.publisher = (
        _text(publisher)
        or facts.one("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
        or None
    )
    if record.publisher and record.publisher.startswith("http"):
        record.publisher = facts.one("og:site_name") or None
    section = _texts(ld.get("articleSection")) or facts.meta.get("article:section", [])
    record.desk = section[0] if section else None
    record.topics = facts.meta.get("article:tag", []) or _texts(ld.get("keywords"))
    if not record.topics:
        record.topics = [
            word
            for value in facts.meta.get("news_keywords", []) or facts.meta.get("keywords", [])
            for word in _texts(value)
        ]
    record.topics = [topic for topic in record.topics if len(topic) < 80][:30]
    record.language = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _text(ld.get("inLanguage"))
        or facts.one("og:locale", "content-language")
        or None
    )
    record.language_doubtful = True
    record.standfirst = (
        _text(ld.get("description")) or facts.one("og:description", "description", "dc.description") or None
    )
    record.licence = _text(ld.get("license")) or facts.licence or facts.one("dc.rights", "dcterms.license") or None


def lead_image(facts: Facts, base: str) -> Image | None:
    """The picture that the page gives to be shown with links to it."""
    value = facts.ld.get("image")
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        address = _text(value.get("url") or value.get("contentUrl"))
        image = Image(
            urljoin(base, address),
            "",
            _text(value.get("caption")),
            _text(value.get("creditText") or value.get("copyrightHolder")),
        )
    else:
        image = Image(_text(value) or facts.one("og:image", "twitter:image"), facts.one("og:image:alt"))
    return image if image.address else None


def _address(address: str, base: str) -> str | None:
    """A canonical address; the front page's is a mistake when the page's own is longer."""
    if not address:
        return None
    try:
        whole = urljoin(base, address) if base.startswith("http") else address
        parts, own = urlsplit(whole), urlsplit(base)
    except ValueError:
        return None
    if not parts.netloc or (
        parts.path in ("", "/") and not parts.query and own.path not in ("", "/") and base.startswith("http")
    ):
        return None
    return whole


def _headline(root: Element, facts: Facts) -> str:
    """The headline: as JSON-LD has it, else the `<h1>` that the title begins with, else the title without the site's name."""
    title = facts.one("og:title", "twitter:title", "dc.title", "title") or facts.title
    heads = [spaced("".join(h1.itertext())).strip() for h1 in root.iter("h1")]
    heads = [head for head in heads if head]
    ld = _text(facts.ld.get("headline"))
    for head in heads:
        if head == ld or (len(head) > 10 and (head in title or title in head or head in facts.title)):
            return head
    if ld and len(ld) < 300:
        return ld
    if len(heads) == 1 and len(heads[0]) > 15:
        return heads[0]
    site = facts.one("og:site_name")
    parts = _SITE.split(title)
    if len(parts) > 1 and (
        (site and parts[-1].casefold() in (site.casefold(), *site.casefold().split()))
        or len(parts[-1]) < 0.4 * len(title)
    ):
        return title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    return title
