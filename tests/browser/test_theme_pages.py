"""The theme in a browser: direction, type, switches, lightbox, hostile text, small screens, slow lines, paper.

A made-up site (`theme_samples`) is opened, so that a failure here is the theme's and not a build's.
"""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import theme_samples as samples
from playwright.sync_api import Browser, Page

from generator.language import direction_of
from generator.pages.views import Pager, UndatedView
from generator.theme import Theme

pytestmark = pytest.mark.browser
HOSTILE = (
    "\u202eتختہ الٹ گیا (1948\u202c",
    "\u2067evil\u2069 \u202e1948-05\u202c",
    "<script>alert(1)</script>\"'><b>",
    "((([[[ 12:30 – 3:2 »",
    "ا" * 90,
)
_CUT = "inline-size: 5rem; block-size: 1em; overflow: hidden;"
_SHIFT = """
window.shift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })
    .observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def browser(chrome: Browser) -> Browser:
    return chrome


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("site")
    return folder, samples.write_site(folder)


@pytest.fixture(scope="module")
def base(site: tuple[Path, dict[str, str]]) -> Iterator[str]:
    """The site on a server that allows nothing but the site's own files, for what a file may not do."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", "default-src 'self'")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the library's name
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site[0]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    yield opened
    context.close()


def wide(page: Page) -> list[str]:
    """Elements that reach out of the window sideways, other than those that scroll on their own."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(e => {
            const box = e.getBoundingClientRect();
            if (!box.width || e.closest(".scroll, pre, .skip, .vh, dialog")) return false;
            return box.left < -1 || box.right > document.documentElement.clientWidth + 1;
        }).map(e => e.tagName + "." + (e.className.baseVal ?? e.className))"""
    )
    return found


@pytest.mark.parametrize("code", samples.LANGUAGES)
def test_every_kind_of_page_stands_on_a_small_screen_and_opens_from_a_file(
    browser: Browser, site: tuple[Path, dict[str, str]], code: str
) -> None:
    """320 px is also 1280 px at a zoom of 400 % (WCAG 1.4.10)."""
    said: list[str] = []
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
    for name, path in site[1].items():
        if not name.startswith(code) or name.endswith("/moved"):
            continue
        page.goto((site[0] / path).as_uri())
        seen = page.evaluate(
            """() => [document.querySelectorAll("h1").length, document.querySelectorAll("main").length,
                getComputedStyle(document.body).direction, document.documentElement.lang,
                document.documentElement.scrollWidth]"""
        )
        if seen != [1, 1, direction_of(code), code, 320]:
            wrong.append(f"{name}: {seen}")
        wrong += [f"{name}: {element} reaches out" for element in wide(page)]
    context.close()
    assert wrong == []
    assert said == []


@pytest.mark.parametrize("kind", ["front", "article", "terms"])
def test_text_twice_as_large_does_not_scroll_sideways(browser: Browser, site: Any, kind: str) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 800})
    page = context.new_page()
    page.goto((site[0] / site[1][f"ur/{kind}"]).as_uri())
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


def fonts_of(page: Page, selector: str) -> dict[str, float]:
    """The fonts the browser really drew the text of an element with, and how many glyphs."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["glyphCount"] for font in used if font["isCustomFont"]}


@pytest.mark.parametrize(
    ("code", "selector", "family"),
    [
        ("ur", "h1", "Noto Nastaliq Urdu"),
        ("ur", ".prose p", "Noto Nastaliq Urdu"),
        ("ur", ".standfirst", "Noto Naskh Arabic"),
        ("ur", ".prose p[lang=en]", "Newsreader"),
        ("ar", ".prose p", "Noto Naskh Arabic"),
        ("fa", ".prose p", "Vazirmatn"),
        ("he", ".prose p", "Noto Serif Hebrew"),
        ("en", ".prose p", "Newsreader"),
    ],
)
def test_text_is_set_in_the_face_that_is_meant(
    page: Page, base: str, site: Any, code: str, selector: str, family: str
) -> None:
    page.goto(base + site[1][f"{code}/article"])
    page.evaluate("document.fonts.ready")
    used = fonts_of(page, selector)
    assert max(used, key=lambda name: used[name]).startswith(family), used


def test_nastaliq_stands_in_lines_twice_its_size_and_is_never_cut_off(page: Page, base: str, site: Any) -> None:
    for kind in ("front", "article", "terms", "term", "year", "pictures", "about"):
        page.goto(base + site[1][f"ur/{kind}"])
        bad = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(e => {
                const style = getComputedStyle(e);
                if (!/^"?Noto Nastaliq/.test(style.fontFamily)) return false;
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) return false;
                if (parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.85) return true;
                for (let up = e; up !== document.body; up = up.parentElement)
                    if (getComputedStyle(up).overflowY !== "visible") return true;
                return false;
            }).map(e => e.outerHTML.slice(0, 80))"""
        )
        assert bad == [], kind


