"""The same story more than once: sketches of texts, groups of texts that share most of theirs, and which one leads.

What lives here: functions that `roznama import` (of records) and `roznama check` (of articles) share; each keeps its own
table of sketches (`Sketched`). A sketch is the 64 smallest hashes of a text's runs of three words (bottom-k MinHash), so
that two sketches tell how large a share of their runs two texts have in common, without the texts. Records that have a
small hash in common are compared; which hashes those are does not depend on order, so neither do the groups.

Not SimHash: it sees a changed paragraph in a long text well and an added one in a short text badly, and wire stories are
short. Not pairs of everything: the smallest eight hashes find 99 % of the pairs that share half of their runs.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol
from zlib import crc32

from msgspec import Struct

from generator.digest import digest_bytes

SIZE = 64
"""Hashes in a sketch: an estimate of one half is right within 0.06 two times out of three."""
KEYS = 8
"""Of these, so many find candidates."""
LIKE = 0.4
"""The share of common runs from which on two texts are editions of one story. With a tenth of the words changed it is 0.57,
with a third of the text cut 0.67; two reports of one event by two agencies have below 0.1."""
FEWEST = 20
"""Runs a text must have: two short notices of a line are alike by chance. Equal texts are always found."""

_VARIANTS = str.maketrans("يىكهةأإٱ", "ییکہہااا", "ـًٌٍَُِّْٰ\u200c\u200d")
_WORD = re.compile("[\\w\u0640\u064b-\u0652\u0670\u200c\u200d]+")
_LOW = 0xFFFFFFFF


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    """A word's number; spelling variants of one letter, vowel signs and case make no difference."""
    return crc32(word.translate(_VARIANTS).casefold().encode("utf-8", "replace"))


def words_of(text: str) -> list[int]:
    """The words of a text, each as a number."""
    return [_hash(word) for word in _WORD.findall(text)]


def sketch(words: Sequence[int]) -> bytes:
    """The sketch of a text; empty when it has too few words.

    Runs are hashed by `hash`, which Python seeds for text but not for tuples of numbers: the same in every process, and a
    tenth of the time of arithmetic in Python.
    """
    runs = {run & _LOW for run in map(hash, zip(words, words[1:], words[2:], strict=False))}
    return array("I", sorted(runs)[:SIZE]).tobytes() if len(runs) >= FEWEST else b""


def equal_texts(words: Sequence[int]) -> bytes:
    """A digest that two texts share only if they have the same words in the same order."""
    return digest_bytes(array("I", words).tobytes())


def likeness(one: bytes, other: bytes) -> float:
    """The share of runs that two texts have in common, estimated from their sketches."""
    a, b = array("I", one), array("I", other)
    size = min(SIZE, max(len(a), len(b)))
    union = sorted({*a, *b})[:size]
    both = set(a).intersection(b)
    return sum(run in both for run in union) / len(union) if union else 0.0


def alike(one: bytes, other: bytes) -> bool:
    """Whether two texts are editions of one story. Most candidates share a phrase of an agency and little else: they are
    told by the number of common hashes, which no estimate exceeds, at a tenth of its cost."""
    a = array("I", one)
    size = min(SIZE, max(len(a), len(other) // 4))
    return len(set(a).intersection(array("I", other))) >= LIKE * size and likeness(one, other) >= LIKE


def keys_of(sketch_: bytes) -> Sequence[int]:
    """The hashes by which candidates for comparison are found."""
    return array("I", sketch_[: 4 * KEYS])


class Member(Struct, frozen=True):
    """A record as far as the choice of a lead needs it."""

    key: str
    id: str
    path: str
    headline: str
    date: str
    words: int
    publisher: str
    pictures: int


class Group(Struct, frozen=True):
    """Records with one story. `alike` is the lowest likeness to the lead; `why` explains the choice of the lead."""

    lead: Member
    others: tuple[Member, ...]
    alike: float
    why: str


def lead_of(members: Sequence[Member]) -> tuple[Member, str]:
    """The record that speaks for the others, and why: of those that have nearly all of the text, the earliest; of those,
    one with pictures; then the longest, then the first by id."""
    longest = max(member.words for member in members)
    full = [member for member in members if member.words >= 0.9 * longest]
    dated = [member for member in full if member.date]
    first = min((member.date for member in dated), default="")
    ranked = sorted(full, key=lambda m: (m.date[:10] or "9999", -min(m.pictures, 1), -m.words, m.id))
    lead = ranked[0]
    reasons = [f"{lead.words:,} words of at most {longest:,}"]
    if lead.date and lead.date[:10] == first[:10]:
        reasons.append(f"the earliest ({lead.date[:10]})")
    elif not dated:
        reasons.append("none is dated")
    if lead.pictures and any(not member.pictures for member in full):
        reasons.append("has pictures")
    return lead, ", ".join(reasons)


class Sets:
    """Sets of numbers that grow together (union-find), holding only those that met another."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, one: int) -> int:
        parent = self._parent
        while (up := parent.get(one, one)) != one:
            parent[one] = parent.get(up, up)
            one = up
        return one

    def join(self, one: int, other: int) -> None:
        """Put both in one set; its name is the smallest number in it."""
        a, b = sorted((self.root(one), self.root(other)))
        self._parent.setdefault(a, a)
        self._parent[b] = a

    def sets(self) -> Iterator[list[int]]:
        """The sets of more than one, in the order of their first members."""
        found: dict[int, list[int]] = {}
        for one in sorted(self._parent):
            found.setdefault(self.root(one), []).append(one)
        yield from (members for _, members in sorted(found.items()) if len(members) > 1)


def pairs(listed: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Candidates from (key, record) in the order of keys: each record with the first of its key and the one before it, not
    with all, so that a thousand copies cost a thousand comparisons."""
    key, first, last = -1, -1, -1
    for now, record in listed:
        if now != key:
            key, first = now, record
        else:
            yield first, record
            if last != first:
                yield last, record
        last = record


class Sketched(Protocol):
    """A table of texts by number, on disk where they are many."""

    def equals(self) -> Iterator[tuple[int, int]]:
        """(the first, another) of texts with the same words."""

    def marks(self) -> Iterator[tuple[int, int]]:
        """(hash, number) for each of a sketch's `keys_of`, in order."""

    def sketch(self, n: int) -> bytes: ...

    def members(self, several: Sequence[int]) -> list[Member]: ...


def grouped(texts: Sketched) -> Iterator[Group]:
    """Texts that tell one story. Linear: what is compared is what shares a hash, two comparisons for each at most."""
    sets = Sets()
    for first, other in texts.equals():
        sets.join(first, other)
    for one, other in pairs(texts.marks()):
        if sets.root(one) != sets.root(other) and alike(texts.sketch(one), texts.sketch(other)):
            sets.join(one, other)
    for numbers in sets.sets():
        members = texts.members(numbers)
        lead, why = lead_of(members)
        sketches = dict(zip((m.key for m in members), map(texts.sketch, numbers), strict=True))
        others = tuple(sorted((m for m in members if m.key != lead.key), key=lambda m: m.id))
        lowest = min((likeness(sketches[lead.key], sketches[m.key]) for m in others if sketches[m.key]), default=1.0)
        yield Group(lead, others, round(lowest, 2), why)
