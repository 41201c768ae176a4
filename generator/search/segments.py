"""Shards made of all articles: workers cut these into segments, some hundred articles each, sorted by shard, and a shard is
then read across all segments.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.kept import restored
from generator.search import words
from generator.search.codes import codes
from generator.search.record import WEIGHTS, Posting, postings, stepped
from generator.search.scale import Scale, Shelf, shard_of
from generator.search.shards import STRETCH, script

_HEADER = struct.Struct("<I")
_ARRAY = struct.Struct(">BI")
"""How MessagePack begins an array of so many items: 0xDD, and four bytes for their number."""


class Cut(Struct, frozen=True):
    """How articles are cut: the files, and the words that have their own."""

    scale: Scale
    shelf: Shelf


def chunks_of(name: str, scale: Scale) -> range:
    """The chunks of every segment that a shard of words or places is made of."""
    family, _, at = name.partition("/")
    each = scale.words // scale.places if family == "p" else 1
    first = {"w": 0, "p": 0, "c": scale.words, "r": scale.words + scale.common}[family] + int(at) * each
    return range(first, first + each)


class SegmentTask(Struct, frozen=True):
    """Articles to be cut into one segment: (number, packed article), in order. `wanted` are the chunks that are needed."""

    path: Path
    cut: Cut
    articles: tuple[tuple[int, bytes], ...]
    wanted: frozenset[int]


class MergeJob(Struct, frozen=True):
    """A shard to be made of segments."""

    name: str
    scale: Scale
    segments: tuple[Path, ...]


MANY = 200
"""Articles from which a segment's words are sorted as columns of numbers."""
_Line = tuple[str, int, int, str | None, str]
"""A form, its first and its last article (number times `WEIGHTS` plus weight), the codes of all but the first, `None` where
only its places stand, and the codes of places."""
_encode = msgspec.msgpack.Encoder().encode_into
_decode = msgspec.msgpack.Decoder(list[_Line]).decode


def _postings(articles: Sequence[tuple[int, bytes]]) -> Iterator[Posting]:
    """The posting lists of `articles`. What makes them of many takes as long to be loaded as some hundreds take without it."""
    unpacked = ((number, restored(packed)) for number, packed in articles)
    if len(articles) < MANY:
        return postings(unpacked)
    from generator.search import columns

    return columns.postings(unpacked)


def _tiers(weighed: Sequence[int], least: int) -> tuple[list[int], list[int]]:
    """The articles in which a common word weighs at least so much, and the others."""
    values = list(map(int, weighed))
    return [one for one in values if one % WEIGHTS >= least], [one for one in values if one % WEIGHTS < least]


_SPAN = STRETCH * WEIGHTS
_LOW = WEIGHTS - 1


class _Homes(dict[str, tuple[int, int | None]]):
    """form → the chunk to which its route leads, and the number of a common word's own file."""

    def __init__(self, cut: Cut) -> None:
        self._words = cut.scale.words
        self._shelves = cut.shelf.files()

    def __missing__(self, form: str) -> tuple[int, int | None]:
        if len(self) > 100_000:
            self.clear()
        home = self[form] = shard_of(words.route(form), self._words), self._shelves.get(words.strong(form))
        return home


_homes = lru_cache(maxsize=1)(_Homes)


