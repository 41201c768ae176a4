"""Many articles' words as columns of numbers: how a segment of hundreds of articles is cut.

What lives here: the same posting lists that `record.postings` gives, put together by sorting numbers and not by laying words
behind words. Making these lists was a quarter of a build. What does not: how a text becomes words and what they weigh
(`record`, `words`), and few articles, of which NumPy is not loaded before all is done.

Every place at which a form stands is one number: form, article, place, and how many half places it counts for more than in a
body. Sorted, they are the posting lists.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.kept import Kept
from generator.search import words
from generator.search.codes import CODES, codes
from generator.search.record import BODY, BREAK, MOST, PACE, WEIGHTS, Posting, grades, parsed, stepped, texts

Column = NDArray[np.integer[Any]]

REMEMBERED = 100_000
"""Pieces of texts that are remembered from one segment to the next: 25 MB."""
BLOCK = 1 << 16
"""Numbers that are coded at a time."""
HALVES = 5
"""Bits for half places, of which a headline's word counts for 14 more, and one at a page's foot for one less."""
_WIDTH = np.array([0, *map(len, CODES)], np.int8)
"""How many signs the codes of -1 (which has none), 0, 1, ... have."""
_SIGNS = np.array([" ", *CODES]).view(np.uint32).reshape(len(CODES) + 1, -1).T.astype(np.uint8)
"""The first, second, ... of these signs; NumPy keeps a text as code points."""


class _Known(dict[str, int]):
    """What stands between two spaces → the number of its form; below 0, where it has several, the place of these in `several`
    from the end."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.several: list[tuple[list[int], list[tuple[int, int]]]] = []
        """For each place a form, and what stands as one word over several places: (place, form)."""
        self._numbers: dict[str, int] = {}

    def __missing__(self, piece: str) -> int:
        found = parsed(piece)
        self[piece] = number = self._number(found) if isinstance(found, str) else self._noted(*found)
        return number

    def _number(self, form: str) -> int:
        number = self._numbers.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def _noted(self, plain: tuple[str, ...], wholes: tuple[tuple[int, str], ...]) -> int:
        self.several.append(([*map(self._number, plain)], [(at, self._number(form)) for at, form in wholes]))
        return -len(self.several)


_remembered = _Known()


def _known() -> _Known:
    """What was met so far, forgotten if it is too much: an archive has no end of names and numbers."""
    global _remembered
    if len(_remembered) > REMEMBERED:
        _remembered = _Known()
    return _remembered


