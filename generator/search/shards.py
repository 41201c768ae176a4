"""The files of the index: how they are made of articles, and how an edit is worked into them.

A shard is a script that puts a text into the engine: a line for each word, sorted, the word, a space, and its numbers
(`codes`); a common word has a line for each stretch of numbers. In shards of words (`w/`, and `c/` for common ones) they are
one for each article: eight times the gap to the article before, plus the word's weight. In shards of places (`p/`), which only
phrases load: the gap, how many places, and the gaps between places.

There are two ways to a shard. *Merging* makes it of all articles: workers cut them into segments, some hundred articles
each, sorted by shard, and a shard is then read across all segments. *Splicing* takes the file as it was published and changes
the lines of the words that changed. Which one, `pages.indexing` decides; the bytes are the same, since a file says
nothing but which words its articles have now.
"""

import bisect
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, repeat
from operator import or_, sub
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.kept import restored
from generator.search import words
from generator.search.codes import CODES, LAST, SIGNS, codes, numbers
from generator.search.record import WEIGHTS, Lists
from generator.search.scale import Scale, shard_of

_HEADER = struct.Struct("<I")


class Cut(Struct, frozen=True):
    """How articles are cut: the files, and the strong form of the word that each file of common words holds."""

    scale: Scale
    shelf: tuple[str, ...]


class SegmentTask(Struct, frozen=True):
    """Articles to be cut into one segment: (number, packed article), in order. `wanted` are the chunks that are needed,
    `None` all."""

    path: Path
    cut: Cut
    articles: tuple[tuple[int, bytes], ...]
    wanted: frozenset[int] | None


class MergeJob(Struct, frozen=True):
    """A shard to be made of segments."""

    name: str
    scale: Scale
    segments: tuple[Path, ...]


class Change(Struct, frozen=True):
    """What becomes of one word in one shard: numbers of articles it is taken from, then (number, weight in digits or
    places in codes)."""

    gone: tuple[int, ...]
    new: tuple[tuple[int, str], ...]


class SpliceJob(Struct, frozen=True):
    """A shard to be made of the one that is there. `common` are those of the changed forms that are common."""

    name: str
    path: str
    changes: dict[str, Change]
    common: frozenset[str]


# ── segments ─────────────────────────────────────────────────────────────────────────────────────────────────────────


_Line = tuple[str, int, int, str | None, str]
"""A form, its first and its last article (number times `WEIGHTS` plus weight), the codes of all but the first, `None` where
only its places stand, and the codes of places."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[_Line]).decode


def _coded(held: list[Any]) -> tuple[str, str]:
    """The codes of one list of `record.Lists`, which is used up: of the words behind the first article, and of all places
    but for the gap before the first article."""
    if len(held) == 2:
        return "", held[1]
    weighed = held[::2]
    steps = list(map(sub, weighed[1:], map(or_, weighed, repeat(_LOW))))
    try:
        listed, gaps = "".join(map(_CODE_OF, steps)), list(map(_GAP_OF, steps))
    except IndexError:  # thousands of numbers lie between two articles that have the word
        listed, gaps = "".join([codes(step - 1) for step in steps]), [codes((step - 1) // WEIGHTS) for step in steps]
    if not held[1]:
        return listed, ""
    held[2::2] = gaps
    return listed, "".join(held[1:])


STRETCH = 2048
"""Numbers of articles in one line of a common word, whose whole list would be long: an edit changes one such line."""
_SPAN = STRETCH * WEIGHTS
_LOW = WEIGHTS - 1
_CODE_OF = ("", *CODES).__getitem__
_GAP_OF = ("", *chain.from_iterable(map(repeat, CODES[: len(CODES) // WEIGHTS], repeat(WEIGHTS)))).__getitem__
"""The codes of the step from one number times `WEIGHTS` to the next, and of the gap between the numbers."""


class _Homes(dict[str, tuple[int, int | None]]):
    """form → the chunk to which its route leads, and that of a common word's own file."""

    def __init__(self, cut: Cut) -> None:
        self._words = cut.scale.words
        self._shelves = {strong: cut.scale.words + at for at, strong in enumerate(cut.shelf) if strong}

    def __missing__(self, form: str) -> tuple[int, int | None]:
        if len(self) > 100_000:
            self.clear()
        home = self[form] = shard_of(words.route(form), self._words), self._shelves.get(words.strong(form))
        return home


_homes = lru_cache(maxsize=1)(_Homes)


