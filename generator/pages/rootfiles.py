"""The small files that others look for at the root of a site: robots.txt, llms.txt, site.webmanifest, favicon.ico.

What lives here: their text. What does not: the search description (`search`), feeds and sitemaps. A site that keeps its
own puts the name into `[host] without` and the file into its output folder, where nothing of Roznama's touches it.
"""

import json
import struct
from collections.abc import Iterator, Sequence

from generator import language
from generator.model import Page
from generator.pages import feeds
from generator.pages.files import StaticJob
from generator.pages.planning import Planning
from generator.pages.terms import TITLES, kinds
from generator.urls import FOLDERS, permalink, relative


def plan(p: Planning) -> Iterator[Page]:
    for name in ("robots.txt", "llms.txt", "site.webmanifest", "favicon.ico"):
        if name not in p.settings.host.without:
            shown = (p.languages, kinds(p), p.settings.data) if name == "llms.txt" else p.settings.theme
            yield Page("root", name, f"/{name}", name, p.plain_inputs(p.main, name, shown))


def load(p: Planning, pages: Sequence[Page]) -> Iterator[StaticJob]:
    made = {"robots.txt": _robots, "llms.txt": _llms, "site.webmanifest": _manifest, "favicon.ico": _favicon}
    for page in pages:
        yield StaticJob(made[page.key](p))


def _robots(p: Planning) -> bytes:
    """Everything may be read; result pages of the search are no pages. Crawlers look for it at the root of the host
    only: an archive below a path adds the sitemap's line to the host's own file."""
    lines = ["User-agent: *", "Allow: /"]
    if p.settings.base_url:
        lines += ["", f"Sitemap: {permalink(p.settings.base_url, '/sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode()


def _llms(p: Planning) -> bytes:
    """What the archive is and where its lists are, in Markdown (llmstxt.org)."""
    site, words, base = p.sites[p.main], p.words(p.main), p.settings.base_url

    def link(label: str, url: str) -> str:
        return f"- [{label}]({permalink(base, url) if base else relative(url, '')})"

    lines = [f"# {site.title}", ""]
    if site.tagline:
        lines += [f"> {site.tagline}", ""]
    lines += [f"## {words.text('archive')}", "", link(words.text("home"), "/")]
    lines += [link(f"{language.autonym(code)} ({count})", f"/{code}/") for code, count in p.languages]
    lines += [link(words.text(TITLES[kind]), f"/{FOLDERS[kind]}/") for kind in kinds(p)]
    lines += [link(words.text("about_title"), "/about/")]
    data = []
    if p.settings.data.files != "none":
        data += [link("Data package", "/data/datapackage.json"), link("SKOS", "/data/topics.ttl")]
    if base:
        data.append(link("Sitemap", "/sitemap.xml"))
        data += [link(f"Feed ({form})", f"/feeds/{name}") for form, (name, _) in feeds.FORMATS.items()]
    if data:
        lines += ["", "## Data", "", *data]
    if site.licence:
        lines += ["", f"## {words.text('licence')}", "", f"- {site.licence.label} {site.licence.url}".rstrip()]
    return ("\n".join(lines) + "\n").encode()


def _manifest(p: Planning) -> bytes:
    """A web app manifest: name and icon for those who keep the archive on their telephone's first screen."""
    site, theme = p.sites[p.main], p.settings.theme
    manifest = {
        "name": site.title,
        "short_name": site.title[:24],
        "lang": site.language,
        "dir": site.direction,
        "start_url": "./index.html",
        "scope": "./",
        "display": "browser",
        "background_color": theme.paper or PAPER,
        "theme_color": theme.accent or ACCENT,
        "icons": [{"src": "static/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


PAPER, ACCENT, INK, FAINT = "#fbfaf6", "#0d5c4d", "#1b1a17", "#5f5b52"
"""The colours of `static/icon.svg`, whose drawing the favicon repeats."""


def _favicon(p: Planning) -> bytes:
    """The drawing of `icon.svg` in 32 pixels, as the icon file that old browsers and feed readers ask for. Drawn by
    hand, bit for bit, so that it is the same with every version of every library."""
    theme = p.settings.theme
    paper, accent = _rgb(theme.paper or PAPER), _rgb(theme.accent or ACCENT)
    ink, faint = _rgb(theme.ink or INK), _rgb(FAINT)
    rows = [[paper] * 32 for _ in range(32)]
    for colour, left, right, tops in (
        (ink, 5, 27, (6, 9)),
        (accent, 5, 15, tuple(range(14, 26))),
        (faint, 18, 27, (14, 18, 22, 25)),
    ):
        for top in tops:
            rows[top][left:right] = [colour] * (right - left)
    pixels = b"".join(bytes((blue, green, red, 255)) for row in reversed(rows) for red, green, blue in row)
    header = struct.pack("<IiiHHIIiiII", 40, 32, 64, 1, 32, 0, len(pixels), 0, 0, 0, 0)
    image = header + pixels + bytes(32 * 4)
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 32, 32, 0, 0, 1, 32, len(image), 22) + image


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
