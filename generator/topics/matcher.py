"""Names found in one article, and how much they weigh.

An `Index` is made once for a language and a vocabulary and then reads articles at about 0.3 ms each. What makes it
quick, in pure Python: a word is looked at once in the life of the index (`_Words` remembers what it means), so that
folding, prefixes and endings cost nothing for the words of the language; a text is a list of such words, made by one
regular expression; and only words that may begin a name are looked at one by one. An automaton (Aho-Corasick in C) was
twice as fast on bare matching, and slower once words, case and neighbours had to be looked at; it is a dependency less.

The longest name wins, whole words only. Weights are integers in half points: a name in the headline counts 6, in the
first paragraph 4, elsewhere 2 for the first five times, in the words of a picture 1. Credits do not count: they name
agencies, and have an index of their own.

- A name that stands for its topic counts by itself, once it stands in the text.
- A weak name (`شام`) counts only where a sure name of its topic, or of a topic that belongs to it, stands too.
- A surname counts where the full name stands too.
- A subject needs several words: see `subjects`.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.model import Article, Figure, Heading, ItemList, Paragraph, Quotation, Table
from generator.topics.packs import STRONG, SUPPORT, WEAK, Alias
from generator.topics.registry import Registry
from generator.topics.subjects import ordered, subjects
from generator.topics.weights import BODY, HEADLINE, LEAD, WORDS_OF_PICTURE, Entry, Found
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

MOST_IN_BODY = 5
"""Times that a name in the body counts."""
REMEMBERED = 60_000
"""Words an index remembers: 15 MB; then it begins anew."""
SURNAME = -1
_GIVEN = (
    "محمد احمد علی حسن حسین خان شاه الله عبدالله سنگھ khan singh ali mohamed mohammed ahmed young"
)
GIVEN = frozenset(_GIVEN.split())
"""Last words of names that half of a country bears."""
WIDE = 6
"""Half points that a continent or a sea needs."""
LONG = (1500, 5000)
"""Words from which on a name must stand twice, and three times: a long text has a little of everything."""
_FILTER = 0xD7FF
"""Words are kept as one character each of an article's filter: 55,295 of them, all below the surrogates."""


class Word:
    """A word of a text: its key, the keys without endings, the names that may begin with it, and its place in filters.
    `telling` are words that a phrase may hold: no stop words, no numbers, no marks (which have no key)."""

    __slots__ = ("bases", "key", "place", "raw", "starts", "telling")

    def __init__(self, raw: str, key: str) -> None:
        self.raw = raw
        self.key = key
        self.place = chr(place_of(key)) if key else ""
        self.bases: tuple[str, ...] = (key,)
        self.starts: tuple[Entry, ...] = ()
        self.telling = False


def place_of(key: str) -> int:
    """The place of a word in a filter. Python's own hash differs from run to run."""
    return zlib.crc32(key.encode()) % _FILTER + 1


class _Words(dict[str, Word]):
    """What a word means, worked out when it is first met."""

    def __init__(self, index: "Index") -> None:
        self._index = index

    def __missing__(self, raw: str) -> Word:
        word = self[raw] = self._index.meaning(raw)
        return word


class _Pieces(dict[str, tuple[Word, ...]]):
    """The words of what stands between two spaces: mostly one, or one and a stop."""

    def __init__(self, index: "Index") -> None:
        self._index = index

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        if len(self) > REMEMBERED:
            self.clear()
            self._index.words.clear()
        words = self[piece] = tuple(map(self._index.words.__getitem__, self._index.cut(piece)))
        return words


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
        self.cut = cutter(language).findall
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
        self.words = _Words(self)
        self._pieces = _Pieces(self)

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

    def meaning(self, raw: str) -> Word:
        """A word as it is first met: itself if names begin with it, else what is left of it without prefixes and
        endings, if names begin with that."""
        starts, least = self._starts, self.rules.least
        key = fold_word(raw, self.rules)
        word = Word(raw, key)
        if not key or key.isdigit():
            word.starts = starts.get(key, ())
            return word
        word.telling = key not in self.stop and len(key) > 1
        ends = [s for s in self._ends.get(key[-1], ()) if len(key) - len(s) >= least and key.endswith(s)]
        if ends:
            word.bases = (key, *(key[: -len(suffix)] for suffix in ends))
        if key in starts:
            word.starts = starts[key]
            return word
        found = self._inside(word.bases[1:])
        for prefix in self._heads.get(key[0], ()):
            if found:
                break
            if len(key) - len(prefix) >= least and key.startswith(prefix):
                rest = key[len(prefix) :]
                found = starts.get(rest, ()) or self._inside([rest[: -len(s)] for s in ends])
                if not found and prefix.endswith("لل"):
                    found = starts.get("ال" + rest, ())
        word.starts = found
        return word

    def _inside(self, bases: Iterable[str]) -> tuple[Entry, ...]:
        """Names of one word that are left when an ending is taken off."""
        for base in bases:
            if base in self._starts and len(base) >= self.rules.least:
                found = tuple(entry for entry in self._starts[base] if not entry.rest and entry.end)
                if found:
                    return found
        return ()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, article: Article) -> "Hits":
        """Every name that stands in `article`, where, and how often."""
        hits = Hits(self)
        for zone, text in zones(article):
            if self.unspaced:
                hits.run(zone, text)
            else:
                hits.walk(zone, text)
        return hits

    def line(self, text: str) -> list[Word]:
        """The words of a text in a row, and the signs that no name reaches across. No word reaches over a space, so what
        stands between two is looked at once in the life of the index; a line's end is a sign itself."""
        if "\n" in text:
            return [self.words[raw] for raw in self.cut(text)]
        return list(chain.from_iterable(map(self._pieces.__getitem__, text.split())))

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


