"""What it finds: links inside the site, pictures included, that lead to no file or to no such place in a page.

Why it is bad: a reader who follows one stands before nothing. Roznama's own links are sound, so these come from Markdown
articles, from `site.toml`'s menu or from a template of the site's own.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem, quoted

CODE, SEVERITY = "broken-link", "error"


def check(matter: Matter) -> Iterator[Problem]:
    links = matter.links
    pages = {page for page, *_ in (*links.broken, *links.unplaced)}
    found = matter.catalogue.outputs() if pages else ()
    sources = {path: key for path, kind, key in found if kind == "article" and path in pages}

    def where(page: str) -> str:
        return f"in {sources[page]}, or in a template" if page in sources else "in a template, or in the menu"

    for page, link in links.broken:
        yield Problem(page, 0, 0, CODE, f"the link {quoted(link)} leads nowhere", f"mend it {where(page)}")
    for page, target, place in links.unplaced:
        there = "this page" if target == page else target
        message = f"{there} has no place called {quoted(place)}"
        yield Problem(page, 0, 0, CODE, message, f"mend the link {where(page)}, or the heading it means")
