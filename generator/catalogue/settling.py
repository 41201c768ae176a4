"""Deciding, once everything is read, what is shown: not what is withdrawn, a draft, of the future, or the second article
with an id; with which pictures; and which addresses of before lead where.

After a build that ended well only what was read since is looked at, and what has an id in common with it. Which day it
is, whether drafts are shown, and in which widths pictures are: when one of these is another, everything is.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from generator.catalogue.touching import MOST, Touching
from generator.digest import digest

_HIDDEN = (
    "CASE WHEN withdrawn IS NOT NULL THEN 'withdrawn' WHEN draft AND NOT :drafts THEN 'draft'"
    " WHEN day > :today THEN 'future' END"
)
# `IS NOT` touches only rows that differ, so that settling an unchanged catalogue writes nothing.
_HIDE = f"UPDATE article SET hidden = {_HIDDEN} WHERE hidden IS NOT {_HIDDEN}"
_DUPLICATES = (
    "UPDATE article SET hidden = 'duplicate' WHERE id_key = ?1 AND source > (SELECT min(source) FROM article WHERE id_key = ?1)"
)
_PICTURES = (
    "UPDATE article SET pictures = (SELECT :widths || group_concat(f.picture || ':' || ifnull(hex(p.digest), '')) FROM figure f"
    " LEFT JOIN picture p ON p.path = f.picture WHERE f.source = article.source AND f.picture IS NOT NULL)"
)


class Settling(Touching):
    """What is shown. `Catalogue` opens it."""

    _db: sqlite3.Connection
    _languages: list[tuple[str, int]] | None

    def remembered(self, key: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def remember(self, key: str, value: bytes | None) -> None:
        if value is None:
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def settle(self, today: str, drafts: bool, widths: Sequence[int]) -> None:
        """Decide what is shown: `today` hides articles of later days, `drafts` shows drafts; pictures are shown in
        `widths`. Of articles with one id the first by its path stands."""
        self._languages = None
        rule = digest(today, drafts, widths)
        facts: dict[str, object] = {"drafts": drafts, "today": today, "widths": f"{widths} "}
        if self.remembered("settled") != rule or not self._settle_noted(facts):
            self._settle_all(facts)
        self.remember("settled", rule)

    def _settle_noted(self, facts: Mapping[str, object]) -> bool:
        """Settle what was noted; whether that is enough."""
        for source in self.noted():
            self._ids.update(row[0] for row in self._db.execute("SELECT id_key FROM article WHERE source = ?", (source,)))
        for key in sorted(self._ids):
            for (source,) in self._db.execute("SELECT source FROM article WHERE id_key = ?", (key,)).fetchall():
                self.note(source)
        if self.anything:
            return False
        some = [{**facts, "source": source} for source in self.noted()]
        self._db.executemany(f"{_HIDE} AND source = :source", some)
        self._db.executemany(_DUPLICATES, [(key,) for key in sorted(self._ids)])
        self._db.executemany(f"{_PICTURES} WHERE source = :source", some)
        return True

    def _settle_all(self, facts: Mapping[str, object]) -> None:
        run = self._db.execute
        before = self._standing()
        run(_HIDE, facts)
        self._db.executemany(_DUPLICATES, run("SELECT id_key FROM article GROUP BY id_key HAVING count(*) > 1").fetchall())
        run(
            f"{_PICTURES} WHERE pictures IS NOT NULL OR source IN (SELECT source FROM figure WHERE picture IS NOT NULL)",
            facts,
        )
        if self.anything:
            return
        after = self._standing()
        changed = [source for source in before.keys() | after.keys() if before.get(source) != after.get(source)]
        if len(changed) > MOST:
            self.touch()
        for source in sorted(changed):
            self.note_as(source, *before.get(source, (None, None)))

    def _standing(self) -> dict[str, tuple[str | None, str | None]]:
        """source → (why it is hidden, its pictures) of articles that are hidden or have pictures."""
        if self.anything:
            return {}
        query = "SELECT source, hidden, pictures FROM article WHERE hidden IS NOT NULL OR pictures IS NOT NULL"
        return {source: (hidden, pictures) for source, hidden, pictures in self._db.execute(query)}

    # ── former addresses ─────────────────────────────────────────────────────────────────────────────────────────────

    def replace_moves(self, moves: Mapping[str, str]) -> None:
        """Put former addresses (address → id) in place of those known."""
        known = dict(self._db.execute("SELECT old, id FROM moved").fetchall())
        if known != dict(moves):
            self.note_moves()
            self._db.execute("DELETE FROM moved")
            self._db.executemany("INSERT INTO moved VALUES (?, ?)", moves.items())

    def settle_moves(self) -> int:
        """Turn addresses at which articles were last seen into moves where the article has another one now; how many
        are new."""
        new = self._db.execute(
            "INSERT OR IGNORE INTO moved SELECT f.url, f.id FROM former f JOIN article a ON a.id = f.id"
            " WHERE a.hidden IS NULL AND a.url <> f.url AND NOT EXISTS (SELECT 1 FROM article b WHERE b.url = f.url AND b.hidden IS NULL)"
        ).rowcount
        self._db.execute("DELETE FROM former")
        return new
