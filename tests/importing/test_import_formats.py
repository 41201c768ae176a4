"""Each format, and each of its traps, with a case of our own."""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from importing.samples import (
    ARABIC,
    HEBREW,
    PERSIAN,
    URDU,
    articles,
    gz,
    jsonl,
    options,
    page,
    picture,
    post,
    run,
    story,
    warc,
    words,
    wxr,
)

from generator.importing import FORMATS
from generator.importing.records import Sample
from generator.model import Figure, Heading, ItemList, Paragraph, Quotation, Table


def test_every_format_is_listed_and_no_two_have_one_name() -> None:
    folder = Path(__file__).parents[2] / "generator" / "importing" / "formats"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == {module.__name__.rsplit(".", 1)[-1] for module in FORMATS}
    assert len({module.NAME for module in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x.jsonl", b'{"title": "a", "text": "b"}\n', "json"),
        ("x", b'[{"title": "a", "text": "b"}]', "json"),
        ("x.csv", b"title,text\na,b\n", "table"),
        ("x.tsv", b"title\ttext\na\tb\n", "table"),
        ("x.xml", wxr().encode(), "wordpress"),
        ("x.xml", b'<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>', "feed"),
        ("x.xml", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', "feed"),
        ("x.xml", b"<nitf><head/><body/></nitf>", "nitf"),
        ("x.xml", b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "newsml"),
        ("x.json", b'{"uri": "a", "versioncreated": "2017-01-01", "body_html": "<p>x</p>"}', "ninjs"),
        ("x.warc", b"WARC/1.0\r\n", "warc"),
        ("x.html", b"<!DOCTYPE html><html>", "page"),
        ("x", b"\xef\xbb\xbf\n<!-- saved -->\n<html>", "page"),
        ("x.txt", "کچھ".encode(), "text"),
        ("x.md", b"---\ntitle: x\n---\n", "text"),
        ("rejects.jsonl", b'{"roznama_rejected":1,', "rejects"),
    ],
)
def test_a_beginning_tells_the_format(name: str, data: bytes, expected: str) -> None:
    from generator.importing import recognised

    module = recognised(Sample(name, data, len(data)))
    assert module is not None
    assert expected == module.NAME


def test_what_no_format_knows_is_left_out_and_listed(tmp_path: Path) -> None:
    done = run(tmp_path, {"x.bin": b"\x00\x01\x02\x03" * 100, "README.md": "# x"})
    assert not done.articles
    assert done.report.skipped == {"file of an unknown format": 2}


# JSON


def test_a_line_is_a_record_with_all_its_fields(tmp_path: Path) -> None:
    record = {"id": "n1", "title": "شہر میں بارش", "text": URDU + "\n\n" + URDU[::-1], "date": "2017-11-11T14:05:00+05:00", "lang": "ur",
              "tags": ["موسم", "کراچی"], "author": "ثنا احمد", "source": "روزنامہ", "url": "https://x.example/a/1", "license": "CC BY 4.0", "wards": 12}  # fmt: skip
    article = run(tmp_path, {"a.jsonl": jsonl([record])}).only()
    assert (article.id, article.headline, article.language, article.url) == ("n1", "شہر میں بارش", "ur", "https://x.example/a/1")
    assert article.published is not None
    assert article.published.iso == "2017-11-11T14:05:00+05:00"
    assert [term.name for term in article.terms] == ["موسم", "کراچی"]
    assert [byline.name for byline in article.bylines] == ["ثنا احمد"]
    assert (article.publisher, article.licence, article.extra["wards"]) == ("روزنامہ", "CC BY 4.0", "12")
    assert len(article.body) == 2


@pytest.mark.parametrize(
    "layout",
    [
        lambda records: jsonl(records),
        lambda records: "\ufeff" + jsonl(records),
        lambda records: json.dumps(records, ensure_ascii=False, indent=2),
        lambda records: json.dumps({"meta": {"n": 3}, "db": [{"data": {"posts": records}}]}, ensure_ascii=True),
        lambda records: json.dumps({record["id"]: {k: v for k, v in record.items() if k != "id"} for record in records}),
        lambda records: "\n".join(json.dumps(record, indent=1) for record in records),
    ],
    ids=["lines", "lines with a mark", "array", "array deep inside", "object of records", "objects in a row"],
)
def test_records_are_found_wherever_they_lie_in_json(tmp_path: Path, layout: object) -> None:
    done = run(tmp_path, {"a.json": layout([story(n) for n in range(3)])})  # type: ignore[operator]
    assert set(done.articles) == {"s0", "s1", "s2"}


def test_xl_sum_is_known_and_its_licence_travels(tmp_path: Path) -> None:
    record = {"id": "140910_x", "url": "https://www.bbc.com/urdu/x", "title": "عنوان", "summary": "خلاصہ", "text": URDU}
    article = run(tmp_path, {"urdu_train.jsonl": jsonl([record])}).only()
    assert (article.licence, article.publisher, article.standfirst) == ("CC BY-NC-SA 4.0", "BBC", "خلاصہ")
    assert article.published is None


def test_the_day_of_a_crawl_is_no_date_of_an_article(tmp_path: Path) -> None:
    record = {
        "source": "الرياض",
        "url": "http://x.example/1",
        "date_extracted": "2015-07-22 02:27:57",
        "title": "عنوان",
        "author": "كاتب",
        "content": ARABIC,
    }
    article = run(tmp_path, {"2015.json": json.dumps([record], ensure_ascii=False)}).only()
    assert article.published is None
    assert json.loads(article.extra["imported"])["captured"] == "2015-07-22T02:27:57"
    assert article.publisher == "الرياض"


def test_a_mapping_is_told_or_guessed_by_looks(tmp_path: Path) -> None:
    records = [{"kop": f"عنوان کا متن {n}", "inhoud": f"{URDU} {URDU} {n}"} for n in range(5)]
    done = run(tmp_path / "a", {"a.jsonl": jsonl(records)})
    assert {article.headline for article in done.articles.values()} == {record["kop"] for record in records}
    from generator.importing.mapping import stated_mapping

    told = run(tmp_path / "b", {"a.jsonl": jsonl(records)}, options=options(mapping=stated_mapping("headline=inhoud,text=kop")))
    assert all(article.headline.startswith("کراچی") for article in told.articles.values())


def test_a_broken_record_is_rejected_with_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = jsonl([story(1)]) + '{"title": "x", "text": }\n' + '{"title": "", "text": " "}\n' + jsonl([story(2)])
    done = run(tmp_path, {"a.jsonl": lines})
    assert set(done.articles) == {"s1", "s2"}
    rejects = [json.loads(line) for line in (tmp_path / ".roznama/import/rejects.jsonl").read_text("utf-8").splitlines()]
    assert [(reject["record"], reject["offset"]) for reject in rejects] == [
        (2, len(jsonl([story(1)]).encode())),
        (3, len(jsonl([story(1)]).encode()) + 25),
    ]
    assert rejects[0]["data"] == '{"title": "x", "text": }'


def test_rejects_are_fed_back_after_mending(tmp_path: Path) -> None:
    run(tmp_path, {"a.jsonl": jsonl([story(1)]) + '{"kop": "x"\n', "b.csv": "title,text,n\nعنوان,متن,1\nایک,دو,3,4,5\n"})
    path = tmp_path / ".roznama/import/rejects.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0]["data"] = '{"id": "mended", "title": "مرمت", "text": "ٹھیک ہو گیا"}'
    lines[1]["data"] = "درست,قطار,3"
    (tmp_path / "mended.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines), "utf-8"
    )
    done = run(tmp_path, sources=(tmp_path / "mended.jsonl",))
    assert done.report.failed == 0
    assert {"مرمت", "درست"} <= {article.headline for article in done.articles.values()}


def test_html_in_a_field_becomes_blocks_and_entities_become_letters(tmp_path: Path) -> None:
    records = [
        {"id": "h", "title": "Tom &amp; Jerry&#8217;s", "text": "<p>One <b>two</b></p><ul><li>a</li><li>b</li></ul>"},
        {"id": "e", "title": "x", "text": "A &amp; B &ldquo;c&rdquo;"},
        {"id": "p", "title": "y", "text": "if a < b > c & d"},
    ]
    done = run(tmp_path, {"a.jsonl": jsonl(records)})
    assert done.articles["h"].headline == "Tom & Jerry’s"
    assert [type(block) for block in done.articles["h"].body] == [Paragraph, ItemList]
    assert words(done.articles["e"]) == "xA&B“c”"
    assert words(done.articles["p"]) == "yifa<b>c&d"


def test_ids_that_are_no_file_names_are_made_safe_and_kept_apart(tmp_path: Path) -> None:
    records = [
        story(1) | {"id": "../../etc/passwd"},
        story(2) | {"id": "con"},
        story(3) | {"id": "https://x.example/a/b.html?id=77"},
        story(4) | {"id": "CON"},
    ]
    done = run(tmp_path, {"a.jsonl": jsonl(records)})
    assert len(done.articles) == 4
    assert all(path.resolve().is_relative_to(tmp_path / "content") for path in done.content.rglob("*"))


# Tables


def test_tables_keep_quoted_newlines_marks_and_semicolons(tmp_path: Path) -> None:
    text = '\ufeffid;title;text\r\n1;"ایک ""بڑی"" خبر";"پہلا پیراگراف\r\n\r\nدوسرا; پیراگراف"\r\n2;دوسری;5" پائپ\r\n'
    done = run(tmp_path, {"a.csv": text})
    assert done.articles["1"].headline == 'ایک "بڑی" خبر'
    assert [block.text for block in done.articles["1"].body] == ["پہلا پیراگراف", "دوسرا; پیراگراف"]  # type: ignore[union-attr]
    assert words(done.articles["2"]).endswith('5"پائپ')


def test_a_table_in_a_legacy_encoding_is_read_by_the_language_it_then_is_in(tmp_path: Path) -> None:
    rows = "".join(f'{n},"عنوان {n}","{ARABIC}"\n' for n in range(20))
    done = run(tmp_path, {"a.csv": ("id,title,text\n" + rows).encode("windows-1256")})
    assert done.articles["3"].language == "ar"
    assert ARABIC in [block.text for block in done.articles["3"].body]  # type: ignore[union-attr]
    assert done.report.encodings == {"windows-1256": 20}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_table_of_a_spreadsheet_is_read_in_the_encodings_they_write(tmp_path: Path, encoding: str) -> None:
    done = run(tmp_path, {"a.tsv": f"headline\tbody\nعنوان\t{URDU}\n".encode(encoding)})
    assert done.only().headline == "عنوان"


def test_a_quote_that_nothing_closes_costs_its_row_alone(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.csv": 'id,title,text\n1,a,b\n2,"open,c\n3,d,e\n'})
    assert set(done.articles) == {"1", "3"}
    assert done.report.failed == 1


def test_a_day_above_twelve_tells_the_order_of_a_column(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.csv": f"id,title,text,date\n1,a,{URDU},3/4/2017\n2,c,{URDU},25/4/2017\n"})
    assert done.articles["1"].published is not None
    assert done.articles["1"].published.iso == "2017-04-03"


def test_an_ambiguous_date_is_no_date(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.csv": "id,title,text,date\n1,a,b,3/4/2017\n"})
    assert done.only().published is None
    assert done.report.doubts["date cannot be read"] == 1


# WordPress


def test_a_wordpress_post_comes_with_all_that_was_shown(tmp_path: Path) -> None:
    content = (
        f"{URDU}\nدوسری سطر\n\n<h3>ذیلی سرخی</h3>\n<blockquote>قول ہے</blockquote>\n<ul><li>ایک</li><li>دو</li></ul>\n"
        "<table><tr><th>سال</th><th>تعداد</th></tr><tr><td>2016</td><td>7</td></tr></table>\n"
        '<iframe src="https://video.example/v/1" title="ویڈیو"></iframe>\n[sic] [1]'
    )
    more = (
        '<category domain="category" nicename="city"><![CDATA[شہر]]></category><category domain="post_tag" nicename="rain"><![CDATA[بارش]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
        "<wp:post_date_gmt>2017-11-11 09:05:00</wp:post_date_gmt>"
        "<wp:postmeta><wp:meta_key>kicker</wp:meta_key><wp:meta_value><![CDATA[تازہ]]></wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>older</wp:meta_value></wp:postmeta>"
    )
    article = run(tmp_path, {"export.xml": wxr(post(5, "بارش & پانی", content, more))}).only()
    assert (article.id, article.headline, article.slug) == ("5", "بارش & پانی", "story-5")
    assert article.published is not None
    assert article.published.iso == "2017-11-11T14:05:00+05:00"
    assert [byline.name for byline in article.bylines] == ["ثنا احمد"]
    assert [term.name for term in article.terms] == ["شہر", "بارش"]
    assert article.aliases == ("/2017/11/story-5/", "/2017/11/older/")
    assert article.extra["kicker"] == "تازہ"
    assert "_edit_lock" not in article.extra
    kinds = [type(block) for block in article.body]
    assert kinds == [Paragraph, Heading, Quotation, ItemList, Table, Paragraph, Paragraph]
    assert "[sic][1]" in words(article)
    first = article.body[0]
    assert isinstance(first, Paragraph)
    assert first.html is not None
    assert "<br>" in first.html


def test_only_what_was_published_is_taken_and_the_rest_is_counted(tmp_path: Path) -> None:
    items = [
        post(1, "a", URDU),
        post(2, "b", URDU + "2", kind="page"),
        post(3, "c", URDU, status="draft"),
        post(4, "d", URDU, kind="nav_menu_item"),
        post(6, "e", URDU, "<wp:post_password>x</wp:post_password>"),
    ]
    done = run(tmp_path, {"export.xml": wxr(*items)})
    assert set(done.articles) == {"1", "2"}
    assert sum(done.report.skipped.values()) == 3


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="attachment_9" align="alignnone" width="300"]<a href="x"><img src="/wp-content/uploads/a-300x200.jpg" alt="سڑک"/></a> پانی میں سڑک (Photo: EPA)[/caption]',
        '[caption caption="پانی میں سڑک (Photo: EPA)"]<img src="/wp-content/uploads/a-300x200.jpg" alt="سڑک"/>[/caption]',
        '[one_half][caption]<img src="/wp-content/uploads/a-300x200.jpg" alt="سڑک"/> پانی میں سڑک (Photo: EPA)[/caption][/one_half]',
        '<figure class="wp-block-image"><img src="/wp-content/uploads/a-300x200.jpg" alt="سڑک"/><figcaption>پانی میں سڑک <span class="credit">EPA</span></figcaption></figure>',
        '<figure><img src="data:image/gif;base64,R0" data-src="/wp-content/uploads/a-300x200.jpg" alt="سڑک"><figcaption>پانی میں سڑک <cite>EPA</cite></figcaption></figure>',
    ],
    ids=["caption", "caption as attribute", "nested", "block", "lazy"],
)
def test_captions_in_all_notations_become_figures_with_their_credit(tmp_path: Path, content: str) -> None:
    files = {"export.xml": wxr(post(1, "a", f"{URDU}\n\n{content}\n\n{URDU}")), "wp-content/uploads/a-300x200.jpg": picture()}
    done = run(tmp_path, files, sources=(tmp_path / "source/export.xml",))
    figure = done.only().body[1]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, figure.credit) == ("سڑک", "پانی میں سڑک", "EPA")
    assert figure.src == "ur/2017/11/1-1.jpg"
    assert (done.content / figure.src).read_bytes() == picture()


