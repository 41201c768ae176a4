"""Which articles a changed vocabulary concerns: those that have one of its topics, and those in which a name of one may
stand.

What lives here: two vocabularies compared. What does not: where articles are kept, with the filter of their words
(`matcher.Hits.filter`) that is asked here. Too many articles may be told, never too few: what is not told stays as it was
read.
"""

from collections.abc import Iterable, Iterator

from msgspec import structs

from generator.text import fold
from generator.topics import packs
from generator.topics.index import place_of
from generator.topics.reading import Naming, index_of, stated_keys
from generator.topics.registry import Registry, registry_of
from generator.topics.vocabulary import ANY, Topic, Vocabulary
from generator.topics.words import Rules, fold_text, rules_of, spellings, unspaced

Places = tuple[frozenset[str], ...]
"""For each word of a name the places in a filter that its forms may have."""


class Changes:
    """What differs between the vocabulary `before` and that of `naming`. `ids` are topics whose articles are concerned."""

    def __init__(self, before: Vocabulary, naming: Naming) -> None:
        self._packs = naming.packs
        self._old = registry_of(before, naming.packs)
        self._new = registry_of(naming.vocabulary, naming.packs)
        self.ids: set[str] = set()
        self._sought: set[str] = set()
        """Topics that may come to articles that do not have them, or go from where nobody sees them."""
        self._names: dict[str, list[Places]] = {}
        for id_ in self._changed():
            # Where it was merged into, its articles have the other id.
            self.ids |= {id_, self._old.target(id_)}
            if self._may_come(id_):
                self._sought.add(id_)

    # ── what changed ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _own(self, id_: str) -> tuple[Topic | None, Topic | None]:
        return self._old.topic(id_), self._new.topic(id_)

    def _changed(self) -> set[str]:
        """Topics whose entry changed, those that are merged into one of them, those below one that has another place among
        subjects, and those that contend for a name."""
        mine = list(dict.fromkeys(topic.id for registry in (self._old, self._new) for topic in registry.vocabulary.topics))
        changed = {id_ for id_ in mine if _bare(self._own(id_)[0]) != _bare(self._own(id_)[1])}
        moved = {id_ for id_ in changed if self._placed(id_, self._old) != self._placed(id_, self._new)}
        if moved:
            known = packs.facts() if self._packs else ()
            changed |= {id_ for id_ in (*mine, *known) if not moved.isdisjoint(self._over(id_))}
        return (
            changed
            | {id_ for id_ in mine if not changed.isdisjoint((*_chain(id_, self._old), *_chain(id_, self._new)))}
            | self._contending()
        )

    def _placed(self, id_: str, registry: Registry) -> object:
        return registry.kind(id_), registry.about(id_), registry.above(id_)

    def _over(self, id_: str) -> set[str]:
        return {one for registry in (self._old, self._new) for one in (*registry.about(id_), *registry.above(id_))}

    def _contending(self) -> set[str]:
        """Topics one of whose names is another's as well, where the order of the entries, which decides, is another."""
        old, new = ([topic.id for topic in one.vocabulary.topics] for one in (self._old, self._new))
        if [id_ for id_ in old if id_ in new] == [id_ for id_ in new if id_ in old]:
            return set()
        claims, others = (_claims(one.vocabulary) for one in (self._old, self._new))
        keys = [key for key in claims.keys() | others.keys() if claims.get(key) != others.get(key)]
        return {id_ for key in keys for id_ in (*claims.get(key, ()), *others.get(key, ()))}

    def _may_come(self, id_: str) -> bool:
        """Whether the change may bring the topic to articles that do not have it, or that do not show that they have it. A
        topic that is hidden, or merged into another one, concerns only articles that have it."""
        one, other = self._own(id_)
        if self._old.hidden(id_) or self._old.hidden(self._old.target(id_)):
            return True
        if one is None and other is not None:
            return not (id_ in packs.facts() and other == Topic(id_, hide=True, note=other.note, same_as=other.same_as))
        if one is None or other is None:
            return True
        return structs.replace(one, **_TAKING_AWAY) != structs.replace(other, **_TAKING_AWAY)

    # ── whom it concerns ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def seeks(self) -> bool:
        """Whether articles must be asked by `may_hold`."""
        return bool(self._sought)

    def may_hold(self, language: str, words: str) -> bool:
        """Whether a name of a changed topic may stand in an article of which `words` is the filter, in its text or in its
        front matter."""
        if unspaced(language) or language == "und":  # without words, or read with the names of another language
            return True
        names = self._names.get(language)
        if names is None:
            names = self._names[language] = self._names_of(language)
        for name in names:  # asked of every article: as loops it takes a third of what `any` and `all` take
            for places in name:
                for place in places:
                    if place in words:
                        break
                else:
                    break
            else:
                return True
        return False

    def _names_of(self, language: str) -> list[Places]:
        texts: set[str] = set()
        stated: set[str] = set()
        for id_ in self._sought:
            stated.add(id_)
            for topic in self._own(id_):
                if topic is not None:
                    texts |= {text for code, text in _named(topic) if code in (language, ANY)}
                    stated |= {text for _, text in _named(topic)} | set(topic.formerly)
            if self._packs:
                codes = dict.fromkeys((language, language.split("-")[0], "en"))
                stated |= {label for code in codes if (label := packs.labels(code).get(id_))}
        if self._packs:
            aliases = {alias.text for alias in packs.aliases(language) if alias.id in self._sought}
            texts |= aliases
            stated |= aliases
        forms = {form for text in texts for form in spellings(text)}
        names = [keys for form in sorted(forms) if (keys := fold_text(form, language))]
        single = {key for name in stated for key in stated_keys(name)} | self._uncovered(names, language)
        return [*(_places(keys, rules_of(language)) for keys in names), (_filter(single),)]

    def _uncovered(self, names: list[tuple[str, ...]], language: str) -> set[str]:
        """Words in which other names are found, or no longer found, because a name of several words begins with them, or a
        person's ends with them."""
        keys = {key for name in names if len(name) > 1 for key in (name[0], name[-1])}
        if not keys:
            return set()
        old, new = (index_of(language, Naming(registry.vocabulary, self._packs)) for registry in (self._old, self._new))
        words = {form for key in keys for form in _forms(key, rules_of(language))}
        return {word for word in words if any(id_ not in self._sought for id_, _ in old.beginning(word) ^ new.beginning(word))}


