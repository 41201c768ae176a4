"""The archive as data: tables by year, topics as SKOS, texts as JSON lines, and what is in all of them.

What lives here: which files there are, the tables and the description. What does not: a record with its text (`twins`),
topics (`skos`). `[data] files` in `site.toml` decides: `none`; `tables` (the default), which come from the catalogue and
cost next to nothing; `texts`, which are as large as the archive; `single`, two files for each article instead.

`data/datapackage.json` describes the files as a Frictionless Data Package. Texts stand together by month, or by year where
a year has few articles, in parts of at most `CHUNK`: so an edit writes 200 records again and not a year's.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.catalogue import Touched
from generator.catalogue.rows import FeedRow
from generator.model import Page, Scope
from generator.pages import skos, tables, twins
from generator.pages.files import StaticJob
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.pages.twins import TwinJob, TwinsJob

CHUNK = 200
UNDATED = "undated"
_FIELDS = {
    "id": ("string", "The article's identifier; it stays when its address changes."),
    "headline": ("string", "Headline."),
    "date": ("string", "Date of publication in ISO 8601, as precise as it is known; empty if it is not."),
    "language": ("string", "BCP 47."),
    "authors": ("string", "Bylines, parted by semicolons."),
    "newspaper": ("string", "Who published it first."),
    "topics": ("string", "Topics, parted by semicolons."),
    "address": ("string", "Its page: a web address, or a path below the archive's root."),
}


def plan(p: Planning) -> Iterator[Page]:
    if p.settings.data.files == "none":
        return
    for year, rows in groupby(p.catalogue.sitemap_rows(), key=lambda row: row.day[:4] or UNDATED):
        yield from _plan_year(p, year, list(rows))
    yield from _plan_whole(p)


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """The years of articles that changed; of one whose text alone did, where there are files of texts."""
    form = p.settings.data.files
    if form == "none":
        return
    states = [state for one in t.articles for state in one.states]
    years = {state.day[:4] for state in states}
    if form != "tables":
        years |= {row.moment[:4] for source in t.edited if (row := p.catalogue.article_row(source))}
    for year in sorted(years):
        name = year or UNDATED
        rows = list(p.catalogue.sitemap_rows(year))
        yield Scope.of("data", SEPARATOR.join(("table", f"/data/articles-{name}.csv")))
        yield Scope.below("data", SEPARATOR.join(("texts", f"/data/texts/{name}")))
        if form == "single":
            urls = {one.url for one in rows} | {one.url for one in states}
            yield from (Scope.of("data", SEPARATOR.join((twin, twins.twin_url(twin, url)))) for url in urls for twin in twins.FORMS)
        if rows:
            yield from _plan_year(p, name, rows)
    yield from (Scope.below("data", f"{part}{SEPARATOR}") for part in ("package", "skos"))
    yield from _plan_whole(p)


def _plan_year(p: Planning, year: str, rows: list[FeedRow]) -> Iterator[Page]:
    yield _planned(p, "table", f"/data/articles-{year}.csv", rows)
    if p.settings.data.files == "texts":
        many = _many(p)
        for span, some in groupby(rows, key=lambda row: _span(row.day, many)):
            held = list(some)
            for at in range(0, len(held), CHUNK):
                yield _planned(p, "texts", f"/data/texts/{span}_{at // CHUNK + 1}.jsonl", held[at : at + CHUNK])
    elif p.settings.data.files == "single":
        for row in rows:
            yield from (_planned(p, form, twins.twin_url(form, row.url), [row]) for form in twins.FORMS)


def _plan_whole(p: Planning) -> Iterator[Page]:
    """Topics, and the description of all files."""
    many = _many(p)
    spans: Counter[str] = Counter()
    for day, count in sorted((day, count) for _, day, count in p.days):
        spans[_span(day, many)] += count
    years = list(dict.fromkeys(day[:4] or UNDATED for day in sorted(day for _, day, _ in p.days)))
    parts = [f"{span}_{at + 1}" for span, count in spans.items() for at in range(-(-count // CHUNK))]
    texts = parts if p.settings.data.files == "texts" else []
    yield skos.planned(p)
    url = "/data/datapackage.json"
    inputs = p.plain_inputs(p.main, url, years, texts)
    yield Page("data", SEPARATOR.join(("package", url)), url, url[1:], inputs, "\n".join((" ".join(years), " ".join(texts))))


def _many(p: Planning) -> frozenset[str]:
    """The years with so many articles that their texts stand together by month."""
    return frozenset(f"{year:04d}" for year, count in p.years() if count > CHUNK)


def _span(day: str, many: frozenset[str]) -> str:
    year = day[:4] or UNDATED
    return day[:7] if year in many else year


def _planned(p: Planning, form: str, url: str, rows: Sequence[FeedRow]) -> Page:
    """A table shows what other pages may show of its articles and all their terms, a file of texts what their own pages do."""
    shown = [(row.shows, row.topics) if form == "table" else (row.digest, row.topics, row.url, row.pictures) for row in rows]
    needs = SEPARATOR.join(row.source for row in rows)
    names = p.titles(row.language for row in rows)
    return Page("data", SEPARATOR.join((form, url)), url, url[1:], p.plain_inputs(p.main, url, shown, names), needs)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[StaticJob | TwinsJob | TwinJob]:
    for page in pages:
        form = page.key.partition(SEPARATOR)[0]
        if form == "package":
            yield StaticJob(_package(p, page.needs))
        elif form == "skos":
            yield StaticJob(skos.turtle(p))
        elif form == "table":
            found = tables.references(p, page.needs.split(SEPARATOR))
            yield StaticJob(tables.table(tables.cells(one) for one in found).encode())
        elif form == "texts":
            yield twins.job(p, page.needs.split(SEPARATOR))
        else:
            yield TwinJob(form, twins.job(p, [page.needs]).tasks[0])


def _package(p: Planning, needs: str) -> bytes:
    years, texts = (line.split() for line in needs.split("\n"))
    site = p.sites[p.main]
    schema = {"fields": [{"name": name, "type": kind, "description": text} for name, (kind, text) in _FIELDS.items()]}
    resources: list[dict[str, object]] = [
        {
            "name": "articles",
            "path": [f"articles-{year}.csv" for year in years],
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema | {"primaryKey": "id"},
        }
    ]
    resources.append({"name": "topics", "path": "topics.ttl", "format": "ttl", "mediatype": "text/turtle", "encoding": "utf-8"})
    resources += [
        {
            "name": f"texts-{name.replace('_', '-')}",
            "type": "file",  # or readers of data packages take its lines for the rows of a table
            "path": f"texts/{name}.jsonl",
            "format": "jsonl",
            "mediatype": "application/x-ndjson",
            "encoding": "utf-8",
        }
        for name in texts
    ]
    package: dict[str, object] = {"name": "archive", "title": site.title, "profile": "data-package", "resources": resources}
    if site.tagline:
        package["description"] = site.tagline
    if p.settings.base_url:
        package["homepage"] = f"{p.settings.base_url}/"
    if site.licence:
        package["licenses"] = [{"title": site.licence.label} | ({"path": site.licence.url} if site.licence.url else {})]
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