def write_segment(task: SegmentTask) -> None:
    """Cut articles into one file: all that belongs to the first shard, then to the second. A common word's line stands
    twice: without places in a chunk of its own (or two), and for its places alone where `places_shard` says; none of these
    parts a segment."""
    scale, shelf = task.cut.scale, task.cut.shelf
    count, each, span = scale.words + 2 * scale.common, scale.words // scale.places, WEIGHTS * scale.span
    chunks = _Chunks(count, task.wanted)
    put = chunks.put
    homes = _homes(task.cut)
    for form, weighed, listed, places in _postings(task.articles):
        at, own = homes[form]
        first, last = int(weighed[0]), int(weighed[-1])
        if own is None:
            put(at, (form, first, last, listed, places))
            continue
        if least := shelf.least[own]:
            for chunk, some in zip((scale.words + own, scale.words + scale.common + own), _tiers(weighed, least), strict=True):
                if some:
                    put(chunk, (form, some[0], some[-1], stepped(some)[0], ""))
        else:
            put(scale.words + own, (form, first, last, listed, ""))
        put((at + first // span * each) % scale.words, (form, first, last, None, places))
    chunks.write(task.path)


class _Chunks:
    """The chunks of one segment, of which those that are `wanted` are kept. A line is encoded at once: as objects the hundreds
    of thousands of a segment are ten times as large."""

    def __init__(self, count: int, wanted: frozenset[int]) -> None:
        self._wanted = wanted
        self._bodies = [bytearray() for _ in range(count)]
        self._lines = [0] * count

    def put(self, at: int, line: _Line) -> None:
        if at in self._wanted:
            _encode(line, self._bodies[at], -1)
            self._lines[at] += 1

    def write(self, path: Path) -> None:
        """Write the file: where each chunk begins and the last one ends, then the chunks. Raises `OSError`."""
        offset, offsets = _HEADER.size * (len(self._bodies) + 1), bytearray()
        for body, lines in zip(self._bodies, self._lines, strict=True):
            offsets += _HEADER.pack(offset)
            if lines:
                body[:0] = _ARRAY.pack(0xDD, lines)
                offset += len(body)
        offsets += _HEADER.pack(offset)
        with path.open("wb") as file:
            file.write(offsets)
            file.writelines(self._bodies)


def _chunk(segments: Iterable[Path], at: int) -> Iterator[_Line]:
    """The lines of one chunk of every segment."""
    for path in segments:
        with path.open("rb") as file:
            file.seek(_HEADER.size * at)
            first, last = struct.unpack("<II", file.read(2 * _HEADER.size))
            if last > first:
                file.seek(first)
                yield from _decode(file.read(last - first))


class _Lines:
    """The lines of one chunk while they are put together: form → codes of its articles, and of its places. Only the gap
    to a segment before is new; all others were coded when the segment was cut."""

    def __init__(self, segments: Iterable[Path], at: int, common: bool = False) -> None:
        """`common`: all words of the chunk are. Elsewhere they have places alone."""
        self.words: defaultdict[str, list[str]] = defaultdict(list)
        self.places: defaultdict[str, list[str]] = defaultdict(list)
        before: dict[str, int] = {}
        for form, first, last, listed, places in _chunk(segments, at):
            known, opens = before.get(form, -1), ""
            if known >= 0 and (common or listed is None) and first // _SPAN != known // _SPAN:
                known, opens = -1, f"\n{form} "
            step = first - (known | _LOW) - 1
            before[form] = last
            if listed is not None:
                self.words[form].append(opens + codes(step) + listed)
            if places:
                self.places[form].append(opens + codes(step // WEIGHTS) + places)

    def of_words(self) -> list[str]:
        return _sorted([f"{form} {''.join(held)}" for form, held in self.words.items()])

    def of_places(self) -> list[str]:
        return [f"{form} {''.join(held)}" for form, held in self.places.items()]


def _sorted(lists: list[str]) -> list[str]:
    """The lines of some lists, of which those of common words have several."""
    return sorted("\n".join(lists).split("\n")) if lists else []


def merged(job: MergeJob) -> bytes:
    """The bytes of a shard, made of segments."""
    kind = job.name[0]
    chunks = chunks_of(job.name, job.scale)
    if kind in "cr":
        return script(job.name, _Lines(job.segments, chunks[0], common=True).of_words())
    if kind == "w":
        found = _Lines(job.segments, chunks[0])
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[job.segments, chunks[0]] = found.of_places()
        return script(job.name, found.of_words())
    lines: list[str] = []
    for chunk in chunks:
        kept = _kept.pop((job.segments, chunk), None)
        lines += _Lines(job.segments, chunk).of_places() if kept is None else kept
    return script(job.name, _sorted(lines))


KEPT = 4
_kept: dict[tuple[tuple[Path, ...], int], list[str]] = {}
"""Places from chunks whose words were just made: their shard comes next, and need not cut the chunks up again."""
