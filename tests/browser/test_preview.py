"""The preview: the built archive at once, changes as they are saved, problems in the page, a clean end."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from small_site import SmallSite, dump

WAIT = 20.0
"""Seconds after which a change will not come any more; on an idle machine it takes a third of one."""


class Running:
    """A preview in a process of its own."""

    def __init__(self, site: SmallSite) -> None:
        command = [sys.executable, "-m", "generator", "serve", str(site.folder), "--port", "8500"]
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://localhost:\d+/", line)
        assert found, line
        self.address = found[0]

    def get(self, path: str = "") -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.read().decode())

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        output, _ = self.process.communicate(timeout=WAIT)
        return self.process.returncode, output


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, "the change did not come"
        time.sleep(0.05)


@pytest.fixture
def running(site: SmallSite) -> Iterator[Running]:
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    preview = Running(site)
    until(lambda: "پہلی سرخی" in preview.get())
    yield preview
    if preview.process.poll() is None:
        preview.end()


PAGE = "ur/2001/00/a.html"


def test_every_kind_of_change_is_shown_and_a_broken_file_does_not_end_it(site: SmallSite, running: Running) -> None:
    site.article("ur/2001/a.txt", dump("نئی سرخی", "یہ ایک پیرا ہے۔"))
    until(lambda: "نئی سرخی" in running.get(PAGE))
    site.article("ur/2001/b.md", "---\nheadline: [کھلا\n---\nمتن\n")
    until(lambda: "front-matter-syntax" in running.get(PAGE))
    assert "نئی سرخی" in running.get(PAGE)
    (site.folder / "content/ur/2001/b.md").unlink()
    until(lambda: "front-matter-syntax" not in running.get(PAGE))
    site.write("templates/about.html", "<h1>بدلا ہوا</h1>")
    until(lambda: "بدلا ہوا" in running.get("about/"))
    site.write("static/mine.txt", "میرا")
    until(lambda: running.get("static/mine.txt") == "میرا")
    site.write("site.toml", 'titel = "x"\n')
    until(lambda: "did you mean `title`?" in running.get())
    site.write("site.toml", 'title = "دوسرا نام"\nlanguage = "ur"\n')
    until(lambda: "دوسرا نام" in running.get())
    code, output = running.end()
    assert code == 0
    assert "front-matter-syntax" in output
    assert "Traceback" not in output


def test_nothing_outside_the_output_is_served(running: Running) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(running.address + "%2e%2e/site.toml", timeout=5)
    assert refused.value.code in (404, 503)  # 503 while the first build has not come to its 404 page
    refused.value.close()


def test_a_taken_port_gives_way_to_the_next(site: SmallSite, running: Running) -> None:
    second = Running(site)
    assert second.address != running.address
    assert second.end()[0] == 0


@pytest.mark.browser
def test_the_browser_reloads_when_a_file_is_saved(site: SmallSite, running: Running, chrome: Browser) -> None:
    context = chrome.new_context()
    page = context.new_page()
    page.goto(running.address + PAGE)
    page.wait_for_function("window.LiveReload !== undefined", timeout=WAIT * 1000)
    page.wait_for_timeout(500)
    site.article("ur/2001/a.txt", dump("بدلی ہوئی سرخی", "یہ ایک پیرا ہے۔"))
    page.wait_for_function("document.querySelector('h1')?.textContent.includes('بدلی ہوئی')", timeout=WAIT * 1000)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1200])
def test_the_bar_opens_and_nothing_is_wider_than_the_screen(site: SmallSite, running: Running, chrome: Browser, width: int) -> None:
    site.article("ur/draft.md", "---\nheadline: مسودہ\ndraft: true\ndate: 2003-01-02\nlanguage: ur\ntopics: [کتاب]\n---\n\nپیرا۔\n")
    until(lambda: "1 not published" in running.get(PAGE))
    context = chrome.new_context(viewport={"width": width, "height": 760})
    page = context.new_page()
    page.goto(f"{running.address}ur/2003/01/draft.html")
    bar = page.locator("#roznama #bar summary")  # through the shadow tree
    assert "Draft: not published" in bar.inner_text()
    bar.click()
    panel = page.frame_locator("#roznama iframe")
    panel.get_by_text("stated in the file").first.wait_for(timeout=WAIT * 1000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    panel.get_by_role("link", name="مسودہ").click()
    page.wait_for_url("**/draft.html")
    context.close()
    assert not list(site.output.rglob("draft.html"))
