"""Addresses that last: aliases, redirects in a host's form, and what stands where an article was withdrawn."""

import re

import pytest
from small_site import SmallSite, with_front_matter

from generator.pages.moved import rules
from generator.urls import alias_url


def settings(site: SmallSite, host: str = "pages", base: str = "") -> None:
    site.write("site.toml", f'title = "نمونہ"\nlanguage = "ur"\nbase_url = "{base}"\n[host]\nredirects = "{host}"\n')


def story(site: SmallSite, name: str, text: str = "پوشیدہ متن ہے۔", **fields: str) -> None:
    stated = {"headline": "خفیہ سرخی", "date": "2017-11-01", "topics": "[نایاب]", "author": "گمنام", **fields}
    site.article(f"ur/{name}.md", with_front_matter(stated, text))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("/2017/11/old.html", "/2017/11/old.html"),
        ("https://old.example/story/42", "/story/42/"),
        ("old/پل/", "/old/پل/"),
        ("/%D9%BE%D9%84.html", "/پل.html"),
        ("/a.php", "/a.php/"),
        ("/?p=42", None),
        ("/../../etc/passwd", None),
        ("/a/%2e%2e/b.html", None),
        ("//evil.example/x", "/x/"),
        ("/a//b", None),
        ("/a\\b", None),
        ("/", None),
        ("/a\nb", None),
        (f"/{'x' * 300}", None),
    ],
)
def test_an_alias_is_an_address_a_static_host_can_answer_at(text: str, url: str | None) -> None:
    assert alias_url(text) == url


def test_an_alias_leads_to_the_article(site: SmallSite) -> None:
    settings(site, base="https://archive.example")
    story(site, "a", aliases="[/2017/11/old.html, 'https://old.example/story/42']")
    assert not site.build().errors
    assert 'url=../../ur/2017/11/a.html"' in site.page("story/42/index.html")
    page = site.page("2017/11/old.html")
    assert 'url=../../ur/2017/11/a.html"' in page
    assert '<link rel="canonical" href="https://archive.example/ur/2017/11/a.html">' in page
    story(site, "a")
    site.build()
    assert not (site.output / "story").exists()


@pytest.mark.parametrize("clean", [False, True])
def test_an_article_that_moves_leaves_its_address_in_a_clean_build_as_well(site: SmallSite, clean: bool) -> None:
    settings(site)
    story(site, "a")
    site.build()
    story(site, "a", date="2016-05-01")
    site.build(clean=clean)
    assert 'url=../../../ur/2016/05/a.html"' in site.page("ur/2017/11/a.html")
    assert "/ur/2017/11/a.html" in (site.folder / "moved.tsv").read_text("utf-8")


def test_an_alias_that_cannot_be_or_that_two_state_is_reported(site: SmallSite) -> None:
    settings(site)
    story(site, "a", aliases="[/x.html, '/?p=4']")
    story(site, "b", aliases="[/x.html]")
    report = site.build()
    assert not report.errors
    assert sorted((problem.path, problem.code) for problem in report.problems) == [
        ("ur/a.md", "front-matter-alias"),
        ("ur/b.md", "alias-twice"),
    ]
    assert "ur/2017/11/a.html" in site.page("x.html")


@pytest.mark.parametrize(
    ("form", "name", "line"),
    [
        ("netlify", "_redirects", "/news/old/%D9%BE%D9%84.html /news/ur/2017/11/a.html 301"),
        ("apache", ".htaccess", r'RedirectMatch 301 "^/news/old/پل\.html$" "/news/ur/2017/11/a.html"'),
        ("nginx", "redirects.map", '"/news/old/پل.html" "/news/ur/2017/11/a.html";'),
        ("caddy", "redirects.caddy", '"/news/old/پل.html" "/news/ur/2017/11/a.html"'),
    ],
)
def test_a_host_with_rules_gets_one_file(site: SmallSite, form: str, name: str, line: str) -> None:
    settings(site, form, "https://archive.example/news")
    story(site, "a", aliases="[/old/پل.html]")
    site.build()
    assert site.page(name) == line + "\n"
    assert not (site.output / "old").exists()


def test_a_page_that_leads_on_never_takes_the_place_of_its_article_where_capitals_are_not_told_apart(site: SmallSite) -> None:
    story(site, "a", aliases="[/ur/2017/11/A.html, /UR/other.html]")
    site.build()
    assert "A.html" not in {path.rpartition("/")[2] for path in site.files()}
    assert (site.output / "UR/other.html").is_file()


def test_no_address_breaks_out_of_its_rule() -> None:
    evil = '/a"; return 301 x; "$1 (b)*.html'
    (pattern,) = re.findall(r'"\^(.*)\$" "', rules("apache", [(evil, "/x.html")], "").decode())
    assert re.fullmatch(pattern, evil)
    assert rules("nginx", [(evil, "/$x.html")], "").decode() == (
        '"/a\\"; return 301 x; \\"$1 (b)*.html" "/%24x.html";\n'
    )
    assert rules("netlify", [(evil, "/x.html")], "").decode().count(" ") == 2
    braced = '/a"b {$HOME} {path}.html'
    (pattern,) = re.findall(r'^"~(.*)" "/x.html"$', rules("caddy", [(braced, "/x.html")], "").decode().rstrip())
    assert "{" not in pattern
    assert re.fullmatch(pattern.replace('\\"', '"'), braced)


@pytest.mark.parametrize(
    "stated",
    [
        {"withdrawn": "2024-05-01", "withdrawn_reason": "عدالت کا حکم"},
        {"withdrawn": "{date: 2024-05-01, reason: عدالت کا حکم}"},
    ],
)
def test_a_withdrawn_article_leaves_a_page_with_date_and_reason_and_nothing_else(
    site: SmallSite, stated: dict[str, str]
) -> None:
    settings(site)
    story(site, "a", aliases="[/old.html]")
    story(site, "b", "کھلا متن ہے۔", topics="[شہر]", headline="دوسری", author="احمد")
    site.build()
    story(site, "a", aliases="[/old.html]", **stated)
    report = site.build()
    assert (report.hidden, report.errors) == ({"withdrawn": 1}, 0)
    for path in ("ur/2017/11/a.html", "old.html"):
        page = site.page(path)
        assert 'datetime="2024-05-01"' in page
        assert "عدالت کا حکم" in page
    for file in site.output.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [word for word in ("خفیہ", "نایاب", "گمنام", "پوشیدہ") if word.encode() in data], file


def test_withdrawn_may_be_yes_no_or_a_reason(site: SmallSite) -> None:
    settings(site)
    story(site, "a", withdrawn="yes")
    story(site, "b", withdrawn="no")
    story(site, "c", withdrawn="مصنف کی درخواست پر")
    assert site.build().hidden == {"withdrawn": 2}
    assert "مصنف کی درخواست پر" in site.page("ur/2017/11/c.html")
    assert "خفیہ سرخی" in site.page("ur/2017/11/b.html")
