"""The search page in a real browser: typing, paging, filters, history, keyboard, both directions, from disk and server."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from small_site import SmallSite, dump, with_front_matter

from generator.pages import indexing
from generator.search import scale

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.stung=1"><script>window.stung=1</script>'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("archive"))
    for number in range(1, 31):
        text = f"شہر میں بارش ہوئی۔ لوگ {'خوش' if number % 3 else 'پریشان'} تھے۔"
        site.article(f"ur/{1990 + number}/01/a{number}.txt", dump(f"بارش کی خبر نمبر {number}", text))
    text = "یہ ریڈیو پاكستان ہے، اور ہم ہے۔اسلام آباد سے بول رہے ہیں کہ BBC نے کہا۔"
    site.article("ur/2001/05/one.txt", dump("ریڈیو پاكستان", text, HOSTILE))
    fields = {"headline": "Moonlight over Lahore", "language": "en", "topics": "[Weather, نایاب]", "people": "[Ada Lovelace]"}
    site.article("en/2010/05/moon.md", with_front_matter(fields, "The moon was seen over Lahore by all."))
    site.article("he/2012/05/he.txt", dump("הממשלה בירושלים", "הממשלה ישבה אתמול בירושלים ודנה בתקציב של שנה הבאה."))
    site.build()
    return site


@pytest.fixture(scope="module", params=["server", "disk"])
def base(request: pytest.FixtureRequest, built: SmallSite) -> Iterator[str]:
    """Where the site is: below a sub-path of a server, and on the disk."""
    if request.param == "disk":
        yield built.output.as_uri() + "/"
        return

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/sub")) if path.startswith("/sub/") else "/nowhere"

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built.output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sub/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page(viewport={"width": 1000, "height": 2400})
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.set_default_timeout(8000)
    yield opened
    opened.close()
    assert wrong == []


def ask(page: Page, base: str, query: str = "", folder: str = "search", **more: str) -> None:
    text = "&".join(f"{name}={quote(value)}" for name, value in {"q": query, **more}.items() if value)
    page.goto(f"{base}{folder}/index.html" + (f"?{text}" if text else ""))



def headlines(page: Page) -> list[str]:
    return page.locator(".found h2").all_inner_texts()


def count(page: Page, number: int) -> None:
    expect(page.locator(".tally")).to_contain_text(re.compile(rf"^\D*{number}\D"))


def test_what_is_typed_is_found_while_it_is_typed(page: Page, base: str) -> None:
    ask(page, base)
    expect(page.locator(".ask input[name=q]")).to_be_focused()
    page.keyboard.type("ریڈ")
    expect(page.locator(".found h2")).to_have_text(["ریڈیو پاكستان"])
    page.keyboard.type("یو پاکستان")
    expect(page.locator(".found h2")).to_have_text(["ریڈیو پاكستان"])
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == ["ریڈیو پاکستان"])


def test_the_letters_of_the_text_are_marked_and_not_those_of_the_query(page: Page, base: str) -> None:
    ask(page, base, "پاکستان اسلام")
    expect(page.locator(".found mark").first).to_be_visible()
    assert set(page.locator(".found mark").all_inner_texts()) == {"پاكستان", "اسلام"}
    assert "ہے۔اسلام آباد" in page.locator(".found p").first.inner_text()
    assert page.locator(".found time").first.inner_text() == "مئی 2001"


def test_a_word_that_many_have_is_counted_as_far_as_is_known_and_paged_to_the_end(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in an archive of half a million: those that have the word in passing are loaded when their page is turned to."""
    monkeypatch.setattr(scale, "SCALES", ((100, scale.Scale(4, 2, 4, 256, rests=True)),))
    monkeypatch.setattr(indexing, "PROMINENT_SHARE", 3)
    site = SmallSite(tmp_path / "archive")
    for number in range(60):
        site.article(f"ur/2001/01/a{number}.txt", dump(f"خبر نمبر {number}", "بارش " * (9 if number % 12 < 4 else 1) + "ہوئی۔"))
    site.build()
    ask(page, f"{site.output.as_uri()}/", "بارش")
    expect(page.locator(".tally")).to_contain_text("20+")
    expect(page.locator(".pager .now")).to_contain_text("2+")
    expect(page.locator(".found h2")).to_have_count(10)
    seen = set(headlines(page))
    for number in range(2, 7):
        page.locator(".pager a[rel=next]").click()
        expect(page.locator(".pager .now")).to_have_text(re.compile(rf"\b{number}\D+6\b"))
        expect(page.locator(".found h2")).to_have_count(10)
        seen |= set(headlines(page))
    count(page, 60)
    assert len(seen) == 60
    assert page.locator(".pager a[rel=next]").count() == 0


def test_results_are_counted_paged_and_announced(page: Page, base: str) -> None:
    ask(page, base, "بارش")
    count(page, 30)
    assert page.locator(".tally").get_attribute("aria-live") == "polite"
    expect(page.locator(".found h2")).to_have_count(10)
    first = headlines(page)
    page.locator(".pager a[rel=next]").click()
    expect(page.locator(".pager .now")).to_contain_text("2")
    expect(page.locator(".found h2")).to_have_count(10)
    assert not set(first) & set(headlines(page))
    assert page.locator(".found li").first.get_attribute("aria-posinset") == "11"
    assert parse_qs(urlsplit(page.url).query)["page"] == ["2"]
    page.reload()
    expect(page.locator(".pager .now")).to_contain_text("2")
    page.go_back()
    expect(page.locator(".pager .now")).to_contain_text("1")
    expect(page.locator(".found h2")).to_have_text(first)