class _Texts:
    """The forms of articles in a row, and of each of their texts, as `texts`, four numbers: how many forms it has, its article,
    its first place, and how many half places its words count for more."""

    def __init__(self) -> None:
        self.known = _known()
        self.forms = array("i")
        self.texts = array("i")

    def add(self, article: int, kept: Kept) -> int:
        """Add an article; its length in places."""
        weighed = list(texts(kept.article))
        pieces = [text.split() for _, text in weighed]  # every space parts words, so pieces may be looked at alone
        numbers = list(map(self.known.__getitem__, chain.from_iterable(pieces)))
        plain = min(numbers, default=0) >= 0
        if plain:
            self.forms.fromlist(numbers)
        start = length = at = 0
        for (weight, _), size in zip(weighed, map(len, pieces), strict=True):
            half, forms = int(2 * (weight - BODY)), size
            if plain:
                self.texts.extend((size, article, start, half))
            else:
                found = self._parted(numbers[at : at + size], article, start, half)
                self._put(found, article, start, half)
                at, forms = at + size, len(found)
            length += forms + BREAK
            start = -(-(start + forms + BREAK) // PACE) * PACE
        return length

    def _put(self, forms: list[int], article: int, start: int, half: int) -> None:
        self.forms.fromlist(forms)
        self.texts.extend((len(forms), article, start, half))

    def _parted(self, found: list[int], article: int, start: int, half: int) -> list[int]:
        """The forms of a text, one for each place. What stands as one word over several places is put beside them."""
        plain: list[int] = []
        for number in found:
            if number >= 0:
                plain.append(number)
                continue
            forms, wholes = self.known.several[-number - 1]
            for at, form in wholes:
                self._put([form], article, start + len(plain) + at, half)
            plain += forms
        return plain


def postings(articles: Iterable[tuple[int, Kept]]) -> Iterator[Posting]:
    """The posting lists of `articles` (number, article), which come in order: what `record.postings` gives, in another order."""
    gathered, numbers, lengths = _Texts(), [], []
    filters: defaultdict[str, list[int]] = defaultdict(list)
    for at, (number, kept) in enumerate(articles):
        lengths.append(gathered.add(at, kept))
        numbers.append(number * WEIGHTS)
        for form in (*kept.filters, words.EVERY):
            filters[form].append(numbers[-1])
    for form, weighed in filters.items():
        yield form, weighed, stepped(weighed)[0], ""
    if gathered.forms:
        narrow: type[np.integer[Any]] = np.int32 if numbers[-1] < 1 << 30 else np.int64
        weights: Column = np.array([grades(length) for length in lengths], narrow) + np.array(numbers, narrow)[:, None]
        yield from _sorted(gathered, weights)


def _sorted(gathered: _Texts, weights: Column) -> Iterator[Posting]:
    """`weights` of each article by half places, its number times `WEIGHTS` added. A segment has some hundred thousand entries:
    columns of all of them are as narrow as may be, and end as soon as they can."""
    count, article, start, half = np.array(gathered.texts, np.int32).reshape(-1, 4).T
    places = np.arange(len(gathered.forms), dtype=np.int32)
    places += np.repeat(start - (np.cumsum(count, dtype=np.int32) - count), count)
    of_place, of_article = int(places.max()).bit_length(), len(weights).bit_length()
    entries = np.array(gathered.forms, np.int64)
    gathered.forms = array("i")
    for bits, column in ((of_article, np.repeat(article, count)), (of_place, places), (HALVES, np.repeat(half + 1, count))):
        entries <<= bits
        entries |= column
    del places, column
    entries.sort()

    # Of articles, one number for each form and article: its number and the weight.
    pairs = entries >> of_place + HALVES
    opens = np.append(True, pairs[1:] != pairs[:-1])
    first = np.flatnonzero(opens)
    del opens
    pairs = pairs[first]
    times = np.diff(first, append=len(entries)).astype(np.int32)
    more = entries.astype(np.uint8)  # the lowest bits, which are all that is wanted
    more &= (1 << HALVES) - 1
    halves = np.add.reduceat(more, first, dtype=np.int32) - times
    del more
    weighed = weights[pairs & (1 << of_article) - 1, np.minimum(2 * times + halves, MOST)]
    pairs >>= of_article
    alone = np.append(True, pairs[1:] != pairs[:-1])
    starts = np.flatnonzero(alone)
    forms = pairs[starts].tolist()
    del pairs, halves
    steps = (weighed[1:] - (weighed[:-1] | WEIGHTS - 1) - 1)[~alone[1:]]
    listed, of_list = _coded(steps, np.append(starts, len(alone)) - np.arange(len(starts) + 1))

    # Of places: the gap to the article before, if there is one, how many there are, the first one, the gaps between them.
    entries >>= HALVES
    entries &= (1 << of_place) - 1
    places = entries.astype(np.int32)
    del entries
    gaps = np.diff(places, prepend=places[:1]) - np.int32(1)
    gaps[first] = places[first]
    del places
    at = first + np.cumsum(2 - alone)
    row = np.empty(len(gaps) + int(at[-1] - first[-1]), np.int32)
    of_gaps = np.ones(len(row), bool)
    of_gaps[at - 1] = False
    of_gaps[at[~alone] - 2] = False
    row[of_gaps] = gaps
    del gaps, of_gaps
    row[at - 1] = times - 1
    row[at[~alone] - 2] = steps // WEIGHTS
    cuts = np.append(at[starts] - 1, len(row))
    bounds = np.append(starts, len(alone)).tolist()
    del at, first, times, steps, alone
    placed, of_row = _coded(row, cuts)
    del row
    for k, number in enumerate(forms):
        some = weighed[bounds[k] : bounds[k + 1]]
        yield gathered.known.forms[number], some, listed[of_list[k] : of_list[k + 1]], placed[of_row[k] : of_row[k + 1]]


def _coded(numbers: Column, cuts: Column) -> tuple[str, list[int]]:
    """(the codes of `numbers` in a row, where in it those begin that stand at `cuts`, which may be the end)."""
    parts: list[bytes] = []
    places: list[int] = []
    done = 0
    for start in range(0, len(numbers) + 1, BLOCK):
        written, ends = _block(numbers[start : start + BLOCK])
        low, high = np.searchsorted(cuts, (start, start + BLOCK))
        places += (ends[cuts[low:high] - start] + done).tolist()
        parts.append(written)
        done += len(written)
    return b"".join(parts).decode("ascii"), places


def _block(numbers: Column) -> tuple[bytes, Column]:
    """(codes in a row, where each begins and where the last one ends)."""
    large = np.flatnonzero(numbers >= len(CODES)).tolist()  # places of a book of an article
    written = {at: codes(int(numbers[at])).encode() for at in large}
    small = numbers + 1
    small[large] = 0
    width = _WIDTH[small]
    for at, code in written.items():
        width[at] = len(code)
    ends = np.zeros(len(width) + 1, np.int64)
    np.cumsum(width, out=ends[1:])
    row = np.zeros(int(ends[-1]) + 1, np.uint8)
    row[ends[:-1]] = _SIGNS[0, small]
    for sign in range(1, len(_SIGNS)):
        wide = np.flatnonzero(width > sign)
        row[ends[wide] + sign] = _SIGNS[sign, small[wide]]
    for at, code in written.items():
        row[ends[at] : ends[at + 1]] = list(code)
    return row[:-1].tobytes(), ends
