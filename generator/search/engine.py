"""The search engine for the terminal: the same answers as `templates/static/search.js`, from the same published shards.

A test asks both the same questions and compares numbers and order. What the browser does alone is typing: a query here
is complete, and words are begun only where a star says so.
"""

import json
import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from generator.search import shards, words
from generator.search.query import Part, parsed
from generator.search.record import WEIGHTS
from generator.search.scale import Block, Scale, places_shard, room, shard_of, starts

ENOUGH = 20
"""With so many exact results, near words are left out unless they are asked for."""
EXACT, ALIKE, NEAR, BEGUN = 1.0, 0.8, 0.4, 0.6


class Word(Struct, frozen=True):
    """A line of a shard. `passing` tells that its articles have the word in passing."""

    form: str
    strong: str
    line: str
    passing: bool


class Hit(Struct, frozen=True):
    """An article that was found. `near` tells that it holds a similar word only; `month` is 201711, 201700 or 0."""

    number: int
    url: str
    language: str
    month: int
    score: float
    near: bool


class Answer(Struct, frozen=True):
    """`count` articles were found, the last `near` of them with similar words only; `mean` is a better spelling."""

    count: int
    near: int
    hits: tuple[Hit, ...]
    mean: str | None


class Wish(Struct, frozen=True):
    """What narrows a search. Years are 0 when there is no limit; `filters` are (kind, name); `sort` is "", "new", "old"."""

    first_year: int = 0
    last_year: int = 0
    language: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    similar: bool = False


class NoIndex(LookupError):
    """There is no index where one was looked for. Its one argument is the path."""


class _Hits:
    """The articles of one part: number → weight, the numbers where only a near word stands, and those that have the word in
    passing alone, which say nothing of the others: neither their weights nor `count`, how many others there are."""

    def __init__(self) -> None:
        self.score: dict[int, float] = {}
        self.near: set[int] = set()
        self.passing: set[int] = set()
        self.count = 0

    def add(self, word: Word, share: float, near: bool, fits: Callable[[int], bool] | None = None) -> None:
        for number, weight in shards.postings(word.line):
            if fits is not None and not fits(number):
                continue
            value = share * (weight + 0.5) / WEIGHTS
            if number not in self.score:
                if near:
                    self.near.add(number)
            elif near and number not in self.near:
                continue
            elif word.passing != (number in self.passing):
                if word.passing:
                    continue
                del self.score[number]
                self.passing.remove(number)
            if number not in self.score:
                self.count += not near and not word.passing
                if word.passing:
                    self.passing.add(number)
            if value > self.score.get(number, 0):
                self.score[number] = value


