"""Every kind of query that other engines fail, typed into the search page of a built archive and read off it."""

import time
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect
from search_archive import ARTICLES, CLASSES, stems
from small_site import SmallSite

pytestmark = pytest.mark.browser


def test_every_kind_of_query_finds_what_it_should_and_nothing_else(site: SmallSite, chrome: Browser) -> None:
    for path, text in ARTICLES.items():
        site.article(path, text)
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nids = "path"\n')
    site.build()
    page = chrome.new_page(viewport={"width": 1000, "height": 2400})
    page.goto((site.output / "search/index.html").as_uri())
    wrong = []
    for kind, query, expected in CLASSES:
        page.locator(".ask input[name=q]").fill(query)
        page.keyboard.press("Enter")
        if expected:
            expect(page.locator(".tally")).to_contain_text(f"{len(expected)} ")
            expect(page.locator(".found h2 a")).to_have_count(len(expected))
        else:
            expect(page.locator(".tally")).to_contain_text("کچھ نہیں ملا")
        # The list of the query before may stand a moment longer, or be on its way out: what counts is what comes to stay.
        end = time.monotonic() + 10
        while True:
            links = page.locator(".found h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            found = stems(unquote(link) for link in links)
            marked = page.locator(".found mark").count()
            if (found == expected and bool(marked) >= bool(found)) or time.monotonic() > end:
                break
            page.wait_for_timeout(50)
        if found != expected or bool(marked) < bool(found):
            wrong.append((kind, query, expected, found))
    page.close()
    assert wrong == []
