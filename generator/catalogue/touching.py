"""What a build finds changed, article by article, while it reads: with that, planning leaves the rest of the plan alone.

Held in memory, and only of a build whose last one ended well: after any other, and when more than `MOST` articles
change, everything is planned again. What an article was is taken down before the first row of it changes.
"""

import sqlite3
from typing import NamedTuple

MOST = 300
"""Changed articles up to which the plan of the rest is taken over: with more, planning everything takes no longer."""


class Use(NamedTuple):
    """A term as an article has it."""

    kind: str
    key: str
    name: str
    language: str


class Drawn(NamedTuple):
    """A figure as an article has it."""

    alt: str | None
    caption: str | None
    credit: str | None
    credit_key: str | None
    picture: str | None


class State(NamedTuple):
    """An article as lists, indexes and other articles see it. `shows`, `pictures` and `topics` are those of its row;
    `ids` are its own id and those it names as translations, as they are compared."""

    id: str
    language: str
    moment: str
    day: str
    url: str
    shows: bytes
    pictures: str | None
    topics: bytes
    modified: bytes | None
    terms: tuple[Use, ...]
    figures: tuple[Drawn, ...]
    ids: tuple[str, ...]


class Both(NamedTuple):
    """An article before and after: `None` where it is not shown."""

    source: str
    before: State | None
    after: State | None

    @property
    def states(self) -> tuple[State, ...]:
        return tuple(state for state in (self.before, self.after) if state is not None)

    @property
    def came_or_went(self) -> bool:
        return (self.before is None) != (self.after is None)

    @property
    def moved(self) -> bool:
        """Whether it stands at another place in time, or came, or went."""
        return self._differs(5)

    @property
    def listed(self) -> bool:
        """Whether a list that has it shows something else."""
        return self._differs(7)

    @property
    def retold(self) -> bool:
        """Whether a list, a table or a feed that has it shows something else."""
        return self._differs(9)

    def _differs(self, facts: int) -> bool:
        """Whether one of the first `facts` of its state differs."""
        one, other = self.before, self.after
        return one != other and (one is None or other is None or one[:facts] != other[:facts])


class Touched(NamedTuple):
    """What changed since the last build: of the articles `edited` nothing but the text. `moves`: former addresses;
    `names`: what topics are called; `news`: which articles are of the last days."""

    edited: tuple[str, ...]
    articles: tuple[Both, ...]
    moves: bool
    names: bool = False
    news: bool = False

    @property
    def texts(self) -> bool:
        """Whether nothing but texts changed."""
        return not (self.articles or self.moves or self.names or self.news)

    @property
    def nothing(self) -> bool:
        return self.texts and not self.edited


class Touching:
    """Notes of what changes. `Catalogue` opens it."""

    _db: sqlite3.Connection

    def __init__(self) -> None:
        self._before: dict[str, State | None] | None = {}
        self._edited: set[str] = set()
        self._ids: set[str] = set()
        self._moves = False

    @property
    def anything(self) -> bool:
        """Whether anything may have changed."""
        return self._before is None

    def touch(self) -> None:
        """Note that anything may have changed."""
        self._before = None

    def note(self, source: str) -> None:
        """Take down what an article is, before anything of it changes but its text."""
        if self._before is None or source in self._before:
            return
        row = self._db.execute("SELECT id_key FROM article WHERE source = ?", (source,)).fetchone()
        self._ids.update(row or ())
        self._note(source, self.state(source))

    def note_as(self, source: str, hidden: str | None, pictures: str | None) -> None:
        """Take down what an article was of which these two facts have changed."""
        if self._before is not None and source not in self._before:
            state = self.state(source, shown=False)
            self._note(source, None if state is None or hidden is not None else state._replace(pictures=pictures))

    def _note(self, source: str, state: State | None) -> None:
        if self._before is not None:
            self._before[source] = state
            if len(self._before) > MOST:
                self.touch()

    def note_edited(self, source: str) -> None:
        """Nothing but the text of an article changes."""
        self._edited.add(source)
        if len(self._edited) > MOST:
            self.touch()

    def note_moves(self) -> None:
        """Former addresses change."""
        self._moves = True

    def noted(self) -> list[str]:
        """The articles that were taken down, by path; none when anything may have changed."""
        return sorted(self._before or ())

    def touched(self) -> Touched | None:
        """What changed in this build so far; `None` if that may be anything."""
        if self._before is None:
            return None
        articles = tuple(Both(source, before, self.state(source)) for source, before in sorted(self._before.items()))
        return Touched(tuple(sorted(self._edited - self._before.keys())), articles, self._moves)

    def state(self, source: str, shown: bool = True) -> State | None:
        """An article as it is now, `None` if it is not shown; with `shown` false also a hidden one."""
        run = self._db.execute
        row = run(
            "SELECT id, language, moment, day, url, shows, pictures, topics, modified, id_key, hidden FROM article WHERE source = ?",
            (source,),
        ).fetchone()
        if row is None or (shown and row[10] is not None):
            return None
        terms = run("SELECT kind, key, name, language FROM term WHERE source = ? ORDER BY kind, key", (source,))
        figures = run("SELECT alt, caption, credit, credit_key, picture FROM figure WHERE source = ? ORDER BY position", (source,))
        ids = run("SELECT id_key FROM translation WHERE source = ? ORDER BY id_key", (source,))
        uses, drawn = tuple(map(Use._make, terms)), tuple(map(Drawn._make, figures))
        return State._make((*row[:9], uses, drawn, (row[9], *(one for (one,) in ids))))
