"""The head of an article's page: what search engines, reference managers, feed readers and link previews read there.

What lives here: which field of which vocabulary an article fills, each only where there is data for it. What does not:
the tags themselves (`templates/head_article.html`), and the canonical link, title and description, which every page has
(`base.html`).

Five vocabularies say nearly the same, because five kinds of readers look at one each: schema.org (search engines),
Open Graph (previews), Dublin Core (library catalogues), Highwire's `citation_*` (Google Scholar, Citoid) and Zotero's
`z.itemType`, without which Zotero saves a `citation_title` as a journal article and an `og:type` as a web page.
What needs an absolute address is left out of a site that has no `base_url`.

Made in the worker from the article as it was read again: the parent would have to carry all of this for every page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.catalogue.translations import Edition
from generator.html import script_json
from generator.model import Article, ArticleDate, Figure, Picture, Teaser
from generator.pages.views import Alternate, HeadView, MetaTag, PageView, SiteView, TermLink
from generator.urls import permalink

LOCALES = {
    "ar": "ar_AR", "bn": "bn_BD", "ckb": "ckb_IQ", "de": "de_DE", "en": "en_GB", "es": "es_ES", "fa": "fa_IR",
    "fr": "fr_FR", "he": "he_IL", "hi": "hi_IN", "id": "id_ID", "pa-Arab": "pa_PK", "prs": "fa_AF", "ps": "ps_AF",
    "ru": "ru_RU", "sd": "sd_PK", "sw": "sw_TZ", "tr": "tr_TR", "ug": "ug_CN", "ur": "ur_PK", "yi": "yi_001",
    "zh": "zh_CN",
}  # fmt: skip
"""Open Graph wants a territory; here the one with most speakers. A language that is not here goes without."""
PAGE_FIELDS, EDITION_FIELDS, DATELINE_FIELDS = ("page", "pages", "صفحہ"), ("edition",), ("dateline",)
"""Fields of front matter beyond Roznama's own that say where in a printed paper an article stood."""
ABOUT = {"topic": "Thing", "person": "Person", "place": "Place", "organisation": "Organization"}
PREVIEW_WIDTH = 1200
"""Pixels that previews want of a picture; the narrowest rendition that has them is given."""


class SiteHead(Struct, frozen=True):
    """What the heads of all articles of one language share: the archive's name, public address and licence."""

    title: str
    base_url: str
    licence: str
    licence_url: str


def site_head(site: SiteView) -> SiteHead:
    licence = site.licence
    return SiteHead(site.title, site.base_url, licence.label if licence else "", licence.url if licence else "")


def head(
    article: Article, sha256: str, page: PageView, site: SiteHead, terms: Sequence[TermLink],
    pictures: Mapping[str, Picture], previous: Teaser | None, following: Teaser | None,
    editions: Sequence[Edition] = (), twins: tuple[Alternate, ...] = (),
) -> HeadView:  # fmt: skip
    """The complete head of an article, whose source has the digest `sha256`. `editions` are its translations, itself
    included, as `hreflang` wants them; `twins` are its own files among the data."""
    figures = ((block, pictures.get(block.src or "")) for block in article.body if isinstance(block, Figure))
    shown = [(figure, picture) for figure, picture in figures if picture is not None]
    foreign = article.language if article.language != page.language else None
    licence = article.licence if article.licence and article.licence.startswith("http") else None
    if article.licence is None and site.licence_url.startswith("http"):
        licence = site.licence_url
    return HeadView(
        names=(*_names(article, page, site, terms, foreign), *_provenance(article, sha256)),
        properties=tuple(_properties(article, page, site, terms, shown, editions)),
        data=script_json(_linked_data(article, page, site, terms, shown, licence, editions)),
        previous=previous.url if previous else None,
        next=following.url if following else None,
        original=article.url,
        licence=licence,
        alternates=twins,
        translations=tuple(hreflangs(site.base_url, editions)),
    )


def hreflangs(base_url: str, editions: Sequence[Edition]) -> Iterator[tuple[str, str]]:
    """(language, absolute address) of each edition, and of the one for readers of any other language (`x-default`): the
    original, where it is known which that is. None without `base_url`, since search engines want whole addresses."""
    told = [one for one in editions if one.language != "und"] if base_url else []
    for one in told:
        yield one.language, permalink(base_url, one.url)
    for one in told:
        if one.original:
            yield "x-default", permalink(base_url, one.url)


