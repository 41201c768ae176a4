"""NewsML-G2: news items, alone or many in a message, with text in XHTML, in NITF or plain."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing.formats import nitf
from generator.importing.markup_xml import Element, below, children, inner_markup, local_name, parse_document, text_of
from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import xml_elements

NAME = "newsml"
TITLE = "NewsML-G2"
SINGLE = True
NEEDS = ("lxml",)

_NAMES = frozenset([b"newsItem", b"packageItem", b"conceptItem", b"knowledgeItem", b"planningItem"])
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    return 92 if re.search(rb"<(?:newsItem|newsMessage|packageItem)[\s>]", sample.head[:8192]) else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Nothing has to be known before."""
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        mapping={
            "headline": "headline",
            "inlineXML, inlineData": "text",
            "contentCreated, firstCreated": "published",
            "versionCreated": "modified",
            "by, creator": "authors",
            "guid": "id",
            "subject": "topic, people, places, organisations",
            "rightsInfo": "licence",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The items of a stream."""
    return xml_elements(stream, leaf, _NAMES)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The story in one item."""
    item = parse_document(raw.data)
    kind = next((found.get("qcode") or found.get("uri") or "" for found in below(item, "itemClass")), "")
    if local_name(item) != "newsItem":
        yield Skipped(f"NewsML {local_name(item)}")
        return
    content = next(below(item, "contentSet"), None)
    texts = (
        []
        if content is None
        else [part for part in content if isinstance(part.tag, str) and local_name(part) in ("inlineXML", "inlineData")]
    )
    if not texts:
        yield Skipped(f"NewsML item without text{f' ({kind})' if kind else ''}")
        return
    status = next((found.get("qcode") or "" for found in below(item, "pubStatus")), "")
    if status.rsplit(":", 1)[-1] in ("canceled", "cancelled", "withheld"):
        yield Skipped(f"NewsML {status.rsplit(':', 1)[-1]}")
        return
    record = _text(texts[0])
    _about(item, record)
    yield record


def _text(part: Element) -> Record:
    story = next(below(part, "nitf"), None)
    if story is not None:
        return nitf.story(story)
    record = Record(form="html")
    record.topics, record.people, record.places, record.organisations = [], [], [], []
    record.bylines, record.images, record.extra = [], [], {}
    if local_name(part) == "inlineData" and "html" not in (part.get("contenttype") or ""):
        record.form, record.text = "plain", text_of(part)
        return record
    body = next(below(part, "body"), part)
    record.text = inner_markup(body) if len(body) else text_of(body)
    if not record.text.strip():
        raise Unreadable("the item has no text")
    return record


def _about(item: Element, record: Record) -> None:
    """What an item's metadata say; they count more than what its text may say of itself."""
    record.id = item.get("guid") or record.id
    record.key = f"newsml:{record.id}" if record.id else None
    if record.id and ":" in record.id:
        record.id = re.split(r"[:/]", record.id.rstrip("/"))[-1] or record.id
    about = next(below(item, "contentMeta"), item)
    meta = next(below(item, "itemMeta"), item)
    record.headline = _one(about, "headline") or record.headline or _one(meta, "title") or None
    record.published = (
        _one(about, "contentCreated") or _one(meta, "firstCreated") or _one(meta, "versionCreated") or record.published
    )
    record.modified = _one(about, "contentModified") or _one(meta, "versionCreated") or None
    record.standfirst = _one(about, "description") or record.standfirst
    record.language = (
        next((found.get("tag") or "" for found in below(about, "language")), "")
        or item.get(_XML_LANG)
        or record.language
    )
    if by := _one(about, "by"):
        record.bylines = [Person(by)]
    elif names := [name for found in children(about, "creator") if (name := _one(found, "name"))]:
        record.bylines = [Person(name) for name in names]
    for subject in below(about, "subject"):
        if name := _one(subject, "name"):
            kind = (subject.get("type") or "").rsplit(":", 1)[-1].lower()
            ours = {
                "person": record.people,
                "organisation": record.organisations,
                "organization": record.organisations,
                "geoarea": record.places,
                "poi": record.places,
            }
            ours.get(kind, record.topics).append(name)
    record.places += [name for found in below(about, "located") if (name := _one(found, "name"))]
    record.publisher = (
        next(
            (name for found in below(meta, "provider") if (name := _one(found, "name") or found.get("literal") or "")),
            "",
        )
        or record.publisher
    )
    if slug := _one(about, "slugline"):
        record.extra["slugline"] = slug
    rights = next(below(item, "rightsInfo"), None)
    if rights is not None:
        record.licence = _one(rights, "usageTerms", "copyrightNotice") or record.licence
    for remote in below(item, "remoteContent"):
        if (remote.get("contenttype") or "").startswith("image/"):
            record.images.append(Image(remote.get("href") or "", _one(item, "altText")))


def _one(element: Element, *names: str) -> str:
    for name in names:
        for found in below(element, name):
            if text := " ".join(text_of(found).split()):
                return text
    return ""
