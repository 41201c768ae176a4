"""What stands where an article was that has been withdrawn: that it was, when, and why, and nothing of its text.

A page that says so is worth more than an address that is gone: whoever cited the article learns that the archive took
it back. The same page stands at the article's former addresses.
"""

from collections.abc import Iterator, Sequence

from generator.model import Page
from generator.pages.planning import HtmlJob, Planning
from generator.pages.views import WithdrawnView


def plan(p: Planning) -> Iterator[Page]:
    for url, code, why in p.catalogue.withdrawn():
        yield p.plan("withdrawn", url, url, code, why, p.several)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    known = {url: (code, why) for url, code, why in p.catalogue.withdrawn()}
    for page in pages:
        code, why = known[page.key]
        title = p.words(code).text("withdrawn_title")
        view = p.view("withdrawn", page.url, code, title, [p.home(code)])
        yield HtmlJob("withdrawn", view, WithdrawnView(why.date, why.reason))
