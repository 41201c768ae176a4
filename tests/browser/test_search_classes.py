"""Every kind of query that other engines fail, typed into the search page of a built archive and read off it."""

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
        found = stems(unquote(link.get_attribute("href") or "") for link in page.locator(".found h2 a").all())
        marked = page.locator(".found mark").count()
        if found != expected or bool(marked) < bool(found):
            wrong.append((kind, query, expected, found))
    page.close()
    assert wrong == []
