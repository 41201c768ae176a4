"""Which earlier articles belong to an article: those that share topics which few articles have.

Only earlier articles of the same language are offered, and a topic weighs by how many articles had it before this one.
So a new article leaves the pages of all others as they are; looking both ways would make every page with one of its
topics stale. One walk through the archive in time answers for all articles: each topic keeps its last few articles.
"""

from collections import deque
from collections.abc import Iterator, Sequence

from generator.catalogue.rows import ArticleRow

RARE = 300
"""Articles that have a topic, at most, for it to tell anything."""
WINDOW, KEYS, SHOWN = 6, 6, 4
"""Articles that a topic remembers, topics of an article that are looked at, and articles that are offered."""
LEAST = 30
"""Points that two articles must share. A topic that one article had before gives 100, one that three had 50, one that
a hundred had 2."""

Related = tuple[str, bytes, str | None, tuple[str, ...]]
"""Source, what others show of it (`shows` and its pictures), and the keys it shares."""


class Background:
    """The walk. `terms` are (source, kind, key) of the topics in few articles, in the order of the articles."""

    def __init__(self, terms: Iterator[tuple[str, str, str]]) -> None:
        self._terms = terms
        self._next = next(terms, None)
        self._language = ""
        self._windows: dict[str, tuple[list[int], deque[ArticleRow]]] = {}

    def of(self, here: ArticleRow) -> list[Related]:
        """The articles that belong to `here`, the nearest first. Called once for each article, in order."""
        if here.language != self._language:
            self._language = here.language
            self._windows.clear()
        keys: list[str] = []
        while self._next is not None and self._next[0] == here.source:
            keys.append(f"{self._next[1]}\x1d{self._next[2]}")
            self._next = next(self._terms, None)
        found = self._found(keys) if keys else []
        for key in keys:
            counted, window = self._windows.setdefault(key, ([0], deque(maxlen=WINDOW)))
            counted[0] += 1
            window.append(here)
        return found

    def _found(self, keys: Sequence[str]) -> list[Related]:
        known = sorted((self._windows[key][0][0], key) for key in keys if key in self._windows)[:KEYS]
        scores: dict[str, int] = {}
        rows: dict[str, ArticleRow] = {}
        shared: dict[str, list[str]] = {}
        for count, key in known:
            for row in self._windows[key][1]:
                scores[row.source] = scores.get(row.source, 0) + 200 // (1 + count)
                rows[row.source] = row
                shared.setdefault(row.source, []).append(key)
        near = [source for source, score in scores.items() if score >= LEAST]
        near.sort(key=lambda source: (-scores[source], rows[source].id))
        return [(s, rows[s].shows, rows[s].pictures, tuple(shared[s][:3])) for s in near[:SHOWN]]


def packed(related: Sequence[Related]) -> str:
    """The sources and keys, for the plan."""
    return "\x1c".join("\x1e".join((source, *keys)) for source, _, _, keys in related)


def unpacked(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(source, [(kind, key)]) of what `packed` made."""
    found = []
    for part in text.split("\x1c") if text else ():
        source, *keys = part.split("\x1e")
        found.append((source, [(kind, key) for kind, _, key in (one.partition("\x1d") for one in keys)]))
    return found
