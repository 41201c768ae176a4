"""The twin of an article for machines: its text, where it came from, and ninjs 3.0, IPTC's JSON for news.

Twins stand together in files of JSON lines, or, where the host takes as many files, each in two of its own: its text, and
ninjs with the text in it.

The first line of a file of JSON lines is a table of contents, `{"offsets": {id: [start,
length]}}` in bytes after that line, so that one article can be fetched with one range request; every other line is one
article.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from generator.catalogue.entries import TermEntry
from generator.kept import restored
from generator.model import Article
from generator.pages.heads import machine_date
from generator.pages.plain import plain_text
from generator.pages.planning import Planning
from generator.urls import permalink


class TwinTask(Struct, frozen=True):
    """One article of a file, as it was read (`kept.packed`), and what only the catalogue knows."""

    packed: bytes
    uri: str
    archive: str
    terms: tuple[TermEntry, ...]


class TwinsJob(Struct, frozen=True):
    """A file of twins."""

    tasks: tuple[TwinTask, ...]


class TwinJob(Struct, frozen=True):
    """One article in a file of its own: `plain` or `ninjs`."""

    form: str
    task: TwinTask


FORMS = {"plain": ("txt", "text/plain"), "ninjs": ("json", "application/json")}
"""Ending and media type of an article's own files; ninjs has no type but JSON's."""


def twin_url(form: str, url: str) -> str:
    """The address of a file of the article at `url`: below `data/`, or a month's folder would hold three times as much."""
    return f"/data/{form}{url.removesuffix('.html')}.{FORMS[form][0]}"


def job(p: Planning, sources: Sequence[str]) -> TwinsJob:
    details, kept = p.catalogue.article_details(sources), p.catalogue.kept(sources)
    base = p.settings.base_url
    tasks = []
    for source in sources:
        row = details[source]
        url = row.teaser.url
        uri = permalink(base, url) if base else url
        archive = p.sites[p.interface(row.teaser.language)].title
        tasks.append(TwinTask(kept[source], uri, archive, row.terms))
    return TwinsJob(tuple(tasks))


def written(twins: TwinsJob) -> bytes:
    """The file of `twins`."""
    offsets: dict[str, tuple[int, int]] = {}
    lines = []
    at = 0
    for task in twins.tasks:
        kept = restored(task.packed)
        article = kept.article
        line = msgspec.json.encode(record(article, task, kept.sha256)) + b"\n"
        offsets[article.id] = (at, len(line))
        at += len(line)
        lines.append(line)
    return msgspec.json.encode({"offsets": offsets}) + b"\n" + b"".join(lines)


def single(twin: TwinJob) -> bytes:
    """The file of one article."""
    article = restored(twin.task.packed).article
    text = plain_text(article)
    if twin.form == "plain":
        return text.encode()
    body = {"bodies": [{"role": "main", "contentType": "text/plain", "value": text}]}
    return msgspec.json.encode(ninjs(article, twin.task) | body) + b"\n"


def record(article: Article, task: TwinTask, sha256: str) -> dict[str, Any]:
    """A line: the text whole, and the rest as ninjs."""
    return {
        "id": article.id,
        "source": article.source,
        "sha256": sha256,
        "text": plain_text(article),
        "ninjs": ninjs(article, task),
    }


def _moment(stamp: str) -> str:
    """A whole date and time, as RFC 3339 wants it: of a day its beginning, of an hour and minute their first second."""
    day, _, hour = stamp.partition("T")
    if not hour:
        return f"{day}T00:00:00Z"
    return f"{day}T{hour[:5]}:00{hour[5:]}" if hour[5:6] != ":" else stamp


_LISTS = {"topic": "subjects", "person": "people", "place": "places", "organisation": "organisations"}


def ninjs(article: Article, task: TwinTask) -> dict[str, Any]:
    """ninjs 3.0 of an article, each field only where there is data; its body is in the record's `text`. Times are told
    only where they are known to the day, as ninjs wants a whole one."""
    news: dict[str, Any] = {"uri": task.uri, "type": "text", "language": article.language}
    news["standard"] = {"name": "ninjs", "version": "3.0"}
    for name, date in (("contentCreated", article.published), ("versionCreated", article.modified or article.published)):
        if date and date.day:
            news[name] = _moment(machine_date(date))
    news["headlines"] = [{"role": "main", "value": article.headline}]
    if article.standfirst:
        news["descriptions"] = [{"role": "summary", "value": article.standfirst}]
    if article.bylines:
        news["by"] = ", ".join(byline.name for byline in article.bylines)
    for term in task.terms:
        if term.kind in _LISTS:
            news.setdefault(_LISTS[term.kind], []).append({"name": term.name})
    news["infoSources"] = [{"name": article.publisher or task.archive}]
    if article.licence:
        news["usageTerms"] = article.licence
    if article.url:
        news["altIds"] = [{"role": "original", "value": article.url}]
    return news
