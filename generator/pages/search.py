"""Search: the page people type into, in every language of the interface, and the files of the index.

What lives here: which pages and shards there are, and what the search page says. How shards are made is in
`generator/search/`; which of them are stale, and why, in `indexing.py`.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape

import msgspec

from generator.catalogue import Touched
from generator.model import Page, Scope
from generator.pages import indexing
from generator.pages.files import StaticJob
from generator.pages.indexing import Index
from generator.pages.planning import HtmlJob, Planning, most_used
from generator.pages.terms import TITLES
from generator.pages.views import SearchView
from generator.search import words
from generator.search.scale import starts
from generator.search.segments import MergeJob, SegmentTask
from generator.search.shards import urls_script
from generator.search.splicing import SpliceJob
from generator.urls import permalink

KIND, SHARD = "search", "shard"
FILTERS = ("topic", "person", "place", "source")
OFFERED = 100
"""Names offered for a filter, those with most articles. Any other can be asked for in words: `topic:name`."""

Job = HtmlJob | StaticJob | MergeJob | SpliceJob


def url_of(code: str, main: str) -> str:
    """The search page in a language of the interface."""
    return "/search/" if code == main else f"/{code}/search/"


def plan(p: Planning, t: Touched | None = None) -> Iterator[Page]:
    """All pages, after `begin`; or `t` is all that changed."""
    if not p.settings.search:
        return
    if t is not None or p.index is None:
        p.index = indexing.settle(p, t)
    index = _index(p)
    for code in p.sites:
        yield p.plan(KIND, code, url_of(code, p.main), code, index.edition, _view(p, index, code))
        if p.settings.base_url:
            url = f"{url_of(code, p.main)}opensearch.xml"
            yield Page(SHARD, f"opensearch {code}", url, url[1:], p.inputs(KIND, code, url, p.settings.base_url))
    for name, stamp in index.stamps.items():
        url = f"/search/{name}.js"
        yield Page(SHARD, name, url, url[1:], indexing.inputs(p, index, name, stamp))


def begin(p: Planning) -> bool:
    """Settle what the index holds before any page is planned; whether all of it is made anew, which may begin at once."""
    if p.settings.search:
        p.index = indexing.settle(p)
    return p.index is not None and not _index(p).before


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    yield from map(Scope, (KIND, SHARD))
    yield from plan(p, t)


def prepare(p: Planning) -> Iterator[SegmentTask]:
    """Work that goes before writing: what stale shards are made of. Nothing when the plan did not get that far."""
    if p.index is not None:
        yield from indexing.prepare(p, p.index, SHARD)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[Job]:
    index = _index(p)
    for page in pages:
        if page.kind == KIND:
            title = p.words(page.key).text("search")
            view = p.view(KIND, page.url, page.key, title, [p.home(page.key)])
            yield HtmlJob(KIND, view, _view(p, index, page.key))
        elif page.key == "index":
            yield StaticJob(_root(index))
        elif page.key.startswith("opensearch "):
            yield StaticJob(_description(p, page.key.removeprefix("opensearch ")))
        elif page.key.startswith("u/"):
            yield StaticJob(_urls(p, index, page.key))
        else:
            yield indexing.job(index, page.key, page.path)


def _index(p: Planning) -> Index:
    """The index of this build, kept from planning to loading."""
    index: Index = p.index
    return index


def _view(p: Planning, index: Index, code: str) -> SearchView:
    language = p.words(code)
    several = [p.language_link(code) for code, _ in p.languages] if p.several else []
    years = sorted({block.month // 100 for block in index.blocks if block.month})
    return SearchView(
        edition=index.edition,
        categories=json.dumps(language.plurals["results"], ensure_ascii=False),
        languages=tuple(several),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        filters=tuple(
            (kind, language.text(TITLES[kind]), tuple(row.name for row in most_used(p.terms(kind), OFFERED)))
            for kind in FILTERS
            if p.terms(kind)
        ),
        description=bool(p.settings.base_url),
    )


def _root(index: Index) -> bytes:
    """The file that every search begins with: how the index is cut, the table of blocks, and the folds."""
    root = {
        "edition": index.edition,
        "count": index.count,
        "scale": msgspec.structs.astuple(index.scale),
        "blocks": [[block.month, block.language, block.count] for block in index.blocks],
        "common": index.shelf.words,
        "least": index.shelf.least if any(index.shelf.least) else (),
        "folds": words.table(),
    }
    text = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
    return f'roznama.put("index",{text})\n'.encode()


def _urls(p: Planning, index: Index, name: str) -> bytes:
    size = index.scale.urls
    first = int(name.removeprefix("u/")) * size
    last = min(first + size, starts(index.blocks)[-1])
    known = dict(p.catalogue.numbered_urls(first, last))
    return urls_script(name, (known.get(number) for number in range(first, last)))


def _description(p: Planning, code: str) -> bytes:
    """An OpenSearch 1.1 description: browsers offer the archive as a search engine. Only with `base_url`, for its
    address must be absolute."""
    site = p.sites[code]
    address = escape(permalink(p.settings.base_url, url_of(code, p.main)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(site.title[:16])}</ShortName>\n<LongName>{escape(site.title[:48])}</LongName>\n"
        f"<Description>{escape((site.tagline or site.title)[:1024])}</Description>\n"
        f'<Url type="text/html" template="{address}?q={{searchTerms}}"/>\n'
        f"<Language>{code}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    ).encode()
