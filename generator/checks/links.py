"""The links of a built site: every page is read once, and three lists are kept of all it says.

What lives here: finding links in HTML and resolving them. Regular expressions and not a parser: Roznama's own pages are
well-formed, and 100,000 of them would take a parser ten times as long. A number for each path and a byte for each page are
all that is kept of a page whose links are sound.
"""

import html
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

_TAG = re.compile(r"<(a|area|audio|iframe|img|link|script|source|video)\s([^>]*)>")
_ADDRESS = re.compile(r'(?:^|\s)(href|src|srcset|poster)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
LEADING = ("moved", "redirects")
"""Kinds of pages that only lead on: nobody finds a page through them."""


class Links(Struct, frozen=True):
    """`broken` are (page, link) that lead to no file, `unplaced` (page, file, place) to no such place in it, `unlinked`
    (page, kind) of pages to which no other page has a link; each by path."""

    broken: list[tuple[str, str]]
    unplaced: list[tuple[str, str, str]]
    unlinked: list[tuple[str, str]]


def survey(output: Path, base_url: str, files: Sequence[tuple[str, str]]) -> Links:
    """What the links of `files`, (path, kind) of everything below `output`, lead to."""
    prefix = urlsplit(base_url).path
    numbers = {path: at for at, (path, _) in enumerate(files)}
    linked = bytearray(len(files))
    broken: list[tuple[str, str]] = []
    places: dict[tuple[str, str], str] = {}
    for page, kind in files:
        if not page.endswith(".html"):
            continue
        text = (output / page).read_text("utf-8", errors="replace")
        folder = posixpath.dirname(page)
        for tag, link in links_of(text):
            path, fragment = resolved(folder, link, prefix)
            if path is None:
                continue
            target = path or page
            at = numbers.get(target)
            if at is None and not (output / target).is_file():
                broken.append((page, link))
            elif fragment and target == page:
                if not _has_place(text, fragment):
                    places.setdefault((target, fragment), page)
            elif fragment and target.endswith(".html"):
                places.setdefault((target, fragment), page)
            if at is not None and tag in ("a", "area") and target != page and kind not in LEADING:
                linked[at] = 1
    return Links(
        broken=broken,
        unplaced=sorted(_unplaced(output, places)),
        unlinked=[one for at, one in enumerate(files) if one[0].endswith(".html") and not linked[at]],
    )


def links_of(text: str) -> list[tuple[str, str]]:
    """(tag, link) of every link of a page once, in order."""
    found: dict[tuple[str, str], None] = {}
    for tag, attributes in _TAG.findall(text):
        for name, value in _ADDRESS.findall(attributes):
            if name == "srcset":
                for part in html.unescape(value).split(","):
                    if part.strip():
                        found[tag, part.split()[0]] = None
            elif not _SCHEME.match(value):
                found[tag, html.unescape(value)] = None
    return list(found)


@lru_cache(maxsize=20_000)
def resolved(folder: str, link: str, prefix: str) -> tuple[str | None, str]:
    """(file that a link of a page in `folder` leads to, place in it): an empty file is the page itself, `None` one of
    another site. `prefix` is the path below which the site stands on its host."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None, ""
    if parts.scheme or parts.netloc:
        return None, ""
    path = unquote(parts.path)
    fragment = unquote(parts.fragment)
    if not path:
        return "", fragment
    whole = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    path = path.removeprefix(prefix).lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    path = posixpath.normpath(path) if path else "."
    if path == ".":
        return "index.html", fragment
    return f"{path}/index.html" if whole else path, fragment


def _has_place(text: str, fragment: str) -> bool:
    """Whether a page has a place of this name; `#` and `#top` are every page's (HTML, 7.4.6.3)."""
    name = html.escape(fragment)
    return fragment.lower() == "top" or f'id="{name}"' in text or f'name="{name}"' in text


def _unplaced(output: Path, places: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    found = []
    last, text = "", ""
    for (target, fragment), page in sorted(places.items()):
        if target != last:
            last, text = target, (output / target).read_text("utf-8", errors="replace")
        if not _has_place(text, fragment):
            found.append((page, target, fragment))
    return found
