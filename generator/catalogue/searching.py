"""The articles as they were read, and under which numbers the published search index holds them.

`kept` has every article that was read. `search_number` and `search_old` describe the index as it is published, not as it
should be: an article keeps its number there, and what it was, until the index has caught up. Comparing the two gives
what an edit changes, however many builds were killed in between.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OLD_MOST = 5000
"""Former articles kept: beyond as many changes the index is made anew, and they serve nothing."""


# Within the block of a month by the day. Where not even the month is known, one place is as good as another: by the lot.
_HOME = (
    "CASE WHEN substr(a.day, 6, 2) IN ('', '00') THEN (SELECT lot FROM kept k WHERE k.source = a.source)"
    " ELSE CAST(substr(a.day, 9) AS INTEGER) * 2048 END"
)


class SearchRow(NamedTuple):
    """An article as the index looks at it: its `home` in its block (`search.scale.spread`), its number in the published
    index, and whether it is another there."""

    source: str
    url: str
    digest: bytes
    home: int
    number: int | None
    old: bool


class Searching:
    """The tables of search. `Catalogue` opens them."""

    _db: sqlite3.Connection
    _old = 0

    def put_kept(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        """Put (source, lot, packed article) of articles that were read."""
        self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def is_kept(self, source: str, packed: bytes) -> bool:
        """Whether an article is known just so."""
        row = self._db.execute("SELECT packed = ? FROM kept WHERE source = ?", (packed, source)).fetchone()
        return row is not None and bool(row[0])

    def drop_kept(self, source: str) -> None:
        """The article of `source` is no longer as it was read."""
        if self._old <= OLD_MOST:
            self._old += self._db.execute(
                "INSERT OR IGNORE INTO search_old SELECT k.source, k.packed FROM kept k JOIN search_number USING (source)"
                " WHERE k.source = ?",
                (source,),
            ).rowcount
            if self._old > OLD_MOST:
                self._db.execute("DELETE FROM search_old")
        if self._old > OLD_MOST:
            self._db.execute("UPDATE search_number SET number = NULL WHERE source = ?", (source,))
        self._db.execute("DELETE FROM kept WHERE source = ?", (source,))

    def search_rows(self, month: str | None = None, language: str = "") -> Iterator[SearchRow]:
        """Every article in the order of numbers; or those of a month (`2017-11`, '' undated) in a language."""
        some = "" if month is None else "AND a.language = ?1 AND a.moment >= ?2 AND a.moment < ?2 || '~' AND substr(a.day, 1, 7) = ?2"
        query = (
            f"SELECT a.source, a.url, a.digest, {_HOME} AS home, n.number, o.source IS NOT NULL FROM article a"
            " LEFT JOIN search_number n ON n.source = a.source LEFT JOIN search_old o ON o.source = a.source"
            f" WHERE a.hidden IS NULL {some} ORDER BY substr(a.day, 1, 7), a.language, home, a.moment, a.id"
        )
        rows = self._db.cursor().execute(query, () if month is None else (language, month))
        return map(SearchRow._make, rows)

    def search_blocks(self) -> list[tuple[int, str, int, int, bytes]]:
        """(month, language, first number, articles, digest) of the blocks of the published index."""
        return self._db.execute("SELECT month, language, start, count, digest FROM search_block ORDER BY month, language").fetchall()

    def put_search_blocks(self, blocks: Iterable[tuple[int, str, int, int, bytes]]) -> None:
        """The index now has these blocks and no others."""
        self._db.execute("DELETE FROM search_block")
        self._db.executemany("INSERT INTO search_block VALUES (?, ?, ?, ?, ?)", blocks)

    def search_number(self, source: str) -> int | None:
        """The number of an article in the index, if it has one that is still known."""
        row = self._db.execute("SELECT number FROM search_number WHERE source = ?", (source,)).fetchone()
        return None if row is None else row[0]

    def search_gone(self) -> list[tuple[str, int | None]]:
        """(source, number) of articles that the index has and the archive does not show."""
        query = (
            "SELECT n.source, n.number FROM search_number n LEFT JOIN article a ON a.source = n.source AND a.hidden IS NULL"
            " WHERE a.source IS NULL"
        )
        return self._db.execute(query).fetchall()

    def search_now(self, source: str) -> bytes | None:
        """An article as it is now, packed."""
        row = self._db.execute("SELECT packed FROM kept WHERE source = ?", (source,)).fetchone()
        return None if row is None else row[0]

    def search_before(self, source: str) -> bytes | None:
        """The article that the index was made of: the former one while there is one."""
        row = self._db.execute("SELECT packed FROM search_old WHERE source = ?", (source,)).fetchone()
        return self.search_now(source) if row is None else row[0]

    def search_sampled(self, lots: int) -> list[tuple[str, bytes]]:
        """(source, digest) of the articles that `search_sample` gives, by source."""
        query = "SELECT source, digest FROM article WHERE source IN (SELECT source FROM kept WHERE lot < ?) AND hidden IS NULL ORDER BY 1"
        return self._db.execute(query, (lots,)).fetchall()

    def search_sample(self, lots: int) -> Iterator[bytes]:
        """The articles whose lot is below `lots`, packed."""
        query = "SELECT k.packed FROM kept k JOIN article a USING (source) WHERE k.lot < ? AND a.hidden IS NULL"
        return (row[0] for row in self._db.cursor().execute(query, (lots,)))

    def number_articles(self, rows: Iterable[tuple[str, int]], gone: Iterable[str] | None = None) -> None:
        """The index now holds these (source, number), and `gone` no more; without `gone`, nothing else at all."""
        if gone is None:
            self._db.execute("DELETE FROM search_number")
        else:
            self._db.executemany("DELETE FROM search_number WHERE source = ?", ((source,) for source in gone))
        self._db.executemany("INSERT OR REPLACE INTO search_number VALUES (?, ?)", rows)
        self._db.execute("DELETE FROM search_old")
        self._old = 0

    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """(number, packed article) of every article in the index, by number."""
        query = "SELECT n.number, k.packed FROM search_number n JOIN kept k USING (source) ORDER BY n.number"
        return self._db.cursor().execute(query)

    def numbered_urls(self, first: int, last: int) -> list[tuple[int, str]]:
        """(number, url) of the articles numbered from `first` to below `last`, by number."""
        query = "SELECT n.number, a.url FROM search_number n JOIN article a USING (source) WHERE n.number >= ? AND n.number < ? ORDER BY 1"
        return self._db.execute(query, (first, last)).fetchall()

    def stamps(self) -> dict[str, bytes]:
        """shard → the stamp of what it holds."""
        return dict(self._db.execute("SELECT name, stamp FROM search_shard").fetchall())

    def put_stamps(self, stamps: Iterable[tuple[str, bytes]], replace: bool) -> None:
        if replace:
            self._db.execute("DELETE FROM search_shard")
        self._db.executemany("INSERT OR REPLACE INTO search_shard VALUES (?, ?)", stamps)

    def stale_shards(self, kind: str) -> list[tuple[str, bytes | None]]:
        """(key, the inputs it was last written with) of stale pages of a kind, in the order of the plan."""
        return self._db.execute(
            "SELECT s.key, o.inputs FROM stale s JOIN output o ON o.folder = s.folder AND o.name = s.name"
            " WHERE s.kind = ? ORDER BY s.number",
            (kind,),
        ).fetchall()

    @property
    def folder(self) -> str:
        """Where the catalogue is kept."""
        file: str = self._db.execute("PRAGMA database_list").fetchone()[2]
        return file.rpartition("/")[0] or file.rpartition("\\")[0]


def lot(name: str) -> int:
    """A number from 0 to 65,535 that draws a sample: the same for a name in every archive."""
    return zlib.crc32(name.encode()) & 0xFFFF
