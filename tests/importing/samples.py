"""Exports in small, made here, and what an import makes of them. All text is the project's own."""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import gzip
import io
import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from msgspec import Struct

from generator.importing.intake import Wish, take_in
from generator.importing.outcomes import Report
from generator.importing.records import Options
from generator.model import Article, Figure, ItemList, Table
from generator.readers import ReadingOptions, Source, read
from generator.text import visible

URDU = "کراچی میں بارش کے بعد سڑکوں پر پانی کھڑا ہو گیا ہے اور لوگوں کو دفتر جانے میں بہت دقت پیش آ رہی ہے۔"
ARABIC = "قالت وزارة النقل إن الطريق الجديد بين المدينتين سيفتح أمام السيارات في بداية الشهر المقبل بعد عامين من العمل."
PERSIAN = "وزارت راه اعلام کرد که جاده تازه میان دو شهر از آغاز ماه آینده پس از دو سال کار به روی خودروها باز می‌شود."
HEBREW = "משרד התחבורה הודיע כי הכביש החדש בין שתי הערים ייפתח לתנועה בתחילת החודש הבא לאחר שנתיים של עבודה."


class Imported(Struct):
    """What a run left: its report, and every article as the reader reads it, by its id."""

    report: Report
    articles: dict[str, Article]
    content: Path

    def only(self) -> Article:
        (article,) = self.articles.values()
        return article


def run(folder: Path, files: Mapping[str, object] | None = None, **wish: object) -> Imported:
    """Import `files`, or what is in `folder/source` already, into `folder/content`."""
    source = folder / "source"
    for name, data in (files or {}).items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else str(data).encode())
    sources = wish.pop("sources", None) or (source,)
    content = folder / "content"
    report = take_in(Wish(tuple(sources), content, **wish))  # type: ignore[arg-type]
    return Imported(report, articles(content), content)


def articles(content: Path) -> dict[str, Article]:
    """Every article below `content`. Fails if the reader finds anything wrong with a file."""
    found = {}
    for path in sorted(content.rglob("*")):
        if path.suffix in (".md", ".txt"):
            place = path.relative_to(content).as_posix()
            reading = read(path.read_bytes(), Source(place), ReadingOptions())
            wrong = [problem for problem in reading.problems if problem.severity != "doubt"]
            assert not wrong, (place, wrong, path.read_text("utf-8"))
            assert reading.article is not None, place
            assert reading.article.id not in found
            found[reading.article.id] = reading.article
    return found


def words(article: Article) -> str:
    """All that a reader of the page sees of an article, in order."""
    parts = [article.headline, article.standfirst or ""]
    for block in article.body:
        if isinstance(block, Figure):
            parts += [block.alt or "", block.caption or "", block.credit or ""]
        elif isinstance(block, ItemList):
            parts += block.items
        elif isinstance(block, Table):
            parts += [cell for row in block.rows for cell in row]
        else:
            parts.append(block.text)
    return visible(" ".join(parts + [aside.text for aside in article.set_aside]))


def jsonl(records: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def story(number: int, text: str = URDU) -> dict[str, object]:
    """A record that differs from the others by its number in every sentence."""
    body = "\n\n".join(f"{n} {text} {number}{n}۔" for n in range(3))
    return {
        "id": f"s{number}",
        "title": f"خبر نمبر {number}",
        "text": body,
        "date": f"2017-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
    }


def picture() -> bytes:
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "JPEG")
    return data.getvalue()


WXR_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>روزنامہ کراچی</title><link>https://old.example</link><language>ur</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[sana]]></wp:author_login><wp:author_display_name><![CDATA[ثنا احمد]]></wp:author_display_name></wp:author>
"""


def wxr(*items: str) -> str:
    return WXR_HEAD + "\n".join(items) + "\n</channel></rss>\n"


def post(
    number: int,
    title: str,
    content: str,
    more: str = "",
    *,
    kind: str = "post",
    status: str = "publish",
    date: str = "2017-11-11 14:05:00",
) -> str:
    body = content.replace("]]>", "]]]]><![CDATA[>")
    return (
        f"<item><title>{escape(title)}</title><link>https://old.example/2017/11/story-{number}/</link><dc:creator><![CDATA[sana]]></dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_name>story-{number}</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def page(headline: str, paragraphs: Iterable[str], *, head: str = "", before: str = "", after: str = "") -> str:
    """A web page as papers have them: menus, teasers, an article between."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "".join(f'<li><a href="/{n}">حصہ {n}</a></li>' for n in range(12))
    teasers = "".join(f'<div class="teaser"><a href="/t{n}"><h3>دوسری خبر {n}</h3></a></div>' for n in range(8))
    return (
        f'<!DOCTYPE html><html lang="ur"><head><meta charset="utf-8"><title>{headline} - روزنامہ</title>{head}</head><body>'
        f"<nav><ul>{menu}</ul></nav><main><article><h1>{headline}</h1>{before}<div class='story-body'>{text}</div>{after}</article></main>"
        f"<aside>{teasers}</aside><footer><p>جملہ حقوق محفوظ ہیں</p></footer></body></html>"
    )


def warc(pages: Iterable[tuple[str, str, bytes]], *, members: bool = True) -> bytes:
    """Responses of (address, content type, body) with requests and a crawl's own record between; each its own gzip member,
    or all of them uncompressed."""
    records = [_warc_record("warcinfo", "", "application/warc-fields", b"software: a test\r\n")]
    for address, kind, body in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        records.append(_warc_record("response", address, "application/http; msgtype=response", http + body))
        records.append(_warc_record("metadata", address, "application/warc-fields", b"via: x\r\n"))
    return b"".join(gz(record) if members else record for record in records)


def _warc_record(kind: str, address: str, media: str, body: bytes) -> bytes:
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2019-05-06T07:08:09Z\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def options(**values: object) -> Options:
    return Options(**values)  # type: ignore[arg-type]