def zones(article: Article) -> Iterator[tuple[int, str]]:
    """(half points, text) of every part of an article in which names count."""
    yield HEADLINE, article.headline
    if article.standfirst:
        yield LEAD, article.standfirst
    first = LEAD
    for block in article.body:
        if isinstance(block, Paragraph):
            if block.language is None or block.language == article.language:
                yield first, block.text
                first = BODY
        elif isinstance(block, (Quotation, Heading)):
            yield BODY, block.text
        elif isinstance(block, ItemList):
            for item in block.items:
                yield BODY, item
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield BODY, cell
        elif isinstance(block, Figure):
            for text in {block.alt, block.caption} if block.alt != block.caption else (block.alt,):
                if text:
                    yield WORDS_OF_PICTURE, text


class _Tally:
    """What was found of one topic: times by zone, words with their number, and the distinct names."""

    __slots__ = ("forms", "names", "sure", "times")

    def __init__(self) -> None:
        self.times = {HEADLINE: 0, LEAD: 0, BODY: 0, WORDS_OF_PICTURE: 0}
        self.forms: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.sure = False


class Hits:
    """Names found in one article, then settled into topics."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.tallies: dict[str, _Tally] = {}
        self.waiting: list[tuple[int, Entry, str]] = []
        self.triggers: dict[str, list[tuple[int, Entry, str]]] = {}
        self.words: dict[Word, None] = {}
        self.length = 0
        self.texts: list[tuple[int, list[Word], bytearray]] = []

    def walk(self, zone: int, text: str) -> None:
        """Find the names in a text of words."""
        line = self.index.line(text)
        self.length += len(line)
        taken = bytearray(len(line))
        self.texts.append((zone, line, taken))
        shouted = self.index.cased and len(text) > 12 and text.isupper()
        done = 0
        for at in [at for at, word in enumerate(line) if word.starts]:
            if at < done:
                continue
            longest = 0
            following = line[at + 1].bases if at + 1 < len(line) else ()
            for entry in line[at].starts:
                size = 1 + len(entry.rest)
                if longest and size < longest and (entry.mark < SUPPORT or size < longest - 1):
                    continue
                if entry.rest and (entry.rest[0] not in following or not _follows(line, at, entry)):
                    continue
                if entry.capital and not _written(line[at].raw, entry, shouted):
                    continue
                if (entry.before or entry.after or entry.beside) and not _stands(line, at, size, entry):
                    continue
                self._note(zone, entry, line, at, size)
                if entry.mark < SUPPORT:
                    longest = max(longest, size)
                    taken[at : at + size] = b"\1" * size
            if longest:
                done = at + longest
        self.words |= dict.fromkeys(line)

    def run(self, zone: int, text: str) -> None:
        """Find the names in a text without spaces between words."""
        self.length += len(text) // 3
        for start, stop, entry in self.index.running(text):
            self._keep(zone, entry, text[start:stop])

    def _note(self, zone: int, entry: Entry, line: list[Word], at: int, size: int) -> None:
        form = line[at].raw if size == 1 else " ".join(word.raw for word in line[at : at + size])
        self._keep(zone, entry, form)

    def _keep(self, zone: int, entry: Entry, form: str) -> None:
        if entry.mark == STRONG:
            self._count(zone, entry, form).sure = True
        elif entry.mark >= SUPPORT:
            self.triggers.setdefault(entry.id, []).append((zone, entry, form))
        else:
            self.waiting.append((zone, entry, form))

    def _count(self, zone: int, entry: Entry, form: str) -> _Tally:
        tally = self.tallies.get(entry.id)
        if tally is None:
            tally = self.tallies[entry.id] = _Tally()
        tally.times[zone] += 1
        tally.forms[form] = tally.forms.get(form, 0) + 1
        return tally

    def found(self) -> list[Found]:
        """The article's topics, heaviest first; ties by id. Names first decide, then subjects."""
        self._settle_waiting()
        out = [self._found(id_, tally) for id_, tally in self.tallies.items() if tally.sure]
        least = BODY * (1 + sum(self.length > words for words in LONG))
        registry = self.index.registry
        # Continents and seas belong to no country: a word in passing (`Asia-Pacific`) does not make them a topic.
        wide = {
            one.id
            for one in out
            if registry.kind(one.id) == "place" and not registry.about(one.id) and registry.topic(one.id) is None
        }
        out = [one for one in out if one.score >= (max(least, WIDE) if one.id in wide else least)]
        names = {id_: sum(tally.times.values()) for id_, tally in self.tallies.items() if tally.sure}
        out += subjects(self.triggers, names, registry, self.length, self.index.sparse)
        return sorted(out, key=lambda one: (-one.score, one.id))

    def _settle_waiting(self) -> None:
        """Weak names and surnames, once it is known what is sure."""
        registry = self.index.registry
        sure = {id_ for id_, tally in self.tallies.items() if tally.sure}
        about = {broader for id_ in sure for broader in registry.about(id_)}
        for zone, entry, form in self.waiting:
            beside = entry.mark == WEAK and (entry.id in about or not sure.isdisjoint(registry.about(entry.id)))
            if entry.id in sure or beside:
                self._count(zone, entry, form).sure = True
        self._give_to_clubs(sure)

    def _give_to_clubs(self, sure: set[str]) -> None:
        """In an article about AC Milan, `Milan` is the club and not the city."""
        registry = self.index.registry
        clubs = [id_ for id_ in sure if registry.kind(id_) == "organisation" and "football" in registry.about(id_)]
        words = {
            fold_word(word, self.index.rules) for id_ in clubs for word in " ".join(self.tallies[id_].forms).split()
        }
        for id_ in sorted(sure) if clubs else ():
            forms = self.tallies[id_].forms
            if registry.kind(id_) == "place" and all(fold_word(form, self.index.rules) in words for form in forms):
                self.tallies[id_].sure = False

    @staticmethod
    def _found(id_: str, tally: _Tally) -> Found:
        times = tally.times
        score = (HEADLINE if times[HEADLINE] else 0) + (LEAD if times[LEAD] else 0)
        score += BODY * min(times[BODY], MOST_IN_BODY) + min(times[WORDS_OF_PICTURE], 2)
        return Found(id_, score, ordered(tally.forms), bool(times[HEADLINE]))

    def filter(self, stated: Iterable[str] = ()) -> bytes:
        """Which words stand in the article, and which keys of names it states, as the catalogue keeps it: two bytes each."""
        places = dict.fromkeys([word.place for word in self.words])
        return "".join(places | dict.fromkeys(chr(place_of(key)) for key in stated)).encode("utf-16-le")


