"""What stands at an address that an article had before: the way to where it is now.

A page that only points on costs a file, so the ledger (`moved.tsv`) is short: an article's address depends on its id,
language and date, and only a correction of those moves it.
"""

from collections.abc import Iterator, Sequence

from generator.model import Page
from generator.pages.planning import HtmlJob, Planning
from generator.pages.views import MovedView


def plan(p: Planning) -> Iterator[Page]:
    for old, url, code, shows in p.catalogue.moves():
        yield p.plan("moved", old, old, code, url, shows)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    targets = {
        old: (url, headline, code)
        for old, url, headline, code in p.catalogue.move_targets([page.key for page in pages])
    }
    for page in pages:
        url, headline, code = targets[page.key]
        view = p.view("moved", page.url, code, p.words(code).text("moved_title"))
        yield HtmlJob("moved", view, MovedView(url, headline, code))
