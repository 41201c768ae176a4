"""Opening the catalogue and putting into it what was read. Questions are in `queries.py`, the manifest in `manifest.py`.

Only the conductor's process opens it. A damaged or outdated file is put away and made anew: all it holds can be read
again from the sources, and what was written to the output is known from `manifest-sha256.txt` there.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import msgspec

from generator.catalogue.changes import Changes
from generator.catalogue.checking import Checking
from generator.catalogue.entries import ArticleEntry, PictureEntry, SourceEntry, outside, shows
from generator.catalogue.figures import Figures
from generator.catalogue.manifest import Manifest, joined, split
from generator.catalogue.queries import Queries
from generator.catalogue.rows import SEPARATOR, listed
from generator.catalogue.searching import Searching, lot
from generator.catalogue.settling import Settling
from generator.catalogue.topics import topics_digest
from generator.catalogue.translations import Translations
from generator.digest import digest_bytes
from generator.text import composed

FILE, OLD = "catalogue.sqlite", "catalogue-old.sqlite"
_SUFFIXES = ("", "-wal", "-shm")
CACHE, LESS = 32_000, 8_000
"""Kilobytes of the catalogue that are held in memory, while articles are entered in all its corners and afterwards. Sorting
takes as much again."""

_pack = msgspec.msgpack.Encoder().encode


class Catalogue(Queries, Figures, Manifest, Changes, Searching, Checking, Translations, Settling):
    """An open catalogue. `fresh` tells that nothing was in it when it was opened.

    Everything between `open` and `commit` is one transaction: a build that is killed leaves the catalogue of the last.
    """

    def __init__(self, connection: sqlite3.Connection, fresh: bool) -> None:
        super().__init__()
        self._db = connection
        self._waiting = []
        self.fresh = fresh
        if fresh:
            self.touch()

    @classmethod
    @contextlib.contextmanager
    def open(cls, state: Path, clean: bool = False) -> Iterator["Catalogue"]:
        """The catalogue in the folder `state`, made anew if it is missing, damaged, of another layout, or `clean` asks for
        it. A new one knows which files of the output the old one wrote, as far as that can be read."""
        file = state / FILE
        schema, version = _layout()
        connection = None if clean else _connected(file, version)
        known = connection is not None
        if connection is None:
            _put_away(state)
            connection = _connect(file)
        try:
            if not known:
                connection.executescript(f"BEGIN; {schema} COMMIT;")
                _take_over(connection, state / OLD, version)
            fresh = not known or connection.execute("SELECT 1 FROM source LIMIT 1").fetchone() is None
            connection.commit()
            _forget(state, OLD)
            yield cls(connection, fresh)
        finally:
            connection.close()

    @classmethod
    @contextlib.contextmanager
    def look(cls, state: Path) -> Iterator["Catalogue | None"]:
        """The catalogue as the last build left it, for questions only, while a build may go on; `None` if there is none of
        this layout. Unlike `open`, it never makes or removes one."""
        connection = _connected(state / FILE, _layout()[1])
        if connection is None:
            yield None
            return
        try:
            connection.execute("PRAGMA query_only = ON")
            yield cls(connection, fresh=False)
        finally:
            connection.close()

    def commit(self) -> None:
        self.enter_phrases()
        self._db.commit()

    def hold_less(self) -> None:
        """From here on the catalogue is mostly read, in order."""
        self._db.execute(f"PRAGMA cache_size = -{LESS}")

    # ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def known_sources(self, folder: str) -> dict[str, tuple[str, bytes, bytes, bool]]:
        """The sources of one folder by name: (seen, digest, reading, legacy)."""
        rows = self._db.execute("SELECT name, seen, digest, reading, legacy FROM source WHERE folder = ?", (folder,))
        return {row[0]: (row[1], row[2], row[3], bool(row[4])) for row in rows}

    def known_pictures(self, folder: str) -> dict[str, str]:
        """The pictures of one folder by name: `seen`."""
        return dict(self._db.execute("SELECT name, seen FROM picture WHERE folder = ?", (folder,)).fetchall())

    def known_folders(self) -> set[str]:
        """Every folder that held a source or a picture."""
        return {
            row[0] for row in self._db.execute("SELECT DISTINCT folder FROM source UNION SELECT folder FROM picture")
        }

    def legacy_sources(self) -> list[tuple[str, bytes, tuple[str, ...]]]:
        """(path, reading, pictures beside it) of all sources that are not Unicode, in order."""
        rows = self._db.execute("SELECT folder, name, reading, beside FROM source WHERE legacy ORDER BY folder, name")
        return [(joined(folder, name), reading, listed(beside)) for folder, name, reading, beside in rows]

    def is_known(self, path: str) -> bool:
        """Whether the catalogue has the source or picture at `path`."""
        query = "SELECT 1 FROM source WHERE folder = ?1 AND name = ?2 UNION ALL SELECT 1 FROM picture WHERE folder = ?1 AND name = ?2"
        return self._db.execute(query, split(path)).fetchone() is not None

    def seen_again(self, path: str, seen: str) -> None:
        """The file's state changed, its bytes did not."""
        self._db.execute("UPDATE source SET seen = ? WHERE folder = ? AND name = ?", (seen, *split(path)))

    def forget_sources(self, paths: Iterable[str]) -> int:
        """Drop sources and all that was read from them; the number dropped."""
        count = 0
        for path in paths:
            self.note(path)
            self._drop(path)
            self._db.execute("DELETE FROM source WHERE folder = ? AND name = ?", split(path))
            count += 1
        return count

    def _drop(self, path: str) -> None:
        self._languages = None
        self._db.execute(
            "INSERT OR REPLACE INTO former SELECT url, id FROM article WHERE source = ? AND hidden IS NULL", (path,)
        )
        for table in ("article", "card", "term", "figure", "aside", "problem", "alias", "translation"):
            self._db.execute(f"DELETE FROM {table} WHERE source = ?", (path,))
        self.drop_kept(path)
        self.drop_phrases(path)

    def forget_pictures(self, paths: Iterable[str]) -> int:
        rows = [split(path) for path in paths]
        if rows:
            self.touch()
        self._db.executemany("DELETE FROM picture WHERE folder = ? AND name = ?", rows)
        self._db.executemany("DELETE FROM problem WHERE source = ?", [(f"{f}/{n}" if f else n,) for f, n in rows])
        return len(rows)

    def put_sources(
        self, entries: Iterable[SourceEntry], reading: Callable[[tuple[str, ...], bool], bytes], known: set[str]
    ) -> None:
        """Put what was read of some files; `known` are those that were here before, `reading` makes the digest of how."""
        self._languages = None
        sources, articles, cards, terms, figures, asides, problems, kept, phrases = [], [], [], [], [], [], [], [], []
        aliases, translations = [], []
        for entry in entries:
            path = entry.path
            sources.append(
                (
                    *split(path),
                    entry.seen,
                    entry.digest,
                    reading(entry.beside, entry.legacy),
                    entry.legacy,
                    SEPARATOR.join(entry.beside),
                )
            )
            article = entry.article
            state = None if article is None else outside(article)
            if path in known and article is not None and self._edit(entry, article, state):
                continue
            self.note(path)
            if path in known:
                self._drop(path)
            problems += [(path, problem.severity, _pack(problem)) for problem in entry.problems]
            if article is None:
                continue
            packed_terms = _pack(article.terms)
            articles.append((*_article_row(path, article, packed_terms), state))
            cards.append((path, _pack(article.teaser), packed_terms, SEPARATOR.join(article.bylines), article.words))
            kept.append((path, lot(article.id), entry.packed))
            aliases += [(old, path) for old in article.aliases]
            translations += [(path, id_.casefold(), original) for id_, original in article.translations]
            language = article.language
            terms += [(path, term.kind, term.key, term.name, language, term.origin) for term in article.terms]
            if article.phrases:
                phrases.append((path, language, article.phrases))
            figures += [
                (path, number, f.alt, f.caption, f.credit, f.credit_key, f.picture, language)
                for number, f in enumerate(article.figures)
            ]
            asides += [(path, reason, count) for reason, count in article.asides]
        many = self._db.executemany
        many("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", sources)
        many(f"INSERT INTO article VALUES ({', '.join('?' * 20)})", articles)
        many("INSERT INTO card VALUES (?, ?, ?, ?, ?)", cards)
        many("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?)", terms)
        many("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)
        many("INSERT OR IGNORE INTO translation VALUES (?, ?, ?)", translations)
        many("INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?)", figures)
        many("INSERT INTO aside VALUES (?, ?, ?)", asides)
        many("INSERT INTO problem VALUES (?, ?, ?)", problems)
        self.put_kept(kept)
        self.put_phrases(phrases)

    def _edit(self, entry: SourceEntry, article: ArticleEntry, state: bytes | None) -> bool:
        """Put the new text of an article of which nothing else has changed; whether that is so."""
        run, path = self._db.execute, entry.path
        known = run("UPDATE article SET digest = ? WHERE source = ? AND outside = ?", (article.digest, path, state)).rowcount
        if not known:
            return False
        run("UPDATE card SET words = ? WHERE source = ?", (article.words, path))
        if not self.is_kept(path, entry.packed):
            self.note_edited(path)
            self.drop_kept(path)
            self.put_kept([(path, lot(article.id), entry.packed)])
        if self.replace_phrases(path, article.language, article.phrases):
            self.suggest(path, known=True)
        for table in ("aside", "problem"):
            run(f"DELETE FROM {table} WHERE source = ?", (path,))
        self._db.executemany("INSERT INTO aside VALUES (?, ?, ?)", [(path, *aside) for aside in article.asides])
        self._db.executemany(
            "INSERT INTO problem VALUES (?, ?, ?)", [(path, one.severity, _pack(one)) for one in entry.problems]
        )
        return True

    def put_pictures(self, entries: Iterable[PictureEntry]) -> None:
        for entry in entries:
            self.touch()
            self._db.execute("DELETE FROM problem WHERE source = ?", (entry.path,))
            self._db.execute(
                "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*split(entry.path), composed(entry.path), entry.seen, entry.digest, entry.width, entry.height),
            )
            if entry.problem is not None:
                self._db.execute(
                    "INSERT INTO problem VALUES (?, ?, ?)", (entry.path, entry.problem.severity, _pack(entry.problem))
                )


def _article_row(path: str, article: ArticleEntry, terms: bytes) -> tuple[object, ...]:
    return (
        path, article.id, article.id.casefold(), article.language, article.moment, article.day, article.url,
        shows(article), article.digest, article.lead, article.draft, None, article.date_origin, article.encoding, None,
        _pack(article.modified) if article.modified else None, topics_digest(terms, ""), None,
        _pack(article.withdrawn) if article.withdrawn else None,
    )  # fmt: skip


def _layout() -> tuple[str, str]:
    """The tables as SQL, and the name of this layout."""
    schema = files("generator.catalogue").joinpath("schema.sql").read_text("utf-8")
    return schema, digest_bytes(schema.encode()).hex()


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    # A process that is killed loses nothing with WAL; a machine that loses power may, and then the file is made anew.
    for pragma in ("journal_mode = WAL", "synchronous = OFF", f"cache_size = -{CACHE}", "temp_store = FILE"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


_BARRED = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY}
)


