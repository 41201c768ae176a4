"""Named questions to the catalogue, answered with frozen rows. No page and no conductor writes SQL of its own.

Rows come in an order that the archive decides (language, time, id), never in that of the database. What lives here:
articles. What does not: their terms (`topics`) and figures (`figures`).
"""

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from generator.catalogue.entries import TermEntry
from generator.catalogue.rows import ARTICLE, FEED, ROW, SHOWN, ArticleRow, Details, FeedRow, Row, among, listed
from generator.catalogue.topics import Topics
from generator.model import ArticleDate, Teaser, Withdrawal
from generator.problems import Problem

_teaser = msgspec.msgpack.Decoder(Teaser).decode
_problem = msgspec.msgpack.Decoder(Problem).decode
_date = msgspec.msgpack.Decoder(ArticleDate).decode
_withdrawal = msgspec.msgpack.Decoder(Withdrawal).decode
_terms = msgspec.msgpack.Decoder(tuple[TermEntry, ...]).decode
# Former addresses: those the ledger remembers, and those that articles state. An address that an article has again is no
# former one; of two articles that state the same the first stands.
_OLD = (
    "(SELECT m.old, a.source FROM moved m JOIN article a ON a.id = m.id UNION SELECT l.old, min(l.source) FROM alias l"
    " JOIN article a USING (source) WHERE a.hidden IS NULL AND l.old NOT IN (SELECT old FROM moved) GROUP BY l.old)"
)
_MOVED = (
    f"FROM {_OLD} m JOIN article a USING (source) WHERE a.hidden IS NULL AND a.url <> m.old"
    " AND NOT EXISTS (SELECT 1 FROM article b WHERE b.url = m.old AND b.hidden IS NULL)"
)


