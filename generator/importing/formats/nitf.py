"""NITF, the agencies' XML since 1998: one document a story, or several in one file."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing.markup_xml import Element, below, children, inner_markup, local_name, parse_document, text_of
from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import xml_elements

NAME = "nitf"
TITLE = "NITF"
SINGLE = True
NEEDS = ("lxml",)

_NAMES = frozenset([b"nitf"])


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = sample.head[:8192]
    return 90 if re.search(rb"<nitf[\s>]", head) and b"<newsItem" not in head else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Nothing has to be known before."""
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        mapping={
            "hedline/hl1": "headline",
            "hl2": "standfirst",
            "body.content": "text",
            "date.issue, story.date": "published",
            "byline": "authors",
            "doc-id": "id",
            "key-list, identified-content": "topic",
            "media": "images",
            "rights, copyrite": "licence",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The documents of a stream."""
    return xml_elements(stream, leaf, _NAMES)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The story in one document."""
    yield story(parse_document(raw.data))


def story(root: Element) -> Record:
    """What an `<nitf>` element says. Raises `Unreadable` for one without body."""
    body = next(below(root, "body"), None)
    if body is None:
        raise Unreadable("there is no <body>")
    record = Record(form="html")
    record.topics, record.people, record.places, record.organisations = [], [], [], []
    record.bylines, record.images, record.extra = [], [], {}
    record.headline = _first(body, "hl1") or _first(root, "title") or None
    record.standfirst = _first(body, "hl2", "abstract") or None
    record.id = _attribute(root, "doc-id", "id-string")
    record.published = (
        _attribute(root, "date.issue", "norm")
        or _attribute(root, "story.date", "norm")
        or _attribute(root, "pubdata", "date.publication")
    )
    record.modified = _attribute(root, "date.release", "norm")
    record.url = _attribute(root, "pubdata", "ex-ref")
    record.publisher = (
        _attribute(root, "pubdata", "name")
        or _first(body, "distributor")
        or _attribute(root, "doc.copyright", "holder")
    )
    record.licence = _first(body, "rights") or _attribute(root, "doc-scope", "rights")
    record.desk = _attribute(root, "pubdata", "position.section") or _attribute(root, "fixture", "fix-id")
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or body.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    record.language = language or _attribute(root, "tobject", "tobject.language")
    for byline in below(body, "byline"):
        role = _first(byline, "byttl")
        name = _first(byline, "person") or " ".join(text_of(byline).replace(role, "").split())
        record.bylines.append(Person(name, role or None))
    record.topics += [key.get("key") or "" for key in below(root, "keyword")]
    record.topics += [
        text
        for part in below(root, "tobject.subject")
        if (text := part.get("tobject.subject.matter") or part.get("tobject.subject.type") or "")
    ]
    for part in below(root, "identified-content"):
        for ours, theirs in (
            (record.people, "person"),
            (record.places, "location"),
            (record.organisations, "org"),
            (record.topics, "classifier"),
        ):
            ours += [" ".join((text_of(found) or found.get("value") or "").split()) for found in below(part, theirs)]
    if dateline := _first(body, "dateline"):
        record.extra["dateline"] = dateline
    content = next(below(body, "body.content"), body)
    record.text = _markup(content)
    tagline = _first(body, "tagline")
    if tagline:
        record.text += f"<p>{tagline}</p>"
    return record


def _markup(content: Element) -> str:
    """The content as HTML: media become figures, the rest has HTML's names already."""
    parts = []
    for child in content:
        if not isinstance(child.tag, str):
            continue
        name = local_name(child)
        if name == "block":
            parts.append(_markup(child))
        elif name == "media":
            parts.append(_media(child))
        elif name in ("hl1", "hl2"):
            parts.append(f"<h2>{inner_markup(child)}</h2>")
        elif name == "bq":
            parts.append(f"<blockquote>{inner_markup(child)}</blockquote>")
        else:
            parts.append(f"<{name}>{inner_markup(child)}</{name}>")
    return "".join(parts) or inner_markup(content)


def _media(media: Element) -> str:
    import html

    caption = " ".join(inner_markup(part) for part in below(media, "media-caption"))
    credit = _first(media, "media-producer")
    cite = f" <cite>{html.escape(credit)}</cite>" if credit else ""
    out = []
    for reference in children(media, "media-reference"):
        image = Image(reference.get("source") or reference.get("name") or "", reference.get("alternate-text") or "")
        if (media.get("media-type") or "image") in ("image", "photo") or re.search(
            r"\.(?:jpe?g|png|gif|webp)$", image.address, re.IGNORECASE
        ):
            out.append(
                f'<figure><img src="{html.escape(image.address)}" alt="{html.escape(image.alt)}">'
                f"<figcaption>{caption}{cite}</figcaption></figure>"
            )
        else:
            out.append(f'<p><a href="{html.escape(image.address)}">{caption or html.escape(image.address)}</a></p>')
    return out[0] if out else f"<p>{caption}</p>" if caption else ""


def _first(element: Element, *names: str) -> str:
    for name in names:
        for found in below(element, name):
            if text := " ".join(text_of(found).split()):
                return text
    return ""


def _attribute(root: Element, name: str, attribute: str) -> str | None:
    return next((value for found in below(root, name) if (value := found.get(attribute))), None)
