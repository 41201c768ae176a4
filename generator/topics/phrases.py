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
from itertools import chain
from typing import NamedTuple

from generator.topics.matcher import Hits, Word
from generator.topics.weights import HEADLINE, LEAD, WORDS_OF_PICTURE

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
    if hits.index.unspaced:
        return []
    cased = hits.index.cased
    often = _often(hits)
    counts: dict[tuple[str, ...], int] = {}
    texts: dict[tuple[str, ...], str] = {}
    heads: set[tuple[str, ...]] = set()
    for zone, line, taken in hits.texts:
        if zone == WORDS_OF_PICTURE:
            continue
        head = zone == HEADLINE
        shouted = cased and sum(word.raw[:1].isupper() for word in line) * 2 > len(line) and zone >= LEAD
        run: list[Word] = []
        end = -1
        for at in [at for at, word in enumerate(line) if (word.telling if head else word in often)]:
            word = line[at]
            if taken[at] or (cased and not word.raw[:1].isupper()):
                continue
            if at > end:
                if len(run) > 1:
                    _count(run, counts, texts, heads, head and not shouted)
                run = []
            run.append(word)
            end = at + 1
        if len(run) > 1:
            _count(run, counts, texts, heads, head and not shouted)
    return _best(counts, texts, heads)


def _often(hits: Hits) -> set[Word]:
    """The telling words that stand several times in the text; other spellings of a word are the same one."""
    held = Counter(chain.from_iterable(line for zone, line, _ in hits.texts if zone > WORDS_OF_PICTURE))
    found = {word for word, times in held.items() if times > 1 and word.telling}
    keys = Counter([word.key for word in held])
    if len(keys) < len(held):
        found.update(word for word in held if word.telling and keys[word.key] > 1)
    return found


def _count(
    run: list[Word],
    counts: dict[tuple[str, ...], int],
    texts: dict[tuple[str, ...], str],
    heads: set[tuple[str, ...]],
    head: bool,
) -> None:
    """Count the phrases of a row of words."""
    keys = [word.key for word in run]
    for size in range(2, min(LONGEST, len(run)) + 1):
        for at in range(len(run) - size + 1):
            key = tuple(keys[at : at + size])
            counts[key] = counts.get(key, 0) + 1
            if head:
                heads.add(key)
            if key not in texts:
                texts[key] = " ".join(word.raw for word in run[at : at + size])


def _best(
    counts: dict[tuple[str, ...], int], texts: dict[tuple[str, ...], str], heads: set[tuple[str, ...]]
) -> list[Phrase]:
    """The phrases worth keeping: a part of a longer one that stands as often is none of its own."""
    kept = {key: count for key, count in counts.items() if count > 1 or key in heads}
    inner: dict[tuple[str, ...], int] = {}
    for key, count in kept.items():
        for size in range(2, len(key)):
            for at in range(len(key) - size + 1):
                part = key[at : at + size]
                inner[part] = max(inner.get(part, 0), count)
    whole = [key for key, count in kept.items() if count > inner.get(key, 0)]
    whole.sort(key=lambda key: (-kept[key] - (key in heads), len(key), key))
    return [Phrase(" ".join(key), texts[key], kept[key], key in heads) for key in whole[:KEPT]]


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
