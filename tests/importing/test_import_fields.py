"""Import, then read: whatever the format, an article has the fields its record had, and every visible character.

Stories are put together from words of many scripts and signs that mean something to Markdown, HTML, CSV or XML; the same ones in
each format, forty in one import.
"""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import csv
import io
import json
import random
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from importing.samples import run, warc, words, wxr
from msgspec import Struct
from reading_inputs import WORDS

from generator.text import visible

SIGNS = ("*", "_x_", "# 1", "1. x", "- x", "> y", "[a](b)", "a | b", "`x`", "<b>", "A&B", "\\n", '"x"', "'", ";", "50%", "{: .x}", "~~~", "x@y.example", "=", "]]>")


class Story(Struct, frozen=True):
    id: str
    headline: str
    date: str
    author: str
    topic: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://s.example/2017/{self.id}.html"


def stories(count: int = 40) -> list[Story]:
    source = random.Random(11)
    plain = [word for word in WORDS if word.isalpha()]

    def text(size: int, odd: float) -> str:
        found = [source.choice(SIGNS) if source.random() < odd else source.choice(plain) for _ in range(size)]
        return " ".join(["خبر", *found, "ہے۔"])

    return [
        Story(f"n{n}", text(5, 0.1), f"2017-{n % 12 + 1:02d}-{n % 28 + 1:02d}", f"{source.choice(plain)} {n}", f"موضوع {n % 4}", tuple(text(30, 0.15) for _ in range(6)))
        for n in range(count)
    ]


STORIES = stories()


def html_of(story: Story) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def as_jsonl() -> str:
    return "".join(
        json.dumps({"id": s.id, "title": s.headline, "text": "\n\n".join(s.paragraphs), "date": s.date, "author": s.author, "tags": [s.topic], "url": s.url}, ensure_ascii=False) + "\n"
        for s in STORIES
    )


def as_table(delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["id", "title", "text", "date", "author", "tags", "url"])
    for s in STORIES:
        writer.writerow([s.id, s.headline, "\n\n".join(s.paragraphs), s.date, s.author, s.topic, s.url])
    return out.getvalue()


def as_wxr() -> str:
    return wxr(
        *(
            f"<item><title>{escape(s.headline)}</title><link>{s.url}</link><dc:creator>{escape(s.author)}</dc:creator><category domain='category' nicename='t'>{escape(s.topic)}</category>"
            f"<content:encoded><![CDATA[{html_of(s)}]]></content:encoded><wp:post_id>{n + 1}</wp:post_id><wp:post_date>{s.date} 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
            for n, s in enumerate(STORIES)
        )
    )


def as_rss() -> str:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>{s.url}</link><guid>{s.id}</guid><pubDate>{s.date}T10:00:00Z</pubDate><dc:creator>{escape(s.author)}</dc:creator><category>{escape(s.topic)}</category><content:encoded>{escape(html_of(s))}</content:encoded></item>"
        for s in STORIES
    )
    return f'<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>{items}</channel></rss>'


def as_atom() -> str:
    entries = "".join(
        f'<entry><title>{escape(s.headline)}</title><link href="{s.url}"/><id>{s.id}</id><published>{s.date}T10:00:00Z</published><author><name>{escape(s.author)}</name></author><category term="{escape(s.topic)}"/><content type="html">{escape(html_of(s))}</content></entry>'
        for s in STORIES
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}</feed>'


def as_ninjs() -> str:
    return "".join(
        json.dumps({"uri": s.url, "type": "text", "versioncreated": f"{s.date}T10:00:00Z", "headline": s.headline, "byline": s.author, "body_xhtml": html_of(s), "subject": [{"name": s.topic}]}, ensure_ascii=False) + "\n"
        for s in STORIES
    )


def page_of(s: Story) -> str:
    facts = json.dumps({"@type": "NewsArticle", "headline": s.headline, "datePublished": s.date, "author": {"name": s.author}, "keywords": [s.topic]}, ensure_ascii=False)
    return (
        f'<html lang="ur"><head><meta charset="utf-8"><title>x</title><link rel="canonical" href="{s.url}"><script type="application/ld+json">{facts.replace("<", "&lt;").replace("&lt;", chr(92) + "u003c")}</script></head>'
        f'<body><nav><a href="/">صفحہ اول</a></nav><article><h1>{escape(s.headline)}</h1><div class="article-body">{html_of(s)}</div></article></body></html>'
    )


def as_warc() -> bytes:
    return warc([(s.url, "text/html; charset=utf-8", page_of(s).encode()) for s in STORIES])


def nitf_of(s: Story) -> str:
    return (
        f'<?xml version="1.0"?><nitf><head><docdata><doc-id id-string="{s.id}"/><date.issue norm="{s.date.replace("-", "")}T100000Z"/><key-list><keyword key="{escape(s.topic)}"/></key-list></docdata></head>'
        f"<body><body.head><hedline><hl1>{escape(s.headline)}</hl1></hedline><byline><person>{escape(s.author)}</person></byline></body.head><body.content>{html_of(s)}</body.content></body></nitf>"
    )


FORMATS: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "jsonl": ("a.jsonl", as_jsonl),
    "csv": ("a.csv", lambda: as_table(",")),
    "tsv": ("a.tsv", lambda: as_table("\t")),
    "wordpress": ("a.xml", as_wxr),
    "rss": ("a.xml", as_rss),
    "atom": ("a.xml", as_atom),
    "ninjs": ("a.jsonl", as_ninjs),
    "warc": ("a.warc.gz", as_warc),
}


@pytest.mark.parametrize("name", [*FORMATS, "pages", "json pages", "nitf"])
def test_fields_and_every_visible_character_come_through(tmp_path: Path, name: str) -> None:
    files: dict[str, object]
    if name == "pages":
        files = {f"{s.id}.html": page_of(s) for s in STORIES}
    elif name == "nitf":
        files = {f"{s.id}.xml": nitf_of(s) for s in STORIES}
    elif name == "json pages":
        files = {"a.json": json.dumps({"articles": [json.loads(line) for line in as_jsonl().splitlines()]}, ensure_ascii=False)}
    else:
        file, make = FORMATS[name]
        files = {file: make()}
    done = run(tmp_path, files)
    assert done.report.failed == 0
    by = {" ".join(article.headline.split()): article for article in done.articles.values()}
    assert set(by) == {s.headline for s in STORIES}
    for s in STORIES:
        article = by[s.headline]
        assert article.url == (s.url if name != "nitf" else None)
        assert article.published is not None
        assert article.published.iso.startswith(s.date)
        assert [byline.name for byline in article.bylines] == [s.author]
        assert [term.name for term in article.terms] == [s.topic]
        seen = words(article)
        for paragraph in s.paragraphs:
            assert visible(paragraph) in seen