def machine_date(date: ArticleDate) -> str:
    """A date for machines: W3CDTF and schema.org know no hour without a zone, so such an hour is left out."""
    iso = date.iso
    return iso if date.time is None or date.time.endswith("Z") or "+" in date.time or "-" in date.time else iso[:10]


def extra(article: Article, names: Sequence[str]) -> str | None:
    """The first of some fields of front matter that Roznama has no place for."""
    if not article.extra:
        return None
    return next((article.extra[name] for name in names if article.extra.get(name)), None)


AUTHORITIES = {
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "viaf": "http://viaf.org/viaf/",
    "gnd": "https://d-nb.info/gnd/",
}


def same_address(same: str) -> str | None:
    """The address of an identifier elsewhere (`wikidata:Q858`), or `None` if its authority is not known."""
    if same.startswith(("http://", "https://")):
        return same
    authority, _, name = same.partition(":")
    return AUTHORITIES[authority] + name if authority in AUTHORITIES and name else None


def preview(picture: Picture) -> tuple[str, int, int]:
    """(url, width, height) of the picture that a preview shows."""
    for one in picture.renditions:
        if one.width >= PREVIEW_WIDTH:
            return one.url, one.width, one.height
    return picture.original, picture.width, picture.height


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _names(
    article: Article, page: PageView, site: SiteHead, terms: Sequence[TermLink], foreign: str | None
) -> Iterator[MetaTag]:
    """`<meta name>`: Highwire, Dublin Core, Zotero. `foreign` is the article's language where it is not the page's."""
    headline, published = article.headline, article.published
    newspaper = article.publisher or site.title
    yield "citation_title", headline, foreign
    for byline in article.bylines:
        yield "citation_author", byline.name, foreign
    if published:
        yield "citation_publication_date", published.iso[:10].replace("-", "/"), None
    yield "citation_journal_title", newspaper, None
    yield "citation_language", article.language, None
    if page.canonical:
        yield "citation_public_url", page.canonical, None
    if number := extra(article, PAGE_FIELDS):
        yield "citation_firstpage", number, None
    if terms:
        yield "citation_keywords", "; ".join(term.name for term in terms), foreign
    yield "DC.title", headline, foreign
    for byline in article.bylines:
        yield "DC.creator", byline.name, foreign
    if published:
        yield "DC.date", machine_date(published), None
    yield "DC.language", article.language, None
    yield "DC.publisher", newspaper, None
    for term in terms:
        yield ("DC.coverage" if term.kind == "place" else "DC.subject"), term.name, foreign
    yield "DC.type", "Text", None
    yield "DC.type", "newspaperArticle", None
    yield "DC.identifier", page.canonical or article.id, None
    if article.url:
        yield "DC.source", article.url, None
    if rights := article.licence or site.licence:
        yield "DC.rights", rights, None
    yield "z.itemType", "newspaperArticle", None


