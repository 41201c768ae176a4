"""The rows in which the catalogue answers, and the columns they are made of."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from generator.catalogue.entries import TermEntry
from generator.model import Teaser

FEED = "a.source, a.url, a.language, a.day, a.shows, a.pictures, a.modified, a.lead, a.digest, a.topics"
ARTICLE = "a.source, a.id, a.url, a.language, a.moment, a.shows, a.pictures, a.digest, a.topics"
ROW = "a.source, a.id, a.url, a.language, a.moment, a.day, a.shows, a.pictures, a.topics"
SHOWN = "source NOT IN (SELECT source FROM article WHERE hidden IS NOT NULL)"
"""Rows of shown articles, in another table or in an index: most are, so that asking which are not costs less than a look at
each."""
SEPARATOR = "\x1f"
BATCH = 900
"""Parameters of a statement at most: SQLite takes 32,766 in the version that Python 3.11 ships with, older ones 999."""


class Row(NamedTuple):
    """An article in an index: `shows` and `pictures` together decide what other pages show of it. `topics` is the digest
    of its terms, all of which only its own page and tables show."""

    source: str
    id: str
    url: str
    language: str
    moment: str
    day: str
    shows: bytes
    pictures: str | None
    topics: bytes


class FeedRow(NamedTuple):
    """An article in a feed or sitemap: `modified` is the date of its last correction in MessagePack."""

    source: str
    url: str
    language: str
    day: str
    shows: bytes
    pictures: str | None
    modified: bytes | None
    lead: str | None
    digest: bytes
    topics: bytes


class ArticleRow(NamedTuple):
    source: str
    id: str
    url: str
    language: str
    moment: str
    shows: bytes
    pictures: str | None
    digest: bytes
    topics: bytes


class Details(NamedTuple):
    """What an article's own page and the tables need besides the article. `pictures` are all that its figures name, `authors` its
    bylines."""

    teaser: Teaser
    terms: tuple[TermEntry, ...]
    pictures: tuple[str, ...]
    authors: tuple[str, ...]


class TermRow(Struct, frozen=True, array_like=True):
    key: str
    name: str
    language: str
    count: int


class FigureRow(NamedTuple):
    source: str
    position: int
    alt: str | None
    caption: str | None
    credit: str | None
    picture: str | None


class PictureRow(NamedTuple):
    path: str
    width: int
    height: int


def among(db: sqlite3.Connection, query: str, keys: Sequence[str]) -> Iterator[Any]:
    """The rows of `query`, in which `{}` stands for as many of `keys` as a statement takes."""
    for at in range(0, len(keys), BATCH):
        batch = keys[at : at + BATCH]
        yield from db.execute(query.format(", ".join("?" * len(batch))), batch).fetchall()


def listed(joined: str) -> tuple[str, ...]:
    """The parts of a column that holds several."""
    return tuple(joined.split(SEPARATOR)) if joined else ()
