"""Which subjects an article has, from the words that show them.

What lives here: weighing. What does not: finding the words (`matcher`), and which words they are (`lists/subjects.txt`).

A word counts by its mark (supports 1, nearly shows 2, shows 3) and its place (headline 3, first paragraph 2, elsewhere 1,
at most three times). What a subject needs grows with the length of the text, because a long one has a little of
everything. Two different words must stand, one of them more than a support: a single word, however often, may mean
something else (`space race`), only the subject's own name may stand alone, three times.

The top subjects of Media Topics gather what is below them, each word once, and the greatest is the article's main one.
No classifier was trained: its errors could not be explained to an archivist, nor mended by a line in a list.
"""

from collections.abc import Mapping, Sequence

from generator.topics.packs import SHOWS, SUPPORT, TRIGGER
from generator.topics.registry import Registry
from generator.topics.weights import HEADLINE, LEAD, WORDS_OF_PICTURE, Entry, Found

POINTS = {SUPPORT: 1, TRIGGER: 2, SHOWS: 3}
LEAST, MAIN = 5, 5
"""Points from which a subject counts in a short text, and from which a top subject is an article's main one."""
LENGTH = 200
"""Words of text for which a subject needs one point more."""
BESIDE_MAIN = 2
"""A second top subject has at least one in so many of the points of the main one."""

Hit = tuple[int, Entry, str]
"""Half points of the place, the word in the list, and the word as it stands."""


class _Subject:
    """What one subject has: points by word of the list, marks of those words, and words as they stand."""

    __slots__ = ("forms", "headline", "marks", "points", "times")

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.points: dict[str, int] = {}
        self.marks: dict[str, int] = {}
        self.times: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        self.headline = False
        for zone, entry, form in hits:
            text = entry.text
            times = self.times[text] = self.times.get(text, 0) + 1
            self.marks[text] = entry.mark
            self.forms[form] = self.forms.get(form, 0) + 1
            self.headline = self.headline or zone == HEADLINE
            if times <= 3 or zone >= LEAD:
                self.points[text] = self.points.get(text, 0) + POINTS[entry.mark] * max(zone, WORDS_OF_PICTURE + 1) // 2

    def stands(self, need: int, sparse: bool) -> bool:
        """Whether the article has it. `sparse`: the language has few words in the lists, and cannot ask for two."""
        total = sum(self.points.values())
        shown = sum(times for text, times in self.times.items() if self.marks[text] == SHOWS)
        several = len(self.marks) > 1 and max(self.marks.values()) >= TRIGGER
        alone = shown > 2 or (shown > 1 and self.headline and sparse)
        return (total >= need and (several or alone)) or (self.headline and total >= need - 2 and several)

    def found(self, id_: str) -> Found:
        return Found(id_, sum(self.points.values()), ordered(self.forms), self.headline)


def ordered(forms: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The words of a topic, the most frequent first, at most six."""
    return tuple(sorted(forms.items(), key=lambda form: (-form[1], form[0]))[:6])


def subjects(
    triggers: Mapping[str, Sequence[Hit]], names: Mapping[str, int], registry: Registry, length: int, sparse: bool
) -> list[Found]:
    """The subjects of an article of `length` words. `triggers` are the words found for each, `names` the sure names of
    other topics with how often they stand: a football club or a World Cup speaks for its subject."""
    need = LEAST + length // LENGTH
    known = {id_: _Subject(hits) for id_, hits in triggers.items()}
    out = {id_: one.found(id_) for id_, one in known.items() if one.stands(need, sparse)}
    tops = _tops(known, names, registry)
    sums = {top: sum(points.values()) for top, points in tops.items()}
    # Supports alone show nothing: `flight` and `firm` are in a story about balloons as well.
    shown = {top for id_, one in known.items() if max(one.marks.values()) >= TRIGGER for top in [_top(id_, registry)]}
    shown |= {top for top, points in tops.items() if any(text.startswith("\0") for text in points)}
    # One word that is not in the headline is no more (`Star Wars` is no war), unless the language has few words listed.
    headed = {_top(id_, registry) for id_, one in known.items() if one.headline}
    shown = {top for top in shown if len(tops[top]) > 1 or top in headed or sparse}
    main = min((top for top in sums if top in shown), key=lambda id_: (-sums[id_], id_), default=None)
    if main is None or sums[main] < MAIN:
        main = None
    for top in tops:
        second = main is not None and sums[top] * BESIDE_MAIN >= sums[main] and sums[top] >= 2 * need
        if top == main or second:
            forms = _below(top, known, registry) if top not in out else dict(out[top].matched)
            out[top] = Found(top, sums[top], ordered(forms), top in out and out[top].headline)
        elif top in out and out[top].score < 2 * need:
            del out[top]
    # Every other subject weighs less than the main one, so that the first in the list is it.
    return [
        one if one.id == main or main is None else _under(one, out[main].score) for one in out.values() if one.matched
    ]


def _under(one: Found, most: int) -> Found:
    return one if one.score < most else Found(one.id, most - 1, one.matched, one.headline)


def _tops(known: Mapping[str, _Subject], names: Mapping[str, int], registry: Registry) -> dict[str, dict[str, int]]:
    """The points of top subjects by word: a word that shows a subject and its broader one counts once."""
    tops: dict[str, dict[str, int]] = {}
    for id_, one in known.items():
        top = tops.setdefault(_top(id_, registry), {})
        for text, points in one.points.items():
            top[text] = max(points, top.get(text, 0))
    for id_, times in names.items():
        for broader in registry.about(id_) if registry.kind(id_) in ("event", "organisation") else ():
            if registry.kind(broader) == "subject":
                top = tops.setdefault(_top(broader, registry), {})
                top[f"\0{id_}"] = 2 * min(3, times)
    return tops


def _top(id_: str, registry: Registry) -> str:
    return next(iter(registry.above(id_)[-1:]), id_)


def _below(top: str, known: Mapping[str, _Subject], registry: Registry) -> dict[str, int]:
    """The words of all subjects below a top one."""
    forms: dict[str, int] = {}
    for id_, one in known.items():
        if top in (id_, *registry.above(id_)):
            for form, times in one.forms.items():
                forms[form] = max(times, forms.get(form, 0))
    return forms
