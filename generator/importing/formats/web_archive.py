"""WARC and its forerunner ARC, plain, compressed member by member, or in one piece: every page of a crawl that holds an
article.

A WACZ is a ZIP of these; the text that some crawlers keep in its `pages.jsonl` is used for pages whose own text is not
found. Records are read one after another by warcio, which knows the dialects of many crawlers; the body of a page is all
that is ever held.
"""

import re
import sqlite3
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from urllib.parse import urlsplit

import msgspec

from generator.importing.formats.web_page import page_text
from generator.importing.page import read_page
from generator.importing.records import Missing, Options, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import MAX_RECORD, lines

NAME = "warc"
TITLE = "web archive (WARC, ARC)"
SINGLE = False
NEEDS = ("warcio", "lxml")

_PAGES = re.compile(r"(?:text/html|application/xhtml\+xml)", re.IGNORECASE)


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    if sample.head.startswith((b"WARC/1", b"WARC/0", b"filedesc://")):
        return 95
    return 90 if sample.name.lower().endswith((".warc.gz", ".warc", ".arc.gz", ".arc")) and sample.head[:2] == b"\x1f\x8b" else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Nothing has to be known before."""
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        encoding=options.encoding or "",
        mapping={
            "WARC-Target-URI": "url",
            "WARC-Date": "captured",
            "page": "headline, text, published, authors, topic",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The responses with pages; what else there is counts as skipped, by its kind."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise Missing("web archives need the package warcio: pip install 'roznama[warc]'") from None
    packed = stream.peek(2)[:2] == b"\x1f\x8b" if hasattr(stream, "peek") else leaf.lower().endswith(".gz")
    source = _Unpacked(stream) if packed else stream
    iterator = ArchiveIterator(source, ensure_http_headers=False, arc2warc=True)
    number = 0
    record = None
    try:
        for number, record in enumerate(iterator, 1):
            found = _raw(record, leaf, number)
            offset = iterator.get_record_offset()  # it reads to the record's end
            yield msgspec.structs.replace(found, offset=source.place(offset) if isinstance(source, _Unpacked) else offset)
        broken = "" if record is None or not (_is_cut(record) or getattr(source, "cut", False)) else "it ends within a record"
        if record is None and not broken:
            broken = "it has no record"
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
        broken = " ".join(str(error).split())[:200]
    if broken:
        yield Reject(Raw(leaf, number + 1, 0, b""), f"the archive is broken here, and its rest is not read: {broken}")


def _is_cut(record: object) -> bool:
    """Whether the archive ended before the record did."""
    return bool(getattr(record.raw_stream, "limit", 0))  # type: ignore[attr-defined]


class _Unpacked:
    """A gzip file unpacked while it is read, be it of one member or of one a record. Unlike `gzip` it gives all that comes
    before a cut, and unlike warcio it tells of one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._member: zlib._Decompress | None = None
        self._packed = b""
        self._read = self._given = 0
        self._members: deque[tuple[int, int]] = deque(maxlen=1000)
        self.cut = False

    def read(self, size: int = -1) -> bytes:
        while True:
            if not self._packed:
                self._packed = self._stream.read(1 << 16)
                self._read += len(self._packed)
                if not self._packed:
                    self.cut = self._member is not None
                    return b""
            if self._member is None:
                self._packed = self._packed.lstrip(b"\0")
                if not self._packed:
                    continue
                self._member = zlib.decompressobj(31)
                self._members.append((self._given, self._read - len(self._packed)))
            data = self._member.decompress(self._packed, size if size > 0 else 1 << 20)
            self._packed = self._member.unconsumed_tail or self._member.unused_data
            if self._member.eof:
                self._member = None
            if data:
                self._given += len(data)
                return data

    def tell(self) -> int:
        return self._given

    def close(self) -> None:
        """The stream is the caller's."""

    def place(self, offset: int) -> int:
        """Where in the file the member begins in which `offset` of the unpacked bytes lies."""
        return next((packed for given, packed in reversed(self._members) if given <= offset), 0)