def barred(error: sqlite3.Error) -> bool:
    """Whether the disk is full or the file may not be used: making the catalogue anew would not help. One that is too short
    is damaged."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _BARRED and code != sqlite3.SQLITE_IOERR_SHORT_READ


def _forget(state: Path, name: str) -> None:
    for suffix in _SUFFIXES:
        (state / f"{name}{suffix}").unlink(missing_ok=True)


def _put_away(state: Path) -> None:
    """Give the catalogue another name, until the next one knows what it wrote. One that is there already was put away by a
    build that was killed before that."""
    if (state / OLD).exists():
        _forget(state, FILE)
        return
    _forget(state, OLD)
    for suffix in reversed(_SUFFIXES):
        with contextlib.suppress(FileNotFoundError):
            (state / f"{FILE}{suffix}").replace(state / f"{OLD}{suffix}")


def _take_over(connection: sqlite3.Connection, old: Path, version: str) -> None:
    """Enter the files that the catalogue `old` wrote or was about to write and the addresses at which it had articles, none
    if that cannot be told of it; and, in the same transaction, the mark of the layout, without which a catalogue counts for
    nothing. The old one may be damaged anywhere: it is read by a connection of its own, which may fail without harm, as far
    as it can be read."""
    former = "INSERT OR IGNORE INTO former VALUES (?, ?)"
    queries = (
        (
            "SELECT folder, name, sha256 FROM output WHERE '/' || folder || '/' NOT LIKE '%/../%' AND name NOT LIKE '%/%'",
            "INSERT OR IGNORE INTO output VALUES (?, ?, '', '', '', NULL, NULL, NULL, ?, '')",
        ),
        ("SELECT url, id FROM article WHERE hidden IS NULL AND url || '/' NOT LIKE '%/../%'", former),
        ("SELECT url, id FROM former WHERE url || '/' NOT LIKE '%/../%'", former),
    )
    if old.exists():
        with contextlib.closing(sqlite3.connect(old)) as reading:
            for query, insert in queries:
                with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
                    connection.executemany(insert, reading.execute(query))
    connection.execute("INSERT INTO meta VALUES ('schema', ?)", (version,))
    connection.commit()


def _connected(file: Path, version: str) -> sqlite3.Connection | None:
    """An open connection to `file` if it is a sound catalogue of this layout."""
    if not file.exists():
        return None
    connection = None
    try:
        connection = _connect(file)
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        sound = row is not None and row[0] == version
    except UnicodeDecodeError:  # of the damaged text that SQLite quotes in its error
        sound = False
    except sqlite3.DatabaseError as error:
        if barred(error):
            raise
        sound = False
    if not sound and connection is not None:
        connection.close()
    return connection if sound else None
