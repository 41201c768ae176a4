"""Names found in one article, and how much they weigh.

The longest name wins, whole words only. Weights are integers in half points: a name in the headline counts 6, in the
first paragraph 4, elsewhere 2 for the first five times, in the words of a picture 1. Credits do not count: they name
agencies, and have an index of their own.

- A name that stands for its topic counts by itself, once it stands in the text.
- A weak name (`شام`) counts only where a sure name of its topic, or of a topic that belongs to it, stands too.
- A surname counts where the full name stands too.
- A subject needs several words: see `subjects`.

What lives here: the reading of an article and the weighing of what is found. What does not: what words mean (`index`).
Only words that may begin a name are looked at one by one, and of these most are told by the word behind them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain, compress, groupby
from operator import itemgetter

from generator.model import Article, Figure, Heading, ItemList, Paragraph, Quotation, Table
from generator.topics.index import JOINT, Index, Word, place_of
from generator.topics.packs import STRONG, SUPPORT, WEAK
from generator.topics.subjects import ordered, subjects
from generator.topics.weights import BODY, HEADLINE, LEAD, WORDS_OF_PICTURE, Entry, Found
from generator.topics.words import fold_word

MOST_IN_BODY = 5
"""Times that a name in the body counts."""
WIDE = 6
"""Half points that a continent or a sea needs."""
LONG = (1500, 5000)
"""Words from which on a name must stand twice, and three times: a long text has a little of everything."""


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
            for text in dict.fromkeys((block.alt, block.caption)):
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


class Line:
    """Texts of an article that stand in one zone, as words. `shouted` tells that all letters are capitals; `marked` are the
    places of words that may begin a name or belong to a phrase; `taken` marks the words of names, and is empty while none
    was found."""

    __slots__ = ("marked", "shouted", "taken", "words", "zone")

    def __init__(self, zone: int, words: list[Word], shouted: bool) -> None:
        self.zone = zone
        self.words = words
        self.shouted = shouted
        self.marked: list[int] = []
        self.taken: bytes | bytearray = b""


def read(article: Article, index: Index) -> "Hits":
    """Every name that stands in `article`, where, and how often."""
    hits = Hits(index)
    if index.unspaced:
        for zone, text in zones(article):
            hits.run(zone, text)
    else:
        hits.walk(zones(article))
    return hits


class Hits:
    """Names found in one article, then settled into topics."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.words = index.words
        self.tallies: dict[str, _Tally] = {}
        self.waiting: list[tuple[int, Entry, str]] = []
        self.triggers: dict[str, list[tuple[int, Entry, str]]] = {}
        self.length = 0
        self.lines: list[Line] = []
        self.counts: Counter[Word] = Counter()
        """How often each word stands in the texts."""
        self.often: set[Word] = set()
        """Telling words that stand more than once."""

    def walk(self, texts: Iterable[tuple[int, str]]) -> None:
        """Find the names in texts of words."""
        self.lines = list(self._lines(texts))
        self.length += sum([len(line.words) for line in self.lines])
        self.counts.update(chain.from_iterable([line.words for line in self.lines]))
        starting = self.words.starting & self.counts.keys()
        self.often = self.words.often(self.counts)
        marked = (starting | self.often).__contains__
        for line in self.lines:
            line.marked = list(compress(range(len(line.words)), map(marked, line.words)))
            if starting:
                self._walk(line, starting)

    def _lines(self, texts: Iterable[tuple[int, str]]) -> Iterator[Line]:
        """Texts as words. Those that follow each other in one zone are one line: an article has few lines then."""
        cased = self.index.cased
        marked = ((zone, cased and len(text) > 12 and text.isupper(), text) for zone, text in texts)
        for (zone, shouted), alike in groupby(marked, itemgetter(0, 1)):
            one = [text for _, _, text in alike]
            self.length -= len(one) - 1  # the joints
            yield Line(zone, self.words.line(JOINT.join(one)), shouted)

    def _walk(self, line: Line, starting: Set[Word]) -> None:
        words, zone = line.words, line.zone
        taken = bytearray(len(words))
        done = 0
        for at in [at for at in line.marked if words[at] in starting]:
            if at < done:
                continue
            word = words[at]
            entries = word.alone
            if word.nexts and at + 1 < len(words) and not word.nexts.isdisjoint(words[at + 1].bases):
                entries = word.starts
            longest = 0
            for entry in entries:
                size = 1 + len(entry.rest)
                if longest and size < longest and (entry.mark < SUPPORT or size < longest - 1):
                    continue
                if entry.rest and not _follows(words, at, entry):
                    continue
                if entry.capital and not _written(word.raw, entry, line.shouted):
                    continue
                if (entry.before or entry.after or entry.beside) and not _stands(words, at, size, entry):
                    continue
                self._keep(zone, entry, word.raw if size == 1 else " ".join([one.raw for one in words[at : at + size]]))
                if entry.mark < SUPPORT:
                    longest = max(longest, size)
            if longest:
                done = at + longest
                taken[at:done] = b"\1" * longest
                line.taken = taken

    def run(self, zone: int, text: str) -> None:
        """Find the names in a text without spaces between words."""
        self.length += len(text) // 3
        for start, stop, entry in self.index.running(text):
            self._keep(zone, entry, text[start:stop])

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
        if not out and not self.triggers:
            return []
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
        places = [word.place for word in self.counts]
        places += [chr(place_of(key)) for key in stated]
        return "".join(places).encode("utf-16-le")


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