def test_a_picture_that_is_not_at_hand_keeps_its_words_and_its_address(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        {
            "e.xml": wxr(
                post(
                    1,
                    "a",
                    f'{URDU}<figure><img src="https://old.example/u/a.jpg" alt="سڑک"><figcaption>عنوان <cite>EPA</cite></figcaption></figure>',
                )
            )
        },
    )
    figure = done.only().body[1]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, figure.credit, figure.src) == ("سڑک", "عنوان", "EPA", None)
    assert "https://old.example/u/a.jpg" in next(done.content.rglob("*.md")).read_text("utf-8")


def test_a_featured_picture_is_found_through_the_item_that_explains_it(tmp_path: Path) -> None:
    thumbnail = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    upload = "<item><title>f</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://old.example/wp-content/uploads/2017/f.jpg</wp:attachment_url><excerpt:encoded><![CDATA[سرورق]]></excerpt:encoded></item>"
    files = {"export.xml": wxr(post(1, "a", URDU, thumbnail), upload), "wp-content/uploads/2017/f.jpg": picture()}
    figure = run(tmp_path, files, sources=(tmp_path / "source/export.xml",)).only().body[0]
    assert isinstance(figure, Figure)
    assert (figure.caption, figure.src) == ("سرورق", "ur/2017/11/1-1.jpg")


