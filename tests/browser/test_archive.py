"""The sample archive in a real browser: as a reader uses it, from a server and from the disk."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from generator.build import Options, build
from generator.config import load_site
from generator.starting.hosts import security

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("archive") / "public"
    report = build(load_site(ROOT, output), Options(today=date(2026, 1, 1), jobs=1))
    assert not report.failed
    return output


@pytest.fixture(scope="module")
def served(archive: Path) -> Iterator[str]:
    """The archive below a sub-path of a server that sends the headers of our recipes for hosts: its links may not lead
    above it, and nothing in its pages may be what the policy forbids."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return (
                super().translate_path(path.removeprefix("/sub/path")) if path.startswith("/sub/path/") else "/nowhere"
            )

        def end_headers(self) -> None:
            for name, value in security().items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(archive)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sub/path/"
    server.shutdown()
    server.server_close()


class Watch:
    """Listens to a page: requests that leave the site, answers that failed, errors in the console."""

    def __init__(self, page: Page, base: str) -> None:
        self.wrong: list[str] = []
        page.on("request", lambda request: self._request(request.url, base))
        page.on(
            "response",
            lambda response: self.wrong.append(f"{response.status} {response.url}") if response.status >= 400 else None,
        )
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _request(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "about:")) and not url.endswith("/favicon.ico"):
            self.wrong.append(f"request to {url}")


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def walk(page: Page, start: str) -> None:
    """From the front to the topics, to a topic, to an article, to the next one, and back to the front, by clicking."""
    page.goto(start)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator('nav.menu a[href*="topics/"]').first.click()
    page.wait_for_load_state()
    assert page.locator("h1").is_visible()
    page.locator(".groups a").first.click()
    page.wait_for_load_state()
    page.locator("article.tease a").first.click()
    page.wait_for_load_state()
    assert page.locator("article.story h1").is_visible()
    around = page.locator("nav.around a").first
    if around.count():
        around.click()
        page.wait_for_load_state()
        assert page.locator("article.story h1").is_visible()
    page.locator("header.top a.brand").click()
    page.wait_for_load_state()
    assert page.locator("body.k-front, body.k-language").is_visible()


def test_a_reader_walks_from_the_front_to_an_article_and_back(page: Page, served: str) -> None:
    watch = Watch(page, served)
    walk(page, served + "index.html")
    assert watch.wrong == []


def test_the_policy_of_our_recipes_forbids_nothing_of_ours_and_what_is_not(page: Page, served: str) -> None:
    watch = Watch(page, served)
    page.goto(served + "search/index.html?q=%DA%86%D8%A7%D9%86%D8%AF")
    page.wait_for_selector(".found h2")
    assert page.locator(".found h2").count() > 0
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))")
    page.goto(served + "pictures/index.html")
    page.locator(".pic").first.click()
    page.wait_for_selector(".box[open] img")
    assert watch.wrong == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"window.stung=1\">')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.stung=1'}))")
    assert page.evaluate("window.stung") is None
    assert len([line for line in watch.wrong if "Content Security Policy" in line]) >= 2


def test_the_archive_opens_from_the_disk(page: Page, archive: Path) -> None:
    start = archive.as_uri() + "/index.html"
    watch = Watch(page, archive.as_uri())
    walk(page, start)
    assert watch.wrong == []


def kinds(archive: Path) -> dict[str, Path]:
    """One page of each kind, by the class of its body."""
    found: dict[str, Path] = {}
    for path in sorted(archive.rglob("*.html")):
        text = path.read_text("utf-8")
        kind = text[text.index('<body class="') + 13 :].split('"')[0].split()[0]
        found.setdefault(kind, path)
    return found


def languages(archive: Path) -> dict[str, Path]:
    """An article of each language."""
    found: dict[str, Path] = {}
    for path in sorted(archive.rglob("*.html")):
        if '<body class="k-article' in path.read_text("utf-8"):
            found.setdefault(path.relative_to(archive).parts[0], path)
    return found


def test_no_kind_of_page_scrolls_sideways_or_complains(page: Page, archive: Path, served: str) -> None:
    watch = Watch(page, served)
    pages = kinds(archive)
    assert {"k-front", "k-article", "k-terms", "k-term", "k-year", "k-month", "k-about"} <= set(pages)
    for kind, path in pages.items():
        if kind in ("k-not_found", "k-moved"):  # links from the root of a host; leads on at once
            continue
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(served + path.relative_to(archive).as_posix())
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{kind} at {width} px is {wide} px too wide"
    assert watch.wrong == []


def test_each_language_stands_in_its_direction(page: Page, archive: Path, served: str) -> None:
    articles = languages(archive)
    assert len(articles) >= 4
    for code, path in articles.items():
        page.goto(served + path.relative_to(archive).as_posix())
        wanted = "ltr" if code == "en" else "rtl"
        assert page.evaluate("getComputedStyle(document.body).direction") == wanted, code
        assert page.locator("html").get_attribute("lang") == code
        first = page.locator(".prose p").first
        box, around = first.bounding_box(), page.locator(".prose").bounding_box()
        assert box is not None
        assert around is not None
        align = page.evaluate("e => getComputedStyle(e).textAlign", first.element_handle())
        assert align in ("start", "right" if wanted == "rtl" else "left")


def test_every_link_of_every_page_leads_to_a_file(archive: Path) -> None:
    for path in archive.rglob("*.html"):
        if path.name == "404.html":
            continue
        for link in re.findall(r'(?:href|src)="([^"#?]+)', path.read_text("utf-8")):
            if ":" in link.split("/")[0]:
                continue
            target = (path.parent / unquote(link)).resolve()
            assert target.is_file(), f"{path.relative_to(archive)} links to {link}"
