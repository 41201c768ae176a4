"""What stands at an address that an article had before: the way to where it is now.

Former addresses come from the ledger (`moved.tsv`) and from `aliases:` in front matter. By default each is a page that
leads on, which works on every host and costs a file. Where the host has rules of its own (`[host] redirects`), one file
holds them all, in the host's form: `_redirects` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `redirects.map` (a map
for nginx).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from generator.digest import digest
from generator.model import Page
from generator.pages.files import StaticJob
from generator.pages.planning import HtmlJob, Planning
from generator.pages.views import MovedView
from generator.urls import escaped, permalink

FILES = {"netlify": "_redirects", "apache": ".htaccess", "nginx": "redirects.map"}


def plan(p: Planning) -> Iterator[Page]:
    moves = p.catalogue.moves()
    name = FILES.get(p.settings.host.redirects)
    if name is None:
        for old, url, code, shows in moves:
            yield p.plan("moved", old, old, code, url, shows)
    elif moves:
        inputs = digest(p.code, name, p.settings.base_url, [(old, url) for old, url, _, _ in moves])
        yield Page("redirects", name, f"/{name}", name, inputs)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob | StaticJob]:
    targets = {
        old: (url, headline, code)
        for old, url, headline, code in p.catalogue.move_targets([page.key for page in pages])
    }
    for page in pages:
        if page.kind == "redirects":
            pairs = [(old, url) for old, url, _, _ in p.catalogue.moves()]
            yield StaticJob(rules(p.settings.host.redirects, pairs, urlsplit(p.settings.base_url).path))
            continue
        url, headline, code = targets[page.key]
        view = p.view("moved", page.url, code, p.words(code).text("moved_title"))
        canonical = permalink(p.settings.base_url, url) if p.settings.base_url else None
        yield HtmlJob("moved", p.pointing(view, canonical), MovedView(url, headline, code))


def rules(form: str, pairs: Iterable[tuple[str, str]], prefix: str) -> bytes:
    """The rules of a host for (former url, url now). `prefix` is the path below which the site stands on its host.
    Apache and nginx compare addresses as they are after decoding, Netlify and Cloudflare as they are sent."""
    lines = []
    for old, url in pairs:
        source, target = prefix + old, escaped(prefix + url)
        if form == "netlify":
            lines.append(f"{escaped(source)} {target} 301")
        elif form == "apache":
            pattern = re.sub(r'([\\.+*?\[\](){}^$|"])', r"\\\1", source)
            lines.append(f'RedirectMatch 301 "^{pattern}$" "{target}"')
        else:
            quoted = source.replace("\\", "\\\\").replace('"', '\\"')
            target = target.replace("$", "%24")  # the right side of a map may hold variables, the left may not
            lines.append(f'"{quoted}" "{target}";')
    return ("\n".join(lines) + "\n").encode()
