"""What `roznama check` asks of the catalogue, and the sketches it compares articles by.

Sketches stand in a temporary table on disk: a quarter of a kilobyte for each article would be 250 MB of memory at a
million.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from generator.catalogue.manifest import joined
from generator.duplicates import Member, keys_of
from generator.model import Teaser

_teaser = msgspec.msgpack.Decoder(Teaser).decode
_SKETCH = """
DROP TABLE IF EXISTS temp.sketch; DROP TABLE IF EXISTS temp.mark;
CREATE TEMPORARY TABLE sketch (
  n INTEGER PRIMARY KEY, source TEXT NOT NULL, words INTEGER NOT NULL, text BLOB NOT NULL, sketch BLOB NOT NULL
);
CREATE TEMPORARY TABLE mark (key INTEGER NOT NULL, n INTEGER NOT NULL);
"""


class Sketches:
    """A table of articles' sketches, as `duplicates.grouped` wants it."""

    def __init__(self, db: sqlite3.Connection, rows: Iterable[tuple[str, int, bytes, bytes]]) -> None:
        """`rows` are (source, words, digest of the words, sketch)."""
        self._db = db
        db.executescript(_SKETCH)
        db.executemany(
            "INSERT INTO sketch VALUES (?, ?, ?, ?, ?)", ((n, *row) for n, row in enumerate(rows, 1))
        )
        found = db.cursor().execute("SELECT n, sketch FROM sketch WHERE length(sketch) > 0")
        db.executemany("INSERT INTO mark VALUES (?, ?)", ((key, n) for n, sketch in found for key in keys_of(sketch)))

    def equals(self) -> Iterator[tuple[int, int]]:
        return self._db.cursor().execute(
            "SELECT first, n FROM sketch JOIN (SELECT text AS t, min(n) AS first FROM sketch WHERE words > 0 GROUP BY text"
            " HAVING count(*) > 1) ON text = t WHERE n > first ORDER BY first, n"
        )

    def marks(self) -> Iterator[tuple[int, int]]:
        return self._db.cursor().execute("SELECT key, n FROM mark ORDER BY key, n")

    def sketch(self, n: int) -> bytes:
        found: bytes = self._db.execute("SELECT sketch FROM sketch WHERE n = ?", (n,)).fetchone()[0]
        return found

    def members(self, several: Sequence[int]) -> list[Member]:
        return [self._member(n) for n in several]

    def _member(self, n: int) -> Member:
        source, words, id_, teaser, day, pictures = self._db.execute(
            "SELECT s.source, s.words, a.id, c.teaser, a.day, a.pictures IS NOT NULL FROM sketch s JOIN article a USING (source)"
            " JOIN card c USING (source) WHERE n = ?", (n,),
        ).fetchone()  # fmt: skip
        return Member(source, id_, source, _teaser(teaser).headline, day, words, "", pictures)


class Checking:
    """The questions. `Catalogue` opens the tables."""

    _db: sqlite3.Connection

    def headlines(self) -> Iterator[tuple[str, str, str, str]]:
        """(source, language, day, headline) of every article, by language, day and source."""
        query = (
            "SELECT a.source, a.language, a.day, c.teaser FROM article a JOIN card c USING (source) WHERE a.hidden IS NULL"
            " ORDER BY a.language, a.day, a.source"
        )
        rows = self._db.cursor().execute(query)
        return ((source, language, day, _teaser(teaser).headline) for source, language, day, teaser in rows)

    def future(self) -> list[tuple[str, str]]:
        """(source, day) of articles that are not shown yet, by source."""
        return self._db.execute("SELECT source, day FROM article WHERE hidden = 'future' ORDER BY source").fetchall()

    def encoded(self) -> Iterator[tuple[str, str]]:
        """(source, encoding) of every article, by source."""
        return self._db.cursor().execute("SELECT source, encoding FROM article WHERE hidden IS NULL ORDER BY source")

    def sketches(self, rows: Iterable[tuple[str, int, bytes, bytes]]) -> Sketches:
        """A new table of sketches: (source, words, digest of the words, sketch)."""
        return Sketches(self._db, rows)

    def outputs(self) -> Iterator[tuple[str, str, str]]:
        """(path, kind, key) of every file that is written, by folder and name."""
        query = "SELECT folder, name, kind, key FROM output WHERE sha256 IS NOT NULL ORDER BY folder, name"
        return ((joined(folder, name), kind, key) for folder, name, kind, key in self._db.cursor().execute(query))

    def folder_counts(self) -> list[tuple[str, int]]:
        """(folder, files in it), by folder."""
        return self._db.execute("SELECT folder, count(*) FROM output GROUP BY folder ORDER BY folder").fetchall()

    def output_sizes(self) -> tuple[int, int, int, list[tuple[str, int]]]:
        """(folders, files, bytes, the ten largest files) of the output."""
        folders, files, size = self._db.execute(
            "SELECT count(DISTINCT folder), count(*), coalesce(sum(size), 0) FROM output"
        ).fetchone()
        largest = self._db.execute(
            "SELECT ltrim(folder || '/' || name, '/'), size FROM output WHERE size > 0 ORDER BY size DESC, folder, name LIMIT 10"
        ).fetchall()
        return int(folders), int(files), int(size), largest
