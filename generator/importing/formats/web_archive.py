"""WARC, plain or compressed member by member: every page of a crawl that holds an article.

A WACZ is a ZIP of these; the text that some crawlers keep in its `pages.jsonl` is used for pages whose own text is not
found. Records are read one after another by warcio, which knows the dialects of many crawlers; the body of a page is all
that is ever held.
"""

import gzip
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from urllib.parse import urlsplit

import msgspec

from generator.importing.formats.web_page import page_text
from generator.importing.page import read_page
from generator.importing.records import Missing, Options, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import MAX_RECORD, lines

NAME = "warc"
TITLE = "web archive (WARC)"
SINGLE = False
NEEDS = ("warcio", "lxml")

_PAGES = re.compile(r"(?:text/html|application/xhtml\+xml)", re.IGNORECASE)


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    if sample.head.startswith((b"WARC/1", b"WARC/0")):
        return 95
    return 90 if sample.name.lower().endswith((".warc.gz", ".warc")) and sample.head[:2] == b"\x1f\x8b" else 0


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
    number = 0
    whole = False
    while True:
        # A file that was compressed in one piece, not record by record, is unpacked before it is read.
        source = gzip.open(stream) if whole else stream  # noqa: SIM115 — the stream under it is the caller's
        iterator = ArchiveIterator(source, ensure_http_headers=False)
        try:
            for count, record in enumerate(iterator, 1):
                if count <= number:
                    continue
                found = _raw(record, leaf, count)
                number = count
                yield msgspec.structs.replace(found, offset=iterator.get_record_offset())
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
            if not whole and "non-chunked" in str(error) and stream.seekable():
                stream.seek(0)
                whole = True
                continue
            yield Reject(
                Raw(leaf, number + 1, 0, b""),
                f"the archive is broken here, and its rest is not read: {' '.join(str(error).split())[:200]}",
            )
        return


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
    data = record.content_stream().read(MAX_RECORD + 1)  # type: ignore[attr-defined]
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
