"""Articles that are translations of one another: said once, true for all of them."""

import pytest
from lxml import etree, html
from small_site import SmallSite, with_front_matter

BASE = "https://archive.example/news"
TEXTS = {"ur": "یہ ایک خبر ہے۔", "ar": "هذا خبر.", "en": "This is a report.", "fa": "این یک خبر است."}


def article(site: SmallSite, id_: str, language: str, **fields: str) -> None:
    first = {"headline": f"Story {id_}", "language": language, "date": "2017-11-01"}
    site.article(f"{language}/{id_}.md", with_front_matter(first | fields, TEXTS[language]))


@pytest.fixture
def archive(site: SmallSite) -> SmallSite:
    site.write("site.toml", f'title = "نمونہ"\nlanguage = "ur"\nbase_url = "{BASE}"\n')
    article(site, "a", "ur", translations="[b]")
    article(site, "b", "ar")
    article(site, "c", "en", translation_of="B")
    article(site, "d", "ur")
    return site


def hreflangs(site: SmallSite, language: str, id_: str) -> dict[str, str]:
    head = html.fromstring(site.page(f"{language}/2017/11/{id_}.html")).xpath("//head/link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in head}


def url(language: str, id_: str) -> str:
    return f"{BASE}/{language}/2017/11/{id_}.html"


def test_all_of_a_group_point_to_all_of_it_and_to_themselves(archive: SmallSite) -> None:
    archive.build()
    group = {"ur": url("ur", "a"), "ar": url("ar", "b"), "en": url("en", "c"), "x-default": url("ur", "a")}
    for language, id_ in (("ur", "a"), ("ar", "b"), ("en", "c")):
        assert hreflangs(archive, language, id_) == group
    assert hreflangs(archive, "ur", "d") == {}
    shown = html.fromstring(archive.page("ar/2017/11/b.html")).xpath("//nav[contains(@class, 'translations')]/a")
    assert [(link.get("lang"), link.get("dir"), link.get("href")) for link in shown] == [
        ("en", "ltr", "../../../en/2017/11/c.html"),
        ("ur", "rtl", "../../../ur/2017/11/a.html"),
    ]


def test_the_sitemap_has_the_same_pairs(archive: SmallSite) -> None:
    archive.build()
    tree = etree.fromstring(archive.page("sitemaps/articles-1.xml").encode())
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    for entry in tree.xpath("//s:url", namespaces=spaces):
        (location,) = entry.xpath("s:loc/text()", namespaces=spaces)
        language, id_ = location.split("/")[4], location.split("/")[-1].removesuffix(".html")
        pairs = {link.get("hreflang"): link.get("href") for link in entry.xpath("x:link", namespaces=spaces)}
        assert pairs == hreflangs(archive, language, id_)


def test_without_an_original_there_is_no_default(archive: SmallSite) -> None:
    article(archive, "b", "ar", translation_of="a")
    article(archive, "a", "ur", translation_of="b")
    archive.build()
    assert "x-default" not in hreflangs(archive, "en", "c")


def test_linked_data_names_the_original_and_its_translations(archive: SmallSite) -> None:
    archive.build()
    assert f'"workTranslation":[{{"@type":"NewsArticle","@id":"{url("ar", "b")}"' in archive.page("ur/2017/11/a.html")
    assert f'"translationOfWork":{{"@type":"NewsArticle","@id":"{url("ur", "a")}"' in archive.page("en/2017/11/c.html")


def test_an_id_that_no_article_has_and_a_second_article_of_a_language_are_told(archive: SmallSite) -> None:
    article(archive, "c", "en", translation_of="nobody")
    article(archive, "d", "ur", translation_of="b")
    report = archive.build()
    assert {(problem.path, problem.code) for problem in report.problems} == {
        ("en/c.md", "translation-unknown"), ("ur/d.md", "translation-twice"),
    }  # fmt: skip
    assert hreflangs(archive, "ar", "b")["ur"] == url("ur", "a")
    assert hreflangs(archive, "ur", "d") == {}


def test_a_link_made_or_withdrawn_makes_the_pages_of_both_again(archive: SmallSite) -> None:
    archive.build()
    article(archive, "c", "en")
    report = archive.build()
    assert report.stale["article"] == 3
    assert hreflangs(archive, "en", "c") == {}
    assert set(hreflangs(archive, "ar", "b")) == {"ar", "ur", "x-default"}
    article(archive, "a", "ur", translations="[b]", withdrawn="yes")
    archive.build()
    assert hreflangs(archive, "ar", "b") == {}


def test_without_a_public_address_readers_still_find_them(archive: SmallSite) -> None:
    archive.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n')
    archive.build()
    assert hreflangs(archive, "ar", "b") == {}
    assert 'hreflang="ur"' in archive.page("ar/2017/11/b.html")