_TAKING_AWAY = {"hide": False, "merge_into": None, "note": "", "same_as": ()}


def _bare(topic: Topic | None) -> Topic | None:
    """A topic without what no article shows."""
    return topic and structs.replace(topic, note="", same_as=())


def _chain(id_: str, registry: Registry) -> Iterator[str]:
    """The topics into which one is merged, the last one last."""
    seen = {id_}
    while (topic := registry.topic(id_)) is not None and topic.merge_into and topic.merge_into not in seen:
        id_ = topic.merge_into
        seen.add(id_)
        yield id_


def _named(topic: Topic) -> tuple[tuple[str, str], ...]:
    return (*topic.label, *topic.names, *topic.weak)


def _claims(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Name → the topics that have it, in the order of the file. Folded by the rules of every language in it, for a name may
    be sought by those of another."""
    languages = {code for topic in vocabulary.topics for code, _ in _named(topic)}
    claims: dict[str, list[str]] = {}
    for topic in vocabulary.topics:
        texts = {*(text for _, text in _named(topic)), *topic.formerly}
        keys = {fold(text) for text in texts}
        keys |= {" ".join(fold_text(form, code)) for text in texts for form in spellings(text) for code in languages}
        for key in sorted(keys):
            claims.setdefault(key, []).append(topic.id)
    return claims


def _forms(key: str, rules: Rules, first: bool = True, last: bool = True) -> set[str]:
    """A word of a name with the prefixes that may stand before the first, and the endings of the last."""
    forms = {key, *(key + suffix for suffix in rules.suffixes if last)}
    if first:
        stems = forms | ({key[2:]} if key.startswith("ال") else set())
        forms |= {prefix + stem for prefix in rules.prefixes for stem in stems}
    return forms


def _places(keys: tuple[str, ...], rules: Rules) -> Places:
    """The places that each word of a name may have."""
    end = len(keys) - 1
    return tuple(_filter(_forms(key, rules, at == 0, at == end)) for at, key in enumerate(keys))


def _filter(words: Iterable[str]) -> frozenset[str]:
    return frozenset(chr(place_of(word)) for word in words)