def _provenance(article: Article, sha256: str) -> Iterator[MetaTag]:
    """What `roznama verify` proves the source by."""
    yield "roznama.source", article.source, None
    yield "roznama.sha256", sha256, None


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _properties(
    article: Article, page: PageView, site: SiteHead, terms: Sequence[TermLink],
    shown: Sequence[tuple[Figure, Picture]], editions: Sequence[Edition],
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """`<meta property>`: Open Graph."""
    yield "og:type", "article"
    yield "og:title", article.headline
    if page.description:
        yield "og:description", page.description
    yield "og:site_name", site.title
    if locale := LOCALES.get(article.language):
        yield "og:locale", locale
    for one in editions:
        if one.source != article.source and one.language in LOCALES:
            yield "og:locale:alternate", LOCALES[one.language]
    if page.canonical:
        yield "og:url", page.canonical
    if shown and site.base_url:
        figure, picture = shown[0]
        url, width, height = preview(picture)
        yield "og:image", permalink(site.base_url, url)
        yield "og:image:width", str(width)
        yield "og:image:height", str(height)
        if alt := figure.alt or figure.caption:
            yield "og:image:alt", alt
    if article.published and article.published.day:
        yield "article:published_time", machine_date(article.published)
    if article.modified and article.modified.day:
        yield "article:modified_time", machine_date(article.modified)
    for term in terms:
        if term.kind in ("desk", "topic"):
            yield ("article:section" if term.kind == "desk" else "article:tag"), term.name


# ── linked data ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _linked_data(
    article: Article, page: PageView, site: SiteHead, terms: Sequence[TermLink],
    shown: Sequence[tuple[Figure, Picture]], licence: str | None, editions: Sequence[Edition],
) -> dict[str, Any]:  # fmt: skip
    """schema.org: the article, and with `base_url` the way to it."""
    base = site.base_url
    archive: dict[str, Any] = {"@type": "Collection", "name": site.title}
    news: dict[str, Any] = {"@type": "NewsArticle", "headline": article.headline, "inLanguage": article.language}
    if page.canonical:
        archive["url"] = base + "/"
        news |= {"@id": page.canonical, "url": page.canonical, "mainEntityOfPage": page.canonical}
    if article.standfirst:
        news["description"] = article.standfirst
    for name, date in (("datePublished", article.published), ("dateModified", article.modified)):
        if date:
            news[name] = machine_date(date)
    if article.bylines:
        news["author"] = [
            {"@type": "Person", "name": b.name} | ({"jobTitle": b.role} if b.role else {}) for b in article.bylines
        ]
    news["publisher"] = {"@type": "Organization", "name": article.publisher or site.title}
    news["isPartOf"] = archive
    news["identifier"] = article.id
    if shown and base:
        news["image"] = [_image(base, figure, picture) for figure, picture in shown]
    news |= _subjects(terms)
    for key, names in (("printPage", PAGE_FIELDS), ("printEdition", EDITION_FIELDS), ("dateline", DATELINE_FIELDS)):
        if value := extra(article, names):
            news[key] = value
    if article.url:
        news["isBasedOn"] = article.url
    if licence:
        news["license"] = licence
    elif article.licence:
        news["license"] = {"@type": "CreativeWork", "name": article.licence}
    news |= _translated(base, article, editions)
    graph = [news]
    if page.canonical:
        graph.append({"@type": "BreadcrumbList", "itemListElement": _trail(page, base, article.headline)})
    return {"@context": "https://schema.org", "@graph": graph}


def _translated(base: str, article: Article, editions: Sequence[Edition]) -> dict[str, Any]:
    """What an article was translated from, or the translations of an original."""
    mine = next((one for one in editions if one.source == article.source), None)
    if mine is None or not base:
        return {}
    others: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for one in editions:
        if one is not mine:
            entry = {"@type": "NewsArticle", "@id": permalink(base, one.url), "inLanguage": one.language}
            others[one.original].append(entry)
    if mine.original:
        return {"workTranslation": others[False]}
    return {"translationOfWork": others[True][0]} if others[True] else {}


def _subjects(terms: Sequence[TermLink]) -> dict[str, Any]:
    """What the article is about (topics), whom and what it mentions, and its section."""
    found: dict[str, Any] = {}
    for term in terms:
        if term.kind == "desk":
            found.setdefault("articleSection", term.name)
        elif term.kind in ABOUT:
            entry: dict[str, Any] = {"@type": ABOUT[term.kind], "name": term.name}
            if same := [address for address in map(same_address, term.same_as) if address]:
                entry["sameAs"] = same
            found.setdefault("about" if term.kind == "topic" else "mentions", []).append(entry)
    return found


def _image(base: str, figure: Figure, picture: Picture) -> dict[str, Any]:
    url, width, height = preview(picture)
    image: dict[str, Any] = {"@type": "ImageObject", "url": permalink(base, url), "width": width, "height": height}
    if figure.caption:
        image["caption"] = figure.caption
    if figure.credit:
        image["creditText"] = figure.credit
    return image


def _trail(page: PageView, base: str, headline: str) -> list[dict[str, Any]]:
    steps = [(crumb.label, permalink(base, crumb.url)) for crumb in page.crumbs if crumb.url]
    trail: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": at, "name": label, "item": url} for at, (label, url) in enumerate(steps, 1)
    ]
    return [*trail, {"@type": "ListItem", "position": len(steps) + 1, "name": headline}]
