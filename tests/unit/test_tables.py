"""The files beside a topic's page."""

import csv
import io

import pytest
import rispy
from small_site import SmallSite, with_front_matter

from generator.pages.tables import safe


def build(site: SmallSite) -> None:
    for number in range(6):
        fields = {"headline": f"'=سرخی {number}'", "date": f"2017-11-0{number + 1}", "topics": "[شہر]", "author": "احمد"}
        site.article(f"ur/a{number}.md", with_front_matter(fields, "پیرا ہے۔"))
    site.article("ur/b.md", with_front_matter({"headline": "اور", "topics": "[گاؤں]"}, "پیرا ہے۔"))
    assert not site.build().errors


def test_a_much_used_topic_has_a_table_and_references(site: SmallSite) -> None:
    build(site)
    (file,) = (site.output / "topics").rglob("*.csv")
    text = file.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["a5", "a4", "a3", "a2", "a1", "a0"]
    assert rows[0]["headline"] == "'=سرخی 5"
    assert (rows[0]["authors"], rows[0]["date"], rows[0]["newspaper"]) == ("احمد", "2017-11-06", "نمونہ")
    assert (site.output / rows[0]["address"]).is_file()
    entries = rispy.loads(file.with_suffix(".ris").read_text("utf-8"))
    assert [entry["title"] for entry in entries] == [f"=سرخی {number}" for number in range(5, -1, -1)]
    page = file.with_suffix(".html").read_text("utf-8")
    assert 'type="text/csv"' in page
    assert 'type="application/x-research-info-systems"' in page


def test_another_author_is_told_in_the_files_of_the_topic(site: SmallSite) -> None:
    build(site)
    fields = {"headline": "سرخی", "date": "2017-11-01", "topics": "[شہر]", "author": "سارہ"}
    site.article("ur/a0.md", with_front_matter(fields, "پیرا ہے۔"))
    assert site.build().stale["table"] == 2
    (file,) = (site.output / "topics").rglob("*.csv")
    assert "سارہ" in file.read_text("utf-8")


def test_a_new_name_of_the_archive_in_the_language_of_an_article_reaches_its_topics(site: SmallSite) -> None:
    build(site)
    fields = {"headline": "خبر", "date": "2015-01-01", "language": "ar", "topics": "[شہر]"}
    site.article("ar/x.md", with_front_matter(fields, "هذا خبر."))
    site.build()
    settings = site.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8") + '[names.ar]\ntitle = "مثال"\n', encoding="utf-8")
    site.build()
    (file,) = (site.output / "topics").rglob("*.csv")
    assert [row["newspaper"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))][-1] == "مثال"
    assert "T2  - مثال" in file.with_suffix(".ris").read_text("utf-8")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe("سرخی = 1") == "سرخی = 1"
