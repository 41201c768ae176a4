"""The head of an article, read by readers that others wrote."""

import json
import re
from typing import Any

import extruct
import pytest
from small_site import SmallSite, dump, with_front_matter

from generator.html import script_json
from generator.model import ArticleDate
from generator.pages.heads import machine_date

BASE = "https://archive.example/news"
FIELDS = {
    "headline": "نیا پل کھل گیا",
    "date": "2017-11-11T14:05:00+05:00",
    "updated": "2017-11-12",
    "topics": "[پل, شہر]",
    "places": "[لاہور]",
    "desk": "قومی",
    "author": "احمد علی",
    "source": "نوائے شہر",
    "url": "https://old.example/42",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
    "page": "3",
}


def built(site: SmallSite, base: str = BASE) -> str:
    site.write("site.toml", f'title = "نمونہ"\nlanguage = "ur"\nbase_url = "{base}"\n')
    site.article("ur/before.md", with_front_matter({"headline": "پہلے", "date": "2017-11-10"}, "متن ہے۔"))
    site.article("ur/bridge.md", with_front_matter(FIELDS, "پہلا پیرا ہے۔\n\nدوسرا پیرا ہے۔"))
    site.article("ur/after.md", with_front_matter({"headline": "بعد میں", "date": "2017-11-13"}, "متن ہے۔"))
    assert not site.build().errors
    return site.page("ur/2017/11/bridge.html")


def metas(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page):
        found.setdefault(name, []).append(content)
    return found


def graph(page: str) -> list[dict[str, Any]]:
    block = extruct.extract(page, base_url=BASE, syntaxes=["json-ld"])["json-ld"][0]
    assert block["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = block["@graph"]
    return found


def test_schema_org_says_all_that_is_known_and_nothing_else(site: SmallSite) -> None:
    news, trail = graph(built(site))
    address = f"{BASE}/ur/2017/11/bridge.html"
    assert news == {
        "@type": "NewsArticle", "@id": address, "url": address, "mainEntityOfPage": address, "headline": "نیا پل کھل گیا",
        "inLanguage": "ur", "datePublished": "2017-11-11T14:05:00+05:00", "dateModified": "2017-11-12",
        "author": [{"@type": "Person", "name": "احمد علی"}], "identifier": "bridge", "printPage": "3",
        "publisher": {"@type": "Organization", "name": "نوائے شہر"}, "articleSection": "قومی",
        "isPartOf": {"@type": "Collection", "name": "نمونہ", "url": f"{BASE}/"},
        "about": [{"@type": "Thing", "name": "پل"}, {"@type": "Thing", "name": "شہر"}],
        "mentions": [{"@type": "Place", "name": "لاہور"}], "isBasedOn": "https://old.example/42",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    assert trail["@type"] == "BreadcrumbList"
    steps = trail["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert steps[2]["item"] == f"{BASE}/ur/2017/11/"
    assert steps[3] == {"@type": "ListItem", "position": 4, "name": "نیا پل کھل گیا"}


def test_open_graph_calls_it_an_article(site: SmallSite) -> None:
    found = dict(extruct.extract(built(site), base_url=BASE, syntaxes=["opengraph"])["opengraph"][0]["properties"])
    assert found["og:type"] == "article"
    assert found["og:locale"] == "ur_PK"
    assert found["og:url"] == f"{BASE}/ur/2017/11/bridge.html"
    assert found["article:published_time"] == "2017-11-11T14:05:00+05:00"
    assert found["article:section"] == "قومی"


def test_reference_managers_find_a_newspaper_article(site: SmallSite) -> None:
    found = metas(built(site))
    assert found["z.itemType"] == ["newspaperArticle"]
    assert found["citation_journal_title"] == ["نوائے شہر"]
    assert found["citation_publication_date"] == ["2017/11/11"]
    assert found["citation_author"] == ["احمد علی"]
    assert found["citation_firstpage"] == ["3"]
    assert found["DC.subject"] == ["پل", "شہر", "قومی"]
    assert found["DC.coverage"] == ["لاہور"]
    assert found["DC.type"] == ["Text", "newspaperArticle"]
    assert found["DC.source"] == ["https://old.example/42"]


def test_links_lead_to_neighbours_original_and_licence(site: SmallSite) -> None:
    head = built(site).partition("</head>")[0]
    for link in (
        '<link rel="prev" href="../../../ur/2017/11/before.html">',
        '<link rel="next" href="../../../ur/2017/11/after.html">',
        '<link rel="original" href="https://old.example/42">',
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
    ):
        assert link in head


def test_without_a_public_address_no_absolute_one_is_made_up(site: SmallSite) -> None:
    page = built(site, "")
    (news,) = graph(page)
    assert not {"@id", "url", "mainEntityOfPage"} & set(news)
    assert not {"og:url", "citation_public_url"} & set(metas(page))


def test_no_headline_breaks_out_of_the_script(site: SmallSite) -> None:
    evil = "</script><!--<script>alert(1)\u2028&amp; \"'"
    site.article("ur/2001/05/evil.txt", dump(f"سرخی {evil}", "پیرا ہے۔"))
    site.build()
    page = next(path for path in site.output.rglob("evil.html")).read_text("utf-8")
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert script is not None
    assert "<" not in script[1]
    assert "\u2028" not in script[1]
    assert json.loads(script[1])["@graph"][0]["headline"].startswith("سرخی </script><!--<script>alert(1)")


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "\u2028\u2029", "&lt;"])
def test_json_in_a_script_keeps_its_meaning(text: str) -> None:
    written = script_json({"a": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"a": text}


def test_an_hour_without_a_zone_is_not_told_to_machines() -> None:
    assert machine_date(ArticleDate(2017, 11, 11, "14:05")) == "2017-11-11"
    assert machine_date(ArticleDate(2017, 11, 11, "14:05Z")) == "2017-11-11T14:05Z"
    assert machine_date(ArticleDate(2017)) == "2017"
