"""The files beside the page of a much used topic: its articles as a table (CSV) and as references (RIS).

What lives here: which files there are, and the table's form. What does not: references themselves (`citing`), which
topics have files (`Planning.exported`), and the topic's feed (`feeds`).

Both hold the newest `MOST` articles of the topic: an edit in one article writes each of its topics' files again, and a
reference manager is no place for ten thousand entries. Text in a table comes from crawls, so no cell of it is a formula
when a spreadsheet opens it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from generator.catalogue import Touched
from generator.catalogue.rows import Row, TermRow
from generator.model import Page, Scope
from generator.pages import citing, feeds
from generator.pages.citing import Reference
from generator.pages.files import StaticJob
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.pages.views import Alternate
from generator.urls import path_of, permalink

FORMS = ("csv", "ris")
MOST = 1000
COLUMNS = ("id", "headline", "date", "language", "authors", "newspaper", "topics", "address")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plan(p: Planning) -> Iterator[Page]:
    """Nothing: `terms` plans a topic's files (`plan_topic`) while it has the topic's articles at hand."""
    del p
    return iter(())


def replan(p: Planning, t: Touched) -> Iterator[Scope | Page]:
    """Nothing, as `plan`."""
    del p, t
    return iter(())


def plan_topic(p: Planning, row: TermRow, newest: Iterable[Row]) -> Iterator[Page]:
    """The files of a topic whose `newest` articles (`MOST`), oldest first, are these."""
    rows = list(newest)
    shown = [(one.shows, one.topics) for one in rows]
    names = p.titles(one.language for one in rows)
    for form in FORMS:
        url = feeds.topic_url(row.key, form)
        inputs = p.plain_inputs(row.language, url, row.name, shown, names)
        yield Page("table", SEPARATOR.join((form, row.key)), url, url[1:], inputs)


def links(p: Planning, row: TermRow) -> tuple[Alternate, ...]:
    """What the page of a topic offers."""
    found = [
        Alternate("text/csv", feeds.topic_url(row.key, "csv"), "CSV"),
        Alternate(citing.RIS, feeds.topic_url(row.key, "ris"), "RIS"),
    ]
    if p.settings.base_url:
        found.insert(0, Alternate("application/atom+xml", feeds.topic_url(row.key, "xml"), "Atom"))
    return tuple(found)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[StaticJob]:
    for page in pages:
        form, key = page.key.split(SEPARATOR)
        rows = p.kept(("topic", key), lambda key=key: p.catalogue.term_rows("topic", key))  # type: ignore[misc]
        found = references(p, [one.source for one in rows[-MOST:][::-1]])
        if form == "ris":
            yield StaticJob("".join(citing.ris(one) for one in found).encode())
        else:
            # A mark of byte order, because spreadsheets take a file without one for Latin.
            yield StaticJob(b"\xef\xbb\xbf" + table(cells(one) for one in found).encode())


def references(p: Planning, sources: Sequence[str]) -> list[Reference]:
    """The references of the articles read from `sources`, in that order. An address is absolute where it can be, else
    below the site's root."""
    details = p.catalogue.article_details(sources, counts=False)
    found = []
    for source in sources:
        teaser, terms, _, authors = details[source]
        archive = p.sites[p.interface(teaser.language)].title
        newspaper = next((term.name for term in terms if term.kind == "source"), archive)
        base = p.settings.base_url
        found.append(
            Reference(
                id=teaser.id,
                headline=teaser.headline,
                authors=authors,
                newspaper=newspaper,
                archive=archive if newspaper != archive else None,
                date=teaser.published,
                language=teaser.language,
                url=permalink(base, teaser.url) if base else path_of(teaser.url),
                topics=tuple(term.name for term in terms if term.kind == "topic"),
            )
        )
    return found


def cells(one: Reference) -> tuple[str, ...]:
    """A row of `COLUMNS`; several names are parted by semicolons."""
    return (
        one.id, one.headline, one.date.iso if one.date else "", one.language, "; ".join(one.authors), one.newspaper,
        "; ".join(one.topics), one.url or "",
    )  # fmt: skip


def table(rows: Iterable[Sequence[str]]) -> str:
    """CSV as RFC 4180 writes it, with a head of `COLUMNS`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: str) -> str:
    """`cell` as text that no spreadsheet takes for a formula: with an apostrophe before it, as spreadsheets themselves
    mark text (OWASP, "CSV Injection")."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