class Notes:
    """The texts and titles that a crawler noted of its pages, by address; kept on disk."""

    def __init__(self, stream: BinaryIO) -> None:
        self._base = sqlite3.connect("")
        self._base.executescript(
            "PRAGMA journal_mode=OFF; CREATE TABLE page(url TEXT PRIMARY KEY, title TEXT, text TEXT) WITHOUT ROWID"
        )
        for raw in lines(stream, ""):
            try:
                page = msgspec.json.decode(raw.data) if isinstance(raw, Raw) else None
            except msgspec.DecodeError:
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str) and isinstance(page.get("text"), str):
                self._base.execute(
                    "INSERT OR REPLACE INTO page VALUES (?, ?, ?)",
                    (page["url"], str(page.get("title") or ""), page["text"]),
                )

    def facts(self, raw: Raw) -> Mapping[str, str]:
        row = self._base.execute("SELECT title, text FROM page WHERE url=?", (raw.facts.get("url", ""),)).fetchone()
        return {"title": row[0], "text": row[1]} if row else {}

    def close(self) -> None:
        self._base.close()


def prepare(stream: BinaryIO, plan: Plan, notes: Callable[[], BinaryIO] | None) -> Notes | None:
    """What is noted of the pages beside the archive, if anything is."""
    if notes is None:
        return None
    with notes() as found:
        return Notes(found)


def _raw(record: object, leaf: str, number: int) -> Raw:
    headers = record.rec_headers  # type: ignore[attr-defined]
    kind = record.rec_type  # type: ignore[attr-defined]
    facts = {
        "url": headers.get_header("WARC-Target-URI") or "",
        "captured": headers.get_header("WARC-Date") or "",
        "digest": headers.get_header("WARC-Payload-Digest") or "",
    }
    http = record.http_headers  # type: ignore[attr-defined]
    status = http.get_statuscode() if http is not None else ""
    media = (http.get_header("Content-Type") if http is not None else headers.get_header("Content-Type")) or ""
    facts["url"] = facts["url"].strip("<>")
    if kind not in ("response", "resource", "conversion"):
        return Raw(leaf, number, 0, b"", {"skip": f"WARC {kind}"})
    if status and status != "200":
        return Raw(leaf, number, 0, b"", {"skip": f"page answered with {status}"})
    if not _PAGES.match(media):
        return Raw(leaf, number, 0, b"", {"skip": f"{media.split(';')[0].strip().lower() or 'unknown type'}"})
    if charset := re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", media):
        facts["charset"] = charset[1]
    body = record.content_stream()  # type: ignore[attr-defined]
    pieces: list[bytes] = []
    while sum(map(len, pieces)) <= MAX_RECORD and (piece := body.read(1 << 20)):
        pieces.append(piece)
    data = b"".join(pieces)
    if _is_cut(record) and len(data) <= MAX_RECORD:
        return Raw(leaf, number, 0, b"", {"skip": "page that the archive breaks off in"})
    if len(data) > MAX_RECORD:
        return Raw(leaf, number, 0, data[:1000], {**facts, "refused": "a page of more than 64 MB"})
    return Raw(leaf, number, 0, data, facts)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article on a crawled page."""
    if kind := raw.facts.get("skip"):
        yield Skipped(kind)
        return
    text, encoding = page_text(raw.data, raw.facts.get("charset", ""), plan.encoding)
    address = raw.facts["url"]
    try:
        record = read_page(text, address, plan.options.recipes)
    except Unreadable:
        known = raw.facts.get("text", "")
        if len(known) < 200:
            yield Skipped("page without an article")
            return
        record = Record(headline=raw.facts.get("title") or None, text=known, url=address)
    if urlsplit(address).path in ("", "/") and not urlsplit(address).query:
        yield Skipped("front page")
        return
    record.captured = raw.facts["captured"]
    record.encoding = encoding
    if record.url is None:
        record.url = address
    yield record
