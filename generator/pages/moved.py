"""What stands at an address that an article had before: the way to where it is now.

Former addresses come from the ledger (`moved.tsv`) and from `aliases:` in front matter. By default each is a page that
leads on, which works on every host and costs a file. Where the host has rules of its own (`[host] redirects`), one file
holds them all, in the host's form: `_redirects` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `redirects.map` (a map
for nginx), `redirects.caddy` (lines of Caddy's `map`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from generator.digest import digest
from generator.model import Page
from generator.pages.files import StaticJob
from generator.pages.planning import HtmlJob, Planning
from generator.pages.views import MovedView
from generator.text import fold
from generator.urls import escaped, one_file, permalink, slug, term_url

Move = tuple[str, str, str, str]
"""Former address, address now, what stands there (a headline, a name), and its language."""
FILES = {"netlify": "_redirects", "apache": ".htaccess", "nginx": "redirects.map", "caddy": "redirects.caddy"}


def plan(p: Planning) -> Iterator[Page]:
    moves = p.catalogue.moves()
    topics = topic_moves(p)
    name = FILES.get(p.settings.host.redirects)
    if name is None:
        for old, url, code, shows in moves:
            if one_file(old, url):
                continue  # on Windows and macOS the page that leads on would take the place of the article
            yield p.plan("moved", old, old, code, url, shows)
        for old, url, label, code in topics:
            yield p.plan("moved", old, old, code, url, label)
    elif moves or topics:
        pairs = [(old, url) for old, url, _, _ in (*moves, *topics)]
        inputs = digest(p.code, name, p.settings.base_url, pairs)
        yield Page("redirects", name, f"/{name}", name, inputs)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob | StaticJob]:
    targets = {
        old: (url, headline, code)
        for old, url, headline, code in (*p.catalogue.move_targets([page.key for page in pages]), *topic_moves(p))
    }
    for page in pages:
        if page.kind == "redirects":
            pairs = [(old, url) for old, url, _, _ in (*p.catalogue.moves(), *topic_moves(p))]
            yield StaticJob(rules(p.settings.host.redirects, pairs, urlsplit(p.settings.base_url).path))
            continue
        url, headline, code = targets[page.key]
        view = p.view("moved", page.url, code, p.words(code).text("moved_title"))
        canonical = permalink(p.settings.base_url, url) if p.settings.base_url else None
        yield HtmlJob("moved", p.pointing(view, canonical), MovedView(url, headline, code))


def topic_moves(p: Planning) -> list[Move]:
    """The addresses that topics had before the vocabulary merged or renamed them. They follow from the vocabulary alone,
    so a clean build makes the same ones."""
    found: dict[str, Move] = {}
    for topic in p.registry.vocabulary.topics:
        id_ = p.registry.target(topic.id)
        kind = p.registry.index(id_)
        row = p.named(kind).get(id_)
        if row is None:
            continue
        former = [(p.registry.index(topic.id), topic.id)] if id_ != topic.id else []
        for name in topic.formerly:
            former += [(folder, name) for folder in dict.fromkeys((kind, "topic"))]
        for folder, name in former:
            old = term_url(folder, name)
            if fold(name) not in p.named(folder) and slug(name) not in p.named(folder):
                found[old] = (old, term_url(kind, id_), row.name, row.language)
    return [found[old] for old in sorted(found)]


def rules(form: str, pairs: Iterable[tuple[str, str]], prefix: str) -> bytes:
    """The rules of a host for (former url, url now). `prefix` is the path below which the site stands on its host.
    Apache, nginx and Caddy compare addresses as they are after decoding, Netlify and Cloudflare as they are sent."""
    lines = []
    for old, url in pairs:
        source, target = prefix + old, escaped(prefix + url)
        if form == "netlify":
            lines.append(f"{escaped(source)} {target} 301")
        elif form == "apache":
            pattern = re.sub(r'([\\.+*?\[\](){}^$|"])', r"\\\1", source)
            lines.append(f'RedirectMatch 301 "^{pattern}$" "{target}"')
        elif form == "caddy":
            lines.append(f'"{_caddy(source)}" "{target}"')
        else:
            quoted = _nginx(source, one_file(old, url))
            target = target.replace("$", "%24")  # the right side of a map may hold variables, the left may not
            lines.append(f'"{quoted}" "{target}";')
    return ("\n".join(lines) + "\n").encode()


def _nginx(source: str, twin: bool) -> str:
    """The left side of a line of an nginx map. A plain text is compared there without regard to capitals, so that an old
    address in capitals would shadow a page in small letters, and one that differs from its target in them alone lead to
    itself; a regular expression tells them apart."""
    if twin or source != source.lower():
        source = "~^" + re.sub(r"([.+*?\[\](){}^$|])", r"\\\1", source) + "$"
    return source.replace('"', '\\"')


def _caddy(source: str) -> str:
    """The left side of a line of Caddy's map. Braces stand for variables there, even of the environment, except in a
    regular expression that writes them as numbers."""
    if re.search(r"[{}]", source):
        pattern = re.sub(r"[{}]", lambda found: rf"\x{ord(found[0]):02x}", re.sub(r"([\\.+*?\[\]()^$|])", r"\\\1", source))
        source = f"~^{pattern}$"
    return source.replace('"', '\\"')
