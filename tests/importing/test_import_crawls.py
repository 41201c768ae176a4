"""Crawls and feeds in the forms that archives really keep them in, and what is said of those that are broken."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
from importing.samples import ARABIC, URDU, page, run, warc, words

PAGES = [
    (f"https://w.example/2017/{name}.html", "text/html; charset=utf-8", page(name, [f"{URDU} {name} {n}" for n in range(5)]).encode())
    for name in ("شہر میں بارش", "سڑک پر پانی", "پل کھل گیا")
]


def arc(*, members: bool) -> bytes:
    """The same pages in the format of before 2009: one line of header a record."""
    about = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [b"filedesc://x.arc 0.0.0.0 20080506070809 text/plain %d\n%s\n" % (len(about), about)]
    for address, kind, body in PAGES:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        place = address.encode("ascii", "replace").replace(b"?", b"%D8")
        records.append(b"%s 192.0.2.1 20080506070809 text/html %d\n%s\n" % (place, len(http), http))
    return b"".join(gzip.compress(record, mtime=0) if members else record for record in records)


@pytest.mark.parametrize(("name", "members"), [("old.arc", False), ("old.arc.gz", True)])
def test_an_arc_of_the_first_crawls_is_read_with_its_time(tmp_path: Path, name: str, members: bool) -> None:
    done = run(tmp_path, {name: arc(members=members)})
    assert {article.headline for article in done.articles.values()} == {"شہر میں بارش", "سڑک پر پانی", "پل کھل گیا"}
    origin = json.loads(next(iter(done.articles.values())).extra["imported"])
    assert origin["format"] == "warc"
    assert origin["captured"].startswith("2008-05-06")


@pytest.mark.parametrize("name", ["whole.warc.gz", "deep.tar"])
def test_a_web_archive_that_was_compressed_in_one_piece_is_read(tmp_path: Path, name: str) -> None:
    """Not member by member, as the standard wants it, so that it cannot be read from the middle."""
    data = gzip.compress(warc(PAGES, members=False), mtime=0)
    if name.endswith(".tar"):
        outer = io.BytesIO()
        with tarfile.open(fileobj=outer, mode="w") as archive:
            member = tarfile.TarInfo("inner.warc.gz")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        data = outer.getvalue()
    done = run(tmp_path, {name: data})
    assert len(done.articles) == 3
    assert done.report.failed == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.warc.gz", b"\x1f\x8b\x08\x00" + b"\x7f" * 400),
        ("broken.arc", b"filedesc://x.arc 0.0.0.0\n"),
        ("cut.warc.gz", gzip.compress(warc(PAGES, members=False), mtime=0)[:300]),
        ("members.warc.gz", warc(PAGES)[:500]),
        ("cut.warc", warc(PAGES, members=False)[:1500]),
    ],
)
def test_an_archive_that_is_none_is_rejected_with_its_reason(tmp_path: Path, name: str, data: bytes) -> None:
    done = run(tmp_path, {name: data})
    assert done.articles == {}
    assert done.report.failed == 1
    [line] = (tmp_path / ".roznama/import/rejects.jsonl").read_text("utf-8").splitlines()
    reject = json.loads(line)
    assert reject["file"].endswith(name)
    assert "broken here" in reject["reason"]


BLOGGER = f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"
 xmlns:thr="http://purl.org/syndication/thread/1.0"><id>tag:blogger.com,1999:blog-1.archive</id><title type="text">شہر کا بلاگ</title>
<link rel="alternate" type="text/html" href="http://city.example/"/>
<entry><id>tag:blogger.com,1999:blog-1.layout</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#template"/><title>Template</title><content type="text">&lt;html&gt;</content></entry>
<entry><id>tag:blogger.com,1999:blog-1.settings.X</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#settings"/><title>Setting</title><content type="text">true</content></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-7</id><published>2009-02-03T10:00:00.001+05:00</published><updated>2009-02-04T10:00:00+05:00</updated>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/><category scheme="http://www.blogger.com/atom/ns#" term="بارش"/>
<title type="text">پہلی خبر</title><content type="html">&lt;p&gt;{URDU}&lt;/p&gt;&lt;div class="separator"&gt;&lt;img src="http://city.example/a.jpg" alt="سڑک"/&gt;&lt;/div&gt;{ARABIC}&lt;br/&gt;&lt;br/&gt;آخری سطر۔</content>
<link rel="alternate" type="text/html" href="http://city.example/2009/02/first.html" title="پہلی خبر"/><author><name>ثنا</name><email>noreply@blogger.com</email></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-8</id><published>2009-02-05T10:00:00+05:00</published>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/><title type="text">مسودہ</title><content type="html">{URDU}</content>
<app:control><app:draft>yes</app:draft></app:control></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-9</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#comment"/><title>c</title><content type="html">تبصرہ</content><thr:in-reply-to ref="x"/></entry>
</feed>"""  # noqa: E501 — as Blogger writes it


def test_a_blogger_export_gives_its_posts_and_counts_the_rest(tmp_path: Path) -> None:
    done = run(tmp_path, {"blog.xml": BLOGGER})
    by = {article.headline: article for article in done.articles.values()}
    assert set(by) == {"پہلی خبر", "مسودہ"}
    first = by["پہلی خبر"]
    assert first.published is not None
    assert first.published.iso == "2009-02-03T10:00:00+05:00"
    assert [byline.name for byline in first.bylines] == ["ثنا"]
    assert [term.name for term in first.terms] == ["بارش"]
    assert first.aliases == ("/2009/02/first.html",)
    assert "آخری سطر۔".replace(" ", "") in words(first).replace(" ", "")
    assert by["مسودہ"].draft
    assert done.report.skipped == {"Blogger template": 1, "Blogger settings": 1, "Blogger comment": 1}


def test_where_little_text_is_found_trafilatura_is_asked(tmp_path: Path) -> None:
    """A page whose text stands in cells of tables without a paragraph."""
    pytest.importorskip("trafilatura")
    rows = "".join(f"<tr><td><font>{URDU} {n}۔<br>{ARABIC} {n}.</font></td></tr>" for n in range(8))
    links = "".join(f'<a href="/{n}">صفحہ {n}</a> ' for n in range(60))
    html = (
        f'<html lang="ur"><head><meta charset="utf-8"><title>پرانا صفحہ</title></head><body><table><tr><td>{links}</td></tr></table>'
        f"<h1>پرانا صفحہ</h1><table>{rows}</table></body></html>"
    )
    done = run(tmp_path, {"old.html": html})
    article = done.only()
    seen = words(article)
    for n in range(8):
        assert f"{ARABIC} {n}.".replace(" ", "") in seen.replace(" ", "")