def test_one_tap_changes_nastaliq_to_naskh_and_the_next_page_remembers(page: Page, base: str, site: Any) -> None:
    page.goto(base + site[1]["ur/article"])
    assert page.locator(".face").inner_text() == "نسخ"
    page.locator(".face").click()
    page.goto(base + site[1]["ur/about"])
    page.evaluate("document.fonts.ready")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Noto Naskh')
    assert page.locator(".face").inner_text() == "نستعلیق"
    page.locator(".face").click()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Noto Nastaliq')


def test_the_light_switch_goes_round_and_is_remembered(page: Page, base: str, site: Any) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page.goto(base + site[1]["en/article"])
    assert page.evaluate(paper) == "rgb(251, 250, 246)"
    page.locator(".shade").click()
    page.locator(".shade").click()
    assert page.evaluate(paper) == "rgb(20, 19, 15)"
    assert "Dark" in str(page.locator(".shade").get_attribute("aria-label"))
    page.goto(base + site[1]["en/front"])
    assert page.evaluate(paper) == "rgb(20, 19, 15)"
    page.locator(".shade").click()
    assert page.evaluate(paper) == "rgb(251, 250, 246)"
    assert page.evaluate("localStorage.getItem('shade')") is None


def test_without_javascript_there_are_no_switches_and_pictures_are_links(
    browser: Browser, base: str, site: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + site[1]["ur/article"])
    assert not page.locator(".switch").first.is_visible()
    assert not page.locator("dialog").is_visible()
    page.locator(".pic").first.click()
    assert page.url.endswith("/pictures/sample.jpg")
    context.close()


@pytest.mark.parametrize(("code", "onwards"), [("ur", "ArrowLeft"), ("en", "ArrowRight")])
def test_the_lightbox_works_by_keyboard_in_the_direction_of_the_text(
    page: Page, base: str, site: Any, code: str, onwards: str
) -> None:
    page.goto(base + site[1][f"{code}/pictures"])
    page.locator(".pic").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    first = page.locator("dialog p").inner_text()
    page.keyboard.press(onwards)
    assert page.locator("dialog p").inner_text() != first
    page.keyboard.press({"ArrowLeft": "ArrowRight", "ArrowRight": "ArrowLeft"}[onwards])
    assert page.locator("dialog p").inner_text() == first
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement.matches('.pic')")


