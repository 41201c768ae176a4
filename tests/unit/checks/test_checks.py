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
from generator.checks import CHECKS, host_limit, run
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
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "matter"} == {
        rule.__name__.rpartition(".")[2] for rule in CHECKS
    }
    for rule in CHECKS:
        assert "What it finds:" in (rule.__doc__ or "")
        assert "Why it is bad:" in (rule.__doc__ or "")
