"""Each rule of `roznama check`: what it finds, and what it leaves alone."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from small_site import SmallSite, with_front_matter

import generator.checks
from generator.catalogue import Catalogue
from generator.checks import CHECKS, crowded_folder, host_limit, mojibake, near_duplicate, refused_name, run
from generator.checks.host_limit import Limits
from generator.checks.matter import Matter
from generator.cli.check import check as command
from generator.config import load_site


def story(site: SmallSite, name: str, headline: str, text: str = "پیرا ہے۔", day: str = "2017-11-01") -> Path:
    return site.article(f"ur/{name}.md", with_front_matter({"headline": headline, "date": day}, text))


def found(site: SmallSite, host: str = "any") -> list[tuple[str, str]]:
    loaded = load_site(site.folder)
    with Catalogue.open(loaded.state) as catalogue:
        return [(problem.path, problem.code) for problem in run(Matter(loaded, catalogue, host))]


def test_a_sound_archive_has_nothing_to_find(site: SmallSite) -> None:
    story(site, "a", "پہلی", "## ذیلی\n\nدیکھیے [یہاں](b.html#s-bridge) اور [وہاں](https://example.org/x).")
    story(site, "b", "دوسری", "## Bridge\n\nپیرا ہے۔")
    site.build()
    loaded = load_site(site.folder)
    with Catalogue.open(loaded.state) as catalogue:
        assert [str(problem) for problem in run(Matter(loaded, catalogue))] == []


def test_links_that_lead_nowhere_are_found(site: SmallSite) -> None:
    story(site, "a", "پہلی", "[کہیں نہیں](nowhere.html) اور [جگہ نہیں](b.html#here-not)")
    story(site, "b", "دوسری")
    site.build()
    assert found(site) == [("ur/2017/11/a.html", "broken-link")] * 2
    result = CliRunner().invoke(command, [str(site.folder)])
    assert "mend it in ur/a.md, or in a template" in result.output


def test_one_headline_twice_on_a_day_is_found_though_spelt_otherwise(site: SmallSite) -> None:
    story(site, "a", "پاکستان کی خبر")
    story(site, "b", "پاكستان كی خبر")
    story(site, "c", "پاکستان کی خبر", day="2017-11-02")
    site.build()
    assert found(site) == [("ur/b.md", "duplicate-headline")]


def test_a_picture_without_words_is_found(site: SmallSite) -> None:
    data = BytesIO()
    Image.new("RGB", (60, 40), "red").save(data, "PNG")
    site.article("ur/x.png", data.getvalue())
    fields = {"headline": "سرخی", "date": "2017-11-01", "images": "[x.png]"}
    site.article("ur/a.md", with_front_matter(fields, "پیرا ہے۔"))
    site.build()
    assert found(site) == [("ur/a.md", "figure-without-words")]


def test_an_article_of_the_future_is_found_and_a_severity_can_be_changed(site: SmallSite) -> None:
    story(site, "a", "پہلی")
    story(site, "b", "دوسری", day="2099-01-01")
    site.build()
    assert found(site) == [("ur/b.md", "future-date")]
    result = CliRunner().invoke(command, [str(site.folder), "--json"])
    assert (result.exit_code, json.loads(result.output)["severity"]) == (0, "warning")
    assert CliRunner().invoke(command, [str(site.folder), "--strict"]).exit_code == 1
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n[checks]\nfuture-date = "off"\n')
    assert found(site) == []


def test_a_host_that_takes_less_is_named(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    story(site, "a", "پہلی")
    site.build()
    assert found(site, "cloudflare-pages") == []
    monkeypatch.setitem(host_limit.HOSTS, "cloudflare-pages", Limits(files=3, size=10, file=1000))
    assert {code for _, code in found(site, "cloudflare-pages")} == {"host-limit"}


def test_what_was_never_built_cannot_be_checked(site: SmallSite) -> None:
    assert CliRunner().invoke(command, [str(site.folder)]).exit_code == 2


def test_every_rule_is_listed_and_says_what_it_finds_and_why() -> None:
    folder = Path(generator.checks.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "links", "matter", "texts"} == {
        rule.__name__.rpartition(".")[2] for rule in CHECKS
    }
    for rule in CHECKS:
        assert "What it finds:" in (rule.__doc__ or "")
        assert "Why it is bad:" in (rule.__doc__ or "")


def words(start: int, count: int) -> str:
    return " ".join(f"لفظ{number}" for number in range(start, start + count))


def test_editions_of_one_story_are_grouped_behind_the_earliest_whole_one(site: SmallSite) -> None:
    story(site, "a", "دوسری", words(0, 60) + "۔\n\nنیا پیرا " + words(900, 3), day="2017-11-02")
    story(site, "b", "پہلی", words(0, 60), day="2017-11-01")
    story(site, "c", "مختصر", words(0, 40), day="2017-10-01")
    story(site, "d", "اور", words(500, 60))
    story(site, "e", "ایک سطر", "یہ ایک سطر ہے۔")
    story(site, "f", "وہی سطر", "یہ ایک سطر ہے۔")
    site.build()
    loaded = load_site(site.folder)
    with Catalogue.open(loaded.state) as catalogue:
        problems = list(near_duplicate.check(Matter(loaded, catalogue)))
    assert [problem.path for problem in problems] == ["ur/a.md", "ur/c.md"]
    assert all(problem.message.startswith("tells what ur/b.md tells: 3 articles") for problem in problems)


def test_a_fragment_is_looked_for_in_the_page_itself_and_in_others(site: SmallSite) -> None:
    story(site, "a", "پہلی", "## Bridge\n\n[یہاں](#s-bridge) [نہیں](#s-river) [وہاں](b.html#s-lake) [اوپر](#top)")
    story(site, "b", "دوسری", "## Lake\n\nپیرا ہے۔")
    site.build()
    assert found(site) == [("ur/2017/11/a.html", "broken-link")]


def test_a_page_that_no_template_leads_to_is_an_orphan(site: SmallSite) -> None:
    story(site, "a", "پہلی")
    site.write("templates/base.html", "<!doctype html><title>x</title>{% block main %}{% endblock %}")
    for name in ("year", "article", "day"):
        site.write(f"templates/{name}.html", '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}')
    site.build()
    orphans = [path for path, code in found(site) if code == "orphan-page"]
    assert "ur/2017/11/index.html" in orphans
    assert not {"index.html", "404.html", "ur/2017/11/a.html"} & set(orphans)


def test_a_picture_that_an_article_names_and_that_is_not_there_is_found(site: SmallSite) -> None:
    site.article("ur/a.md", with_front_matter({"headline": "سرخی", "images": "[gone.png]"}, "پیرا ہے۔"))
    site.build()
    assert found(site) == [("ur/a.md", "picture-missing")]


def test_words_of_a_wrong_encoding_are_found_with_their_line(site: SmallSite) -> None:
    good = "یہ ایک درست پیرا ہے جس میں کچھ لکھا ہے۔"
    twice = "کتاب کھولی".encode().decode("windows-1252", "replace").replace("\ufffd", "\x81")
    misread = "السلام عليكم ورحمة الله".encode("windows-1256").decode("windows-1252")
    site.article("ur/a.txt", f"سرخی\n\n{good}\n\n{good} {twice}\n")
    site.article("ur/b.txt", f"سرخی دو\n\n{good}\n\n{misread}\n\n{good} \ufffd\n")
    site.article("ur/c.txt", f"سرخی تین\n\n{good} Él leyó «ÉTÉ» à Ürümqi, naïveté, ÇEŞME.\n")
    site.build()
    loaded = load_site(site.folder)
    with Catalogue.open(loaded.state) as catalogue:
        problems = list(mojibake.check(Matter(loaded, catalogue)))
    assert [(problem.path, problem.line) for problem in problems] == [("ur/a.txt", 5), ("ur/b.txt", 5), ("ur/b.txt", 7)]
    assert "UTF-8" in problems[0].message
    assert problems[1].excerpt == misread


def test_a_folder_with_more_than_a_thousand_entries_is_named(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    story(site, "a", "پہلی")
    site.build()
    monkeypatch.setattr(crowded_folder, "MOST", 2)
    crowded = dict.fromkeys(path for path, code in found(site) if code == "crowded-folder")
    assert "static/" in crowded
    assert "ur/2017/" not in crowded  # its page and one month


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("aux.png", True), ("a:b.png", True), ("end.", True), ("ب" * 130, True), ("com1", True), ("common.png", False), ("ب.png", False)],
)
def test_names_that_some_system_refuses_are_known(name: str, wrong: bool) -> None:
    assert (refused_name.refused(name) is not None) == wrong


def test_two_names_that_are_one_without_capitals_are_found(site: SmallSite) -> None:
    story(site, "a", "پہلی")
    site.write("static/Logo.svg", "<svg/>")
    site.write("static/logo.svg", "<svg/>")
    site.build()
    assert found(site) == [("static/logo.svg", "refused-name")]
    assert found(site, "netlify") == [("static/logo.svg", "refused-name")]


def test_a_name_that_the_host_refuses_is_found_for_that_host_alone(site: SmallSite) -> None:
    story(site, "a", "پہلی")
    site.write("static/a#b.svg", "<svg/>")
    site.build()
    assert found(site) == []
    assert found(site, "netlify") == [("static/a#b.svg", "host-limit")]


def test_redirects_in_a_form_the_host_limits_are_counted(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n[host]\nredirects = "netlify"\n')
    fields = {"headline": "پہلی", "date": "2017-11-01", "aliases": "[/a.html, /b.html]"}
    site.article("ur/a.md", with_front_matter(fields, "پیرا ہے۔"))
    site.build()
    monkeypatch.setitem(host_limit.HOSTS, "gitlab-pages", Limits(redirects=1))
    assert found(site, "gitlab-pages") == [("_redirects", "host-limit")]


def test_a_rule_that_does_not_exist_is_named_with_the_nearest(site: SmallSite) -> None:
    story(site, "a", "پہلی")
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n[checks]\norphan-pages = "off"\n')
    site.build()
    result = CliRunner().invoke(command, [str(site.folder)])
    assert result.exit_code == 1
    assert "did you mean `orphan-page`?" in result.output


def test_the_rules_are_told() -> None:
    told = CliRunner().invoke(command, ["--rules"]).output
    assert all(f"{rule.CODE} ({rule.SEVERITY})" in told for rule in CHECKS)
