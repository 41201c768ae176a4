"""What is known of a topic by its id: kind, what it belongs to, labels. The packs, and the archive's vocabulary over them.

What lives here: the answers of both sources as one, and the kinds of the indexes (a country is a place there). What does
not: names and how they match (`matcher`).
"""

from collections.abc import Mapping
from functools import lru_cache

from generator.model import TermKind
from generator.topics import packs
from generator.topics.vocabulary import EMPTY, Topic, Vocabulary
from generator.topics.words import family

INDEXES: Mapping[str, TermKind] = {
    "country": "place", "place": "place", "person": "person", "organisation": "organisation", "subject": "topic",
    "event": "topic",
}  # fmt: skip
# Whose label a reader understands when their own language has none, before English.
_NEAR = {
    "ps": ("fa", "ur"), "prs": ("fa",), "ckb": ("fa", "ar"), "sd": ("ur",), "ug": ("ar",), "pa-Arab": ("ur",), "ks": ("ur",),
    "yi": ("he",), "fa": (), "ur": (), "ar": (),
}  # fmt: skip


class Registry:
    """Topics by id. `with_packs` is false where the archive wants no names but its own."""

    def __init__(self, vocabulary: Vocabulary = EMPTY, with_packs: bool = True) -> None:
        self.vocabulary = vocabulary
        self.with_packs = with_packs
        self._own: dict[str, Topic] = {topic.id: topic for topic in vocabulary.topics}
        # Asked several times of every topic of every article.
        self._kinds: dict[str, str] = {}
        self._about: dict[str, tuple[str, ...]] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    def __contains__(self, id_: str) -> bool:
        return id_ in self._own or (self.with_packs and id_ in packs.facts())

    def _fact(self, id_: str) -> packs.Fact | None:
        return packs.facts().get(id_) if self.with_packs else None

    def topic(self, id_: str) -> Topic | None:
        """What the vocabulary says of a topic."""
        return self._own.get(id_)

    def kind(self, id_: str) -> str:
        """country, place, person, organisation, subject or event."""
        if id_ not in self._kinds:
            own, fact = self._own.get(id_), self._fact(id_)
            stated = own.kind if own is not None else None
            self._kinds[id_] = stated or (fact.kind if fact else "subject")
        return self._kinds[id_]

    def index(self, id_: str) -> TermKind:
        """The index a topic stands in."""
        return INDEXES[self.kind(id_)]

    def about(self, id_: str) -> tuple[str, ...]:
        """What a topic belongs to: a city's country, a subject's broader one."""
        if id_ not in self._about:
            own, fact = self._own.get(id_), self._fact(id_)
            mine = (*own.broader, *own.related) if own else ()
            self._about[id_] = (*mine, *(fact.about if fact else ()))
        return self._about[id_]

    def above(self, id_: str) -> tuple[str, ...]:
        """The broader subjects of a subject, the top one last."""
        if id_ not in self._above:
            self._above[id_] = tuple(self._broader(id_))
        return self._above[id_]

    def _broader(self, id_: str) -> list[str]:
        found: list[str] = []
        while True:
            own, fact = self._own.get(id_), self._fact(id_)
            broader = (own.broader if own and own.broader else fact.about if fact else ())[:1]
            if not broader or broader[0] in found:
                return found
            id_ = broader[0]
            found.append(id_)

    def same_as(self, id_: str) -> tuple[str, ...]:
        own, fact = self._own.get(id_), self._fact(id_)
        return tuple(dict.fromkeys((*(own.same_as if own else ()), *(fact.same_as if fact else ()))))

    def hidden(self, id_: str) -> bool:
        own = self._own.get(id_)
        return own is not None and own.hide

    def target(self, id_: str) -> str:
        """Where a topic was merged into, itself if nowhere."""
        seen = {id_}
        while (own := self._own.get(id_)) is not None and own.merge_into and own.merge_into not in seen:
            id_ = own.merge_into
            seen.add(id_)
        return id_

    def label(self, id_: str, language: str) -> tuple[str, str]:
        """(label, its language) for a reader of `language`: in it, in one near it, in English, or any at all."""
        own = self._own.get(id_)
        chain = dict.fromkeys((*family(language), *_NEAR.get(language, ()), "en"))
        for code in chain:
            if own is not None and code in own.labels:
                return own.labels[code], code
            if self.with_packs and (label := packs.labels(code).get(id_)):
                return label, code
        if own is not None and own.label:
            code, text = min(own.label)
            return text, code
        for code in packs.label_languages() if self.with_packs else ():
            if label := packs.labels(code).get(id_):
                return label, code
        return id_, "en"

    def labels(self, id_: str) -> dict[str, str]:
        """Every label, by language."""
        found = {}
        for code in packs.label_languages() if self.with_packs else ():
            if label := packs.labels(code).get(id_):
                found[code] = label
        own = self._own.get(id_)
        found.update(own.labels if own else {})
        return dict(sorted(found.items()))


@lru_cache(maxsize=4)
def registry_of(vocabulary: Vocabulary, with_packs: bool = True) -> Registry:
    """The registry of a vocabulary; the last ones are kept."""
    return Registry(vocabulary, with_packs)
