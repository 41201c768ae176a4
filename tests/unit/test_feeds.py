"""Feeds, sitemaps and the files at the root, read by readers that others wrote."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import feedparser
from lxml import etree
from small_site import SmallSite, with_front_matter

BASE = "https://archive.example/news"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def settings(site: SmallSite, base: str = BASE, more: str = "") -> None:
    site.write("site.toml", f'title = "نمونہ & کو"\nlanguage = "ur"\nbase_url = "{base}"\n{more}')


def story(site: SmallSite, number: int, day: str, **fields: str) -> Path:
    stated = {"headline": f"سرخی {number} <b>&amp;", "date": day, "topics": "[شہر]", **fields}
    return site.article(f"ur/a{number}.md", with_front_matter(stated, "پہلا پیرا ہے۔"))


def file_of(site: SmallSite, address: str) -> Path:
    """The file that an absolute address of the site leads to."""
    assert address.startswith(f"{BASE}/")
    path = unquote(address.removeprefix(f"{BASE}/"))
    return site.output / (f"{path}index.html" if path.endswith("/") or not path else path)


def parsed(site: SmallSite, path: str) -> feedparser.FeedParserDict:
    found = feedparser.parse((site.output / path).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_three_formats_tell_the_same_articles_newest_first(site: SmallSite) -> None:
    settings(site)
    for number in range(1, 8):
        story(site, number, f"2017-11-{number:02d}")
    site.build()
    atom, rss = parsed(site, "feeds/atom.xml"), parsed(site, "feeds/rss.xml")
    feed = json.loads(site.page("feeds/feed.json"))
    assert (atom.version, rss.version) == ("atom10", "rss20")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    titles = [f"سرخی {number} <b>&amp;" for number in range(7, 0, -1)]
    assert [item["title"] for item in feed["items"]] == titles
    assert len(atom.entries) == len(rss.entries) == 7
    assert [entry.id for entry in atom.entries] == [entry.id for entry in rss.entries]
    assert atom.feed.language == rss.feed.language == feed["language"] == "ur"
    assert all(file_of(site, entry.link).is_file() for entry in [*atom.entries, *rss.entries])
    assert atom.entries[0].published == "2017-11-07T00:00:00Z"
    assert rss.entries[0].published == "Tue, 07 Nov 2017 00:00:00 +0000"
    assert 'dir="rtl"' in rss.entries[0].description
    assert 'dir="rtl"' in feed["items"][0]["content_html"]
    tree = etree.fromstring((site.output / "feeds/atom.xml").read_bytes())
    assert {div.get("dir") for div in tree.iter("{http://www.w3.org/1999/xhtml}div")} == {"rtl"}


def test_archive_documents_hold_every_dated_article_once_besides_the_newest(site: SmallSite) -> None:
    settings(site)
    for number in range(460):
        story(site, number, f"{2015 + number // 400}-{1 + number % 2:02d}-{1 + number % 28:02d}")
    story(site, 900, "2010")
    story(site, 901, "2011-03-04")
    site.build()
    names: list[str] = []
    path: str | None = "feeds/atom.xml"
    while path:
        tree = etree.fromstring((site.output / path).read_bytes())
        names += [str(entry.findtext(f"{ATOM}id")) for entry in tree.iter(f"{ATOM}entry")]
        older = [link.get("href") for link in tree.iter(f"{ATOM}link") if link.get("rel") == "prev-archive"]
        path = str(file_of(site, str(older[0])).relative_to(site.output)) if older else None
    assert len(set(names)) == 461  # all but the one of which only the year is known
    documents = sorted(file.name for file in (site.output / "feeds/archive").iterdir())
    assert documents == ["2011_1.xml", "2015-01_1.xml", "2015-02_1.xml"]


def test_a_document_of_a_month_that_is_over_never_changes(site: SmallSite) -> None:
    settings(site)
    for number in range(210):
        story(site, number, f"2015-{1 + number % 2:02d}-03")
    site.build()
    document = site.output / "feeds/archive/2015-01_1.xml"
    before = document.read_bytes()
    story(site, 500, "2015-03-01")
    story(site, 501, "2016-03-01")
    report = site.build()
    assert document.read_bytes() == before
    assert report.stale["feed"] == 6  # three subscriptions, February and March, which are over now, and the topic's


def test_a_correction_is_told_and_an_entry_keeps_its_id_when_it_moves(site: SmallSite) -> None:
    settings(site)
    story(site, 1, "2017-11-01")
    site.build()
    first = parsed(site, "feeds/atom.xml").entries[0]
    story(site, 1, "2017-12-01", updated="2018-01-02")
    site.build()
    second = parsed(site, "feeds/atom.xml").entries[0]
    assert second.link != first.link
    assert second.id == first.id
    assert second.updated == "2018-01-02T00:00:00Z"


def test_languages_and_used_topics_have_feeds_of_their_own(site: SmallSite) -> None:
    settings(site)
    for number in range(6):
        story(site, number, f"2017-11-0{number + 1}")
    fields = {"headline": "A bridge", "date": "2017-11-09", "language": "en", "topics": "[bridge]"}
    site.article("en/bridge.md", with_front_matter(fields, "A new bridge has been opened in the city."))
    site.build()
    assert len(parsed(site, "feeds/atom.xml").entries) == 7
    assert [entry.title for entry in parsed(site, "en/feeds/rss.xml").entries] == ["A bridge"]
    (topic,) = (site.output / "topics").rglob("*.xml")
    found = parsed(site, topic.relative_to(site.output).as_posix())
    assert len(found.entries) == 6
    assert "<fh:complete/>" in topic.read_text("utf-8")
    page = topic.with_suffix(".html").read_text("utf-8")
    assert f'type="application/atom+xml" href="../../topics/{topic.parent.name}/' in page


def locations(site: SmallSite, path: str) -> list[str]:
    tree = etree.fromstring((site.output / path).read_bytes())
    return [str(element.text) for element in tree.iter(f"{SITEMAP}loc")]


def test_a_correction_is_told_in_the_feed_of_the_topic(site: SmallSite) -> None:
    settings(site)
    for number in range(1, 8):
        story(site, number, f"2017-11-{number:02d}")
    site.build()
    story(site, 3, "2017-11-03", modified="2020-01-02")
    site.build()
    (file,) = (site.output / "topics").rglob("*.xml")
    updated = [entry.updated for entry in parsed(site, file.relative_to(site.output).as_posix()).entries]
    assert [date for date in updated if date.startswith("2020")] == ["2020-01-02T00:00:00Z"]


def test_the_sitemap_leads_to_every_article_and_list_and_to_nothing_else(site: SmallSite) -> None:
    settings(site)
    story(site, 1, "2017-11-01", updated="2017-12-05T10:00:00Z")
    story(site, 2, "2017")
    site.article("ur/undated.md", with_front_matter({"headline": "بے تاریخ"}, "متن ہے۔"))
    site.build()
    files = [file_of(site, address) for address in locations(site, "sitemap.xml")]
    assert [file.name for file in files] == ["articles-1.xml", "lists-1.xml"]
    addresses = [where for file in files for where in locations(site, file.relative_to(site.output).as_posix())]
    assert len(set(addresses)) == len(addresses)
    assert all(file_of(site, address).is_file() for address in addresses)
    for name in ("ur/2017/11/a1.html", "ur/2017/00/a2.html", "topics/", "ur/2017/11/", "ur/"):
        assert f"{BASE}/{name}" in addresses
    tree = etree.fromstring((site.output / "sitemaps/articles-1.xml").read_bytes())
    assert [last.text for last in tree.iter(f"{SITEMAP}lastmod")] == ["2017-12-05T10:00:00Z"]


def test_a_news_sitemap_is_there_only_while_there_is_news(site: SmallSite) -> None:
    settings(site)
    story(site, 1, "2025-12-30")
    story(site, 2, "2020-01-01")
    site.build(today=date(2026, 1, 1))
    assert locations(site, "sitemaps/news.xml") == [f"{BASE}/ur/2025/12/a1.html"]
    site.build(today=date(2026, 1, 2))  # nothing but the day has changed
    assert not (site.output / "sitemaps/news.xml").exists()
    assert f"{BASE}/sitemaps/news.xml" not in locations(site, "sitemap.xml")


def test_without_a_public_address_there_are_no_feeds_and_the_report_says_so_once(site: SmallSite) -> None:
    settings(site, base="")
    story(site, 1, "2017-11-01")
    report = site.build()
    assert not list(site.output.rglob("*.xml"))
    assert sum("base_url" in line for line in report.assumed) == 1
    assert "rel=\"alternate\"" not in site.page("index.html")
    assert site.page("robots.txt") == "User-agent: *\nAllow: /\n"
    assert "](topics/index.html)" in site.page("llms.txt")
    assert "](data/datapackage.json)" in site.page("llms.txt")


def test_pages_point_to_their_feeds(site: SmallSite) -> None:
    settings(site)
    story(site, 1, "2017-11-01")
    site.build()
    assert '<link rel="alternate" type="application/atom+xml" href="../../../feeds/atom.xml"' in site.page("ur/2017/11/a1.html")


def test_a_site_may_keep_its_own_robots_txt(site: SmallSite) -> None:
    settings(site, more='[host]\nwithout = ["robots.txt"]\n')
    story(site, 1, "2017-11-01")
    site.write("output/robots.txt", "mine")
    assert not site.build().errors
    assert site.page("robots.txt") == "mine"


def test_manifest_and_icon_are_what_browsers_read(site: SmallSite) -> None:
    settings(site)
    story(site, 1, "2017-11-01")
    site.build()
    manifest = json.loads(site.page("site.webmanifest"))
    assert (manifest["name"], manifest["dir"], manifest["lang"]) == ("نمونہ & کو", "rtl", "ur")
    assert (site.output / manifest["icons"][0]["src"]).is_file()
    from PIL import Image

    with Image.open(site.output / "favicon.ico") as icon:
        assert (icon.format, icon.size) == ("ICO", (32, 32))
        assert icon.convert("RGB").getpixel((10, 20)) == (13, 92, 77)
