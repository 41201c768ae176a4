"""What was imported: a small database beside the site, `.roznama/import.sqlite`.

What lives here: the only SQL of an import, one transaction a chunk, so that a kill at any moment loses nothing but the
chunk under way. What does not: a copy of anything that the article files hold. If it is lost, nothing is overwritten: files
that it does not know and that differ are taken for edited.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.duplicates import Member
from generator.importing.records import Outcome

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run(id INTEGER PRIMARY KEY, signature BLOB, finished INTEGER DEFAULT 0,
    source INTEGER DEFAULT 0, leaf INTEGER DEFAULT 0, number INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS record(
    n INTEGER PRIMARY KEY, key TEXT UNIQUE, id TEXT, id_key TEXT UNIQUE, path TEXT, substance BLOB, written BLOB, run INTEGER, status TEXT,
    origin TEXT, language TEXT, date TEXT, headline TEXT, publisher TEXT, licence TEXT,
    words INTEGER, pictures INTEGER, text BLOB, sketch BLOB, terms TEXT);
CREATE INDEX IF NOT EXISTS record_text ON record(text);
CREATE TABLE IF NOT EXISTS folder(path TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suffix(name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally(kind TEXT, name TEXT, n INTEGER, PRIMARY KEY(kind, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reject(n INTEGER PRIMARY KEY, line BLOB);
CREATE TABLE IF NOT EXISTS dropped(text TEXT PRIMARY KEY, n INTEGER, first TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS conflict(n INTEGER PRIMARY KEY, path TEXT, why TEXT);
"""
_PER_RUN = ("tally", "reject", "dropped", "conflict")


class Known(msgspec.Struct, frozen=True):
    """A record of an earlier import, or of earlier in this one."""

    n: int
    id: str
    path: str
    substance: bytes
    written: bytes
    run: int


class Position(msgspec.Struct, frozen=True, order=True):
    """How far a run has come: SOURCE, file and record."""

    source: int = 0
    leaf: int = 0
    number: int = 0


