"""What the catalogue knows of topics besides the rows of `term`: phrases and their totals, which words stand in which
article, and what a changed vocabulary concerns.

Totals are kept as articles come and go, so that an edit costs as many rows as the article has phrases; they are a pure
sum over the rows of `phrase`, so they are those of a clean build whatever happened in between.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.catalogue.entries import PhraseEntry, TermEntry
from generator.catalogue.rows import ARTICLE, ROW, SHOWN, ArticleRow, Row, TermRow, among
from generator.catalogue.touching import Touching
from generator.digest import digest
from generator.text import fold

_terms = msgspec.msgpack.Decoder(tuple[TermEntry, ...]).decode
WAITING = 30_000
"""Phrases that wait to be entered, 15 MB at most."""
_COUNT = (
    "INSERT INTO phrase_total VALUES (?, ?, ?, ?) ON CONFLICT (language, key) DO UPDATE SET"
    " articles = articles + excluded.articles, headlines = headlines + excluded.headlines"
)


_ABOUT = "kind IN ('topic', 'person', 'place', 'organisation')"
_ABOUT_THEM = f"+{_ABOUT}"
"""The same where articles are asked for: without the sign SQLite takes four kinds for fewer rows than those of a hundred
articles, and walks through the terms of the whole archive."""
_RARE = (
    "FROM rare r JOIN term t ON t.kind = r.kind AND t.key = r.key JOIN article a ON a.source = t.source WHERE a.hidden IS NULL"
)


def topics_digest(terms: bytes, suggested: str) -> bytes:
    """What stands for all terms of an article: `terms` as they are packed, `suggested` as the table holds them."""
    return digest(terms, suggested)


class Topics(Touching):
    """The tables of phrases. `Catalogue` opens them."""

    _db: sqlite3.Connection
    _waiting: list[tuple[str, str, str, str, int, bool]]
    phrases_stand = True
    """Whether no phrase came or went since the catalogue was opened."""

    # ── phrases ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def put_phrases(self, rows: Iterable[tuple[str, str, tuple[PhraseEntry, ...]]]) -> None:
        """Put the phrases of articles that were read: (source, language, phrases). They wait until they are many: in the order
        of the table, for those of a few articles lie all over it."""
        for source, language, phrases in rows:
            self._waiting += [(language, one.key, source, one.text, one.count, one.headline) for one in phrases]
        if len(self._waiting) > WAITING:
            self.enter_phrases()

    def enter_phrases(self) -> None:
        """Enter the phrases that wait; before they are asked for, and before the transaction ends."""
        if not self._waiting:
            return
        self.phrases_stand = False
        rows, self._waiting = sorted(self._waiting), []
        totals: dict[tuple[str, str], tuple[int, int]] = {}
        for language, key, _, _, _, headline in rows:
            articles, headlines = totals.get((language, key), (0, 0))
            totals[language, key] = (articles + 1, headlines + headline)
        self._db.executemany("INSERT OR REPLACE INTO phrase VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany(_COUNT, [(*key, *counts) for key, counts in totals.items()])

    def replace_phrases(self, source: str, language: str, phrases: tuple[PhraseEntry, ...]) -> bool:
        """Put the phrases of an article in place of those it had; whether they are others."""
        self.enter_phrases()
        query = "SELECT key, text, count, headline FROM phrase WHERE source = ? ORDER BY key"
        before = [PhraseEntry(key, text, count, bool(head)) for key, text, count, head in self._db.execute(query, (source,))]
        if before == sorted(phrases, key=lambda phrase: phrase.key):
            return False
        self.drop_phrases(source)
        self.put_phrases([(source, language, phrases)])
        self.enter_phrases()
        return True

    def drop_phrases(self, source: str) -> None:
        """The article of `source` is no longer as it was read."""
        self.enter_phrases()
        rows = self._db.execute("SELECT language, key, headline FROM phrase WHERE source = ?", (source,)).fetchall()
        if not rows:
            return
        self.phrases_stand = False
        self._db.execute("DELETE FROM phrase WHERE source = ?", (source,))
        self._db.executemany(_COUNT, [(language, key, -1, -headline) for language, key, headline in rows])
        self._db.executemany(
            "DELETE FROM phrase_total WHERE language = ? AND key = ? AND articles <= 0", [row[:2] for row in rows]
        )

    def frequent_phrases(self, least: int) -> Iterator[tuple[str, str, int, int]]:
        """(language, key, articles, headlines) of phrases in at least `least` articles, by language and key. `least` is 3
        or more."""
        return self._db.cursor().execute(
            "SELECT language, key, articles, headlines FROM phrase_total WHERE articles >= ? AND articles >= 3 ORDER BY 1, 2",
            (least,),
        )

    def lone_phrases(self, count: int) -> list[tuple[str, str, int, int]]:
        """(language, key, articles, headlines) of phrases that stand at least `count` times in an article and in its
        headline, by language and key."""
        return self._db.execute(
            "SELECT p.language, p.key, t.articles, t.headlines FROM phrase p JOIN phrase_total t USING (language, key)"
            " WHERE p.headline AND p.count >= ? GROUP BY 1, 2 ORDER BY 1, 2",
            (count,),
        ).fetchall()

    def phrase_spelling(self, language: str, key: str) -> str:
        """The spelling of a phrase that most articles use; a tie goes to what sorts first."""
        row = self._db.execute(
            "SELECT text FROM phrase WHERE language = ? AND key = ? GROUP BY text ORDER BY count(*) DESC, text LIMIT 1",
            (language, key),
        ).fetchone()
        return str(row[0]) if row else key

    def phrase_headlines(self, language: str, key: str, count: int) -> list[str]:
        """Sources of some articles with a phrase, those with it in the headline first."""
        rows = self._db.execute(
            "SELECT p.source FROM phrase p JOIN article a USING (source) WHERE p.language = ? AND p.key = ? AND a.hidden IS NULL"
            " ORDER BY p.headline DESC, p.count DESC, a.moment, a.id LIMIT ?",
            (language, key, count),
        )
        return [row[0] for row in rows]

    def suggested(self) -> dict[tuple[str, str], str]:
        """(language, key) → name of the phrases that are published."""
        return {(language, key): name for language, key, name in self._db.execute("SELECT language, key, name FROM suggested")}

    def settle_suggestions(self, wanted: Mapping[tuple[str, str], str]) -> None:
        """Publish the phrases `wanted`, (language, key) → name, and no others.

        Rows of `term` with the origin `suggestion` are made for articles of phrases that are new and for articles that
        were read again; those of phrases no longer wanted go. Their key is that of the name, as it would be if the article
        stated it: a phrase has another, which knows of endings.
        """
        run = self._db.execute
        before = self.suggested()
        gone = [key for key in before if wanted.get(key) != before[key]]
        touched: set[str] = set()
        for language, key in gone:
            touched.update(
                row[0] for row in run("SELECT source FROM phrase WHERE language = ? AND key = ?", (language, key))
            )
            stated = (fold(before[language, key]), language)
            suggested = "FROM term WHERE kind = 'topic' AND key = ? AND language = ? AND origin = 'suggestion'"
            touched.update(row[0] for row in run(f"SELECT source {suggested}", stated))
            for source in touched:
                self.note(source)
            run(f"DELETE {suggested}", stated)
            run("DELETE FROM suggested WHERE language = ? AND key = ?", (language, key))
        new = {key: name for key, name in wanted.items() if before.get(key) != name}
        for (language, key), name in new.items():
            touched.update(
                row[0] for row in run("SELECT source FROM phrase WHERE language = ? AND key = ?", (language, key))
            )
            run("INSERT INTO suggested VALUES (?, ?, ?)", (language, key, name))
        # Articles that were read are not settled yet. Most have no phrase that is published: '' says so.
        run(
            "UPDATE article SET suggested = '' WHERE suggested IS NULL AND NOT EXISTS (SELECT 1 FROM phrase p"
            " JOIN suggested s USING (language, key) WHERE p.source = article.source)"
        )
        touched.update(row[0] for row in run("SELECT source FROM article WHERE suggested IS NULL"))
        for source in sorted(touched):
            self.suggest(source)

    def suggest(self, source: str, known: bool = False) -> None:
        """Enter the published phrases of one article; those that are `known` to be entered stay as they are."""
        run = self._db.execute
        named = {row[0] for row in run("SELECT key FROM term WHERE source = ? AND origin <> 'suggestion'", (source,))}
        rows: dict[str, tuple[str, str, str]] = {}
        for row in run(
            "SELECT s.language, s.key, s.name FROM phrase p JOIN suggested s USING (language, key) WHERE p.source = ?"
            " ORDER BY p.headline DESC, p.count DESC, s.key",
            (source,),
        ):
            if (stated := fold(row[2])) not in named:
                rows.setdefault(stated, row)
        before = run("SELECT a.suggested, c.terms FROM article a JOIN card c USING (source) WHERE source = ?", (source,)).fetchone()
        names = "\x1f".join(f"{key}\x1e{name}" for _, key, name in rows.values())
        if known and before is not None and before[0] == names:
            return
        self.note(source)
        run("DELETE FROM term WHERE source = ? AND origin = 'suggestion'", (source,))
        self._db.executemany(
            "INSERT INTO term VALUES (?, 'topic', ?, ?, ?, 'suggestion')",
            [(source, stated, name, code) for stated, (code, _, name) in rows.items()],
        )
        if before is not None and before[0] != names:
            run("UPDATE article SET suggested = ?, topics = ? WHERE source = ?", (names, topics_digest(before[1], names), source))

    def suggested_of(self, source: str) -> list[TermEntry]:
        """The suggested terms of an article, the most frequent first."""
        row = self._db.execute("SELECT suggested FROM article WHERE source = ?", (source,)).fetchone()
        return self.suggestions(source, row[0]) if row and row[0] else []

    def suggestions(self, source: str, suggested: str, counts: bool = True) -> list[TermEntry]:
        """The same of an article whose column `suggested` is known; how often they stand in it only for `counts`."""
        query = "SELECT text, count FROM phrase WHERE source = ? AND key = ?"
        found = []
        for part in suggested.split("\x1f"):
            key, _, name = part.partition("\x1e")
            count = self._db.execute(query, (source, key)).fetchone() if counts else None
            found.append(TermEntry("topic", fold(name), name, "suggestion", 0, (tuple(count),) if count else ()))
        return found

    # ── a changed vocabulary ─────────────────────────────────────────────────────────────────────────────────────────

    def read_again(self, ids: Iterable[str], may_hold: Callable[[str, str], bool] | None) -> int:
        """Mark the articles to be read again that a changed vocabulary concerns: those that have one of the topics `ids`,
        and those of which `may_hold(language, words)` says that a changed name may stand in them. How many they are."""
        sources: set[str] = set()
        for id_ in ids:
            sources.update(row[0] for row in self._db.execute("SELECT source FROM term WHERE key = ?", (id_,)))
        if may_hold is not None:
            rows = self._db.execute("SELECT a.source, a.language, c.words FROM article a JOIN card c USING (source)")
            sources.update(source for source, language, words in rows if may_hold(language, words.decode("utf-16-le")))
        for source in sorted(sources):
            folder, _, name = source.rpartition("/")
            self._db.execute("UPDATE source SET reading = x'' WHERE folder = ? AND name = ?", (folder, name))
        return len(sources)

    # ── for the commands ─────────────────────────────────────────────────────────────────────────────────────────────

    def articles_of(self, key: str) -> list[tuple[str, str, TermEntry]]:
        """(source, headline's language, the term) of the articles that have the term `key`, oldest first."""
        rows = self._db.execute(
            "SELECT DISTINCT a.source, a.language, c.terms, a.moment, a.id FROM term t JOIN article a USING (source)"
            " JOIN card c USING (source) WHERE t.key = ? AND a.hidden IS NULL ORDER BY a.moment, a.id",
            (key,),
        ).fetchall()
        found = []
        for source, language, terms, _, _ in rows:
            one = next((term for term in (*_terms(terms), *self.suggested_of(source)) if term.key == key), None)
            if one is not None:
                found.append((source, language, one))
        return found

    def without_topics(self) -> list[str]:
        """Sources of the articles that no index of topics, people, places or organisations lists, by path."""
        rows = self._db.execute(
            "SELECT source FROM article a WHERE hidden IS NULL AND NOT EXISTS (SELECT 1 FROM term t WHERE t.source = a.source"
            " AND t.kind IN ('topic', 'person', 'place', 'organisation')) ORDER BY source"
        )
        return [row[0] for row in rows]

    def origins_of_terms(self) -> list[tuple[str, int, int]]:
        """(origin, terms, articles) of what the indexes list."""
        return self._db.execute(
            "SELECT t.origin, count(DISTINCT t.key), count(DISTINCT t.source) FROM term t JOIN article a USING (source)"
            " WHERE a.hidden IS NULL AND t.kind IN ('topic', 'person', 'place', 'organisation') GROUP BY 1 ORDER BY 1"
        ).fetchall()

    def matched_words(self) -> Iterator[tuple[str, tuple[TermEntry, ...]]]:
        """(language, terms) of every article, in no order."""
        query = "SELECT a.language, c.terms FROM article a JOIN card c USING (source) WHERE a.hidden IS NULL"
        for language, terms in self._db.cursor().execute(query):
            yield language, _terms(terms)

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def term_kinds(self) -> list[str]:
        query = f"SELECT DISTINCT kind FROM term WHERE {SHOWN} ORDER BY 1"
        return [row[0] for row in self._db.execute(query)]

    def terms(self, kind: str, language: str | None = None, key: str | None = None) -> list[TermRow]:
        """The terms of a kind by key, of one language or of all, or the one with a `key`. A term's name is the spelling most
        articles use, its language that of most articles that use it; a tie goes to what sorts first."""
        query = (
            f"SELECT key, name, language, count(*) AS n FROM term WHERE {SHOWN} AND kind = :kind"
            f" {'AND language = :language' if language else ''} {'AND key = :key' if key is not None else ''}"
            " GROUP BY key, name, language ORDER BY key, n DESC, name, language"
        )
        rows: list[TermRow] = []
        for one, name, lang, count in self._db.execute(query, {"kind": kind, "language": language, "key": key}):
            if rows and rows[-1].key == one:
                rows[-1] = msgspec.structs.replace(rows[-1], count=rows[-1].count + count)
            else:
                rows.append(TermRow(one, name, lang, count))
        return rows

    def spellings(self, kind: str, key: str) -> dict[tuple[str, str], int]:
        """(name, language) → articles of one term."""
        query = f"SELECT name, language, count(*) FROM term WHERE {SHOWN} AND kind = ? AND key = ? GROUP BY 1, 2"
        return {(name, language): count for name, language, count in self._db.execute(query, (kind, key))}

    def term_items(self, kind: str) -> Iterator[tuple[str, Row]]:
        """(key, article) of every term of a kind: terms by key, articles oldest first, undated ones before them."""
        query = (
            f"SELECT t.key, {ROW} FROM term t JOIN article a USING (source) WHERE a.hidden IS NULL AND t.kind = ?"
            " ORDER BY t.key, a.moment, a.id"
        )
        return ((row[0], Row._make(row[1:])) for row in self._db.cursor().execute(query, (kind,)))

    def term_rows(self, kind: str, key: str) -> list[Row]:
        """The articles of one term, oldest first."""
        query = (
            f"SELECT {ROW} FROM term t JOIN article a USING (source) WHERE a.hidden IS NULL AND t.kind = ? AND t.key = ?"
            " ORDER BY a.moment, a.id"
        )
        return [Row._make(row) for row in self._db.execute(query, (kind, key))]

    # ── what belongs together ────────────────────────────────────────────────────────────────────────────────────────

    def rare_terms(self, most: int, sources: Sequence[str] | None = None) -> Iterator[tuple[str, str, str]]:
        """(source, kind, key) of topics that 2 to `most` articles have, in the order of `articles_in_time`; with `sources`
        of those topics alone that one of them has."""
        run = self._db.execute
        run("CREATE TEMPORARY TABLE IF NOT EXISTS rare (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        run("DELETE FROM rare")
        group = f"{_ABOUT} AND {SHOWN} GROUP BY kind, key HAVING count(*) BETWEEN 2 AND ?"
        if sources is None:
            run(f"INSERT INTO rare SELECT kind, key FROM term WHERE {group}", (most,))
        else:
            pairs = dict.fromkeys(among(self._db, f"SELECT kind, key FROM term WHERE {_ABOUT_THEM} AND source IN ({{}})", sources))
            one = f"INSERT INTO rare SELECT kind, key FROM term WHERE kind = ? AND key = ? AND {group}"
            self._db.executemany(one, [(*pair, most) for pair in pairs])
        return self._db.cursor().execute(
            f"SELECT a.source, t.kind, t.key {_RARE} ORDER BY a.language, a.moment, a.id, t.kind, t.key"
        )

    def rare_articles(self) -> Iterator[ArticleRow]:
        """The articles that have one of the topics that `rare_terms` last gave, in their order."""
        query = f"SELECT DISTINCT {ARTICLE} {_RARE} ORDER BY a.language, a.moment, a.id"
        return map(ArticleRow._make, self._db.cursor().execute(query))

    def sources_of_term(self, kind: str, key: str, most: int) -> list[str]:
        """The articles of a term, none if they are more than `most`."""
        query = "SELECT source FROM term WHERE kind = ? AND key = ? LIMIT ?"
        found = [row[0] for row in self._db.execute(query, (kind, key, most + 1))]
        return found if len(found) <= most else []

    def topics_of_sources(self, sources: Sequence[str] | None = None) -> dict[str, list[tuple[str, str]]]:
        """source → (kind, key) of its topics, people, places and organisations; of all articles without `sources`. The
        rows of an archive of 100,000 articles take 30 MB."""
        found: dict[str, list[tuple[str, str]]] = {}
        one: dict[tuple[str, str], tuple[str, str]] = {}
        query = f"SELECT source, kind, key FROM term WHERE {_ABOUT_THEM}"
        rows = self._db.execute(query) if sources is None else among(self._db, f"{query} AND source IN ({{}})", sources)
        for source, kind, key in rows:
            pair = (kind, key)
            found.setdefault(source, []).append(one.setdefault(pair, pair))
        return found
