"""What a scan found to be read: kept in a temporary table, so that its length is known and its memory is not."""

import sqlite3
from collections.abc import Iterable, Iterator

from msgspec import Struct

SEPARATOR = "\x1f"

CHANGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS change (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, picture INTEGER NOT NULL, seen TEXT NOT NULL, beside TEXT NOT NULL, digest BLOB
)
"""


class Change(Struct, frozen=True, array_like=True):
    """A file to be read. `digest` is that of the bytes it had when it was last read in the same way, `None` when it is
    new or is to be read differently; `beside` are the pictures that belong to an article by their names."""

    path: str
    picture: bool
    seen: str
    beside: tuple[str, ...] = ()
    digest: bytes | None = None


class Changes:
    """The table `change`. `Catalogue` opens it."""

    _db: sqlite3.Connection

    def note_changes(self, changes: Iterable[Change]) -> int:
        """Replace the list of files to read; how many there are."""
        self._db.execute(CHANGE)
        self._db.execute("DELETE FROM change")
        self._db.executemany(
            "INSERT INTO change (path, picture, seen, beside, digest) VALUES (?, ?, ?, ?, ?)",
            ((c.path, c.picture, c.seen, SEPARATOR.join(c.beside), c.digest) for c in changes),
        )
        return int(self._db.execute("SELECT count(*) FROM change").fetchone()[0])

    def changes(self) -> Iterator[Change]:
        """The files to read, in the order they were found."""
        query = (
            "SELECT number, path, picture, seen, beside, digest FROM change WHERE number > ? ORDER BY number LIMIT 2000"
        )
        last = 0
        while rows := self._db.execute(query, (last,)).fetchall():
            for number, path, picture, seen, beside, digest in rows:
                last = number
                yield Change(path, bool(picture), seen, tuple(beside.split(SEPARATOR)) if beside else (), digest)
