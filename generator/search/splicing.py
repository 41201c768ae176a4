"""Shards as an edit leaves them, made of the published ones: only the lines of the words that changed are looked at."""

import bisect
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from generator.search.codes import CODES, LAST, SIGNS, codes, numbers
from generator.search.record import WEIGHTS
from generator.search.shards import STRETCH


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
_code = re.compile(_CODE).match
_codes = re.compile(_CODE).findall
# An article's gap, how many places it has, and so many codes and one. More than 58 places are counted one by one.
_SOME = "|".join(f"{re.escape(CODES[count])}(?:{_CODE}){{{count + 1}}}" for count in range(LAST))
_entries = re.compile(f"{_CODE}(?:{_SOME})").findall
_GOES_ON = frozenset(SIGNS[LAST:])
PIECE, ENTRY = 2048, 300
"""Signs that are cut at once, and that an entry of so few places has at most: five for the gap, one for how many, and four for
each of 59."""


class _Values(dict[str, int]):
    """The numbers of codes that were met before."""

    def __missing__(self, token: str) -> int:
        (value,) = numbers(token)
        if len(self) > 100_000:
            self.clear()
        self[token] = value
        return value


class _Steps(dict[str, int]):
    """How far the articles of entries of words are from the one before."""

    def __missing__(self, entry: str) -> int:
        if len(self) > 100_000:
            self.clear()
        step = self[entry] = _values[entry] // WEIGHTS + 1
        return step


class _Opened(dict[str, int]):
    """The same of entries of places, from their first two signs, which mostly hold the whole gap; 0 where it goes on."""

    def __missing__(self, signs: str) -> int:
        found = _code(signs)
        step = self[signs] = 0 if found is None else _values[found[0]] + 1
        return step


_values, _steps, _opened = _Values(), _Steps(), _Opened()
_two = itemgetter(slice(2))


class _List:
    """The posting list of one form, cut into the entries of articles and no further, and only as far as an edit reaches: a
    common word has some hundred thousand signs, of which an edit concerns a few."""

    def __init__(self, text: str, places: bool) -> None:
        self._text, self._places = text, places
        self._cut: list[str] = []
        self._numbers: list[int] = []
        self._read = 0

    def changed(self, change: Change) -> str:
        """The codes of the list after `change`."""
        new = dict(change.new)
        out: list[str] = []
        at, signs, last = 0, 0, -1
        for number in sorted({*change.gone, *new}):
            self._reach(number)
            place = bisect.bisect_left(self._numbers, number)
            signs = self._copy(out, at, place, signs, last)
            last = self._numbers[place - 1] if place > at else last
            at = place
            if at < len(self._numbers) and self._numbers[at] == number:
                signs += len(self._cut[at])
                at += 1
            if number in new:
                gap = number - last - 1
                out.append(codes(gap) + new[number] if self._places else codes(gap * WEIGHTS + int(new[number])))
                last = number
        signs = self._copy(out, at, len(self._cut), signs, last)
        out.append(self._text[signs:])
        return "".join(out)

    def _reach(self, number: int) -> None:
        """Cut until an article behind `number` is met, or the end."""
        while self._read < len(self._text) and (not self._numbers or self._numbers[-1] <= number):
            found = (self._some_places if self._places else self._some_words)()
            self._read += sum(map(len, found))
            self._cut += found
            steps = list(map((_opened if self._places else _steps).__getitem__, map(_two, found) if self._places else found))
            if not all(steps):
                steps = [step or _values[_gap(entry)] + 1 for step, entry in zip(steps, found, strict=True)]
            self._numbers += islice(accumulate(steps, initial=self._numbers[-1] if self._numbers else -1), 1, None)

    def _some_words(self) -> list[str]:
        """The next entries of words, some hundreds."""
        end = self._read + PIECE
        while end < len(self._text) and self._text[end - 1] in _GOES_ON:
            end += 1
        return _codes(self._text, self._read, end)

    def _some_places(self) -> list[str]:
        """The next entries of places, some hundreds, or all when one of them cannot be told by its look."""
        found = _entries(self._text, self._read, self._read + PIECE)
        if self._read + PIECE < len(self._text):  # the last may be cut off, and what is read behind it is nothing
            found = found[: bisect.bisect(list(accumulate(map(len, found))), PIECE - ENTRY)]
        whole = "".join(found)
        if whole and self._text.startswith(whole, self._read):
            return found
        return list(_one_by_one(_codes(self._text, self._read)))

    def _copy(self, out: list[str], first: int, stop: int, signs: int, last: int) -> int:
        """Copy the entries from `first` to before `stop`, before which so many signs stand, behind an article numbered
        `last`. How many signs stand before the next."""
        if first >= stop:
            return signs
        entry, gap = self._cut[first], self._numbers[first] - last - 1
        out.append(codes(gap) + entry[len(_gap(entry)) :] if self._places else codes(gap * WEIGHTS + _values[entry] % WEIGHTS))
        end = signs + sum(map(len, self._cut[first:stop]))
        out.append(self._text[signs + len(entry) : end])
        return end


def _gap(entry: str) -> str:
    """The code that an entry of places begins with."""
    found = _code(entry)
    assert found is not None
    return found[0]


def _one_by_one(tokens: Sequence[str]) -> Iterator[str]:
    """The gap, number of places and places of every article, in codes."""
    at = 0
    while at < len(tokens):
        end = at + _values[tokens[at + 1]] + 3
        yield "".join(tokens[at:end])
        at = end
