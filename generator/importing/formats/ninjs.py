"""ninjs 1 to 3: news in JSON as the IPTC has it. Version 1 has one headline and `body_html`, 2 has lists of them, 3 writes
camelCase; all three are read."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import json_values, lines

NAME = "ninjs"
TITLE = "ninjs"
SINGLE = False
NEEDS: tuple[str, ...] = ()

_decode = msgspec.json.Decoder().decode
_SIGNS = re.compile(
    rb'"(?:body_x?html|body_text|bodies|versioncreated|versionCreated|contentCreated|contentcreated|headlines|pubstatus|pubStatus|altids|altIds)"\s*:'
)


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = sample.head[:16_384]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"[") or not re.search(rb'"uri"\s*:', head):
        return 0
    return 85 if len(set(_SIGNS.findall(head))) >= 2 else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Where the items are."""
    head = sample.head
    start = len(head) - len(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    layout = "array" if head[start : start + 1] == b"[" else "values"
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        facts={"layout": layout, "start": str(start)},
        mapping={
            "headline(s)": "headline",
            "body_html, bodies": "text",
            "versioncreated, contentCreated": "published",
            "byline, by": "authors",
            "uri": "id",
            "subject(s)": "topic",
            "person, place, organisation": "people, places, organisations",
            "associations": "images",
            "usageterms, copyrightholder": "licence",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The items of a stream."""
    if plan.facts["layout"] == "lines":
        return lines(stream, leaf)
    return json_values(stream, leaf, int(plan.facts["start"]), inside=plan.facts["layout"] == "array")


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The story in one item."""
    try:
        item = _decode(raw.data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"not JSON: {error}") from None
    if not isinstance(item, dict):
        raise Unreadable("this is no object with fields")
    item = {re.sub(r"[_-]", "", key).lower(): value for key, value in item.items()}
    kind = item.get("type") or "text"
    if kind not in ("text", "composite", "article"):
        yield Skipped(f"ninjs {kind}")
        return
    if item.get("pubstatus") in ("canceled", "cancelled", "withheld"):
        yield Skipped(f"ninjs {item['pubstatus']}")
        return
    record = Record()
    record.topics, record.people, record.places, record.organisations = [], [], [], []
    record.bylines, record.images, record.extra = [], [], {}
    uri = str(item.get("uri") or "")
    record.key = f"ninjs:{uri}" if uri else None
    record.id = re.split(r"[:/]", uri.rstrip("/"))[-1] or None
    record.url = next((text for name in ("url", "canonicalurl") if (text := _words(item.get(name)))), None) or (
        uri if uri.startswith("http") else None
    )
    record.headline = (
        _words(item.get("headline"))
        or _value(item.get("headlines"), "main", "headline")
        or _words(item.get("title"))
        or None
    )
    record.text, html = _body(item)
    record.form = "html" if html else "plain"
    record.standfirst = (
        _words(item.get("descriptiontext")) or _value(item.get("descriptions"), "summary", "abstract") or None
    )
    record.published = next(
        (text for name in ("firstcreated", "contentcreated", "versioncreated") if (text := _words(item.get(name)))),
        None,
    )
    record.modified = _words(item.get("versioncreated")) or None
    record.language = _words(item.get("language")) or None
    if by := _words(item.get("byline") or item.get("by")):
        record.bylines.append(Person(by))
    for name, ours in (
        ("subject", record.topics),
        ("person", record.people),
        ("place", record.places),
        ("organisation", record.organisations),
    ):
        for several in (name, {"person": "people"}.get(name, name + "s")):
            found = item.get(several)
            ours += [text for part in (found if isinstance(found, list) else []) if (text := _words(part))]
    record.publisher = (
        _words(item.get("provider"))
        or _words(next(iter(item.get("infosources") or []), None))
        or _words(item.get("copyrightholder"))
        or None
    )
    record.licence = _words(item.get("usageterms")) or _words(item.get("copyrightnotice")) or None
    for name in ("slugline", "located"):
        if text := _words(item.get(name)):
            record.extra[name] = text
    record.images += _pictures(item.get("associations"))
    yield record


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return next(
            (value[name] for name in ("name", "value", "literal", "code") if isinstance(value.get(name), str)), ""
        )
    return ""


def _value(several: Any, *roles: str) -> str:
    """The value of the first part that has one of `roles`, else of the first."""
    parts = [part for part in (several if isinstance(several, list) else []) if isinstance(part, dict)]
    for role in roles:
        for part in parts:
            if part.get("role") == role and _words(part):
                return _words(part)
    return next((text for part in parts if (text := _words(part))), "")


def _body(item: dict[str, Any]) -> tuple[str, bool]:
    for name in ("bodyhtml", "bodyxhtml"):
        if text := _words(item.get(name)):
            return text, True
    bodies = [part for part in (item.get("bodies") or []) if isinstance(part, dict) and _words(part)]
    bodies.sort(
        key=lambda part: (
            "html" not in str(part.get("contenttype") or part.get("contentType") or ""),
            part.get("role") not in ("main", "body", None),
        )
    )
    if bodies:
        return _words(bodies[0]), "html" in str(bodies[0].get("contenttype") or bodies[0].get("contentType") or "")
    return _words(item.get("bodytext")), False


def _pictures(associations: Any) -> Iterator[Image]:
    parts = (
        associations.values()
        if isinstance(associations, dict)
        else associations
        if isinstance(associations, list)
        else []
    )
    for part in parts:
        if not isinstance(part, dict) or part.get("type") not in ("picture", "image", "graphic"):
            continue
        part = {re.sub(r"[_-]", "", key).lower(): value for key, value in part.items()}
        found = part.get("renditions")
        renditions = [
            r
            for r in (found.values() if isinstance(found, dict) else found or [])
            if isinstance(r, dict) and r.get("href")
        ]
        best = max(renditions, key=lambda r: r.get("width") or 0, default=None)
        if best is not None:
            caption = (
                _words(part.get("descriptiontext"))
                or _value(part.get("descriptions"))
                or _words(part.get("bodytext"))
                or _words(part.get("headline"))
                or _value(part.get("headlines"))
            )
            alt = _words(part.get("altids")) or _words(best.get("title"))
            yield Image(
                str(best["href"]),
                alt,
                caption,
                _words(part.get("byline") or part.get("by")) or _words(part.get("copyrightholder")),
            )
