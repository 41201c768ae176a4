"""Articles that are translations of one another: front matter says it of one of them, and it holds for all.

What lives here: from what articles state (`translation_of`, `translations`) to groups. A link from either side is enough,
and what is linked to one of a group belongs to all of it. Only articles that are linked are ever held in memory.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.catalogue.rows import among
from generator.duplicates import Sets

_LINKS = (
    "SELECT t.source, b.source, t.original FROM translation t JOIN article a USING (source) JOIN article b ON b.id_key = t.id_key"
    " WHERE a.hidden IS NULL AND b.hidden IS NULL AND b.source <> t.source ORDER BY 1, 2"
)


class Edition(NamedTuple):
    """An article among its translations. `original` tells that the others were made from it."""

    source: str
    id: str
    url: str
    language: str
    original: bool


class Translations:
    """The table `translation`. `Catalogue` opens it."""

    _db: sqlite3.Connection

    def translations(self) -> Mapping[str, Sequence[Edition]]:
        """source → the editions of an article, its own included, one a language, by language."""
        groups = (_one_each(group) for group in self._groups())
        return {one.source: group for group in groups if len(group) > 1 for one in group}

    def linked(self, ids: Sequence[str]) -> set[str]:
        """The articles that have one of these ids, as they are compared, or name it as a translation; with all that belong to
        their groups."""
        found: set[str] = set()
        for query in ("SELECT source FROM article WHERE id_key IN ({})", "SELECT source FROM translation WHERE id_key IN ({})"):
            found.update(row[0] for row in among(self._db, query, ids))
        if self._db.execute("SELECT 1 FROM translation LIMIT 1").fetchone():
            for group in self._groups():
                if any(one.source in found for one in group):
                    found.update(one.source for one in group)
        return found

    def second_editions(self) -> list[tuple[str, str, str]]:
        """(source, language, source that stands) of articles whose language another of their group has, by source."""
        found = []
        for group in self._groups():
            stands = {one.language: one.source for one in _one_each(group)}
            found += [(one.source, one.language, stands[one.language]) for one in group if stands[one.language] != one.source]
        return sorted(found)

    def unknown_translations(self) -> list[tuple[str, str]]:
        """(source, id) of translations that name an article the archive does not have, by source."""
        return self._db.execute(
            "SELECT t.source, t.id_key FROM translation t JOIN article a USING (source) WHERE a.hidden IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM article b WHERE b.id_key = t.id_key) ORDER BY 1, 2"
        ).fetchall()

    def _groups(self) -> list[list[Edition]]:
        links = self._db.execute(_LINKS).fetchall()
        names = sorted({source for one, other, _ in links for source in (one, other)})
        numbers = {source: at for at, source in enumerate(names)}
        sets, translated = Sets(), set()
        for one, other, original in links:
            sets.join(numbers[one], numbers[other])
            translated.add(one if original else other)
        query = "SELECT source, id, url, language FROM article WHERE source = ?"
        groups = []
        for members in sets.sets():
            rows = [self._db.execute(query, (names[at],)).fetchone() for at in members]
            originals = [row[0] for row in rows if row[0] not in translated]
            groups.append([Edition(s, id_, url, code, originals == [s]) for s, id_, url, code in rows])
        return groups


def _one_each(group: Sequence[Edition]) -> list[Edition]:
    """One edition of each language: the original, else the first by its id."""
    stands: dict[str, Edition] = {}
    for one in sorted(group, key=lambda one: (not one.original, one.id)):
        stands.setdefault(one.language, one)
    return [stands[language] for language in sorted(stands)]