def test_a_date_of_zeros_is_no_date(tmp_path: Path) -> None:
    item = post(
        1,
        "a",
        URDU,
        "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>",
        date="0000-00-00 00:00:00",
    )
    item = item.replace("/2017/11/", "/")
    done = run(tmp_path, {"export.xml": wxr(item)})
    assert done.only().published is None
    assert done.report.doubts["date: zeros"] == 1
    assert next(done.content.rglob("*.md")).relative_to(done.content).parts[:2] == ("ur", "undated")


def test_control_characters_and_broken_markup_cost_one_item_at_most(tmp_path: Path) -> None:
    good = post(1, "a", URDU)
    control = post(2, "b", URDU + " \x08\x0b &#x1f; ج").replace("<title>b", "<title>b\x02 &nbsp; &hellip;")
    unclosed = post(3, "c", URDU).replace("</wp:post_type>", "")
    cut = post(4, "d", URDU)[:300]
    done = run(tmp_path, {"export.xml": cut_off(good, control, unclosed, post(5, "e", URDU + "5"), cut)})
    assert {"1", "2", "5"} <= set(done.articles)
    assert done.articles["2"].headline == "b \u00a0 …"
    assert done.report.failed == 1


def cut_off(*items: str) -> str:
    """A file that ends in the middle of its last item."""
    return wxr(*items).removesuffix("\n</channel></rss>\n")


