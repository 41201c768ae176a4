"""Phrases that mark an article and that no list knows: what suggestions are made of.

What lives here: the phrases of one article, and which of an archive's are published. What does not: counting them over
the archive (`catalogue.topics`) and asking the archivist (`review`).

A phrase is two to four words in a row, none of them a stop word or part of a known name, that stand at least twice in
the article or in its headline. Where names have capitals, every word of it has one. Counting every word sequence of every
article would cost 2 ms an article and gain nothing: what is said once and not in the headline marks no article. Not
YAKE or RAKE: on Urdu they suggest `جانب سے فضائی حملے` (from the side of air strikes).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.topics.index import Word
from generator.topics.matcher import Hits
from generator.topics.weights import HEADLINE, WORDS_OF_PICTURE

LONGEST, KEPT = 4, 12
"""Words of a phrase, and phrases of an article, at most."""
ARTICLES, HEADLINES = 5, 2
"""In how many articles and headlines a phrase stands before it is published."""
SHARE = 4
"""One in so many of the articles a phrase marks must have it in the headline: `press conference` has not."""
COMMON = 15
"""Per cent of a language's articles above which a phrase marks none of them."""
SMALL, OFTEN = 20, 3
"""In an archive of fewer articles than `SMALL` a phrase is published that stands `OFTEN` times in one, and in its
headline."""


class Phrase(NamedTuple):
    """A phrase: its words' keys, the words, how often it stands, and whether in the headline."""

    key: str
    text: str
    times: int
    headline: bool


def phrases_of(hits: Hits) -> list[Phrase]:
    """The phrases of an article, the most frequent first."""
    found = _Found()
    # No word of a phrase that is kept stands once, and no two in a row stand together once, but in the headline: most of a
    # text is passed over.
    often = hits.often
    body: list[tuple[list[Word], list[int]]] = []
    for line in hits.lines:
        words, taken = line.words, line.taken
        if line.zone == HEADLINE:
            head = not (hits.index.cased and sum(word.raw[:1].isupper() for word in words) * 2 > len(words))
            places = [at for at, word in enumerate(words) if word.telling and not (taken and taken[at])]
            for start, stop in _rows(places):
                found.count(words[start:stop], head)
        elif line.zone != WORDS_OF_PICTURE:
            places = [at for at in line.marked if words[at] in often and at + 1 < len(words) and words[at + 1] in often]
            body.append((words, [at for at in places if not (taken[at] or taken[at + 1])] if taken else places))
    pairs = Counter([(words[at].key, words[at + 1].key) for words, places in body for at in places])
    kept = {pair for pair, times in pairs.items() if times > 1 or pair in found.times}
    for words, places in body if kept else ():
        for start, stop in _rows([at for at in places if (words[at].key, words[at + 1].key) in kept]):
            found.count(words[start : stop + 1])
    return found.best()


def _rows(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(start, stop) of the numbers in `places` that follow each other."""
    start = stop = -1
    for at in places:
        if at != stop:
            if stop > start:
                yield start, stop
            start = at
        stop = at + 1
    if stop > start:
        yield start, stop


class _Found:
    """The phrases met so far: how often each stands, its words as they first stood, and whether in the headline."""

    def __init__(self) -> None:
        self.times: dict[tuple[str, ...], int] = {}
        self._words: dict[tuple[str, ...], list[Word]] = {}
        self._heads: set[tuple[str, ...]] = set()

    def count(self, row: list[Word], head: bool = False) -> None:
        """Count the phrases in a row of words."""
        times, keys = self.times, tuple([word.key for word in row])
        for size in range(2, min(LONGEST, len(row)) + 1):
            for at in range(len(row) - size + 1):
                key = keys[at : at + size]
                if key in times:
                    times[key] += 1
                else:
                    times[key] = 1
                    self._words[key] = row[at : at + size]
                if head:
                    self._heads.add(key)

    def best(self) -> list[Phrase]:
        """The phrases worth keeping: a part of a longer one that stands as often is none of its own."""
        heads = self._heads
        kept = {key: count for key, count in self.times.items() if count > 1 or key in heads}
        inner: dict[tuple[str, ...], int] = {}
        for key, count in kept.items():
            for size in range(2, len(key)):
                for at in range(len(key) - size + 1):
                    part = key[at : at + size]
                    inner[part] = max(inner.get(part, 0), count)
        whole = [key for key, count in kept.items() if count > inner.get(key, 0)]
        whole.sort(key=lambda key: (-kept[key] - (key in heads), len(key), key))
        return [
            Phrase(" ".join(key), " ".join([word.raw for word in self._words[key]]), kept[key], key in heads)
            for key in whole[:KEPT]
        ]


def lone(phrases: Iterable[Phrase]) -> list[Phrase]:
    """The phrases that are published where there is no archive to compare with."""
    return [phrase for phrase in phrases if phrase.headline and phrase.times >= OFTEN]


def published(totals: Iterable[tuple[str, str, int, int]], articles: dict[str, int]) -> Iterator[tuple[str, str]]:
    """(language, key) of the phrases that are topics of their own. `totals` are (language, key, articles, headlines),
    `articles` the number of articles of each language."""
    for language, key, count, heads in totals:
        if (
            count >= ARTICLES
            and heads >= HEADLINES
            and heads * SHARE >= count
            and count * 100 <= COMMON * max(articles.get(language, 0), 100)
        ):
            yield language, key
