"""How an archive's index is cut into files, and how its articles are numbered. Functions of the archive as it is now, so
that a build after any edits gives the files of a clean one.

*Numbers.* Articles stand in the order of (month, language), a block each, within a block by time and id. A block has
room for a few more than it holds, so that an article added to an old month moves its own block and no other; and what
is published today stands at the end. From the table of blocks alone follow an article's month and language: filtering
by year or language, and sorting by date, cost no further file.

*Files.* A static host counts files, and a reader's line counts bytes: a query loads one shard of words for each word, so
shards are as many as the number of files allows (500 at 100,000 articles, 2,500 at a million).
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.search.words import hashed


class Scale(Struct, frozen=True, array_like=True):
    """Numbers of files: `words` shards of words by route, `places` shards of places by route (a divisor of `words`),
    `common` files of single words that are in a great part of all articles, `urls` numbers in one shard of addresses."""

    words: int
    places: int
    common: int
    urls: int


SCALES: tuple[tuple[int, Scale], ...] = (
    (1 << 8, Scale(4, 2, 0, 256)),
    (1 << 9, Scale(12, 4, 0, 256)),
    (1 << 11, Scale(32, 8, 0, 256)),
    (1 << 13, Scale(64, 16, 32, 512)),
    (1 << 15, Scale(96, 24, 64, 512)),
    (1 << 16, Scale(144, 36, 96, 768)),
    (1 << 17, Scale(168, 42, 150, 1024)),
    (1 << 18, Scale(300, 75, 250, 1024)),
    (1 << 19, Scale(560, 140, 300, 1024)),
)
LARGEST = Scale(880, 220, 380, 1280)
COMMON_SHARE = 32
"""A word is common when one article of a sample in `COMMON_SHARE` has it. The most common ones, as many as there are
files for it, have a file each: they are half of all that would otherwise stand in the shards of words."""
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
    """The numbers that a block of `count` articles takes: `count` rounded up to eighths of the next power of two, so at
    most a quarter more. What overflows moves all later numbers, and the whole index is made again."""
    step = max(1, (1 << max(count - 1, 0).bit_length()) >> 3)
    return -(-count // step) * step


def starts(blocks: Iterable[Block]) -> list[int]:
    """The first number of every block, and behind them the first that no block has."""
    found = [0]
    for block in blocks:
        found.append(found[-1] + room(block.count))
    return found


def shelved(common: Iterable[str], files: int) -> tuple[str, ...]:
    """The word of each of so many files of common words, empty where there is none. A word keeps its file, but for a few
    neighbours, when another becomes common or is so no more."""
    shelf = [""] * files
    for word in sorted(common)[:files]:
        at = shard_of(hashed(word), files)
        while shelf[at]:
            at = (at + 1) % files
        shelf[at] = word
    return tuple(shelf)


def shard_of(route: int, shards: int) -> int:
    """The shard of a route among so many: routes are numbers of 16 bits."""
    return route * shards >> 16


def names(scale: Scale, blocks: Sequence[Block]) -> Iterable[str]:
    """The names of all shards of an index, in the order they are written."""
    yield "index"
    each = scale.words // scale.places
    for number in range(scale.places):
        yield from (f"w/{number * each + part}" for part in range(each))
        yield f"p/{number}"
    yield from (f"c/{number}" for number in range(scale.common))
    yield from (f"u/{number}" for number in range(-(-starts(blocks)[-1] // scale.urls)))