class Queries(Topics):
    """The questions. `Catalogue` adds what changes the answers."""

    _db: sqlite3.Connection
    _languages: list[tuple[str, int]] | None = None

    # ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def languages(self) -> list[tuple[str, int]]:
        """(language, articles), most articles first. Many ask, so the answer stands until an article changes."""
        if self._languages is None:
            query = f"SELECT language, count(*) AS n FROM article WHERE {SHOWN} GROUP BY language ORDER BY n DESC, language"
            self._languages = self._db.execute(query).fetchall()
        return self._languages

    def article_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM article WHERE hidden IS NULL").fetchone()[0])

    def articles_in_time(self) -> Iterator[ArticleRow]:
        """Every article, language by language, oldest first; undated ones lead, in the order of their ids."""
        query = f"SELECT {ARTICLE} FROM article a WHERE hidden IS NULL ORDER BY language, moment, id"
        return map(ArticleRow._make, self._db.cursor().execute(query))

    def article_row(self, source: str) -> ArticleRow | None:
        """One article, `None` if it is not shown."""
        row = self._db.execute(f"SELECT {ARTICLE} FROM article a WHERE source = ? AND hidden IS NULL", (source,)).fetchone()
        return None if row is None else ArticleRow._make(row)

    def neighbours(self, language: str, moment: str, id_: str) -> tuple[ArticleRow | None, ArticleRow | None]:
        """The articles of a language before and after a place in the order of `articles_in_time`, whether an article stands
        in it or not."""
        found = []
        for sign, order in (("<", "DESC"), (">", "ASC")):
            query = (
                f"SELECT {ARTICLE} FROM article a WHERE hidden IS NULL AND language = ? AND (moment, id) {sign} (?, ?)"
                f" ORDER BY moment {order}, id {order} LIMIT 1"
            )
            row = self._db.execute(query, (language, moment, id_)).fetchone()
            found.append(None if row is None else ArticleRow._make(row))
        return found[0], found[1]

    def rows_of_language(self, language: str) -> Iterator[Row]:
        """The dated articles of a language, oldest first."""
        query = (
            f"SELECT {ROW} FROM article a WHERE hidden IS NULL AND language = ? AND moment > '' ORDER BY moment, id"
        )
        return map(Row._make, self._db.cursor().execute(query, (language,)))

    def undated_rows(self, language: str) -> list[Row]:
        query = f"SELECT {ROW} FROM article a WHERE hidden IS NULL AND language = ? AND moment = '' ORDER BY id"
        return [Row._make(row) for row in self._db.execute(query, (language,))]

    def newest_rows(self, count: int, language: str | None = None) -> list[Row]:
        """The newest dated articles, newest first; of one language or of all."""
        return self._newest(f"SELECT {ROW} FROM article a WHERE moment > '' AND", count, language)

    def newest_with_picture(self, language: str | None = None) -> Row | None:
        """The newest article whose lead picture the archive has."""
        if self._db.execute("SELECT 1 FROM picture WHERE width > 0 LIMIT 1").fetchone() is None:
            return None
        found = self._newest(f"SELECT {ROW} FROM article a JOIN picture p ON p.path = a.lead AND p.width > 0 WHERE", 1, language)
        return found[0] if found else None

    def _newest(self, query: str, count: int, language: str | None) -> list[Row]:
        """The newest rows of `query`, asked language by language, in which articles stand in order of time."""
        codes = [code for code, _ in self.languages()] if language is None else [language]
        found: list[Row] = []
        for code in codes:
            rows = self._db.execute(
                f"{query} hidden IS NULL AND language = ? ORDER BY moment DESC, id LIMIT ?", (code, count)
            )
            found += map(Row._make, rows)
        found.sort(key=lambda row: row.id)
        found.sort(key=lambda row: row.moment, reverse=True)
        return found[:count]

    def years(self, language: str | None = None) -> list[tuple[int, int]]:
        """(year, articles), oldest first; of one language or of all."""
        query = (
            "SELECT CAST(substr(day, 1, 4) AS INTEGER) AS year, count(*) FROM article WHERE hidden IS NULL AND moment > ''"
            f" {'AND language = ?' if language else ''} GROUP BY year ORDER BY year"
        )
        return self._db.execute(query, (language,) if language else ()).fetchall()

    def undated_count(self, language: str | None = None) -> int:
        query = "SELECT count(*) FROM article WHERE hidden IS NULL AND moment = ''" + (
            " AND language = ?" if language else ""
        )
        return int(self._db.execute(query, (language,) if language else ()).fetchone()[0])

    def day_totals(self) -> list[tuple[str, str, int]]:
        """(language, day, articles) by language and day; the day may be `2017-11-00`, and is '' for undated articles."""
        return self._db.execute(
            f"SELECT language, substr(moment, 1, 10), count(*) FROM article WHERE {SHOWN} GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()

    def rows_of_days(self, language: str, prefix: str) -> list[Row]:
        """The articles of the days that begin with `prefix`, oldest first."""
        query = (
            f"SELECT {ROW} FROM article a WHERE hidden IS NULL AND language = ?1 AND moment >= ?2 AND moment < ?2 || '~'"
            " ORDER BY moment, id"
        )
        return [Row._make(row) for row in self._db.execute(query, (language, prefix))]

    def anniversaries(self, day: str | None = None) -> Iterator[Row]:
        """The articles of which the day is known, by day of the year (`11-09`), then oldest first; or those of one."""
        query = (
            f"SELECT {ROW} FROM article a WHERE hidden IS NULL AND moment > '' AND day NOT LIKE '%-00'"
            f" {'AND substr(day, 6) = ?' if day else ''} ORDER BY substr(day, 6), moment, id"
        )
        return map(Row._make, self._db.cursor().execute(query, (day,) if day else ()))

    def teasers(self, sources: Sequence[str]) -> list[tuple[Teaser, str | None]]:
        """What other pages show of the articles read from `sources`, in that order, with the path of the lead picture."""
        query = "SELECT c.source, c.teaser, a.lead FROM card c JOIN article a USING (source) WHERE c.source IN ({})"
        found = {source: (_teaser(teaser), lead) for source, teaser, lead in among(self._db, query, sources)}
        return [found[source] for source in sources]

    # ── feeds and sitemaps ───────────────────────────────────────────────────────────────────────────────────────────

    def feed_rows(self) -> Iterator[FeedRow]:
        """Every article of which the day is known, oldest first, whatever its language."""
        query = (
            f"SELECT {FEED} FROM article a WHERE hidden IS NULL AND moment > '' AND substr(day, 9) <> '00'"
            " ORDER BY moment, id"
        )
        return map(FeedRow._make, self._db.cursor().execute(query))

    def sitemap_rows(self, year: str | None = None) -> Iterator[FeedRow]:
        """Every article, oldest first; undated ones lead. Or those of a `year`, '' for the undated."""
        some = "" if year is None else "AND substr(day, 1, 4) = ?"
        query = f"SELECT {FEED} FROM article a WHERE hidden IS NULL {some} ORDER BY moment, id"
        return map(FeedRow._make, self._db.cursor().execute(query, () if year is None else (year,)))

    def fresh_rows(self, first: str, last: str) -> list[FeedRow]:
        """The articles of the days `first` to `last`, newest first."""
        query = (
            f"SELECT {FEED} FROM article a WHERE hidden IS NULL AND day BETWEEN ? AND ? ORDER BY moment DESC, id"
        )
        return [FeedRow._make(row) for row in self._db.execute(query, (first, last))]

    def newest_of_term(self, kind: str, key: str, count: int) -> list[FeedRow]:
        """The newest articles of a term of which the day is known, newest first."""
        query = (
            f"SELECT {FEED} FROM term t JOIN article a USING (source) WHERE a.hidden IS NULL AND t.kind = ? AND t.key = ?"
            " AND a.moment > '' AND substr(a.day, 9) <> '00' ORDER BY a.moment DESC, a.id DESC LIMIT ?"
        )
        return [FeedRow._make(row) for row in self._db.execute(query, (kind, key, count))]

    def modified(self, sources: Sequence[str]) -> dict[str, ArticleDate]:
        """When those of `sources` that were corrected were."""
        query = "SELECT source, modified FROM article WHERE modified IS NOT NULL AND source IN ({})"
        return {source: _date(date) for source, date in among(self._db, query, sources)}

    def article_details(self, sources: Sequence[str], counts: bool = True) -> dict[str, Details]:
        """source → what its page needs; without `counts` nothing is asked of how often suggested topics stand in it."""
        query = (
            "SELECT c.source, c.teaser, c.terms, c.bylines, a.suggested, a.pictures FROM card c JOIN article a USING (source)"
            " WHERE c.source IN ({})"
        )
        found: dict[str, Details] = {}
        for source, teaser, packed, bylines, suggested, pictures in among(self._db, query, sources):
            named = self._picture_names(source) if pictures is not None else ()
            terms = (*_terms(packed), *self.suggestions(source, suggested, counts)) if suggested else _terms(packed)
            found[source] = Details(_teaser(teaser), terms, named, listed(bylines))
        return found

    def kept(self, sources: Sequence[str]) -> dict[str, bytes]:
        """source → the article as it was read, packed."""
        return dict(among(self._db, "SELECT source, packed FROM kept WHERE source IN ({})", sources))

    def _picture_names(self, source: str) -> tuple[str, ...]:
        query = "SELECT picture FROM figure WHERE source = ? AND picture IS NOT NULL ORDER BY position"
        return tuple(row[0] for row in self._db.execute(query, (source,)))

    def hidden_counts(self) -> dict[str, int]:
        return dict(
            self._db.execute("SELECT hidden, count(*) FROM article WHERE hidden IS NOT NULL GROUP BY hidden").fetchall()
        )

    def unpublished(self, limit: int) -> list[tuple[str, str, str, str]]:
        """(source, url, why: draft or future, headline) of articles that are not shown yet, the latest first."""
        query = (
            "SELECT source, a.url, a.hidden, c.teaser FROM article a JOIN card c USING (source)"
            " WHERE a.hidden IN ('draft', 'future') ORDER BY a.moment DESC, a.id LIMIT ?"
        )
        rows = self._db.execute(query, (limit,)).fetchall()
        return [(source, url, hidden, _teaser(teaser).headline) for source, url, hidden, teaser in rows]

    def unpublished_at(self, url: str) -> tuple[str, str] | None:
        """(source, why it is not shown) of the article that would be at `url`, if it is a draft or of the future."""
        query = "SELECT source, hidden FROM article WHERE url = ? AND hidden IN ('draft', 'future') ORDER BY source"
        row = self._db.execute(query, (url,)).fetchone()
        return None if row is None else (row[0], row[1])

    def beside(self, source: str) -> tuple[str, ...]:
        """The pictures that belong to an article by their names."""
        folder, _, name = source.rpartition("/")
        row = self._db.execute("SELECT beside FROM source WHERE folder = ? AND name = ?", (folder, name)).fetchone()
        return listed(row[0]) if row is not None else ()

    def doubts_of(self, source: str) -> tuple[int, int]:
        """(doubtful lines, lines set aside) of one source."""
        run = self._db.execute
        (doubts,) = run("SELECT count(*) FROM problem WHERE source = ? AND severity = 'doubt'", (source,)).fetchone()
        (aside,) = run("SELECT ifnull(sum(count), 0) FROM aside WHERE source = ?", (source,)).fetchone()
        return int(doubts), int(aside)

    def duplicates(self) -> list[tuple[str, str, str]]:
        """(source that is not shown, its id, source that stands), by path."""
        return self._db.execute(
            "SELECT a.source, a.id, (SELECT min(b.source) FROM article b WHERE b.id_key = a.id_key)"
            " FROM article a WHERE a.hidden = 'duplicate' ORDER BY a.source"
        ).fetchall()

    # ── former addresses ─────────────────────────────────────────────────────────────────────────────────────────────

    def all_moves(self) -> list[tuple[str, str]]:
        """(former address, id), by address."""
        return self._db.execute("SELECT old, id FROM moved ORDER BY old").fetchall()

    def moves(self) -> list[tuple[str, str, str, bytes]]:
        """(former address, url now, language, what is shown) of articles that moved and are here, by former address."""
        return self._db.execute(f"SELECT m.old, a.url, a.language, a.shows {_MOVED} ORDER BY m.old").fetchall()

    def move_targets(self, olds: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """(former address, url now, headline, language) of some former addresses."""
        wanted = set(olds)
        rows = self._db.execute(f"SELECT m.old, a.url, a.source, a.language {_MOVED} ORDER BY m.old")
        found = [row for row in rows if row[0] in wanted]
        teasers = self.teasers([source for _, _, source, _ in found])
        return [(old, url, teaser.headline, code) for (old, url, _, code), (teaser, _) in zip(found, teasers, strict=True)]

    def alias_twins(self) -> list[tuple[str, str, str]]:
        """(source whose alias does not count, alias, source it counts for), by source."""
        return self._db.execute(
            "SELECT l.source, l.old, (SELECT min(k.source) FROM alias k JOIN article b ON b.source = k.source"
            " AND b.hidden IS NULL WHERE k.old = l.old) AS first FROM alias l JOIN article a USING (source)"
            " WHERE a.hidden IS NULL AND first <> l.source ORDER BY 1, 2"
        ).fetchall()

    # ── withdrawn articles ───────────────────────────────────────────────────────────────────────────────────────────

    def withdrawn(self) -> list[tuple[str, str, Withdrawal]]:
        """(address, language, when and why) of every address at which a withdrawn article stood, by address."""
        query = (
            "SELECT url, language, withdrawn FROM article WHERE hidden = 'withdrawn' UNION SELECT o.old, a.language,"
            " a.withdrawn FROM (SELECT m.old, a.source FROM moved m JOIN article a ON a.id = m.id UNION SELECT old, source"
            " FROM alias) o JOIN article a USING (source) WHERE a.hidden = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM article b"
            " WHERE b.url = o.old AND b.hidden IS NULL) ORDER BY 1, 2"
        )
        found = {url: (url, language, _withdrawal(data)) for url, language, data in self._db.execute(query)}
        return list(found.values())

    # ── the record of reading ────────────────────────────────────────────────────────────────────────────────────────

    def problems(self, *severities: str, limit: int = -1) -> list[Problem]:
        """Problems of these severities, by path and line; `limit` -1 means all."""
        marks = ", ".join("?" * len(severities))
        query = f"SELECT problem FROM problem WHERE severity IN ({marks}) ORDER BY source, rowid LIMIT ?"
        found = [_problem(row[0]) for row in self._db.execute(query, (*severities, limit))]
        return sorted(found, key=lambda problem: problem.order)

    def problem_counts(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT severity, count(*) FROM problem GROUP BY severity").fetchall())

    def has_article(self, source: str) -> bool:
        return self._db.execute("SELECT 1 FROM article WHERE source = ?", (source,)).fetchone() is not None

    def asides(self) -> list[tuple[str, int]]:
        """(reason, lines set aside), most first."""
        return self._db.execute(
            f"SELECT reason, sum(count) AS n FROM aside WHERE {SHOWN} GROUP BY reason ORDER BY n DESC, reason"
        ).fetchall()

    def origins(self) -> list[tuple[str, int]]:
        """(where the date was found, articles), most first; undated articles are not among them."""
        return self._db.execute(
            "SELECT date_origin, count(*) AS n FROM article WHERE hidden IS NULL AND date_origin IS NOT NULL"
            " GROUP BY date_origin ORDER BY n DESC, date_origin"
        ).fetchall()

    def encodings(self) -> list[tuple[str, int]]:
        return self._db.execute(
            "SELECT encoding, count(*) AS n FROM article WHERE hidden IS NULL GROUP BY encoding ORDER BY n DESC, encoding"
        ).fetchall()
