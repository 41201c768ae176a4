"""How an archive's index is cut into files, and how its articles are numbered. Functions of the archive as it is now, so
that a build after any edits gives the files of a clean one.

*Numbers.* Articles stand in the order of (month, language), a block each, within a block by time and id. A block has room
for more than it holds, so that an article added to an old month moves its own block and no other; and in it every day has
its place, so that it moves the articles of its own day and few others. What is published today stands at the end. From the
table of blocks alone follow an article's month and language: filtering by year or language, and sorting by date, cost no
further file.

*Files.* A static host counts files, and a reader's line counts bytes: a query loads one shard of words for each word, so
shards are as many as the number of files allows (500 at 100,000 articles, 2,500 at a million).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from generator.search.words import hashed

Item = TypeVar("Item")


class Scale(Struct, frozen=True, array_like=True):
    """Numbers of files: `words` shards of words by route, `places` shards of places by route (a divisor of `words`),
    `common` files of single words that are in a great part of all articles, `urls` numbers in one shard of addresses,
    `span` numbers (a multiple of those of a segment) of which a common word's places are in one shard, `rests` whether
    common words have a second file, for the articles that have them in passing."""

    words: int
    places: int
    common: int
    urls: int
    span: int = 1 << 17
    rests: bool = False


SCALES: tuple[tuple[int, Scale], ...] = (
    (1 << 8, Scale(4, 2, 0, 256)),
    (1 << 9, Scale(12, 4, 0, 256)),
    (1 << 11, Scale(32, 8, 0, 256)),
    (1 << 13, Scale(64, 16, 32, 512)),
    (1 << 15, Scale(96, 24, 64, 512)),
    (1 << 16, Scale(144, 36, 96, 1024)),
    (1 << 17, Scale(168, 42, 150, 1280)),
    (1 << 18, Scale(300, 75, 250, 1280)),
    (1 << 19, Scale(560, 140, 250, 1280, rests=True)),
)
LARGEST = Scale(880, 220, 330, 2048, rests=True)
COMMON_SHARE = 32
"""A word is common when one article of a sample in `COMMON_SHARE` has it. The most common ones, as many as there are
files for it, have a file each: they are half of all that would otherwise stand in the shards of words."""
PROMINENT_SHARE = 16
"""A common word's first file holds the articles in which it weighs most, at most one of the sample in `PROMINENT_SHARE`; the
others have it in passing. In an archive of a million a word that a third of all articles have would be 200 KB on the wire
otherwise, of which a reader looks at the first ten. Words that are prominent everywhere are not parted."""
SAMPLE = 1500
"""Articles of the sample, about."""


def scale_of(articles: int) -> Scale:
    """The files for an archive of so many articles."""
    return next((scale for most, scale in SCALES if articles <= most), LARGEST)


def sampled_lots(articles: int) -> int:
    """Articles whose lot is below this are the sample. Doubles and halves with the archive, and is still in between."""
    return max(1, (SAMPLE << 16) >> max(articles - 1, 1).bit_length())


class Block(Struct, frozen=True, array_like=True):
    """The articles of a month in a language: `month` is 201711, 201700 when only the year is known, 0 undated."""

    month: int
    language: str
    count: int


def room(count: int) -> int:
    """The numbers that a block of `count` articles takes: `count` and a quarter, rounded up to eighths of the next power of
    two. What overflows moves all later numbers, and the whole index is made again."""
    needed = count + count // 4
    step = max(1, (1 << max(needed - 1, 0).bit_length()) >> 3)
    return -(-needed // step) * step


def spread(homes: Iterable[tuple[Item, int]], count: int) -> Iterator[tuple[Item, int]]:
    """`count` items, each with its place in their block, counted from its start. They come in the order they shall have, each
    with its home, a number below 65,536 that grows and says how far along in the block it would like to stand. The places
    follow from the items alone, and one item more moves only those that stand next to one another behind it: a hash table
    with linear probing in which what is first goes first (Amble and Knuth, Ordered hash tables, 1974)."""
    width, place = room(count), -1
    for at, (item, home) in enumerate(homes):
        place = min(max(home * width >> 16, place + 1), width - (count - at))
        yield item, place


def starts(blocks: Iterable[Block]) -> list[int]:
    """The first number of every block, and behind them the first that no block has."""
    found = [0]
    for block in blocks:
        found.append(found[-1] + room(block.count))
    return found


class Shelf(Struct, frozen=True):
    """The files of common words: the strong form of the word that each holds, empty where there is none, and the least
    weight that its articles have in `c/`. Those that weigh less stand in `r/`; where it is 0, all stand in `c/`."""

    words: tuple[str, ...] = ()
    least: tuple[int, ...] = ()

    def files(self) -> dict[str, int]:
        """word → the number of its file."""
        return {word: at for at, word in enumerate(self.words) if word}

    def family(self, at: int, weight: int) -> str:
        """The folder of the file that holds an article in which the word of file `at` has this weight."""
        return "r" if weight < self.least[at] else "c"


def shelved(common: Mapping[str, int], files: int) -> Shelf:
    """The shelf of so many files for common words (word → the least weight in its first file). A word keeps its file, but
    for a few neighbours, when another becomes common or is so no more."""
    shelf = [""] * files
    for word in sorted(common)[:files]:
        at = shard_of(hashed(word), files)
        while shelf[at]:
            at = (at + 1) % files
        shelf[at] = word
    return Shelf(tuple(shelf), tuple(common.get(word, 0) for word in shelf))


def shard_of(route: int, shards: int) -> int:
    """The shard of a route among so many: routes are numbers of 16 bits."""
    return route * shards >> 16


def places_shard(scale: Scale, route: int, number: int, common: bool) -> int:
    """The shard that holds the places of a word of this route in the article `number`. Those of a `common` word are tens of
    megabytes in an archive of a million, so it goes on to the next shard after each `span` of numbers."""
    return (shard_of(route, scale.places) + (number // scale.span if common else 0)) % scale.places


def names(scale: Scale, blocks: Sequence[Block], shelf: Shelf) -> Iterable[str]:
    """The names of all shards of an index, in the order they are written."""
    yield "index"
    each = scale.words // scale.places
    for number in range(scale.places):
        yield from (f"w/{number * each + part}" for part in range(each))
        yield f"p/{number}"
    yield from (f"c/{number}" for number in range(scale.common))
    yield from (f"r/{number}" for number, least in enumerate(shelf.least) if least)
    yield from (f"u/{number}" for number in range(-(-starts(blocks)[-1] // scale.urls)))
