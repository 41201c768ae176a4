"""Addresses: safe, readable, stable."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import ArticleDate
from generator.urls import (
    MAX_NAME_BYTES,
    article_id,
    article_url,
    date_url,
    part_url,
    path_of,
    pattern_problem,
    permalink,
    relative,
    root_of,
    slug,
    term_url,
)


@given(st.text())
def test_no_name_made_from_text_can_leave_its_folder(text: str) -> None:
    for name in (article_id(text), slug(text)):
        assert name
        assert "/" not in name
        assert "\\" not in name
        assert not name.startswith(".")
        assert len(name.encode()) <= MAX_NAME_BYTES
        assert all(ord(char) > 31 for char in name)


@given(st.text(alphabet=string.ascii_letters + string.digits + "-_", min_size=1, max_size=60))
def test_a_plain_stem_is_its_id(stem: str) -> None:
    if stem[0] not in "-_" and stem.lower() not in ("con", "prn", "aux", "nul", "index"):
        assert article_id(stem) in (stem, f"{stem}_")


def test_names_that_windows_or_a_folder_keep_for_themselves_are_changed() -> None:
    assert article_id("con") == "con_"
    assert article_id("COM1") == "COM1_"
    assert article_id("index") == "index_"


def test_long_names_that_begin_alike_stay_apart() -> None:
    one, other = article_id("خبر" * 100), article_id("خبر" * 101)
    assert one != other
    assert len(one.encode()) <= MAX_NAME_BYTES


def test_words_are_not_cut_at_vowel_signs() -> None:
    assert slug("مُحَمَّد") == "محمد"
    assert slug("हिन्दी") == "हिन्दी"
    assert slug("عِلم") != slug("الم")


def test_spellings_of_two_keyboards_have_one_address() -> None:
    assert term_url("topic", "پاكستان") == term_url("topic", "پاکستان")


def test_an_article_stands_in_its_month_or_on_the_shelf() -> None:
    patterns = ("/{lang}/{year}/{month}/{id}.html", "/{lang}/undated/{shard}/{id}.html")
    dated = article_url(*patterns, id_="x", slug_=None, language="ur", date=ArticleDate(2017, 3, 4))
    assert dated == "/ur/2017/03/x.html"
    yearly = article_url(*patterns, id_="x", slug_=None, language="ur", date=ArticleDate(2017))
    assert yearly == "/ur/2017/00/x.html"
    undated = article_url(*patterns, id_="x", slug_=None, language="ur", date=None)
    assert undated.startswith("/ur/undated/")
    assert undated.endswith("/x.html")


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("/{lang}/{id}.html", None),
        ("/{lang}/{nid}.html", "unknown field"),
        ("/{lang}/{year}.html", "must contain {id}"),
        ("{id}.html", "must start with a slash"),
        ("/../{id}.html", "must start with a slash"),
    ],
)
def test_a_permalink_pattern_is_judged(pattern: str, wrong: str | None) -> None:
    found = pattern_problem(pattern)
    assert found is None if wrong is None else wrong in (found or "")


def test_links_lead_from_any_depth_to_a_file() -> None:
    assert path_of("/topics/") == "topics/index.html"
    assert root_of("/ur/2017/11/x.html") == "../../../"
    assert relative("/topics/", root_of("/ur/2017/11/x.html")) == "../../../topics/index.html"
    assert relative("/topics/پ.html#ا", "") == "topics/%D9%BE.html#%D8%A7"
    assert permalink("https://x.example/a", "/ur/") == "https://x.example/a/ur/"


def test_numbered_pages_stand_below_their_list() -> None:
    assert part_url("/topics/3f/x.html", 2) == "/topics/3f/x/2.html"
    assert part_url(date_url("ur", 2017, 11), 1) == "/ur/2017/11/part/1.html"
