"""WordPress exports (WXR): posts and pages that were published, with what WordPress showed of them.

Traps of the format, each with a case: dates of zeros, control characters, shortcodes in shortcodes, captions in three
notations, featured pictures that are known by a number which another item explains, text without paragraphs, comments.
"""

import html
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import msgspec

from generator.importing.markup_xml import (
    Fields,
    child_text,
    children,
    encoding_of,
    namespaces,
    parse_part,
    text_of,
)
from generator.importing.moments import is_zero
from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.shortcodes import Attachment, expanded
from generator.importing.splitting import xml_elements

NAME = "wordpress"
TITLE = "WordPress export (WXR)"
SINGLE = False
NEEDS = ("lxml",)

_ITEM = frozenset([b"item"])
_TYPES = re.compile(r"post|page|.*(?:news|article|story|stories|report|opinion|column|interview).*", re.IGNORECASE)
_THUMBNAIL = re.compile(rb"_thumbnail_id(?:\]\]>)?\s*</wp:meta_key>\s*<wp:meta_value>(?:<!\[CDATA\[)?\s*(\d+)")
_ATTACHMENT = re.compile(rb"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*attachment\s*(?:\]\]>)?\s*</wp:post_type>")
_GALLERY = re.compile(rb"\[gallery\b[^\]]*?(?:ids|include)\s*=\s*[\"']?([\d,\s]+)")
_OPENS = re.compile(r"<(?:(pre)|(h[1-6])|(figure|table|ul|ol|blockquote|script|style|form|div))\b", re.IGNORECASE)
_CLOSES = (
    re.compile(r"</pre>", re.IGNORECASE),
    re.compile(r"</h[1-6]>", re.IGNORECASE),
    re.compile(r"</(?:figure|table|ul|ol|blockquote|script|style|form|div)>", re.IGNORECASE),
)
_EMPTY_LINES = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+")
_LINE_END = re.compile(r"(?<![ \t])[ \t]*+(?:<br ?/?>[ \t]*+)?\r?\n")
_NOTHING = frozenset(["uncategorized", "uncategorised", "بدون-دسته", "دسته‌بندی-نشده", "غير-مصنف", "غیر-زمرہ-بند"])


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = sample.head[:16_384]
    return 95 if b"<rss" in head and (b"wordpress.org/export/" in head or b"<wp:wxr_version>" in head) else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """What the head of an export says of the site: its title, address, language, and who its authors are."""
    end = sample.head.find(b"<item")
    head = sample.head[: end if end >= 0 else len(sample.head)]
    encoding = encoding_of(head)
    declared = namespaces(head)
    body = head[head.find(b"<channel") :] if b"<channel" in head else b"<channel>"
    channel = parse_part(body + (b"" if b"</channel>" in body else b"</channel>"), declared, encoding)
    authors = {
        child_text(a, "wp:author_login"): child_text(a, "wp:author_display_name")
        for a in children(channel, "wp:author")
    }
    base = child_text(channel, "wp:base_blog_url", "wp:base_site_url", "link")
    return Plan(
        format=NAME,
        options=options,
        collection=urlsplit(base).netloc or collection,
        publisher=html.unescape(child_text(channel, "title")) or None,
        language=child_text(channel, "language") or None,
        base=base,
        header=declared,
        encoding=encoding,
        mapping={
            "title": "headline",
            "content:encoded": "text",
            "wp:post_date": "published",
            "wp:post_modified": "modified",
            "link": "url, aliases",
            "wp:post_id": "id",
            "wp:post_name": "slug",
            "dc:creator": "authors",
            "excerpt:encoded": "standfirst",
            "category": "topic",
            "_thumbnail_id": "images",
        },
        facts={"authors": msgspec.json.encode(authors).decode()},
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The items of a stream."""
    return xml_elements(stream, leaf, _ITEM)


class Uploads:
    """Uploaded files by number, gathered in a first pass over the export and kept on disk: an item names a picture that
    another explains, perhaps a gigabyte further on."""

    def __init__(self, stream: BinaryIO, plan: Plan) -> None:
        self._base = sqlite3.connect("")  # a file of its own that goes away with it
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE file(id TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID"
        )
        for raw in xml_elements(stream, "", _ITEM):
            if isinstance(raw, Raw) and b"attachment" in raw.data and b"<wp:attachment_url" in raw.data:
                self._add(raw, plan)
        self._base.commit()

    def _add(self, raw: Raw, plan: Plan) -> None:
        try:
            item = Fields(parse_part(raw.data, plan.header, plan.encoding))
        except Unreadable:
            return  # it is counted when the item itself is read
        address = item.text("wp:attachment_url")
        alt = next((text for key, text in _metas(item) if key == "_wp_attachment_image_alt"), "")
        if address:
            facts = msgspec.json.encode((address, item.text("excerpt:encoded"), alt)).decode()
            self._base.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (item.text("wp:post_id"), facts))

    def facts(self, raw: Raw) -> Mapping[str, str]:
        """What a record's facts get: for each upload that it names by number, what is known of it."""
        ids = [found.decode() for found in _THUMBNAIL.findall(raw.data)]
        for found in _GALLERY.findall(raw.data):
            ids += found.decode().replace(" ", "").split(",")
        out = {}
        for id_ in dict.fromkeys(ids[:200]):
            row = self._base.execute("SELECT facts FROM file WHERE id = ?", (id_,)).fetchone()
            if row:
                out[id_] = row[0]
        return out

    def close(self) -> None:
        self._base.close()


def prepare(stream: BinaryIO, plan: Plan, notes: Callable[[], BinaryIO] | None) -> Uploads:
    """The first pass."""
    return Uploads(stream, plan)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The post in one item."""
    if raw.data.count(b"<wp:post_type>") == 1 and _ATTACHMENT.search(raw.data):
        yield Skipped("WordPress attachment")
        return
    item = Fields(parse_part(raw.data, plan.header, plan.encoding))
    kind = item.text("wp:post_type") or "post"
    status = item.text("wp:status") or "publish"
    if not _TYPES.fullmatch(kind):
        yield Skipped(f"WordPress {kind}")
        return
    if status != "publish" or item.text("wp:post_password"):
        yield Skipped(f"WordPress {kind}, {status if status != 'publish' else 'protected by a password'}")
        return
    record = Record(headline=item.text("title"), form="html", encoding=plan.encoding)
    record.topics, record.bylines, record.aliases, record.images, record.extra, record.dropped, record.doubts = (
        [],
        [],
        [],
        [],
        {},
        [],
        [],
    )
    attachments: dict[str, Attachment] = {id_: tuple(msgspec.json.decode(facts)) for id_, facts in raw.facts.items()}
    content = next(map(text_of, item.all("content:encoded")), "")
    blocks = "<!-- wp:" in content
    content = expanded(content, attachments, record.dropped)
    record.text = content if blocks else with_paragraphs(content)
    _identity(item, record, plan)
    _dates(item, record)
    authors = msgspec.json.decode(plan.facts["authors"])
    creator = item.text("dc:creator")
    if creator:
        record.bylines.append(Person(authors.get(creator) or creator))
    record.standfirst = item.text("excerpt:encoded") or None
    for category in item.all("category"):
        name = html.unescape(text_of(category).strip())
        if (
            unquote(category.get("nicename") or "") not in _NOTHING
            and name
            and category.get("domain") in (None, "category", "post_tag", "tag")
        ):
            record.topics.append(name)
        elif name and category.get("domain") not in ("category", "post_format"):
            key = category.get("domain") or "taxonomy"
            record.extra[key] = f"{record.extra[key]}, {name}" if key in record.extra else name
    _meta(item, record, attachments)
    comments = len(item.all("wp:comment"))
    if comments:
        record.doubts.append("comments left out")
    yield record


def with_paragraphs(content: str) -> str:
    """Text whose paragraphs are blank lines, as WordPress' own editor wrote it for fifteen years, with `<p>` and `<br>` where
    WordPress would show them. Blocks and preformatted text are left alone."""
    out: list[str] = []
    for start, end, is_block in _blocks(content):
        if is_block:
            out.append(content[start:end])
            continue
        several = (text.strip() for text in _EMPTY_LINES.split(content[start:end]))
        out.extend("<p>" + (_LINE_END.sub("<br>", text) if "\n" in text else text) + "</p>" for text in several if text)
    return "\n".join(out)


def _blocks(content: str) -> Iterator[tuple[int, int, bool]]:
    """The pieces of a content: beginning, end, and whether it is a block, from its first tag to the first that ends one. What
    nothing closes is none, and is looked for once only: a content may open a hundred thousand."""
    at = searched = 0
    endless: set[int] = set()
    while (opens := _OPENS.search(content, searched)) is not None:
        kind = (opens.lastindex or 1) - 1
        closes = _CLOSES[kind].search(content, opens.end()) if kind not in endless else None
        searched = opens.end()
        if closes is None:
            endless.add(kind)
            continue
        yield at, opens.start(), False
        yield opens.start(), closes.end(), True
        at = searched = closes.end()
    yield at, len(content), False


def _identity(item: Fields, record: Record, plan: Plan) -> None:
    """Number, addresses old and new."""
    record.id = item.text("wp:post_id") or None
    record.url = item.text("link") or None
    record.slug = unquote(item.text("wp:post_name")) or None
    if record.id is None:
        guid = item.text("guid")
        found = re.search(r"[?&]p(?:age_id)?=(\d+)", guid)
        record.id = found[1] if found else None
        record.url = record.url or (guid if guid.startswith("http") else None)
    record.key = f"{plan.options.collection or plan.collection}:{record.id}" if record.id else None
    path = urlsplit(record.url).path if record.url else ""
    if path not in ("", "/"):
        record.aliases.append(unquote(path))
        for key, old in _metas(item):
            if key == "_wp_old_slug" and old and record.slug and record.slug in unquote(path):
                record.aliases.append(unquote(path).replace(record.slug, unquote(old)))


def _dates(item: Fields, record: Record) -> None:
    """A post's own time with its zone, which only the difference to Greenwich tells; else what is left of its dates."""
    for ours, theirs in (("published", "wp:post_date"), ("modified", "wp:post_modified")):
        local, utc = item.text(theirs), item.text(f"{theirs}_gmt")
        if is_zero(local):
            if local:
                record.doubts.append(f"{'date' if ours == 'published' else ours}: zeros")
            local = ""
        utc = "" if is_zero(utc) else utc
        value = _zoned(local, utc) or local or (f"{utc}Z" if utc else "")
        if not value and ours == "published":
            value = item.text("pubDate", "dc:date")
        if value and not is_zero(value):
            setattr(record, ours, value)


def _zoned(local: str, utc: str) -> str:
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(utc)
        minutes = round((here - there).total_seconds() / 60)
    except (ValueError, TypeError):
        return ""
    if abs(minutes) > 14 * 60 or minutes % 15:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"{here:%Y-%m-%d %H:%M:%S}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _metas(item: Fields) -> Iterator[tuple[str, str]]:
    for meta in item.all("wp:postmeta"):
        yield child_text(meta, "wp:meta_key"), child_text(meta, "wp:meta_value")


def _meta(item: Fields, record: Record, attachments: Mapping[str, Attachment]) -> None:
    """The featured picture, and the site's own fields; WordPress' inner ones begin with a low line."""
    for key, value in _metas(item):
        if key == "_thumbnail_id" and value in attachments:
            address, caption, alt = attachments[value]
            record.images.append(Image(address, alt, re.sub(r"<[^>]+>", "", html.unescape(caption))))
        elif (
            key and not key.startswith("_") and value and not re.match(r"[aOs]:\d+:", value) and key not in record.extra
        ):
            record.extra[key] = value
