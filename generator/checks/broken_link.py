"""What it finds: links inside the site, pictures included, that lead to no file or to no such place in a page.

Why it is bad: a reader who follows one stands before nothing. Roznama's own links are sound, so these come from Markdown
articles, from `site.toml`'s menu or from a template of the site's own.
"""

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.checks.matter import Matter
from generator.problems import Problem, quoted

CODE, SEVERITY = "broken-link", "error"
_LINK = re.compile(r'<(?:a|img|link|script|source)\b[^>]*?\s(?:href|src)="([^"]*)"')


def check(matter: Matter) -> Iterator[Problem]:
    output = matter.site.output
    files = {path for path, _ in matter.catalogue.checksums()}
    places: dict[tuple[str, str], str] = {}
    for page in sorted(path for path in files if path.endswith(".html")):
        text = (output / page).read_text("utf-8", errors="replace")
        for link in sorted(set(_LINK.findall(text))):
            target, fragment = _target(page, html.unescape(link), urlsplit(matter.site.settings.base_url).path)
            if target is None:
                continue
            if target not in files and not (output / target).is_file():
                yield Problem(page, 0, 0, CODE, f"the link {quoted(link)} leads nowhere", "mend it in the article or template")
            elif fragment and target.endswith(".html"):
                places.setdefault((target, fragment), page)
    for (target, fragment), page in sorted(places.items()):
        text = (output / target).read_text("utf-8", errors="replace")
        if f'id="{html.escape(fragment)}"' not in text:
            yield Problem(page, 0, 0, CODE, f"{target} has no place called {quoted(fragment)}", "mend the link, or the heading")


def _target(page: str, link: str, prefix: str) -> tuple[str | None, str]:
    """(file a link of `page` leads to, place in it); `None` for links that leave the site."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None, ""
    if parts.scheme or parts.netloc:
        return None, ""
    path = unquote(parts.path)
    if path.startswith("/"):
        path = path.removeprefix(prefix).lstrip("/") or "index.html"
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    path = "index.html" if path == "." else path
    return (f"{path}index.html" if path.endswith("/") else path), unquote(parts.fragment)
