"""What the catalogue knows of figures: the pictures that the archive has, and the credits of all."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from generator.catalogue.rows import ROW, SHOWN, FigureRow, PictureRow, Row, TermRow, among


class Figures:
    """The tables of figures and pictures. `Catalogue` opens them."""

    _db: sqlite3.Connection

    def pictures(self, paths: Iterable[str]) -> dict[str, PictureRow]:
        """The sound pictures among `paths`."""
        query = "SELECT path, width, height FROM picture WHERE width > 0 AND path IN ({})"
        return {row[0]: PictureRow._make(row) for row in among(self._db, query, sorted(set(paths)))}

    def shown_pictures(self) -> Iterator[tuple[str, str, int, int, bytes]]:
        """(path, path of the file as the disk has it, width, height, digest) of every sound picture that a shown article
        uses, by path."""
        return self._db.cursor().execute(
            "SELECT p.path, iif(p.folder = '', p.name, p.folder || '/' || p.name), p.width, p.height, p.digest"
            " FROM picture p WHERE p.width > 0 AND EXISTS (SELECT 1 FROM figure f"
            " JOIN article a USING (source) WHERE f.picture = p.path AND a.hidden IS NULL) ORDER BY p.path"
        )

    def missing_pictures(self) -> list[tuple[str, str]]:
        """(source, picture) of figures that name a file which is not there, by source."""
        return self._db.execute(
            "SELECT f.source, f.picture FROM figure f LEFT JOIN picture p ON p.path = f.picture"
            " WHERE f.picture IS NOT NULL AND p.path IS NULL ORDER BY 1, 2"
        ).fetchall()

    def figures_with_picture(self) -> list[tuple[FigureRow, Row]]:
        """Every figure whose picture the archive has, with its article, oldest first."""
        query = (
            f"SELECT f.source, f.position, f.alt, f.caption, f.credit, f.picture, {ROW} FROM figure f"
            " JOIN article a USING (source) JOIN picture p ON p.path = f.picture AND p.width > 0"
            " WHERE a.hidden IS NULL ORDER BY a.moment, a.id, f.position"
        )
        return [(FigureRow._make(row[:6]), Row._make(row[6:])) for row in self._db.execute(query)]

    def figure_counts(self) -> tuple[int, int]:
        """(figures, figures whose picture the archive has)."""
        (every,) = self._db.execute(f"SELECT count(*) FROM figure WHERE {SHOWN}").fetchone()
        (here,) = self._db.execute(
            f"SELECT count(*) FROM figure f JOIN picture p ON p.path = f.picture AND p.width > 0 WHERE f.{SHOWN}"
        ).fetchone()
        return int(every), int(here)

    def credits(self, only: str | None = None) -> list[TermRow]:
        """The credits of all figures by key, or the one with the key `only`, named as most figures write them."""
        query = (
            f"SELECT credit_key, credit, language, count(*) AS n FROM figure WHERE {SHOWN} AND credit_key"
            f" {'IS NOT NULL' if only is None else '= ?'} GROUP BY 1, 2, 3 ORDER BY 1, n DESC, 2, 3"
        )
        rows: list[TermRow] = []
        for key, name, language, count in self._db.execute(query, () if only is None else (only,)):
            if rows and rows[-1].key == key:
                rows[-1] = msgspec.structs.replace(rows[-1], count=rows[-1].count + count)
            else:
                rows.append(TermRow(key, name, language, count))
        return rows

    def credit_states(self, only: str | None = None) -> Iterator[tuple[str | bytes | None, ...]]:
        """A row that begins with the credit's key and stands for what is shown of it, for every credited figure, or those of
        the credit `only`: by key, then oldest first."""
        return self._db.cursor().execute(
            "SELECT f.credit_key, f.alt, f.caption, f.credit, f.picture, a.shows, a.pictures FROM figure f"
            f" JOIN article a USING (source) WHERE a.hidden IS NULL AND f.credit_key {'IS NOT NULL' if only is None else '= ?'}"
            " ORDER BY f.credit_key, a.moment, a.id, f.position",
            () if only is None else (only,),
        )

    def credit_places(self, key: str) -> list[tuple[str, int]]:
        """(source, position) of every figure of a credit, oldest first."""
        query = (
            "SELECT f.source, f.position FROM figure f JOIN article a USING (source) WHERE a.hidden IS NULL AND f.credit_key = ?"
            " ORDER BY a.moment, a.id, f.position"
        )
        return self._db.execute(query, (key,)).fetchall()

    def figures_at(self, places: Sequence[tuple[str, int]]) -> list[FigureRow]:
        """The figures at (source, position), in that order."""
        query = "SELECT source, position, alt, caption, credit, picture FROM figure WHERE source IN ({})"
        rows = among(self._db, query, list(dict.fromkeys(source for source, _ in places)))
        found = {row[:2]: FigureRow._make(row) for row in rows}
        return [found[place] for place in places]

    def shown_sources(self) -> Iterator[tuple[str, str]]:
        """(path, encoding) of every article that is shown, by path."""
        return self._db.execute("SELECT source, encoding FROM article WHERE hidden IS NULL ORDER BY source")
