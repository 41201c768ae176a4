"""Nothing is lost on the way to the page: every visible character of a source is on the page that shows it."""

import random
from html.parser import HTMLParser

import pytest
from reading_inputs import LABEL, mixture
from small_site import SmallSite

from generator.text import clean, visible

FILES = 40


class Text(HTMLParser):
    """All text of a page's body that a reader can see, closed details included."""

    def __init__(self) -> None:
        super().__init__()
        self._hidden = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def seen(html: str) -> str:
    parser = Text()
    parser.feed(html)
    return visible("".join(parser.parts))


def missing(text: str, page: str) -> list[str]:
    """Lines of a source that are not on its page, their label or list mark aside; a line may be shown in parts."""
    gone = []
    for line in text.splitlines():
        words = [visible(word) for word in clean(line).split()]
        bare = LABEL.sub("", visible(clean(line)), count=1)
        if bare in page:
            continue
        if not all(word.strip(",،，:：•") in page or LABEL.sub("", word, count=1) in page for word in words):
            gone.append(line)
    return gone


@pytest.mark.parametrize("seed", range(3))
def test_every_visible_character_of_a_file_is_on_its_page(site: SmallSite, seed: int) -> None:
    texts = {}
    for number in range(FILES):
        text = mixture(random.Random(seed * FILES + number))
        if text.strip() and not text.lstrip().startswith(("---", "+++")):
            name = f"m{number}"
            texts[name] = text
            site.article(f"ur/2001/05/{name}.txt", text.encode("utf-8", "replace"))
    report = site.build()
    pages = {path.stem: path for path in site.output.rglob("m*.html")}
    unread = {problem.path for problem in report.problems if problem.severity == "error"}
    checked = 0
    for name, text in texts.items():
        if f"ur/2001/05/{name}.txt" in unread:
            continue
        page = seen(pages[name].read_text("utf-8"))
        assert missing(text.encode("utf-8", "replace").decode(), page) == [], name
        checked += 1
    assert checked > FILES // 2


def test_the_property_notices_a_lost_line() -> None:
    page = seen("<body><h1>سرخی</h1><p>پہلا پیرا</p></body>")
    assert missing("سرخی\n\nپہلا پیرا\n\nدوسرا پیرا", page) == ["دوسرا پیرا"]
