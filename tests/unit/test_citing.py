"""References, read back by readers that others wrote."""

import json
import re
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from small_site import SmallSite, with_front_matter

from generator.html import data_link
from generator.model import ArticleDate
from generator.pages.citing import Reference, bibtex, csl, english, ris

FULL = Reference(
    id="pul-1", headline="نیا پل کھل گیا", authors=("احمد علی", "سارہ خان"), newspaper="نوائے شہر", archive="نمونہ",
    date=ArticleDate(2017, 11, 9), language="ur", url="https://archive.example/ur/%D9%BE.html", topics=("پل", "شہر"),
    section="قومی", page="3",
)  # fmt: skip
BARE = Reference("x", "سرخی", (), "نمونہ", None, None, "ur", None)
words = st.text(st.characters(codec="utf-8"), max_size=40)


def read_ris(text: str) -> dict[str, object]:
    (entry,) = rispy.loads(text)
    return dict(entry)


def test_ris_is_read_as_a_newspaper_article() -> None:
    entry = read_ris(ris(FULL))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == FULL.headline
    assert entry["authors"] == list(FULL.authors)
    assert entry["year"] == "2017"
    assert entry["date"] == "2017/11/09/"
    assert entry["keywords"] == ["پل", "شہر"]
    assert "DA" not in ris(BARE)


def test_ris_dates_are_as_precise_as_they_are_known() -> None:
    for date, expected in ((ArticleDate(2017), "2017///"), (ArticleDate(2017, 3), "2017/03//")):
        reference = Reference("x", "سرخی", (), "نمونہ", None, date, "ur", None)
        assert f"DA  - {expected}\r\n" in ris(reference)


def test_bibtex_is_read_back() -> None:
    (entry,) = parse_string(bibtex(FULL)).entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert (entry.entry_type, entry.key) == ("article", "pul-1")
    assert fields["title"] == "{نیا پل کھل گیا}"
    assert fields["author"] == "{احمد علی} and {سارہ خان}"
    assert fields["date"] == "2017-11-09"
    assert fields["entrysubtype"] == "newspaper"


def test_csl_names_what_is_known_and_nothing_else() -> None:
    assert json.loads(csl(BARE)) == [
        {"id": "x", "type": "article-newspaper", "title": "سرخی", "container-title": "نمونہ", "language": "ur"}
    ]
    (entry,) = json.loads(csl(FULL))
    assert entry["issued"] == {"date-parts": [[2017, 11, 9]]}
    assert entry["author"] == [{"literal": "احمد علی"}, {"literal": "سارہ خان"}]


@given(words, words)
def test_no_text_breaks_out_of_a_reference(headline: str, name: str) -> None:
    one = Reference("x", f"a{headline}", (f"a{name}",), "n", None, None, "ur", None)
    assert len(rispy.loads(ris(one))) == 1
    assert ris(one).count("\r\n") == 7
    library = parse_string(bibtex(one))
    assert len(library.entries) == 1
    assert not library.failed_blocks
    assert json.loads(csl(one))[0]["title"] == f"a{headline}"


@given(words)
def test_a_link_that_holds_a_text_gives_it_back(text: str) -> None:
    link = data_link("text/plain", text)
    assert not re.search(r"[\s\"'<>#&]", link)
    assert unquote(link.partition(",")[2]) == text


def test_the_line_in_english_isolates_what_runs_the_other_way() -> None:
    assert english(FULL) == (
        "<bdi>احمد علی, سارہ خان</bdi>. “<bdi>نیا پل کھل گیا</bdi>”. <bdi>نوائے شہر</bdi>, 9 November 2017."
        " <bdi>نمونہ</bdi>. https://archive.example/ur/%D9%BE.html"
    )
    evil = Reference("x", "<b>", ("<i>",), "<u>", None, None, "ur", "https://x.example/?a&b")
    assert english(evil) == (
        "<bdi>&lt;i&gt;</bdi>. “<bdi>&lt;b&gt;</bdi>”. <bdi>&lt;u&gt;</bdi>. https://x.example/?a&amp;b"
    )


@pytest.mark.parametrize("label", ["RIS", "BibTeX", "CSL-JSON"])
def test_the_page_holds_its_references_itself(site: SmallSite, label: str) -> None:
    site.article("ur/a.md", with_front_matter({"headline": "سرخی & <b>", "date": "2017-11-09"}, "متن ہے۔"))
    site.build()
    page = site.page("ur/2017/11/a.html")
    found = re.search(rf'<a href="data:[^,"]+,([^"]+)" download="a\.\w+"><bdi>{label}</bdi>', page)
    assert found is not None
    assert "سرخی" in unquote(found[1])
