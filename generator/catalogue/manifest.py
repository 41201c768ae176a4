"""The manifest: what the output should hold, what it holds, and the difference.

Planning puts every page of the build into a temporary table and compares it with what was written before in three
statements. A new page is entered as "planned, not written" and committed before the first byte goes out, so that a
build that is killed leaves no file nobody knows of.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.model import Page, Scope
from generator.urls import folded

_NEEDS = "CASE kind WHEN 'article' THEN needs ELSE '' END"
_ENTER = f"SELECT folder, name, kind, key, url, NULL, NULL, NULL, NULL, {_NEEDS} FROM plan"

PLAN = """
CREATE TEMPORARY TABLE IF NOT EXISTS plan (
  folder TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, inputs BLOB NOT NULL,
  needs TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID
"""


_INSERT = "INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def split(path: str) -> tuple[str, str]:
    """(folder, name) of a path with slashes."""
    folder, _, name = path.rpartition("/")
    return folder, name


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


class Written(NamedTuple):
    """A file as it now stands in the output. `changed` is false when it already held these bytes."""

    path: str
    size: int
    mtime: int
    sha256: bytes
    changed: bool


class StaleState(NamedTuple):
    """So many stale pages of a kind, and what is known of the files that stand for them: what they were made of, that they
    were `written`, and how large they were. `read`: the sources of these articles were read in this build. `path` is one's."""

    path: str
    pages: int
    kind: str
    known: bool
    written: bool
    sized: bool
    read: bool


class Manifest:
    """The tables `output`, `plan` and `covered`. `Catalogue` opens them."""

    _db: sqlite3.Connection
    _covered = "output"
    """The table with the files of the last plan that this one replaces."""

    def plan(self, pages: Iterable[Page]) -> list[tuple[Page, str, str]]:
        """Replace the plan with `pages`. Two pages on one path: the first stands, the others come back as
        (page, kind and key of the one that stands)."""
        self._db.execute(PLAN)
        self._db.execute("DELETE FROM plan")
        self._covered = "output"
        refused: list[tuple[Page, str, str]] = []
        # One row at a time: it is the only way to hear which one was refused, and costs a microsecond more.
        execute = self._db.execute
        for number, page in enumerate(pages):
            folder, _, name = page.path.rpartition("/")
            try:
                execute(_INSERT, (folder, name, page.kind, page.key, page.url, page.inputs, page.needs, number))
            except sqlite3.IntegrityError:
                kind, key = execute(
                    "SELECT kind, key FROM plan WHERE folder = ? AND name = ?", (folder, name)
                ).fetchone()
                refused.append((page, kind, key))
        return refused

    def replan(self, parts: Iterable[Scope | Page]) -> bool:
        """Plan a part of the output again and take the last plan over for the rest: `parts` are pages, and the scopes in
        which they stand. Whether that could be done: a file that is missing or damaged, and two pages on one path, ask for
        a whole plan."""
        run = self._db.execute
        run(PLAN)
        run("DELETE FROM plan")
        if run("SELECT 1 FROM output WHERE inputs IS NULL LIMIT 1").fetchone():
            return False
        run("CREATE TEMPORARY TABLE covered (folder TEXT, name TEXT, PRIMARY KEY (folder, name)) WITHOUT ROWID")
        self._covered = "covered"
        try:
            for number, part in enumerate(parts):
                if isinstance(part, Scope):
                    query = "SELECT folder, name FROM output WHERE kind = ? AND key >= ? AND key < ?"
                    run(f"INSERT OR IGNORE INTO covered {query}", (part.kind, part.first, part.end))
                else:
                    run(_INSERT, (*split(part.path), part.kind, part.key, part.url, part.inputs, part.needs, number))
        except sqlite3.IntegrityError:
            return False
        strays = (
            "SELECT 1 FROM plan p JOIN output o ON o.folder = p.folder AND o.name = p.name LEFT JOIN covered c"
            " ON c.folder = p.folder AND c.name = p.name WHERE c.name IS NULL LIMIT 1"
        )
        return run(strays).fetchone() is None

    def enter_plan(self, taken: Callable[[str], bool] | None) -> None:
        """Enter the new pages of the plan as planned, and give other kinds, keys and needs to those that stay.

        `taken` tells whether a file is already at a path; such a page is not entered, because the file is not ours.
        `None` says that the output is empty.
        """
        if taken is None:
            # A build that was killed before its first page may have entered some already.
            self._db.execute(f"INSERT OR IGNORE INTO output {_ENTER}")
            return
        new = self._db.execute(
            "SELECT p.folder, p.name FROM plan p LEFT JOIN output o ON o.folder = p.folder AND o.name = p.name WHERE o.name IS NULL"
        ).fetchall()
        self._db.executemany(
            f"INSERT INTO output {_ENTER} WHERE folder = ? AND name = ?",
            [(folder, name) for folder, name in new if not taken(joined(folder, name))],
        )
        self._db.execute(
            f"UPDATE output SET (kind, key, url, needs) = (SELECT kind, key, url, {_NEEDS} FROM plan p WHERE"
            " p.folder = output.folder AND p.name = output.name) WHERE (folder, name) IN (SELECT p.folder, p.name FROM plan p"
            " JOIN output o ON o.folder = p.folder AND o.name = p.name WHERE p.kind <> o.kind OR p.key <> o.key OR p.url <> o.url"
            " OR (p.kind = 'article' AND p.needs <> o.needs))"
        )

    def planned_count(self) -> int:
        """Pages of the whole plan."""
        there, kept = (self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("plan", self._covered))
        return int(there) if self._covered == "output" else int(there - kept) + self.output_count()

    def mark_plan(self) -> None:
        """Note which pages of the plan are stale, so that they can be read while others are recorded as written."""
        self._db.execute("DROP TABLE IF EXISTS stale")
        self._db.execute(
            "CREATE TEMPORARY TABLE stale AS SELECT p.number, p.kind, p.key, p.url, p.folder, p.name, p.inputs, p.needs,"
            " o.name IS NOT NULL AS ours, o.inputs IS NOT NULL AS known, o.sha256 IS NOT NULL AS written, o.size IS NOT NULL AS sized"
            " FROM plan p LEFT JOIN output o ON o.folder = p.folder AND o.name = p.name"
            " WHERE o.inputs IS NOT p.inputs"
        )
        self._db.execute("CREATE INDEX stale_number ON stale (number)")

    def stale(self) -> Iterator[tuple[Page, bool]]:
        """(page, whether its file is ours) of every page that `mark_plan` found stale, in the order of the plan."""
        query = (
            "SELECT number, kind, key, url, folder, name, inputs, needs, ours FROM stale WHERE number > ?"
            " ORDER BY number LIMIT 1000"
        )
        last = -1
        while rows := self._db.execute(query, (last,)).fetchall():
            for number, kind, key, url, folder, name, inputs, needs, ours in rows:
                last = number
                yield Page(kind, key, url, joined(folder, name), inputs, needs), bool(ours)

    def stale_states(self, each: bool) -> Iterator[StaleState]:
        """What is known of the pages that `mark_plan` found stale, of those that are alike together, or of `each` by itself;
        in the order of the plan."""
        rows = self._db.cursor().execute(
            "SELECT s.folder, s.name, count(*), s.kind, s.known, s.written, s.sized, c.path IS NOT NULL, c.digest,"
            " iif(c.digest IS NULL, '', s.key) AS unsure FROM stale s"
            " LEFT JOIN change c ON s.known AND s.kind = 'article' AND c.path = s.key"
            f" GROUP BY {'s.number' if each else 's.kind, s.known, s.written, s.sized, c.path IS NULL, unsure'} ORDER BY min(s.number)"
        )
        for folder, name, pages, kind, known, written, sized, listed, digest, unsure in rows:
            read = bool(listed) and (digest is None or digest != self._digest_of(unsure))
            yield StaleState(joined(folder, name), pages, kind, bool(known), bool(written), bool(sized), read)

    def _digest_of(self, source: str) -> bytes | None:
        row = self._db.execute("SELECT digest FROM source WHERE folder = ? AND name = ?", split(source)).fetchone()
        return None if row is None else row[0]

    def stale_kinds(self) -> dict[str, int]:
        """How many pages of each kind are stale."""
        return dict(self._db.execute("SELECT kind, count(*) FROM stale GROUP BY kind ORDER BY min(number)").fetchall())

    def unplanned(self) -> list[str]:
        """Paths in the manifest that no page of the plan wants any more."""
        query = (
            f"SELECT o.folder, o.name FROM {self._covered} o LEFT JOIN plan p ON p.folder = o.folder AND p.name = o.name"
            " WHERE p.name IS NULL ORDER BY o.folder, o.name"
        )
        return [joined(folder, name) for folder, name in self._db.execute(query)]

    def recase(self) -> list[tuple[str, str]]:
        """Give files that no page wants any more to planned pages whose paths differ from theirs only in capitals or in
        how letters are composed: (path until now, path in the plan) of each. Where such names are one file, it would
        otherwise be taken for a stranger's, and then removed as the old page's."""
        renamed: list[tuple[str, str]] = []
        gone: dict[str, list[str]] = {}
        for path in self.unplanned():
            folder, name = split(path)
            gone.setdefault(folder, []).append(name)
        for folder, names in gone.items():
            query = (
                "SELECT p.name FROM plan p LEFT JOIN output o ON o.folder = p.folder AND o.name = p.name"
                " WHERE p.folder = ? AND o.name IS NULL ORDER BY p.name"
            )
            planned = {folded(name): name for (name,) in self._db.execute(query, (folder,))}
            for name in names:
                if (new := planned.pop(folded(name), None)) is not None:
                    renamed.append((joined(folder, name), joined(folder, new)))
                    self._db.execute("UPDATE output SET name = ?, inputs = NULL WHERE folder = ? AND name = ?", (new, folder, name))
                    if self._covered != "output":
                        self._db.execute("UPDATE covered SET name = ? WHERE folder = ? AND name = ?", (new, folder, name))
        return renamed

    def put_written(self, rows: Iterable[tuple[Page, Written]]) -> None:
        """Record pages that are written."""
        self._db.executemany(
            "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (*split(w.path), page.kind, page.key, page.url, page.inputs, w.size, w.mtime, w.sha256,
                 page.needs if page.kind == "article" else "")
                for page, w in rows
            ],
        )

    def mark_stale(self, paths: Iterable[str]) -> None:
        """These files are not as they were written: their pages are to be written again."""
        self._db.executemany("UPDATE output SET inputs = NULL WHERE folder = ? AND name = ?", map(split, paths))

    def forget_outputs(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM output WHERE folder = ? AND name = ?", map(split, paths))

    def adopt_outputs(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Enter (path, SHA-256) of files that an earlier catalogue wrote: ours, with unknown inputs."""
        rows = [(*split(path), sha256) for path, sha256 in files]
        self._db.executemany("INSERT OR IGNORE INTO output VALUES (?, ?, '', '', '', NULL, NULL, NULL, ?, '')", rows)

    def page_at(self, path: str) -> Page | None:
        """The page that is or will be at a path of the output, as it was last planned."""
        row = self._db.execute(
            "SELECT kind, key, url, inputs, needs FROM output WHERE folder = ? AND name = ?", split(path)
        ).fetchone()
        return None if row is None else Page(row[0], row[1], row[2], path, row[3] or b"", row[4])

    def output_states(self) -> Iterator[tuple[str, str, str]]:
        """(folder, names, `size mtime` in bytes and ns of each) of the files that were written, for every folder that holds
        some; a slash between two files. Put together by SQLite, in a third of the time of a row for each file."""
        return self._db.cursor().execute(
            "SELECT folder, group_concat(name, '/'), group_concat(size || ' ' || mtime, '/') FROM output"
            " WHERE size IS NOT NULL GROUP BY folder"
        )

    def output_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM output").fetchone()[0])

    def checksums(self) -> Iterator[tuple[str, str]]:
        """(path, SHA-256 in hex) of every file that is written, by path in code points' order of folder and name."""
        cursor = self._db.cursor().execute(
            "SELECT folder, name, sha256 FROM output WHERE sha256 IS NOT NULL ORDER BY folder, name"
        )
        return ((joined(folder, name), sha256.hex()) for folder, name, sha256 in cursor)
