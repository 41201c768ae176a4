"""Folders of text: dumps, and what other generators keep their content in (Hugo, Jekyll, Pelican, Roznama itself).

Plain text stays what it is, to the letter; fields before it are read by the names people give them. Shortcodes of Hugo and
tags of Liquid become what they would have shown, or are listed.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing.composing import scalar
from generator.importing.records import Image, Options, Person, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.readers import front_matter, front_matter_syntax
from generator.readers.damage import is_inpage
from generator.readers.encodings import decide_encoding, decode
from generator.readers.source import ReadingOptions

NAME = "text"
TITLE = "text files"
SINGLE = True
NEEDS: tuple[str, ...] = ()

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_SUFFIXES = (".txt", ".text", *_MARKDOWN)
_NOT_ARTICLES = re.compile(
    r"(?:readme|license|licence|changelog|contributing|copying|_index|robots|humans|requirements|notice|authors)(?:[._-].*)?",
    re.IGNORECASE,
)
_PELICAN = re.compile(
    r"(?:title|date|category|tags|slug|authors?|summary|lang|status|modified|keywords)\s*:", re.IGNORECASE
)
_HUGO = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-]+)\s*(.*?)\s*/?[>%]\}\}", re.DOTALL)
_LIQUID = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}|\{\{\s*([^{}<%]*?)\s*\}\}", re.DOTALL)
_POST = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    if _NOT_ARTICLES.fullmatch(posixpath.basename(sample.name)):
        return 0
    if sample.suffix in _SUFFIXES:
        return 20
    text = sample.head[:4000]
    return 5 if sample.suffix == "" and text and b"\x00" not in text and sum(byte < 9 for byte in text) == 0 else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Nothing has to be known before; an encoding is decided over all files that are not UTF-8."""
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        encoding=options.encoding or "",
        mapping={"front matter": "by its names", "first line": "headline", "file name": "id"},
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The file."""
    yield Raw(leaf, 1, 0, stream.read())


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article in one file."""
    if is_inpage(raw.data):
        raise Unreadable("this is an InPage file; export it from InPage as Unicode text")
    reading = decode(raw.data, raw.leaf, ReadingOptions(encoding=plan.encoding or None))
    text, encoding = reading.text, reading.encoding
    if text is None:
        encoding = decide_encoding([raw.data]).encoding
        text = raw.data.decode(encoding, "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    path = raw.facts.get("path", raw.leaf)
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    markdown = suffix.lower() in _MARKDOWN
    record = Record(form="markdown" if markdown else "plain", encoding=encoding, id=stem, key=f"file:{path}")
    record.topics, record.people, record.places, record.organisations = [], [], [], []
    record.bylines, record.aliases, record.images, record.extra, record.dropped, record.doubts = [], [], [], {}, [], []
    block, toml, body = _fields(text)
    if block is not None:
        _stated(block, toml, raw.leaf, record)
    if (found := _POST.fullmatch(stem)) and "_posts" in path.split("/") and record.published is None:
        record.published = found[1]
    record.text = _unliquid(body, record) if markdown and block is not None else body
    if not markdown and not body.strip() and not record.headline:
        raise Unreadable("the file is empty")
    yield record


def _fields(text: str) -> tuple[str | None, bool, str]:
    """The fields before a text as YAML or TOML, whether they are TOML, and the text."""
    split = front_matter_syntax.split(text)
    if split.block is not None:
        return split.block, split.toml, split.body
    if text.startswith("{"):
        end = re.search(r"^\}\s*$", text, re.MULTILINE)
        if end and re.match(r"\{\s*\"[\w-]+\"\s*:", text):
            return text[: end.end()], False, text[end.end() :]
    if _PELICAN.match(text):
        lines = text.split("\n")
        head = []
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not re.fullmatch(r"[A-Za-z][\w-]{1,30}", name.strip()):
                break
            head.append(f"{name.strip().lower()}: {scalar(value.strip())}")
        rest = lines[len(head) :]
        if len(head) > 1 and (not rest or not rest[0].strip()):
            return "\n".join(head), False, "\n".join(rest)
    return None, False, text


def _stated(block: str, toml: bool, leaf: str, record: Record) -> None:
    """What the fields say. Raises `Unreadable` if they cannot be parsed."""
    front, problems = front_matter.parse(block, toml, leaf)
    broken = next((problem for problem in problems if problem.code == "front-matter-syntax"), None)
    if broken is not None:
        raise Unreadable(f"front matter, line {broken.line}: {broken.message}")
    fields = {name: stated.text for name, stated in front.fields.items()}
    published = fields.get("published", "")
    if published.lower() in ("true", "false"):  # Jekyll's switch
        record.draft = published.lower() == "false"
        fields.pop("published")
    for name in (
        "headline",
        "published",
        "modified",
        "language",
        "standfirst",
        "publisher",
        "url",
        "slug",
        "licence",
        "desk",
    ):
        if value := fields.get(name):
            setattr(record, name, value)
    record.id = fields.get("id") or record.id
    for kind, names in (
        ("topic", record.topics),
        ("person", record.people),
        ("place", record.places),
        ("organisation", record.organisations),
    ):
        names.extend(term.name for term in front.terms if term.kind == kind)
    record.desk = record.desk or next((term.name for term in front.terms if term.kind == "desk"), None)
    record.bylines.extend(Person(byline.name, byline.role) for byline in front.bylines)
    record.aliases.extend(front.aliases)
    record.images.extend(Image(p.file, p.alt or "", p.caption or "", p.credit or "") for p in front.pictures)
    record.draft = record.draft or front.draft or front.extra.get("status", "").lower() == "draft"
    record.extra = {
        key: value for key, value in front.extra.items() if key not in ("layout", "status", "imported", "permalink")
    }
    if permalink := front.extra.get("permalink"):
        record.aliases.append(permalink)


def _unliquid(body: str, record: Record) -> str:
    """Markdown without the tags of a generator."""

    def hugo(found: re.Match[str]) -> str:
        closing, name, rest = found.groups()
        values = dict(re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', rest))
        word = next(iter(re.findall(r'^"?([^"\s=]+)"?\s*$', rest)), "")
        if name == "figure" and values.get("src"):
            caption = values.get("caption") or values.get("title") or ""
            return f"![{values.get('alt', '')}]({values['src']}" + (f' "{caption}")' if caption else ")")
        if name == "youtube" and (code := values.get("id") or word):
            return f"https://www.youtube.com/watch?v={code}"
        if name in ("ref", "relref", "highlight") or closing:
            return ""
        record.dropped.append(found[0])
        return ""

    def liquid(found: re.Match[str]) -> str:
        if found[1] in ("highlight", "endhighlight", "raw", "endraw", "comment", "endcomment"):
            return ""
        if found[3] is not None and re.match(r"site\.(?:baseurl|url)|page\.", found[3]):
            return ""
        record.dropped.append(found[0])
        return ""

    return _LIQUID.sub(liquid, _HUGO.sub(hugo, body)).replace("<!--more-->", "")