def write_segment(task: SegmentTask) -> None:
    """Cut articles into one file: all that belongs to the first shard, then to the second. A common word's line stands
    twice: where its route leads, for its places alone, and without places in a chunk of its own."""
    scale = task.cut.scale
    count = scale.words + scale.common
    chunks: list[list[_Line]] = [[] for _ in range(count)]
    homes, lists = _homes(task.cut), Lists()
    for number, packed in task.articles:
        lists.add(number, restored(packed))
    for form, held in lists.items():
        at, shelf = homes[form]
        first, last = held[0], held[-2]
        listed, places = _coded(held)
        if shelf is None:
            chunks[at].append((form, first, last, listed, places))
        else:
            chunks[shelf].append((form, first, last, listed, ""))
            chunks[at].append((form, first, last, None, places))
    bodies = [
        b"" if task.wanted is not None and at not in task.wanted else _encode(chunk)
        for at, chunk in enumerate(chunks)
    ]
    offset, offsets = _HEADER.size * (count + 1), bytearray()
    for body in bodies:
        offsets += _HEADER.pack(offset)
        offset += len(body)
    offsets += _HEADER.pack(offset)
    task.path.write_bytes(bytes(offsets) + b"".join(bodies))


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


# ── shards ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def merged(job: MergeJob) -> bytes:
    """The bytes of a shard, made of segments."""
    kind, _, number = job.name.partition("/")
    scale, at = job.scale, int(number)
    if kind == "c":
        return script(job.name, _Lines(job.segments, at + scale.words, common=True).of_words())
    if kind == "w":
        found = _Lines(job.segments, at)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[job.segments, at] = found.of_places()
        return script(job.name, found.of_words())
    each = scale.words // scale.places
    lines: list[str] = []
    for chunk in range(at * each, (at + 1) * each):
        kept = _kept.pop((job.segments, chunk), None)
        lines += _Lines(job.segments, chunk).of_places() if kept is None else kept
    return script(job.name, _sorted(lines))


KEPT = 4
_kept: dict[tuple[tuple[Path, ...], int], list[str]] = {}
"""Places from chunks whose words were just made: their shard comes next, and need not cut the chunks up again."""


def spliced(job: SpliceJob, output: Path) -> bytes:
    """The bytes of a shard, made of the published one. Raises `OSError` when it cannot be read, `ValueError` when it is no
    shard. Lines are found in the bytes of the file, which are not parted: a shard of places is some megabytes, of which an
    edit concerns some lines."""
    data = (output / job.path).read_bytes()
    start, end = data.index(b"`") + 2, data.rindex(b"`")
    head, foot = data[:start], data[end:]
    at = start = end if data[start:end] == b"\n" else start  # a shard without words
    pieces: list[bytes] = []
    places = job.name.startswith("p/")
    for form, change in sorted(job.changes.items()):
        first, last = _lines_of(f"{form} ".encode(), data, start, end)
        lists = [line.decode() for line in data[first:last].split(b"\n")[:-1]]
        pieces += data[at:first], _changed(form, lists, change, places, form in job.common).encode()
        at = last
    return head + (b"".join((*pieces, data[at:end])) or b"\n") + foot


def _lines_of(key: bytes, data: bytes, start: int, end: int) -> tuple[int, int]:
    """From where to where in `data`, between `start` and `end`, the lines stand that begin with `key`; both are where they
    would stand if there are none. Lines are in the order of their bytes, which is that of their code points."""
    low, high = start, end
    while low < high:
        middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if data[middle : middle + len(key)] < key:
            low = data.index(b"\n", middle, end) + 1
        else:
            high = middle
    last = low
    while data.startswith(key, last, end):
        last = data.index(b"\n", last, end) + 1
    return low, last


