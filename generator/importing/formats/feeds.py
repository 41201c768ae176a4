"""RSS and Atom, Blogger's export among them: one item or entry a record.

A feed often has only the beginning of a text; when nothing longer than a summary is there, that is noted as a doubt.
"""

import html
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from generator.importing.literal import has_markup
from generator.importing.markup_xml import (
    Element,
    below,
    child_text,
    children,
    encoding_of,
    inner_markup,
    local_name,
    name_of,
    namespaces,
    parse_part,
    text_of,
)
from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped
from generator.importing.splitting import xml_elements

NAME = "feed"
TITLE = "RSS or Atom feed"
SINGLE = False
NEEDS = ("lxml",)

_ENTRIES = frozenset([b"item", b"entry", b"atom:entry"])
_ROOT = re.compile(rb"<(?:rss|rdf:RDF|RDF|feed|atom:feed)[\s>]")


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = sample.head[:4096]
    return 80 if _ROOT.search(head) and b"<html" not in head.lower()[:200] else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """What the feed says of itself."""
    head = sample.head
    cut = min((at for tag in (b"<item", b"<entry", b"<atom:entry") if (at := head.find(tag)) >= 0), default=len(head))
    declared, encoding = namespaces(head[:cut]), encoding_of(head)
    root = _ROOT.search(head[:cut])
    atom = root is not None and b"feed" in root[0]
    start = root.end() - 1 if root and atom else max(head.find(b"<channel"), 0)
    start = head.find(b">", start) + 1
    about = parse_part(b"<about>" + head[start:cut] + b"</about>", declared, encoding)
    base = child_text(about, "link") or next(
        (c.get("href") or "" for c in children(about, "link") if c.get("rel") != "self"), ""
    )
    return Plan(
        format=NAME,
        options=options,
        collection=urlsplit(base).netloc or collection,
        publisher=html.unescape(child_text(about, "title")) or None,
        language=child_text(about, "language", "dc:language") or None,
        base=base,
        header=declared,
        encoding=encoding,
        licence=child_text(about, "rights", "dc:rights", "cc:license") or None,
        mapping={
            "title": "headline",
            "content:encoded, content": "text",
            "description, summary": "standfirst",
            "pubDate, published": "published",
            "link": "url",
            "guid, id": "id",
            "dc:creator, author": "authors",
            "category": "topic",
            "enclosure, media:content": "images",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The items of a stream."""
    return xml_elements(stream, leaf, _ENTRIES)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article in one item."""
    item = parse_part(raw.data, plan.header, plan.encoding)
    kinds = [c.get("term") or "" for c in children(item, "category") if (c.get("scheme") or "").endswith("#kind")]
    if kinds and not kinds[0].endswith(("#post", "#page")):
        yield Skipped(f"Blogger {kinds[0].rsplit('#', 1)[-1]}")
        return
    record = Record(form="html", encoding=plan.encoding)
    record.topics, record.bylines, record.aliases, record.images, record.doubts = [], [], [], [], []
    record.headline = _markup(item, "title")
    summary = _markup(item, "description", "summary", "itunes:summary")
    record.text = _markup(item, "content:encoded", "content", "atom:content", "xhtml:body", "body")
    if not record.text:
        record.text, summary = summary, ""
        record.doubts.append("only a summary")
    if not has_markup(record.text):
        record.form = "plain"
    record.standfirst = summary if summary and summary not in record.text else None
    record.published = (
        child_text(
            item, "pubDate", "published", "atom:published", "dc:date", "date", "issued", "updated", "atom:updated"
        )
        or None
    )
    record.modified = child_text(item, "updated", "atom:updated", "modified", "dcterms:modified") or None
    record.url = _link(item)
    record.id = child_text(item, "guid", "id", "atom:id", "dc:identifier") or None
    if record.id and record.url and re.match(r"https?://", record.id):
        record.id = None if record.id == record.url else record.id
    record.key = f"{plan.options.collection or plan.collection}:{record.id}" if record.id else None
    if record.url and (path := urlsplit(record.url).path) not in ("", "/"):
        record.aliases.append(unquote(path))
    for author in children(item, "author", "creator"):
        name = child_text(author, "name", "atom:name") or text_of(author).strip()
        named = re.fullmatch(r"\S+@\S+\s*\((.+)\)", name)
        if name := (named[1] if named else "" if re.fullmatch(r"\S+@\S+", name) else name):
            record.bylines.append(Person(name))
    for category in children(item, "category", "subject"):
        name = category.get("label") or category.get("term") or text_of(category).strip()
        if not (category.get("scheme") or "").endswith("#kind") and name:
            record.topics.append(html.unescape(name))
    record.draft = any(text_of(mark).strip() == "yes" for mark in below(item, "draft"))
    record.language = child_text(item, "dc:language", "language") or item.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    record.publisher = child_text(item, "source", "dc:publisher") or None
    record.licence = child_text(item, "dc:rights", "rights", "cc:license") or None
    record.images += _images(item)
    yield record


def _markup(item: Element, *names: str) -> str:
    """The first of the named elements that says something: its text, or its own markup when it is XHTML."""
    for name in names:
        for child in item:
            if isinstance(child.tag, str) and name_of(child) == name:
                found = (
                    inner_markup(child)
                    if child.get("type") == "xhtml" or (len(child) and name != "title")
                    else text_of(child).strip()
                )
                if found.strip():
                    return found
    return ""


def _link(item: Element) -> str | None:
    links = list(children(item, "link", "origLink"))
    for link in sorted(
        links, key=lambda link: (local_name(link) != "origLink", link.get("rel") not in ("alternate", None))
    ):
        address = link.get("href") or text_of(link).strip()
        if address and link.get("rel") in (None, "alternate"):
            return address
    guid = child_text(item, "guid")
    return (
        guid
        if guid.startswith("http") and (next(children(item, "guid")).get("isPermaLink") or "true") == "true"
        else None
    )


def _images(item: Element) -> Iterator[Image]:
    for part in below(item, "enclosure", "content", "thumbnail"):
        address = part.get("url") or ""
        kind = part.get("type") or part.get("medium") or ("image" if local_name(part) == "thumbnail" else "")
        if address and (
            kind.startswith("image") or re.search(r"\.(?:jpe?g|png|gif|webp)(?:\?|$)", address, re.IGNORECASE)
        ):
            inside = {local_name(c): text_of(c).strip() for c in part if isinstance(c.tag, str)}
            yield Image(address, "", inside.get("description") or inside.get("title") or "", inside.get("credit") or "")
