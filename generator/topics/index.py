"""The names of one language, ready to be found, and the words of that language as they are met.

What makes reading quick, in pure Python: what stands between two spaces of a text is looked at once in the life of an index,
so that folding, prefixes and endings cost nothing for the words of the language; a text becomes a list of such words, of
which each knows what it is good for. An automaton (Aho-Corasick in C) was twice as fast on bare matching, and slower once
words, case and neighbours had to be looked at; it is a dependency less.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from generator.topics.packs import STRONG, SUPPORT, WEAK, Alias
from generator.topics.registry import Registry
from generator.topics.weights import Entry
from generator.topics.words import (
    Rules,
    cased,
    cutter,
    fold_running,
    fold_text,
    fold_word,
    rules_of,
    spellings,
    unspaced,
)

REMEMBERED = 60_000
"""Pieces of texts an index remembers: 15 MB; then it begins anew."""
SURNAME = -1
_GIVEN = "محمد احمد علی حسن حسین خان شاه الله عبدالله سنگھ khan singh ali mohamed mohammed ahmed young"
GIVEN = frozenset(_GIVEN.split())
"""Last words of names that half of a country bears."""
JOINT = " | "
"""Stands between two texts that are read as one: no name and no phrase reaches across this sign."""
_FILTER = 0xD7FF
"""Words are kept as one character each of an article's filter: 55,295 of them, all below the surrogates."""


class Word:
    """A word of a text: its key, the keys without endings, the names that may begin with it, and its place in filters.
    `alone` are those of these names that are one word, `nexts` the second words of the others. `telling` are words that a
    phrase may hold: no stop words, no numbers, no marks (which have no key), and where names have capitals only words that
    begin with one."""

    __slots__ = ("alone", "bases", "key", "nexts", "place", "raw", "starts", "telling")

    def __init__(self, raw: str, key: str) -> None:
        self.raw = raw
        self.key = key
        self.place = chr(place_of(key)) if key else ""
        self.bases: tuple[str, ...] = (key,)
        self.starts: tuple[Entry, ...] = ()
        self.alone: tuple[Entry, ...] = ()
        self.nexts: frozenset[str] = frozenset()
        self.telling = False

    def begins(self, names: tuple[Entry, ...]) -> None:
        """Note the names that may begin with it."""
        self.starts = names
        self.alone = tuple(entry for entry in names if not entry.rest)
        self.nexts = frozenset(entry.rest[0] for entry in names if entry.rest)


def place_of(key: str) -> int:
    """The place of a word in a filter. Python's own hash differs from run to run."""
    return zlib.crc32(key.encode()) % _FILTER + 1


class Words(dict[str, tuple[Word, ...]]):
    """The words and signs of what stands between two spaces, mostly a word, or a word and a stop: worked out when it is
    first met. `starting` are the words with which a name may begin; `alike` leads from a word to the first that was met with
    its key, where that is another spelling."""

    def __init__(self, cut: Callable[[str], list[str]], meaning: Callable[[str], Word]) -> None:
        self._cut = cut
        self._meaning = meaning
        self._words: dict[str, Word] = {}
        self._first: dict[str, Word] = {}
        self.starting: set[Word] = set()
        self.alike: dict[Word, Word] = {}

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        words = self[piece] = tuple([self._words.get(raw) or self._met(raw) for raw in self._cut(piece)])
        return words

    def _met(self, raw: str) -> Word:
        word = self._words[raw] = self._meaning(raw)
        if word.starts:
            self.starting.add(word)
        first = self._first.setdefault(word.key, word)
        if first is not word:
            self.alike[word] = first
        return word

    def line(self, text: str) -> list[Word]:
        """The words of a text in a row, and the signs that no name reaches across: a line's end is such a sign."""
        return list(chain.from_iterable(map(self.__getitem__, text.replace("\n", JOINT).split())))

    def often(self, counts: Mapping[Word, int]) -> set[Word]:
        """Telling words that stand more than once; other spellings of a word are the same one."""
        found = {word for word, times in counts.items() if times > 1}
        met: dict[Word, Word] = {}
        for word in self.alike.keys() & counts.keys():
            first = self.alike[word]
            other = first if first in counts else met.setdefault(first, word)
            if other is not word:
                found.add(word)
                found.add(other)
        return {word for word in found if word.telling}


def _length(entry: Entry) -> int:
    return -len(entry.rest)


def _by_letter(parts: Sequence[str], at: int) -> dict[str, list[str]]:
    """Prefixes or endings by their first or last letter."""
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part[at], []).append(part)
    return found