def _follows(line: Sequence[Word], at: int, entry: Entry) -> bool:
    """Whether the rest of a name follows the word at `at`."""
    rest = entry.rest
    last = at + len(rest)
    if last >= len(line):
        return False
    for offset, key in enumerate(rest[:-1], at + 1):
        if line[offset].key != key:
            return False
    return rest[-1] == line[last].key or (entry.end and rest[-1] in line[last].bases)


def _written(raw: str, entry: Entry, shouted: bool) -> bool:
    """Whether the capitals of a word are those of the name. In a line of capitals nothing can be told from them, and
    short abbreviations that are words as well (`WHO`, `US`) are not looked for."""
    if entry.capital == 1:
        return raw[:1].isupper()
    if shouted and len(entry.text) < 4 and "." not in entry.text:
        return False
    return raw.isupper()


def _stands(line: Sequence[Word], at: int, size: int, entry: Entry) -> bool:
    """Whether a name's neighbours allow it: the word before, two after, and one it needs within three words."""
    if entry.before and at and line[at - 1].key in entry.before:
        return False
    after = line[at + size : at + size + 2]
    if entry.after and any(word.key in entry.after for word in after):
        return False
    if not entry.beside:
        return True
    around = [*line[max(0, at - 3) : at], *line[at + size : at + size + 3]]
    return any(word.key in entry.beside for word in around)


def surface(text: str, form: str) -> str:
    """`form`, whose words were joined with spaces, as it stands in `text`."""
    if form in text:
        return form
    found = re.search(r"\W+".join(re.escape(word) for word in form.split(" ")), text)
    return found[0] if found else form