def test_back_leads_to_the_question_before(page: Page, base: str) -> None:
    ask(page, base)
    for query in ("بارش", "ریڈیو"):
        page.locator(".ask input[name=q]").fill(query)
        page.wait_for_timeout(400)  # what was only typed is no step of its own
        page.keyboard.press("Enter")
    expect(page.locator(".found h2")).to_have_text(["ریڈیو پاكستان"])
    page.go_back()
    expect(page.locator(".ask input[name=q]")).to_have_value("بارش")
    count(page, 30)


def test_filters_narrow_and_stand_in_the_address(page: Page, base: str) -> None:
    ask(page, base, "بارش")
    page.locator(".sieve summary").click()
    page.locator("input[name=from]").fill("2005")
    page.locator("input[name=to]").fill("2008")
    page.locator("select[name=sort]").select_option("old")
    count(page, 4)
    expect(page.locator(".found h2").first).to_have_text("بارش کی خبر نمبر 15")
    query = parse_qs(urlsplit(page.url).query)
    assert (query["from"], query["to"], query["sort"]) == (["2005"], ["2008"], ["old"])
    ask(page, base, topic="نایاب")
    expect(page.locator(".found h2")).to_have_text(["Moonlight over Lahore"])
    ask(page, base, lang="he")
    expect(page.locator(".found h2")).to_have_text(["הממשלה בירושלים"])
    expect(page.locator(".sieve")).to_have_attribute("open", "")
    ask(page, base, person="ada lovelace", q="lahore")
    count(page, 1)


def test_the_keyboard_walks_through_results(page: Page, base: str) -> None:
    ask(page, base, "بارش")
    expect(page.locator(".found h2")).to_have_count(10)
    page.keyboard.press("/")
    expect(page.locator(".ask input[name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found h2 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".ask input[name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".ask input[name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a*.html")
    assert page.locator("h1").inner_text().startswith("بارش")


def test_a_query_of_two_directions_finds_both(page: Page, base: str) -> None:
    ask(page, base, "BBC پاکستان")
    expect(page.locator(".found mark").first).to_be_visible()
    assert set(page.locator(".found mark").all_inner_texts()) == {"BBC", "پاكستان"}
    ask(page, base, "ירושלים")
    expect(page.locator(".found h2")).to_have_text(["הממשלה בירושלים"])
    assert page.locator(".found h2 bdi").evaluate("e => getComputedStyle(e).direction") == "rtl"
    ask(page, base, "moon*", folder="en/search")
    expect(page.locator(".found h2")).to_have_text(["Moonlight over Lahore"])
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_a_similar_word_is_marked_as_such(page: Page, base: str) -> None:
    ask(page, base, "ממשלה")
    expect(page.locator(".found .near em")).to_have_text("ملتے جلتے الفاظ")


def test_a_better_spelling_is_one_click_away(page: Page, base: str) -> None:
    ask(page, base, "ریڈہو")
    expect(page.locator(".tally a")).to_have_text("ریڈیو")
    page.locator(".tally a").click()
    expect(page.locator(".found h2")).to_have_text(["ریڈیو پاكستان"])


def test_neither_a_query_nor_a_text_can_run_anything(page: Page, base: str) -> None:
    ask(page, base, HOSTILE)
    page.wait_for_timeout(300)
    ask(page, base, "onerror")
    expect(page.locator(".found p").first).to_contain_text("<img src=x")
    assert page.evaluate("window.stung") is None
    assert page.locator(".found img, .found script").count() == 0


def test_a_query_of_ten_thousand_letters_is_answered(page: Page, base: str) -> None:
    ask(page, base)
    page.locator(".ask input[name=q]").fill("بارش " * 2000)
    page.keyboard.press("Enter")
    count(page, 30)


def test_nothing_found_is_said(page: Page, base: str) -> None:
    ask(page, base, "زرافہ")
    expect(page.locator(".tally")).to_have_text("کچھ نہیں ملا")


def test_every_page_has_a_box_that_leads_to_the_search(page: Page, base: str) -> None:
    page.goto(f"{base}en/2010/05/moon.html")
    page.locator(".find input").fill("lahore")
    page.keyboard.press("Enter")
    expect(page.locator(".found h2")).to_have_text(["Moonlight over Lahore"])
    assert "/en/search/" in page.url


def test_without_scripts_the_page_says_what_to_do(chrome: Browser, base: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    ask(page, base)
    assert "جاوا اسکرپٹ" in page.locator("main").inner_text()
    context.close()


def test_nothing_runs_over_the_edge_of_a_small_screen(chrome: Browser, base: str) -> None:
    page = chrome.new_page(viewport={"width": 320, "height": 640})
    ask(page, base, "بارش", sort="old", topic="")
    expect(page.locator(".found h2").first).to_be_visible()
    page.locator(".sieve summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_a_page_that_is_gone_still_has_its_address(page: Page, base: str, built: SmallSite) -> None:
    target = next(Path(built.output).rglob("a7.html"))
    text = target.read_bytes()
    target.unlink()
    try:
        ask(page, base, "نمبر 7")
        expect(page.locator(".found a").first).to_have_text(re.compile("a7.html"), timeout=12_000)
    finally:
        target.write_bytes(text)