class Index:
    """The names of one language, ready to be found. `names` come in order of authority: where two claim one spelling,
    the first keeps it. `stop` are words that no phrase begins or ends with."""

    def __init__(
        self, language: str, names: Iterable[Alias], registry: Registry, stop: frozenset[str] = frozenset()
    ) -> None:
        self.language = language
        self.registry = registry
        self.rules: Rules = rules_of(language)
        self.stop = stop
        self.cased = cased(language)
        self.unspaced = unspaced(language)
        self._making: dict[str, list[Entry]] = {}
        self._running: dict[str, list[Entry]] = {}
        self._bearers: set[tuple[str, str]] = set()
        self._claimed: dict[tuple[str, ...], str] = {}
        self._subjects_of: set[tuple[tuple[str, ...], str]] = set()
        surnames: list[tuple[str, Alias]] = []
        for alias in names:
            for spelling in spellings(alias.text):
                self._enter(alias, spelling, surnames)
        for key, alias in surnames:
            self._surname(key, alias)
        self._starts: dict[str, tuple[Entry, ...]] = {
            key: tuple(sorted(entries, key=_length)) if len(entries) > 1 else tuple(entries)
            for key, entries in self._making.items()
        }
        self._making.clear()
        self._ends = _by_letter(self.rules.suffixes, -1)
        self._heads = _by_letter(self.rules.prefixes, 0)
        # A language with few words for subjects cannot ask for two.
        self.sparse = len(self._subjects_of) < 600
        self._words = Words(cutter(language).findall, self._meaning)

    # ── making ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _enter(self, alias: Alias, text: str, surnames: list[tuple[str, Alias]]) -> None:
        if self.unspaced:
            self._enter_running(alias, text)
            return
        keys = fold_text(text, self.language)
        if not keys or not self._claim(keys, alias):
            return
        capital = 0
        if self.cased and alias.mark <= WEAK and text[:1].isupper():
            capital = 2 if text.isupper() and len(text) <= 5 else 1
        # An ending changes too much in a short name, and the full name of a person takes it on its last word.
        self._making.setdefault(keys[0], []).append(
            Entry(alias, keys[1:], alias.mark, capital, len(keys[-1]) >= self.rules.least)
        )
        if alias.mark == STRONG and len(keys) > 1 and self.registry.kind(alias.id) == "person":
            last = keys[-1]
            plain = last not in self.stop and last not in self.rules.titles and last not in GIVEN
            if plain and len(last) > 2 and keys[-2] not in ("بن", "bin", "ibn", "בן") and not last.isdigit():
                surnames.append((last, alias))

    def _claim(self, keys: tuple[str, ...], alias: Alias) -> bool:
        """Whether `alias` may have this spelling: it is free, or a word of another subject as well."""
        if alias.mark >= SUPPORT:
            if (keys, alias.id) in self._subjects_of:
                return False
            self._subjects_of.add((keys, alias.id))
            return True
        if keys in self._claimed:
            return False
        self._claimed[keys] = alias.id
        return True

    def _enter_running(self, alias: Alias, text: str) -> None:
        key = fold_running(text)
        if len(key) < 2 or not self._claim((key,), alias):
            return
        self._running.setdefault(key[:2], []).append(Entry(alias, (key,), alias.mark, 0, False))

    def _surname(self, key: str, alias: Alias) -> None:
        """Enter the last word of a full name, unless it is a name of something itself."""
        if (key,) in self._claimed or (key, alias.id) in self._bearers:
            return
        self._bearers.add((key, alias.id))
        capital = 1 if self.cased else 0
        self._making.setdefault(key, []).append(Entry(alias, (), SURNAME, capital, True))

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def words(self) -> Words:
        """The words met so far, forgotten if they are too many. One article is read with the same ones throughout."""
        if len(self._words) > REMEMBERED:
            self._words = Words(cutter(self.language).findall, self._meaning)
        return self._words

    def _meaning(self, raw: str) -> Word:
        """A word as it is first met: the names that begin with it are those of itself, else of what is left of it without
        prefixes and endings."""
        key = fold_word(raw, self.rules)
        word = Word(raw, raw if key == raw else key)
        if not key or key.isdigit():
            word.begins(self._starts.get(key, ()))
            return word
        word.telling = key not in self.stop and len(key) > 1 and (not self.cased or raw[:1].isupper())
        ends = self._endings(key)
        if ends:
            word.bases = (key, *(key[: -len(suffix)] for suffix in ends))
        word.begins(self._starts[key] if key in self._starts else self._inside(word.bases[1:]) or self._behind(key, ends))
        return word

    def _endings(self, key: str) -> list[str]:
        least = self.rules.least
        return [s for s in self._ends.get(key[-1], ()) if len(key) - len(s) >= least and key.endswith(s)]

    def beginning(self, key: str) -> set[tuple[str, str]]:
        """(topic, name) of the names that may begin with a word of this key. A name that begins with the very word hides
        those that are left of it without prefixes and endings: a word that is listed is not taken apart."""
        ends = self._endings(key)
        names = self._starts.get(key) or self._inside([key[: -len(s)] for s in ends]) or self._behind(key, ends)
        return {(entry.id, entry.text) for entry in names}

    def _behind(self, key: str, ends: Sequence[str]) -> tuple[Entry, ...]:
        """Names that are left when a prefix is taken off, or a prefix and an ending."""
        starts, least = self._starts, self.rules.least
        for prefix in self._heads.get(key[0], ()):
            if len(key) - len(prefix) >= least and key.startswith(prefix):
                rest = key[len(prefix) :]
                found = starts.get(rest, ()) or self._inside([rest[: -len(s)] for s in ends])
                if not found and prefix.endswith("لل"):
                    found = starts.get("ال" + rest, ())
                if found:
                    return found
        return ()

    def _inside(self, bases: Iterable[str]) -> tuple[Entry, ...]:
        """Names of one word that are left when an ending is taken off."""
        for base in bases:
            if base in self._starts and len(base) >= self.rules.least:
                found = tuple(entry for entry in self._starts[base] if not entry.rest and entry.end)
                if found:
                    return found
        return ()

    def running(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """(start, stop, name) in a text without spaces between words, the longest of those that overlap."""
        folded = fold_running(text)
        pairs = {folded[at : at + 2] for at in range(len(folded) - 1)}
        spans: list[tuple[int, int, Entry]] = []
        for pair in sorted(pairs & self._running.keys()):
            for entry in self._running[pair]:
                key = entry.rest[0]
                at = folded.find(key)
                while at >= 0:
                    spans.append((at, at + len(key), entry))
                    at = folded.find(key, at + len(key))
        spans.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken = bytearray(len(folded))
        kept: dict[tuple[int, int], None] = {}
        for start, stop, entry in spans:
            if (start, stop) in kept or not any(taken[start:stop]):
                taken[start:stop] = b"\1" * (stop - start)
                kept[start, stop] = None
                yield start, stop, entry
