"""The archive as data, read by readers that others wrote."""

import csv
import hashlib
import io
import json

from lxml import html
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from small_site import SmallSite, with_front_matter

BASE = "https://archive.example/news"


def build(site: SmallSite, files: str = "texts", base: str = BASE) -> None:
    text = f'title = "نمونہ"\nlanguage = "ur"\nbase_url = "{base}"\n[data]\nfiles = "{files}"\n[licence]\nname = "CC0"\n'
    site.write("site.toml", text)
    for number, day in enumerate(("2016-05-01", "2017-11-01", "2017-11-02", "")):
        fields = {"headline": f"سرخی \"{number}\" \\ <b>", "topics": "['شہر \"x\" \\ <y>']", "author": "=احمد"}
        if day:
            fields["date"] = day
        fields = {name: value if name == "topics" else f"'{value}'" for name, value in fields.items()}
        site.article(f"ur/a{number}.md", with_front_matter(fields, f"پیرا {number} ہے۔\n\nدوسرا پیرا۔"))
    report = site.build()
    assert not report.errors, [str(problem) for problem in report.problems]


def test_each_year_has_a_table_and_the_package_lists_them(site: SmallSite) -> None:
    build(site)
    package = json.loads(site.page("data/datapackage.json"))
    articles, topics, *texts = package["resources"]
    assert articles["path"] == ["articles-undated.csv", "articles-2016.csv", "articles-2017.csv"]
    rows = []
    for name in articles["path"]:
        read = list(csv.DictReader(io.StringIO(site.page(f"data/{name}"), newline="")))
        assert list(read[0]) == [field["name"] for field in articles["schema"]["fields"]]
        rows += read
    assert [row["id"] for row in rows] == ["a3", "a0", "a1", "a2"]
    assert {row["authors"] for row in rows} == {"'=احمد"}
    assert [resource["path"] for resource in texts] == [
        "texts/undated_1.jsonl", "texts/2016_1.jsonl", "texts/2017_1.jsonl",
    ]  # fmt: skip
    assert all((site.output / "data" / resource["path"]).is_file() for resource in (topics, *texts))
    assert package["licenses"] == [{"title": "CC0"}]


def test_a_twin_is_found_by_its_offset(site: SmallSite) -> None:
    build(site)
    data = (site.output / "data/texts/2017_1.jsonl").read_bytes()
    head, _, rest = data.partition(b"\n")
    offsets = json.loads(head)["offsets"]
    assert list(offsets) == ["a1", "a2"]
    start, length = offsets["a2"]
    twin = json.loads(rest[start : start + length])
    source = site.folder / "content" / twin["source"]
    assert twin["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert twin["text"] == 'سرخی "2" \\ <b>\n\nپیرا 2 ہے۔\n\nدوسرا پیرا۔\n'
    assert hashlib.sha256(twin["text"].encode()).hexdigest() in site.page("ur/2017/11/a2.html")
    news = twin["ninjs"]
    assert news["uri"] == f"{BASE}/ur/2017/11/a2.html"
    assert news["contentCreated"] == "2017-11-02T00:00:00Z"
    assert news["by"] == "=احمد"
    assert "contentCreated" not in json.loads(site.page("data/texts/undated_1.jsonl").splitlines()[1])["ninjs"]


def test_topics_are_read_as_skos(site: SmallSite) -> None:
    build(site)
    graph = Graph().parse(site.output / "data/topics.ttl", format="turtle")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    labels = {concept: str(label) for concept in concepts for label in graph.objects(concept, SKOS.prefLabel)}
    mine = [concept for concept, label in labels.items() if label == 'شہر "x" \\ <y>']
    assert len(mine) == 1
    assert str(mine[0]).startswith(f"{BASE}/topics/")
    assert (mine[0], SKOS.inScheme, URIRef(f"{BASE}/topics/")) in graph
    assert all(isinstance(label, Literal) and label.language for label in graph.objects(None, SKOS.prefLabel))


def test_a_word_in_a_body_writes_its_texts_and_no_table(site: SmallSite) -> None:
    build(site)
    path = site.folder / "content/ur/a1.md"
    path.write_text(path.read_text("utf-8").replace("دوسرا", "تیسرا"), encoding="utf-8")
    assert site.build().stale["data"] == 1
    assert "تیسرا" in site.page("data/texts/2017_1.jsonl")


def test_texts_are_given_only_where_they_are_asked_for(site: SmallSite) -> None:
    build(site, "tables", "")
    assert sorted(path.name for path in (site.output / "data").iterdir()) == [
        "articles-2016.csv", "articles-2017.csv", "articles-undated.csv", "datapackage.json", "topics.ttl",
    ]  # fmt: skip
    assert "<../topics/" in site.page("data/topics.ttl")
    build(site, "none")
    assert not (site.output / "data").exists()


def test_each_article_may_have_files_of_its_own_that_its_page_links_to(site: SmallSite) -> None:
    build(site, "single")
    page = html.fromstring(site.page("ur/2017/11/a2.html"))
    twins = {link.get("type"): link.get("href") for link in page.xpath("//head/link[@rel='alternate'][not(contains(@href, 'feed'))]")}
    assert twins == {
        "text/plain": "../../../data/plain/ur/2017/11/a2.txt", "application/json": "../../../data/ninjs/ur/2017/11/a2.json",
    }  # fmt: skip
    text = site.page("data/plain/ur/2017/11/a2.txt")
    assert text == 'سرخی "2" \\ <b>\n\nپیرا 2 ہے۔\n\nدوسرا پیرا۔\n'
    news = json.loads(site.page("data/ninjs/ur/2017/11/a2.json"))
    assert news["bodies"] == [{"role": "main", "contentType": "text/plain", "value": text}]
    path = site.folder / "content/ur/a1.md"
    path.write_text(path.read_text("utf-8").replace("دوسرا", "تیسرا"), encoding="utf-8")
    assert site.build().stale["data"] == 2
    build(site, "texts")
    assert "data/plain" not in site.page("ur/2017/11/a2.html")
    assert not (site.output / "data/plain").exists()


def test_a_new_name_of_the_archive_in_a_language_reaches_its_texts(site: SmallSite) -> None:
    build(site)
    site.article("ar/x.md", with_front_matter({"headline": "خبر", "date": "2015-01-01", "language": "ar"}, "هذا خبر."))
    site.build()
    settings = site.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8") + '[names.ar]\ntitle = "مثال"\n', encoding="utf-8")
    site.build()
    assert "مثال" in site.page("data/texts/2015_1.jsonl")
