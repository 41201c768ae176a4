"""Saved web pages, one a file: `.html`, `.htm`, and whatever begins like one."""

import posixpath
import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing.page import read_page
from generator.importing.records import Options, Plan, Raw, Record, Reject, Sample, Skipped
from generator.readers.encodings import decide_encoding, decode
from generator.readers.source import ReadingOptions

NAME = "page"
TITLE = "saved web pages"
SINGLE = True
NEEDS = ("lxml",)

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_SAVED = re.compile(
    rb"<!-- saved from url=\(\d+\)(\S+) -->|<link[^>]+rel=[\"']?canonical[\"']?[^>]*href=[\"']?(https?://[^\"'\s>]+)",
    re.IGNORECASE,
)


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = sample.head[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if re.match(rb"(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html[\s>])", head, re.DOTALL):
        return 70
    return 50 if sample.suffix in _SUFFIXES else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Nothing has to be known before; an encoding of pages that name none is decided over all of them."""
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        encoding=options.encoding or "",
        mapping={
            "JSON-LD, <h1>, og:title": "headline",
            "JSON-LD, meta, <time>": "published",
            "JSON-LD, meta author": "authors",
            "canonical": "url",
            "keywords, article:tag": "topic",
            "articleSection": "desk",
            "<figure>, og:image": "images",
        },
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The page."""
    yield Raw(leaf, 1, 0, stream.read())


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article on the page."""
    text, encoding = page_text(raw.data, "", plan.encoding)
    found = _SAVED.search(raw.data[:20_000])
    address = next((part.decode("utf-8", "replace") for part in found.groups() if part), "") if found else ""
    record = read_page(text, address, plan.options.recipes)
    record.encoding = encoding
    record.key = None if record.url else f"{plan.collection}/{raw.leaf}"
    record.id = None if record.url else posixpath.splitext(posixpath.basename(raw.leaf))[0]
    yield record


def page_text(data: bytes, declared: str, decided: str) -> tuple[str, str]:
    """A page's text and the encoding it was in: UTF-8 if it is that, else what the server or the page says, else what was
    decided for the collection, else what it looks like."""
    named = declared
    if not named and (found := _META.search(data[:4096])):
        named = found[1].decode("ascii", "replace")
    if named.lower() in ("iso-8859-1", "latin1", "us-ascii"):
        named = "windows-1252"  # as browsers do
    try:
        "".encode(named or "utf-8")
    except LookupError:
        named = ""
    usable = named if named.lower().replace("_", "-") not in ("utf-8", "utf8", "windows-1252") else ""
    reading = decode(data, "", ReadingOptions(encoding=usable or decided or None))
    if reading.text is None:
        encoding = decide_encoding([data]).encoding
        return data.decode(encoding, "replace"), encoding
    return reading.text, reading.encoding