class Ledger:
    """An open ledger. Used as a context, it commits on leaving."""

    def __init__(self, path: Path | None) -> None:
        """At `path`; without one in a temporary file that goes away."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path if path is not None else "", isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL" if path is not None else "PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute("PRAGMA cache_size=-16000")
        self._base.executescript(_SCHEMA)
        self._counts: Counter[tuple[str, str]] = Counter()
        self.run = 0

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def begin_run(self, signature: bytes, restart: bool) -> tuple[Position, bool]:
        """Take up the last run if it asked for the same and did not finish, else begin one. Where to go on, and whether it
        is a new run."""
        last = self._base.execute(
            "SELECT id, signature, finished, source, leaf, number FROM run ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if last is not None and last[1] == signature and not last[2] and not restart:
            self.run = last[0]
            return Position(*last[3:]), False
        self.begin()
        for table in _PER_RUN:
            self._base.execute(f"DELETE FROM {table}")
        if restart:
            for table in ("record", "folder", "suffix"):
                self._base.execute(f"DELETE FROM {table}")
        self.run = self._base.execute("INSERT INTO run(signature) VALUES (?)", (signature,)).lastrowid or 0
        self.commit()
        return Position(), True

    def begin(self) -> None:
        self._base.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        counts, self._counts = self._counts, Counter()
        self._base.executemany(
            "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT(kind, name) DO UPDATE SET n = n + excluded.n",
            ((*what, n) for what, n in counts.items()),
        )
        self._base.execute("COMMIT")

    def move_to(self, position: Position) -> None:
        self._base.execute(
            "UPDATE run SET source=?, leaf=?, number=? WHERE id=?", (*msgspec.structs.astuple(position), self.run)
        )

    def finish(self) -> None:
        self._base.execute("UPDATE run SET finished=1 WHERE id=?", (self.run,))

    # Records

    def known(self, key: str) -> Known | None:
        row = self._base.execute(
            "SELECT n, id, path, substance, written, run FROM record WHERE key=?", (key,)
        ).fetchone()
        return Known(*row) if row else None

    def is_taken(self, id_: str) -> bool:
        return self._base.execute("SELECT 1 FROM record WHERE id_key=?", (id_.casefold(),)).fetchone() is not None

    def next_suffix(self, name: str) -> int:
        """A number from 2 on that `name` was not given yet."""
        row = self._base.execute(
            "INSERT INTO suffix VALUES (?, 2) ON CONFLICT(name) DO UPDATE SET n = n + 1 RETURNING n", (name.casefold(),)
        ).fetchone()
        return int(row[0])

    def add(self, outcome: Outcome, key: str, id_: str, path: str, written: bytes, status: str, pictures: int) -> None:
        self._base.execute(
            "INSERT INTO record(key, id, id_key, path, substance, written, run, status, origin, language, date, headline, publisher,"
            " licence, words, pictures, text, sketch, terms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                key,
                id_,
                id_.casefold(),
                path,
                *self._columns(outcome, written, status, pictures),
            ),
        )

    def _columns(self, outcome: Outcome, written: bytes, status: str, pictures: int) -> tuple[object, ...]:
        """The columns from `substance` to `terms`, which a new record and a changed one fill alike."""
        return (
            outcome.substance,
            written,
            self.run,
            status,
            _origin(outcome),
            outcome.language,
            outcome.date.iso if outcome.date else "",
            outcome.headline[:300],
            outcome.publisher,
            outcome.licence,
            outcome.words,
            pictures,
            outcome.text_digest,
            outcome.sketch,
            msgspec.json.encode(outcome.terms).decode(),
        )

    def change(self, known: Known, outcome: Outcome, written: bytes, status: str, pictures: int) -> None:
        self._base.execute(
            "UPDATE record SET substance=?, written=?, run=?, status=?, origin=?, language=?, date=?, headline=?, publisher=?,"
            " licence=?, words=?, pictures=?, text=?, sketch=?, terms=? WHERE n=?",
            (
                *self._columns(outcome, written, status, pictures),
                known.n,
            ),
        )

    def see(self, known: Known, status: str) -> None:
        """Note that a record came again."""
        self._base.execute("UPDATE record SET run=?, status=? WHERE n=?", (self.run, status, known.n))

    def move(self, known: Known, path: str) -> None:
        self._base.execute("UPDATE record SET path=? WHERE n=?", (path, known.n))

    # Folders

    def know_folders(self, counts: Iterable[tuple[str, int]]) -> None:
        self._base.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?)", counts)

    def entries(self, folder: str) -> int:
        row = self._base.execute("SELECT n FROM folder WHERE path=?", (folder,)).fetchone()
        return row[0] if row else 0

    def fill(self, folder: str, count: int) -> None:
        self._base.execute(
            "INSERT INTO folder VALUES (?, ?) ON CONFLICT(path) DO UPDATE SET n = n + excluded.n", (folder, count)
        )

    # What a run has to tell

    def count(self, kind: str, name: str, n: int = 1) -> None:
        """Count something; it is noted with the next commit."""
        self._counts[kind, name] += n

    def tally(self, kind: str) -> dict[str, int]:
        """The counts of a kind, the highest first."""
        return dict(self._base.execute("SELECT name, n FROM tally WHERE kind=? ORDER BY n DESC, name", (kind,)))

    def reject(self, line: bytes) -> None:
        self._base.execute("INSERT INTO reject(line) VALUES (?)", (line,))

    def rejects(self) -> Iterator[bytes]:
        for (line,) in self._base.execute("SELECT line FROM reject ORDER BY n"):
            yield line

    def drop(self, text: str, first: str) -> None:
        self._base.execute(
            "INSERT INTO dropped VALUES (?, 1, ?) ON CONFLICT(text) DO UPDATE SET n = n + 1", (text[:2000], first)
        )

    def dropped(self) -> Iterator[tuple[str, int, str]]:
        yield from self._base.execute("SELECT text, n, first FROM dropped ORDER BY n DESC, text")

    def conflict(self, path: str, why: str) -> None:
        self._base.execute("INSERT INTO conflict(path, why) VALUES (?, ?)", (path, why))

    def conflicts(self) -> list[tuple[str, str]]:
        return list(self._base.execute("SELECT path, why FROM conflict ORDER BY path, why"))

    def paths(self) -> Iterator[str]:
        for (path,) in self._base.execute("SELECT path FROM record ORDER BY path"):
            yield path

    # Duplicates and terms

    def index_sketches(self, keys: Callable[[bytes], Sequence[int]]) -> None:
        """Make the list of (hash, record) from which candidates are read."""
        self._base.execute("CREATE TEMP TABLE IF NOT EXISTS mark(key INTEGER, n INTEGER)")
        self._base.execute("DELETE FROM mark")
        self.begin()
        rows = self._base.cursor().execute("SELECT n, sketch FROM record WHERE length(sketch) > 0")
        self._base.executemany(
            "INSERT INTO mark VALUES (?, ?)", ((key, n) for n, sketch in rows for key in keys(sketch))
        )
        self.commit()

    def marks(self) -> Iterator[tuple[int, int]]:
        yield from self._base.cursor().execute("SELECT key, n FROM mark ORDER BY key, n")

    def equals(self) -> Iterator[tuple[int, int]]:
        """Records with the same text: (the first, another)."""
        yield from self._base.cursor().execute(
            "SELECT first, n FROM record JOIN"
            " (SELECT text AS t, min(n) AS first FROM record WHERE words > 0 GROUP BY text HAVING count(*) > 1) ON text = t"
            " WHERE n > first ORDER BY first, n"
        )

    def sketch(self, n: int) -> bytes:
        row = self._base.execute("SELECT sketch FROM record WHERE n=?", (n,)).fetchone()
        return row[0] if row else b""

    def members(self, several: Sequence[int]) -> list[Member]:
        rows = [
            self._base.execute(
                "SELECT key, id, path, headline, date, words, publisher, pictures FROM record WHERE n=?", (n,)
            ).fetchone()
            for n in several
        ]
        return [Member(*row) for row in rows]

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """(kind, name, language) of every term of every record."""
        for language, terms in self._base.execute("SELECT language, terms FROM record ORDER BY n"):
            for kind, name in msgspec.json.decode(terms):
                yield kind, name, language

    def totals(self, column: str) -> list[tuple[Any, int]]:
        """How many records have each value of `language`, `publisher` or `status`."""
        if column not in ("language", "publisher", "status"):
            raise ValueError(column)
        return list(self._base.execute(f"SELECT {column}, count(*) FROM record GROUP BY 1 ORDER BY 2 DESC, 1"))

    def licences(self) -> list[tuple[str, int]]:
        """How many records have each licence, at most two of them."""
        return list(self._base.execute("SELECT licence, count(*) FROM record GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2"))

    def years(self) -> Mapping[str, int]:
        """How many records each year has; `""` are the undated."""
        return dict(self._base.execute("SELECT substr(date, 1, 4), count(*) FROM record GROUP BY 1 ORDER BY 1"))


def _origin(outcome: Outcome) -> str:
    return f"{outcome.leaf}#{outcome.number}@{outcome.offset}"