def _changed(form: str, lines: Sequence[str], change: Change, places: bool, common: bool) -> str:
    """The lines of one form after `change`, each with its end; `lines` are those before."""
    if not common:
        held = _List(lines[0][len(form) + 1 :] if lines else "", places).changed(change)
        return f"{form} {held}\n" if held else ""
    weights = 1 if places else WEIGHTS
    stretches = {next(numbers(line[len(form) + 1 :])) // weights // STRETCH: line for line in lines}
    for stretch in {number // STRETCH for number in (*change.gone, *dict(change.new))}:
        here = Change(
            tuple(number for number in change.gone if number // STRETCH == stretch),
            tuple(pair for pair in change.new if pair[0] // STRETCH == stretch),
        )
        held = _List(stretches.pop(stretch, form + " ")[len(form) + 1 :], places).changed(here)
        if held:
            stretches[stretch] = f"{form} {held}"
    return "".join(f"{line}\n" for line in sorted(stretches.values()))


_CODE = f"[{re.escape(SIGNS[LAST:])}]*[{re.escape(SIGNS[:LAST])}]"
_codes = re.compile(_CODE).findall
# An article's gap, how many places it has, and so many codes and one. More than 58 places are counted one by one.
_SOME = "|".join(f"{re.escape(CODES[count])}(?:{_CODE}){{{count + 1}}}" for count in range(LAST))
_entries = re.compile(f"({_CODE})({_SOME})").findall


class _Values(dict[str, int]):
    """The numbers of codes that were met before."""

    def __missing__(self, token: str) -> int:
        (value,) = numbers(token)
        if len(self) > 100_000:
            self.clear()
        self[token] = value
        return value


_values = _Values()


class _List:
    """The posting list of one form, cut into the entries of articles and no further: a common word has one of some hundred
    thousand signs, of which an edit concerns a few."""

    def __init__(self, text: str, places: bool) -> None:
        self._places = places
        if not places:
            self._cut = [(code, "") for code in _codes(text)]
            gaps = [_values[code] // WEIGHTS + 1 for code, _ in self._cut]
        else:
            self._cut = _entries(text)
            if sum(map(len, chain.from_iterable(self._cut))) != len(text):
                self._cut = list(_one_by_one(_codes(text)))
            gaps = [_values[gap] + 1 for gap, _ in self._cut]
        self._numbers = list(accumulate(gaps, initial=-1))[1:]

    def changed(self, change: Change) -> str:
        """The codes of the list after `change`."""
        new = dict(change.new)
        out: list[str] = []
        at, last = 0, -1
        for number in sorted({*change.gone, *new}):
            place = bisect.bisect_left(self._numbers, number)
            last = self._copy(out, at, place, last)
            at = place + (place < len(self._numbers) and self._numbers[place] == number)
            if number in new:
                gap = number - last - 1
                out.append(codes(gap) + new[number] if self._places else codes(gap * WEIGHTS + int(new[number])))
                last = number
        self._copy(out, at, len(self._numbers), last)
        return "".join(out)

    def _copy(self, out: list[str], first: int, stop: int, last: int) -> int:
        """Copy the entries from `first` to before `stop` behind an article numbered `last`; the number of the last one."""
        if first >= stop:
            return last
        head, rest = self._cut[first]
        gap = self._numbers[first] - last - 1
        out.append(codes(gap) if self._places else codes(gap * WEIGHTS + _values[head] % WEIGHTS))
        out.append(rest)
        out += chain.from_iterable(self._cut[first + 1 : stop])
        return self._numbers[stop - 1]


def _one_by_one(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(gap, number of places and places) of every article, in codes."""
    at = 0
    while at < len(tokens):
        end = at + _values[tokens[at + 1]] + 3
        yield tokens[at], "".join(tokens[at + 1 : end])
        at = end


def postings(line: str) -> list[tuple[int, int]]:
    """(number, weight) of the articles of a line of a shard of words."""
    found, number = [], -1
    for value in numbers(line[line.index(" ") + 1 :]):
        number += 1 + value // WEIGHTS
        found.append((number, value % WEIGHTS))
    return found


def places_of(line: str, wanted: frozenset[int]) -> dict[int, list[int]]:
    """number → places in order, for the wanted articles of a line of a shard of places."""
    values = numbers(line[line.index(" ") + 1 :])
    found, number = {}, -1
    for value in values:
        number += 1 + value
        places, at = [], -1
        for _ in range(next(values) + 1):
            at += 1 + next(values)
            places.append(at)
        if number in wanted:
            found[number] = places
    return found


# ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def script(name: str, lines: Iterable[str]) -> bytes:
    """A shard as the browser loads it. Neither words nor codes hold a sign that a template literal would see."""
    return f'roznama.put("{name}",`\n{chr(10).join(lines)}\n`)\n'.encode()


def body_of(text: str) -> list[str]:
    """The lines of a shard."""
    body = text[text.index("`") + 2 : text.rindex("`") - 1]
    return body.split("\n") if body else []


def urls_script(name: str, urls: Iterable[str | None]) -> bytes:
    """A shard of addresses: a line for each number, how many letters it shares with the one before, and the others.
    An empty line is a number that no article has."""
    lines, before = [], ""
    for url in urls:
        if url is None:
            lines.append("")
            continue
        shared = next((at for at, (one, other) in enumerate(zip(before, url, strict=False)) if one != other), min(len(before), len(url)))
        lines.append(codes(shared) + _escaped(url[shared:]))
        before = url
    return script(name, lines)


def urls_of(text: str) -> list[str | None]:
    """The addresses in a shard of addresses."""
    found: list[str | None] = []
    before = ""
    for line in body_of(text):
        if not line:
            found.append(None)
            continue
        end = 1
        while not _ends(line[end - 1]):
            end += 1
        (shared,) = numbers(line[:end])
        before = before[:shared] + line[end:].replace("\\`", "`").replace("\\$", "$").replace("\\\\", "\\")
        found.append(before)
    return found


@lru_cache(maxsize=128)
def _ends(sign: str) -> bool:
    return sign in CODES[:59]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$")


__all__ = [
    "Change", "Cut", "MergeJob", "SegmentTask", "SpliceJob", "body_of", "merged", "places_of", "postings",
    "script", "spliced", "urls_of", "urls_script", "write_segment",
]  # fmt: skip
