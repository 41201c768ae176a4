"""The archive as data: tables by year, topics as SKOS, texts as JSON lines, and what is in all of them.

What lives here: which files there are, the tables and the description. What does not: a record with its text (`twins`),
topics (`skos`). `[data] files` in `site.toml` decides: `none`; `tables` (the default), which come from the catalogue and
cost next to nothing; `texts`, which are as large as the archive; `single`, two files for each article instead.

`data/datapackage.json` describes the files as a Frictionless Data Package. Texts stand together by month, or by year where
a year has few articles, in parts of at most `CHUNK`: so an edit writes 200 records again and not a year's.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from generator.catalogue.rows import FeedRow
from generator.model import Page
from generator.pages import skos, tables, twins
from generator.pages.files import StaticJob
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.pages.twins import TwinJob, TwinsJob

CHUNK = 200
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


class Group(Struct, frozen=True):
    """Articles that stand in one file."""

    name: str
    rows: list[FeedRow]


def plan(p: Planning) -> Iterator[Page]:
    if p.settings.data.files == "none":
        return
    years: list[str] = []
    texts: list[str] = []
    many = {f"{year:04d}" for year, count in p.catalogue.years() if count > CHUNK}
    for year, rows in groupby(p.catalogue.sitemap_rows(), key=lambda row: row.day[:4] or "undated"):
        held = list(rows)
        years.append(year)
        yield _planned(p, "table", f"/data/articles-{year}.csv", held)
        if p.settings.data.files == "texts":
            for group in _groups(year, held, many):
                texts.append(group.name)
                yield _planned(p, "texts", f"/data/texts/{group.name}.jsonl", group.rows)
        elif p.settings.data.files == "single":
            for row in held:
                yield from (_planned(p, form, twins.twin_url(form, row.url), [row]) for form in twins.FORMS)
    yield skos.planned(p)
    url = "/data/datapackage.json"
    inputs = p.plain_inputs(p.main, url, years, texts)
    yield Page("data", SEPARATOR.join(("package", url)), url, url[1:], inputs, "\n".join((" ".join(years), " ".join(texts))))


def _groups(year: str, rows: Sequence[FeedRow], many: set[str]) -> Iterator[Group]:
    for span, some in groupby(rows, key=lambda row: row.day[:7] if year in many else year):
        held = list(some)
        for at in range(0, len(held), CHUNK):
            yield Group(f"{span}_{at // CHUNK + 1}", held[at : at + CHUNK])


def _planned(p: Planning, form: str, url: str, rows: Sequence[FeedRow]) -> Page:
    """A table shows what other pages may show of its articles and all their terms, a file of texts what their own pages do."""
    shown = [(row.shows, row.topics) if form == "table" else (row.digest, row.topics, row.url, row.pictures) for row in rows]
    needs = SEPARATOR.join(row.source for row in rows)
    names = [p.sites[code].title for code in sorted({p.interface(row.language) for row in rows})]
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