class Engine:
    """A published index. Shards are read when they are asked for, and kept."""

    def __init__(self, output: Path) -> None:
        """`output` is the folder of the site. Raises `NoIndex`."""
        self._folder = output / "search"
        try:
            text = (self._folder / "index.js").read_text("utf-8")
        except OSError as error:
            raise NoIndex(str(self._folder / "index.js")) from error
        root = json.loads(text[text.index(",") + 1 : text.rindex(")")])
        self._count: int = root["count"]
        self._scale = Scale(*root["scale"])
        self._blocks = [Block(*block) for block in root["blocks"]]
        self._starts = starts(self._blocks)
        self._shelf = {word: at for at, word in enumerate(root["common"]) if word}
        self._least: list[int] = root["least"] or [0] * len(root["common"])
        self._shard = lru_cache(maxsize=None)(self._read)
        self._urls = lru_cache(maxsize=None)(self._read_urls)

    # ── shards ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, name: str) -> list[Word]:
        lines = shards.body_of((self._folder / f"{name}.js").read_text("utf-8"))
        forms = (line[: line.index(" ")] for line in lines)
        return [Word(form, words.strong(form), line, name[0] == "r") for form, line in zip(forms, lines, strict=True)]

    def _read_urls(self, shard: int) -> list[str | None]:
        return shards.urls_of((self._folder / f"u/{shard}.js").read_text("utf-8"))

    def url(self, number: int) -> str:
        """The address of an article, from the root of the site."""
        return self._urls(number // self._scale.urls)[number % self._scale.urls] or ""

    def _of_route(self, form: str) -> list[Word]:
        return self._shard(f"w/{shard_of(words.route(form), self._scale.words)}")

    def _of_common(self, strong: str) -> list[Word]:
        at = self._shelf[strong]
        return [*self._shard(f"c/{at}"), *(self._shard(f"r/{at}") if self._least[at] else ())]

    def _spelled(self, form: str) -> list[Word]:
        strong = words.strong(form)
        found = self._of_common(strong) if strong in self._shelf else self._of_route(form)
        return [word for word in found if word.strong == strong]

    def _related(self, form: str, fits: Callable[[str], bool]) -> list[Word]:
        strong = words.strong(form)
        common = [other for other in self._shelf if other != strong and fits(other)]
        found = [*self._of_route(form), *(word for other in common[:8] for word in self._of_common(other))]
        return [word for word in found if word.strong != strong and fits(word.strong) and word.form[0] != "#"]

    # ── parts of a query ─────────────────────────────────────────────────────────────────────────────────────────────

    def _word(self, form: str, hits: _Hits) -> None:
        for word in self._spelled(form):
            hits.add(word, EXACT if word.form == form else ALIKE, near=False)

    def _phrase(self, forms: tuple[str, ...], hits: _Hits) -> None:
        spelled = [self._spelled(form) for form in forms]
        if not all(spelled):
            return
        weights: list[dict[int, int]] = []
        for some in spelled:
            weights.append({})
            for word in some:
                for number, weight in shards.postings(word.line):
                    weights[-1][number] = max(weight, weights[-1].get(number, 0))
        wanted = frozenset(weights[0]).intersection(*weights[1:])
        places = [self._places(form, some, wanted) for form, some in zip(forms, spelled, strict=True)]
        for number in sorted(wanted):
            ends: set[int] | None = None
            for held in places:
                here = set(held.get(number, ()))
                ends = here if ends is None else {at + 1 for at in ends if at + 1 in here}
                for at in sorted(ends):  # a compound as one word stands at its first and its last place
                    if at in ends and at + 1 in here:
                        ends.add(at + 1)
            if ends:
                least = min(held[number] for held in weights)
                hits.count += number not in hits.score
                hits.score[number] = max(hits.score.get(number, 0.0), (least + 0.5) / WEIGHTS)

    def _places(self, form: str, spelled: list[Word], wanted: frozenset[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if not wanted:
            return found
        asked = {word.form for word in spelled}
        route, common = words.route(form), words.strong(form) in self._shelf
        for shard in dict.fromkeys(places_shard(self._scale, route, number, common) for number in wanted):
            for word in self._shard(f"p/{shard}"):
                if word.form in asked:
                    for number, places in shards.places_of(word.line, wanted).items():
                        found.setdefault(number, []).extend(places)
        return found

    def _part(self, part: Part) -> _Hits:
        hits = _Hits()
        if part.phrase:
            self._phrase(part.forms, hits)
        else:
            self._word(part.forms[0], hits)
        if part.whole is not None:
            self._word(part.whole, hits)
        if part.begun:
            strong = words.strong(part.forms[0])
            for word in self._related(part.forms[0], lambda other: other.startswith(strong)):
                hits.add(word, BEGUN, near=True)
        return hits

    def _nearby(self, part: Part, hits: _Hits) -> None:
        if part.phrase and part.whole is None:
            return
        form = part.whole or part.forms[0]
        strong = words.strong(form)
        for word in self._related(form, lambda other: bool(words.near(strong, other))):
            languages = words.near(strong, word.strong)
            hits.add(word, NEAR, near=True, fits=lambda number, languages=languages: self._speaks(number, languages))  # type: ignore[misc]

    def _speaks(self, number: int, languages: frozenset[str]) -> bool:
        language = self._block(number).language
        return language in languages or language.split("-")[0] in languages

    def _block(self, number: int) -> Block:
        low, high = 0, len(self._blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] <= number:
                low = middle
            else:
                high = middle - 1
        return self._blocks[low]

    def _filtered(self, name: str) -> frozenset[int]:
        lines = [word.line for word in self._spelled(name) if word.form == name]
        return frozenset(number for line in lines for number, _ in shards.postings(line))

    # ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def search(self, query: str, wish: Wish | None = None, limit: int = 10, start: int = 0) -> Answer:
        """The articles that hold everything a query asks for: those with its words first, then those with near ones, in
        the wished order; `limit` of them from `start` on. By relevance, those that have a word in passing come after the
        others: so the browser may show the first pages without knowing them."""
        wish = wish or Wish()
        parts, asked = parsed(query)
        filters = [*asked, *((words.filter_word(kind, name), False) for kind, name in wish.filters)]
        wants = [part for part in parts if not part.excluded]
        narrowed = bool(filters or wish.first_year or wish.last_year or wish.language)
        if not wants and not (narrowed and not parts):
            return Answer(0, 0, (), None)
        if not wants and all(excluded for _, excluded in filters):
            filters.append((words.EVERY, False))
        wanted = [self._part(part) for part in wants]
        banned = [self._part(part) for part in parts if part.excluded]
        sieves = [(self._filtered(name), excluded) for name, excluded in filters]
        exact, near, scores = self._pick(wish, wanted, banned, sieves)
        mean = None
        if (len(exact) + len(near) < ENOUGH or wish.similar) and wants:
            for part, hits in zip(wants, wanted, strict=True):
                self._nearby(part, hits)
            exact, near, scores = self._pick(wish, wanted, banned, sieves)
            if not exact and not near:
                mean = self._meant(query, wants, wanted)
        sort = wish.sort or ("" if wants else "new")
        passing = frozenset().union(*(hits.passing for hits in wanted))
        for some in (exact, near):
            if sort:
                some.sort(reverse=sort != "old")
            else:
                some.sort(key=lambda number: (number in passing, -scores[number], -number))
        order = [*((number, False) for number in exact), *((number, True) for number in near)]
        hits_ = tuple(self._hit(number, scores[number], is_near) for number, is_near in order[start : start + limit])
        return Answer(len(order), len(near), hits_, mean)

    def _hit(self, number: int, score: float, near: bool) -> Hit:
        block = self._block(number)
        return Hit(number, self.url(number), block.language, block.month, score, near)

    def _pick(
        self, wish: Wish, wanted: list[_Hits], banned: list[_Hits], sieves: list[tuple[frozenset[int], bool]]
    ) -> tuple[list[int], list[int], dict[int, float]]:
        """(numbers with every word, numbers with near ones, scores)."""
        weights = [math.log(1 + (self._count - hits.count + 0.5) / (hits.count + 0.5)) for hits in wanted]
        exact: list[int] = []
        near: list[int] = []
        scores: dict[int, float] = {}
        for number in self._candidates(wish, wanted):
            if not all(number in hits.score for hits in wanted) or any(number in hits.score for hits in banned):
                continue
            if any((number in held) == excluded for held, excluded in sieves):
                continue
            score = 0.0
            for hits, weight in zip(wanted, weights, strict=True):
                score += hits.score[number] * weight
            scores[number] = score
            (near if any(number in hits.near for hits in wanted) else exact).append(number)
        return exact, near, scores

    def _candidates(self, wish: Wish, wanted: list[_Hits]) -> Iterable[int]:
        smallest = min((hits.score for hits in wanted), key=len, default=None)
        for first, block in zip(self._starts, self._blocks, strict=False):
            year = block.month // 100
            if wish.language and block.language != wish.language:
                continue
            if (wish.first_year and year < wish.first_year) or (wish.last_year and (year > wish.last_year or not year)):
                continue
            numbers = range(first, first + room(block.count))  # more than it has: some are nobody's
            yield from numbers if smallest is None else (number for number in numbers if number in smallest)

    # ── did you mean ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _meant(self, query: str, wants: list[Part], wanted: list[_Hits]) -> str | None:
        out = query
        for part, hits in zip(wants, wanted, strict=True):
            better = None if hits.count or len(part.forms) > 1 else self._spelling(part.forms[0])
            if better is None:
                continue
            for piece in words.compounds(query):
                if words.form(piece) == part.forms[0]:
                    out = out.replace(piece, better)
        return None if out == query else out

    def _spelling(self, form: str) -> str | None:
        strong = words.strong(form)
        if len(strong) < 3:
            return None
        most = 1 if len(strong) < 8 else 2
        tries = [strong]
        for at in range(3):
            tries.append(strong[:at] + strong[at + 1 :])
            if at + 1 < len(strong):
                tries.append(strong[:at] + strong[at + 1] + strong[at] + strong[at + 2 :])
        names = dict.fromkeys(f"w/{shard_of(words.route(word), self._scale.words)}" for word in tries)
        best: tuple[int, float, str] | None = None
        held = [word for name in list(names)[:6] for word in self._shard(name) if word.form[0] != "#"]
        sized = [(word.form, word.strong, float(len(word.line) - len(word.form))) for word in held]
        for word, other, size in [*sized, *((word, word, 1e9) for word in self._shelf)]:
            far = _distance(strong, other, most)
            if far <= most and (best is None or far < best[0] or (far == best[0] and size > best[1])):
                best = (far, size, word)
        return None if best is None else best[2]


def _distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; `most` + 1 when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            row.append(min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (letter != theirs)))
            if before and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]