def test_a_shortcode_that_shows_nothing_any_more_is_listed(tmp_path: Path) -> None:
    done = run(tmp_path, {"export.xml": wxr(post(1, "a", f'{URDU}\n\n[contact-form-7 id="1" title="x"]'))})
    dropped = (tmp_path / ".roznama/import/dropped.jsonl").read_text("utf-8")
    assert "contact-form-7" in dropped
    assert "contact" not in words(done.only())


# Feeds


def test_rss_and_atom_entries_are_articles(tmp_path: Path) -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
    <channel><title>روزنامہ</title><link>https://r.example/</link><language>ur</language>
    <item><title>پہلی</title><link>https://r.example/2018/02/a.html</link><guid isPermaLink="false">g1</guid><pubDate>Sat, 03 Feb 2018 10:20:00 +0500</pubDate>
    <dc:creator>ثنا</dc:creator><category>شہر</category><description>خلاصہ</description><content:encoded><![CDATA[<p>{URDU}</p>]]></content:encoded></item>
    <item><title>دوسری</title><link>https://r.example/b</link><description>صرف خلاصہ ہے</description></item></channel></rss>"""
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>روزنامه</title><link href="https://f.example/"/>
    <entry><title type="html">خبر &amp;amp; گزارش</title><id>tag:f.example,2019:1</id><link rel="alternate" href="https://f.example/n/1"/><published>2019-03-04T05:06:07Z</published>
    <author><name>نویسنده</name></author><category term="شهر"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PERSIAN}</p><p>دوم</p></div></content></entry></feed>"""
    done = run(tmp_path, {"rss.xml": rss, "atom.xml": atom})
    by = {article.headline: article for article in done.articles.values()}
    assert by["پہلی"].published is not None
    assert by["پہلی"].published.iso == "2018-02-03T10:20:00+05:00"
    assert (by["پہلی"].standfirst, by["پہلی"].publisher, by["پہلی"].aliases) == ("خلاصہ", "روزنامہ", ("/2018/02/a.html",))
    assert done.report.doubts["only a summary"] == 1
    persian = by["خبر & گزارش"]
    assert (persian.language, [b.name for b in persian.bylines], len(persian.body)) == ("fa", ["نویسنده"], 2)


# Pages


def test_the_article_of_a_page_is_found_and_the_rest_is_listed(tmp_path: Path) -> None:
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"بارش","datePublished":"2017-11-11T10:00:00+05:00","author":[{"@type":"Person","name":"ثنا"}],"publisher":{"name":"روزنامہ"},"articleSection":"شہر","keywords":["موسم"]}</script><link rel="canonical" href="https://p.example/2017/11/rain.html">'
    figure = '<figure><img src="/i.jpg" alt="سڑک"><figcaption>پانی <span class="credit">EPA</span></figcaption></figure>'
    share = '<div class="share-buttons"><a href="#">فیس بک</a></div>'
    html = page("بارش", [f"{URDU} {n}" for n in range(5)], head=ld, before=figure, after=share)
    done = run(tmp_path, {"a.html": html})
    article = done.only()
    assert (article.headline, article.url, article.publisher) == ("بارش", "https://p.example/2017/11/rain.html", "روزنامہ")
    assert {(term.kind, term.name) for term in article.terms} == {("topic", "موسم"), ("desk", "شہر")}
    assert isinstance(article.body[0], Figure)
    assert (article.body[0].caption, article.body[0].credit) == ("پانی", "EPA")
    assert len(article.body) == 6
    dropped = (tmp_path / ".roznama/import/dropped.jsonl").read_text("utf-8")
    assert all(text in dropped for text in ("فیس بک", "حصہ 3", "دوسری خبر 2", "جملہ حقوق"))


def test_labels_of_a_page_s_captions_are_understood(tmp_path: Path) -> None:
    figure = '<figure><div><picture><img src="/i.jpg" alt="ایک سڑک"></picture><span role="text"><span>،تصویر کا ذریعہ</span>Getty Images</span></div><figcaption><span>،تصویر کا کیپشن</span><p>بارش کے بعد</p></figcaption></figure>'
    html = page("بارش", [f"{URDU} {n}" for n in range(5)], before=figure)
    block = run(tmp_path, {"a.html": html}).only().body[0]
    assert isinstance(block, Figure)
    assert (block.alt, block.caption, block.credit) == ("ایک سڑک", "بارش کے بعد", "Getty Images")


@pytest.mark.parametrize(("encoding", "text"), [("windows-1256", ARABIC), ("windows-1255", HEBREW), ("utf-16", PERSIAN)])
def test_pages_in_legacy_encodings_are_read_whether_they_say_so_or_not(tmp_path: Path, encoding: str, text: str) -> None:
    html = page("سرخی" if encoding != "windows-1255" else "כותרת", [f"{text} {n}" for n in range(6)])
    says = html.replace('charset="utf-8"', f'charset="{encoding}"').replace("سرخی", "خبر").replace("ur", "x")
    lies = html.replace("سرخی", "خبر")
    wanted = {"windows-1256": "ar", "windows-1255": "he", "utf-16": "fa"}[encoding]
    done = run(tmp_path, {"a.html": says.encode(encoding, "replace"), "b.html": lies.encode(encoding, "replace")})
    assert {article.language for article in done.articles.values()} == {wanted}
    assert all(text in (block.text if isinstance(block, Paragraph) else text) for a in done.articles.values() for block in a.body)


def test_a_recipe_tells_where_a_site_keeps_its_text(tmp_path: Path) -> None:
    from generator.importing.records import Recipe

    html = (
        '<html><head><title>x</title><link rel="canonical" href="https://odd.example/a"></head><body><div id="k">عنوان</div><b class="d">11 نومبر 2017</b><div class="z">'
        + "".join(f"<span>{URDU} {n}</span><br><br>" for n in range(3))
        + '<i class="ad">اشتہار</i></div><div class="y">'
        + "".join(f"<p>{ARABIC}</p>" for _ in range(9))
        + "</div></body></html>"
    )
    recipe = Recipe(host="odd.example", content=".z", headline="#k", date=".d", remove=(".ad",))
    article = run(tmp_path, {"a.html": html}, options=options(recipes=(recipe,))).only()
    assert article.headline == "عنوان"
    assert article.published is not None
    assert article.published.iso == "2017-11-11"
    assert len(article.body) == 3
    assert "اشتہار" not in words(article)


# Web archives


def test_a_crawl_gives_its_articles_and_counts_the_rest(tmp_path: Path) -> None:
    article = page("بارش", [f"{URDU} {n}" for n in range(5)]).encode()
    legacy = (
        page("مطر", [f"{ARABIC} {n}" for n in range(5)]).replace('<meta charset="utf-8">', "").encode("windows-1256", "replace")
    )
    pages = [
        ("https://w.example/", "text/html", article),
        ("https://w.example/2017/a.html", "text/html; charset=utf-8", article),
        ("https://w.example/s.css", "text/css", b"a{}"),
        ("https://w.example/b", "text/html; charset=windows-1256", legacy),
        ("https://w.example/list", "text/html", b"<html><body><a href=x>y</a></body></html>"),
    ]
    done = run(tmp_path, {"a.warc.gz": warc(pages)})
    by = {a.url: a for a in done.articles.values()}
    assert set(by) == {"https://w.example/2017/a.html", "https://w.example/b"}
    assert by["https://w.example/b"].language == "ar"
    assert json.loads(by["https://w.example/b"].extra["imported"])["captured"] == "2019-05-06T07:08:09Z"
    assert done.report.skipped["page without an article"] == 1
    assert done.report.skipped["front page"] == 1


def test_a_wacz_is_opened_and_its_notes_help_where_the_page_does_not(tmp_path: Path) -> None:
    known = json.dumps({"url": "https://w.example/app", "title": "ایپ کی خبر", "text": f"{URDU} " * 4}, ensure_ascii=False)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "archive/data.warc.gz",
            warc([("https://w.example/app", "text/html", b"<html><body><div id=app></div></body></html>")]),
        )
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + known + "\n")
        archive.writestr("datapackage.json", "{}")
    article = run(tmp_path, {"a.wacz": data.getvalue()}).only()
    assert article.headline == "ایپ کی خبر"


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    article = page("بارش", [f"{URDU} {n}" for n in range(5)]).encode()
    data = warc(
        [(f"https://w.example/{n}", "text/html", article.replace("بارش".encode(), f"بارش {n}".encode())) for n in range(3)]
    )
    done = run(tmp_path, {"a.warc.gz": data[: len(data) - 300]})
    assert len(done.articles) >= 2
    assert done.report.failed <= 1


# News industry


NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd"><nitf xml:lang="ar"><head><docdata><doc-id id-string="ag.2017.1"/><date.issue norm="20171111T140500+0500"/>
<key-list><keyword key="طرق"/></key-list><doc.copyright holder="الوكالة"/></docdata><pubdata position.section="محليات"/></head><body><body.head><hedline><hl1>فتح الطريق</hl1><hl2>بعد عامين</hl2></hedline>
<byline><person>كاتب</person><byttl>مراسل</byttl></byline><rights>© الوكالة</rights><dateline><location>المدينة</location></dateline></body.head><body.content><block><p>{ARABIC}</p><p>فقرة <em>ثانية</em></p></block>
<media media-type="image"><media-reference source="r.jpg" alternate-text="طريق"/><media-caption>الطريق الجديد</media-caption><media-producer>مصور</media-producer></media></body.content></body></nitf>"""


