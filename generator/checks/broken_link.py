"""What it finds: links inside the site, pictures included, that lead to no file or to no such place in a page.

Why it is bad: a reader who follows one stands before nothing. Roznama's own links are sound, so these come from Markdown
articles, from `site.toml`'s menu or from a template of the site's own.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem, quoted

CODE, SEVERITY = "broken-link", "error"


def check(matter: Matter) -> Iterator[Problem]:
    for page, link in matter.links.broken:
        yield Problem(page, 0, 0, CODE, f"the link {quoted(link)} leads nowhere", "mend it in the article or template")
    for page, target, place in matter.links.unplaced:
        where = "this page" if target == page else target
        yield Problem(page, 0, 0, CODE, f"{where} has no place called {quoted(place)}", "mend the link, or the heading")