def test_nothing_breaks_under_a_policy_of_own_files_alone(page: Page, base: str, site: Any) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    for kind in ("front", "article", "year", "pictures"):
        page.goto(base + site[1][f"ur/{kind}"])
        page.locator(".shade").click()
    page.locator(".pic").first.click()
    assert page.locator("dialog img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    assert said == []


def test_the_first_tab_shows_the_way_past_the_masthead(page: Page, base: str, site: Any) -> None:
    page.goto(base + site[1]["ar/article"])
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def neighbours(page: Page) -> dict[str, list[float]]:
    """Where everything stands on a list but the headline under test: boxes of texts, line by line."""
    found: dict[str, list[float]] = page.evaluate(
        """() => {
            const boxes = {}, all = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            const skip = document.querySelectorAll(".tease")[5].querySelector("a");
            for (let n = 0, node; (node = all.nextNode()); n++) {
                if (!node.data.trim() || skip.contains(node)) continue;
                const range = document.createRange();
                range.selectNodeContents(node);
                boxes[n] = [...range.getClientRects()].flatMap(r => [r.x, r.y, r.width, r.height]);
            }
            return boxes;
        }"""
    )
    return found


@pytest.mark.parametrize("code", ["ur", "en"])
def test_a_hostile_headline_moves_nothing_beside_it(page: Page, site: Any, code: str) -> None:
    """The headline itself is made one line high, so that only reordering and broken markup could move others."""
    render = samples.renderer(Theme())
    target = site[0] / code / "hostile.html"
    found = []
    listed = [samples.teaser(code, n) for n in range(9)]
    for headline in ("Plain", *HOSTILE):
        listed[5] = msgspec.structs.replace(listed[5], headline=headline)
        view = UndatedView(9, tuple(listed), Pager(None, "/"))
        shown = samples.page_view("undated", code, f"/{code}/hostile.html", "x")
        target.write_bytes(render.render("undated.html", shown, view))
        page.goto(target.as_uri())
        page.add_style_tag(content=".tease:nth-child(6) :is(h2, h3) { block-size: 2rem; overflow: hidden; }")
        page.evaluate("document.fonts.ready")
        assert page.locator(".tease").nth(5).locator("a").inner_text() == headline
        found.append(neighbours(page))
    assert all(boxes == found[0] for boxes in found)


@pytest.mark.parametrize("headline", HOSTILE)
def test_a_hostile_headline_moves_nothing_on_its_own_page(page: Page, site: Any, headline: str) -> None:
    render = samples.renderer(Theme())
    target = site[0] / "ur" / "1998" / "05" / "hostile.html"
    places = []
    for text in ("سادہ", headline):
        shown = samples.page_view("article", "ur", "/ur/1998/05/hostile.html", text)
        target.write_bytes(render.render("article.html", shown, samples.article_view("ur", text)))
        page.goto(target.as_uri())
        page.add_style_tag(content=f"h1 {{ block-size: 5rem; {_CUT} }} #cite bdi {{ display: inline-block; {_CUT} }}")
        page.evaluate("document.fonts.ready")
        places.append(
            page.evaluate(
                """() => [...document.querySelectorAll("main p, main h2, main dt, figcaption, time, #cite bdi")]
                    .map(e => e.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height])"""
            )
        )
    assert places[0] == places[1]


@pytest.mark.parametrize(
    ("code", "kind", "width"),
    [("ur", "article", 390), ("ar", "article", 390), ("en", "front", 1280)],
)
def test_nothing_moves_when_fonts_arrive_over_a_slow_line(
    browser: Browser, base: str, site: Any, code: str, kind: str, width: int
) -> None:
    """Google calls 0.1 good. What is left here is words changing their width within a line."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(_SHIFT)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 300_000, "uploadThroughput": 300_000}
    session.send("Network.emulateNetworkConditions", slow)
    page.goto(base + site[1][f"{code}/{kind}"], wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.01
    context.close()


def test_paper_gets_the_article_alone_with_its_address(page: Page, base: str, site: Any) -> None:
    page.goto(base + site[1]["ur/article"])
    page.emulate_media(media="print")
    for gone in (".menu", ".tools", ".crumbs", ".foot", ".related", ".around", ".contents"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.get_by_text("https://archive.example/ur/1998/05/article.html").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("code", ["ur", "en"])
def test_time_runs_with_the_text_in_charts_and_pagers(page: Page, base: str, site: Any, code: str) -> None:
    page.goto(base + site[1][f"{code}/term"])
    first, last = (page.locator(".hits > *").nth(at).bounding_box() for at in (0, -1))
    older, newer = (page.locator(f".pager {part}").bounding_box() for part in (".older", "ol"))
    assert first is not None and last is not None and older is not None and newer is not None  # noqa: PT018
    rtl = direction_of(code) == "rtl"
    assert (first["x"] > last["x"]) == rtl
    assert (older["x"] < newer["x"]) == rtl
    arrow = page.locator(".pager .older .arrow").evaluate("e => getComputedStyle(e).transform")
    assert arrow == ("matrix(-1, 0, 0, 1, 0, 0)" if rtl else "none")


def test_forced_colours_keep_chart_and_heat_calendar(browser: Browser, base: str, site: Any) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(base + site[1]["ur/year"])
    assert page.locator(".month td[class]").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
    page.goto(base + site[1]["ur/front"])
    fill = page.locator(".chart svg").evaluate("e => getComputedStyle(e).fill")
    assert fill != page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()


def test_an_article_page_is_under_20_kb(site: tuple[Path, dict[str, str]]) -> None:
    for code in samples.LANGUAGES:
        assert (site[0] / site[1][f"{code}/article"]).stat().st_size < 20_000