def test_nitf_gives_its_story(tmp_path: Path) -> None:
    article = run(tmp_path, {"a.xml": NITF, "r.jpg": picture()}).only()
    assert (article.id, article.headline, article.standfirst, article.language) == ("ag.2017.1", "فتح الطريق", "بعد عامين", "ar")
    assert article.published is not None
    assert article.published.iso == "2017-11-11T14:05:00+05:00"
    assert (article.bylines[0].name, article.bylines[0].role) == ("كاتب", "مراسل")
    assert {(term.kind, term.name) for term in article.terms} == {("topic", "طرق"), ("desk", "محليات")}
    figure = article.body[-1]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, figure.credit) == ("طريق", "الطريق الجديد", "مصور")
    assert figure.src is not None


def test_newsml_g2_gives_its_items(tmp_path: Path) -> None:
    item = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:ag:2017:77" version="1" xml:lang="fa"><rightsInfo><usageTerms>آزاد</usageTerms></rightsInfo>
    <itemMeta><provider literal="خبرگزاری"/><versionCreated>2017-11-12T00:00:00Z</versionCreated></itemMeta>
    <contentMeta><contentCreated>2017-11-11T10:00:00+03:30</contentCreated><headline>جاده باز شد</headline><by>نویسنده</by><subject type="cpnat:abstract" qcode="x"><name>راه</name></subject><subject type="cpnat:person"><name>وزیر</name></subject><language tag="fa"/></contentMeta>
    <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PERSIAN}</p><p>دوم</p></body></html></inlineXML></contentSet></newsItem>"""
    message = (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{item}<packageItem guid="p"/></itemSet></newsMessage>'
    )
    done = run(tmp_path, {"a.xml": message})
    article = done.only()
    assert (article.id, article.headline, article.publisher, article.licence) == ("77", "جاده باز شد", "خبرگزاری", "آزاد")
    assert {(term.kind, term.name) for term in article.terms} == {("topic", "راه"), ("person", "وزیر")}
    assert len(article.body) == 2
    assert done.report.skipped == {"NewsML packageItem": 1}


@pytest.mark.parametrize(
    "item",
    [
        {
            "uri": "urn:x:9",
            "type": "text",
            "versioncreated": "2017-11-11T10:00:00Z",
            "headline": "عنوان",
            "byline": "كاتب",
            "language": "ar",
            "subject": [{"name": "طرق"}],
            "place": [{"name": "المدينة"}],
            "body_html": f"<p>{ARABIC}</p>",
            "usageterms": "حر",
        },
        {
            "uri": "urn:x:9",
            "type": "text",
            "contentcreated": "2017-11-11T10:00:00Z",
            "headlines": [{"value": "عنوان", "role": "main"}],
            "by": "كاتب",
            "language": "ar",
            "subjects": [{"name": "طرق"}],
            "places": [{"name": "المدينة"}],
            "bodies": [{"value": ARABIC, "contenttype": "text/plain"}, {"value": f"<p>{ARABIC}</p>", "contenttype": "text/html"}],
            "usageterms": "حر",
        },
        {
            "uri": "urn:x:9",
            "type": "text",
            "contentCreated": "2017-11-11T10:00:00Z",
            "headlines": [{"value": "عنوان"}],
            "by": "كاتب",
            "language": "ar",
            "subjects": [{"name": "طرق"}],
            "places": [{"name": "المدينة"}],
            "bodies": [{"value": f"<p>{ARABIC}</p>", "contentType": "text/html"}],
            "usageTerms": "حر",
        },
    ],
    ids=["1", "2", "3"],
)
def test_all_three_versions_of_ninjs_say_the_same(tmp_path: Path, item: dict[str, object]) -> None:
    article = run(tmp_path, {"a.json": json.dumps(item, ensure_ascii=False)}).only()
    assert (article.id, article.headline, article.language, article.licence) == ("9", "عنوان", "ar", "حر")
    assert article.published is not None
    assert article.published.iso == "2017-11-11T10:00:00Z"
    assert {(term.kind, term.name) for term in article.terms} == {("topic", "طرق"), ("place", "المدينة")}
    assert words(article) == words(article).replace("<p>", "")


# Text and other generators


def test_a_dump_keeps_its_text_and_its_name(tmp_path: Path) -> None:
    text = f"بارش کی خبر\n\n{URDU}\n\n1. یہ فہرست نہیں\n\n* ستارہ *\n"
    done = run(tmp_path, {"2017/11/rain-20171111.txt": text})
    assert done.only().id == "rain-20171111"
    assert next(done.content.rglob("*.txt")).read_text("utf-8").endswith("---\n\n" + text)


def test_dumps_in_one_legacy_encoding_are_decided_together(tmp_path: Path) -> None:
    done = run(tmp_path, {f"{n}.txt": f"عنوان {n}\n\n{ARABIC}\n".encode("windows-1256") for n in range(5)})
    assert {article.language for article in done.articles.values()} == {"ar"}
    assert done.report.encodings == {"windows-1256": 5}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "content/ur/rain.md",
            '+++\ntitle = "بارش"\ndate = 2017-11-11T14:05:00+05:00\ntags = ["موسم"]\naliases = ["/old/rain/"]\ndraft = false\n+++\nمتن {{< figure src="r.jpg" caption="سڑک" >}} اور *زور*\n',
        ),
        (
            "_posts/2017-11-11-rain.md",
            '---\nlayout: post\ntitle: "بارش"\ndate: 2017-11-11 14:05:00 +0500\ncategories: [موسم]\npermalink: /old/rain/\n---\nمتن\n\n![]({{ site.baseurl }}/r.jpg "سڑک")\n\nاور *زور*\n',
        ),
        (
            "content/rain.md",
            'Title: بارش\nDate: 2017-11-11 14:05+05:00\nTags: موسم\nSlug: rain\nAliases: /old/rain/\n\nمتن\n\n![](r.jpg "سڑک")\n\nاور *زور*\n',
        ),
    ],
    ids=["Hugo", "Jekyll", "Pelican"],
)
def test_the_content_of_another_generator_is_read_as_it_was(tmp_path: Path, name: str, text: str) -> None:
    folder = name.rsplit("/", 1)[0]
    done = run(tmp_path, {name: text, f"{folder}/r.jpg": picture()})
    article = done.only()
    assert article.headline == "بارش"
    assert article.published is not None
    assert article.published.iso.startswith("2017-11-11T14:05")
    assert article.published.iso.endswith("+05:00")
    assert [term.name for term in article.terms] == ["موسم"]
    assert article.aliases == ("/old/rain/",)
    assert "سڑک" in words(article)
    assert "*" not in words(article)


def test_front_matter_that_cannot_be_read_rejects_its_file(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.md": "---\ntitle: [x\n---\nمتن\n", "b.md": "---\ntitle: y\n---\nمتن\n"})
    assert done.report.failed == 1
    assert done.only().headline == "y"


# Archives


def test_archives_of_all_kinds_are_opened(tmp_path: Path) -> None:
    lines = [jsonl([story(n)]).encode() for n in range(5)]
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep/c.jsonl", lines[2])
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.jsonl", lines[1])
        archive.writestr("inner.zip", inner.getvalue())
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as packed:
        info = tarfile.TarInfo("x/d.jsonl")
        info.size = len(lines[3])
        packed.addfile(info, io.BytesIO(lines[3]))
    done = run(
        tmp_path,
        {
            "a.jsonl.gz": gz(lines[0][:20]) + gz(lines[0][20:]),
            "b.zip": outer.getvalue(),
            "d.tar.gz": tar.getvalue(),
            "e.jsonl": lines[4],
        },
    )
    assert set(done.articles) == {f"s{n}" for n in range(5)}


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_pictures_in_an_archive_come_along(tmp_path: Path, kind: str) -> None:
    html = page("بارش", [f"{URDU} {n}" for n in range(5)], before='<figure><img src="img/i.jpg" alt="x"></figure>').encode()
    data = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("site/a.html", html)
            archive.writestr("site/img/i.jpg", picture())
    else:
        with tarfile.open(fileobj=data, mode="w") as tar:
            for name, content in (("site/a.html", html), ("site/img/i.jpg", picture())):
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    done = run(tmp_path, {f"a.{kind}": data.getvalue()})
    figure = done.only().body[0]
    assert isinstance(figure, Figure)
    assert figure.src is not None
    assert (done.content / figure.src).read_bytes() == picture()


def test_a_format_that_is_forced_is_used(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        run(tmp_path, {"a.txt": "x"}, format="none")
    done = run(tmp_path, {"b.txt": jsonl([story(1)])}, format="json", sources=(tmp_path / "source/b.txt",))
    assert set(done.articles) == {"s1"}


def test_a_source_without_a_field_of_text_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.jsonl": jsonl([{"x": 1, "y": 2}])})
    assert any("--map" in reason for reason in done.report.rejected)
    assert articles(tmp_path / "content") == {}
