"""Deciding, between reading and planning, what the archive's own statistics add to its topics, and what a changed
vocabulary concerns.

What lives here: the meeting of `topics` and `catalogue`, which do not know each other. Both decisions look at the
catalogue and the vocabulary as they are and never at how they came to be so, apart from one fact that is remembered:
the vocabulary of the last build, to tell what changed.
"""

from collections.abc import Callable

import msgspec

from generator.catalogue import Catalogue
from generator.digest import digest
from generator.topics import packs
from generator.topics.index import place_of
from generator.topics.phrases import OFTEN, SMALL, published
from generator.topics.reading import Naming, resolve, stated_keys
from generator.topics.vocabulary import ANY, Topic, Vocabulary
from generator.topics.words import fold_text, rules_of, unspaced

REMEMBERED = "vocabulary"
_decode = msgspec.msgpack.Decoder(Vocabulary).decode


def settle_suggestions(catalogue: Catalogue, naming: Naming) -> None:
    """Publish the phrases that are topics of their own. Nothing is asked when nothing was read and names are as they were."""
    rule = digest(naming)
    touched = catalogue.touched()
    if touched is not None and touched.nothing and catalogue.remembered("suggested") == rule:
        return
    catalogue.remember("suggested", rule)
    wanted: dict[tuple[str, str], str] = {}
    if naming.suggestions:
        counts = dict(catalogue.languages())
        if sum(counts.values()) < SMALL:
            keys = [(language, key) for language, key, _, _ in catalogue.lone_phrases(OFTEN)]
        else:
            keys = list(published(catalogue.frequent_phrases(3), counts))
        for language, key in keys:
            name = catalogue.phrase_spelling(language, key)
            if resolve(name, language, naming) is None:
                wanted[language, key] = name
    catalogue.settle_suggestions(wanted)


def note_vocabulary(catalogue: Catalogue, naming: Naming) -> int:
    """Mark the articles that a changed vocabulary concerns to be read again; how many there are. Called before the scan,
    in the transaction of the build."""
    data = catalogue.remembered(REMEMBERED)
    now = naming.vocabulary
    before = _decode(data) if data else Vocabulary()
    catalogue.remember(REMEMBERED, msgspec.msgpack.encode(now))
    if before == now or catalogue.fresh:
        return 0
    old = {topic.id: topic for topic in before.topics}
    new = {topic.id: topic for topic in now.topics}
    ids: set[str] = set()
    spelled: list[tuple[str, Topic | None, Topic | None]] = []
    for id_ in sorted(old.keys() | new.keys()):
        one, other = old.get(id_), new.get(id_)
        if one == other or (one and other and _bare(one) == _bare(other)):
            continue
        # Where it was merged into, its articles have the other id.
        ids |= {id_, one.merge_into} if one and one.merge_into else {id_}
        if _more_than_hidden(one, other):
            spelled.append((id_, one, other))
    return catalogue.read_again(sorted(ids), _may_hold(spelled, naming.packs) if spelled else None)


def _bare(topic: Topic) -> Topic:
    """A topic without what no article shows."""
    return msgspec.structs.replace(topic, note="", same_as=())


def _more_than_hidden(one: Topic | None, other: Topic | None) -> bool:
    """Whether the change may bring the topic to articles that do not have it. A topic that is hidden, merged, or given
    another kind concerns only articles that have it."""
    if one is None or other is None:
        there = other or one
        return there is not None and not (other is not None and _only_takes_away(other))
    plain = {"hide": False, "merge_into": None, "kind": None}
    if one.hide and not other.hide:
        return True
    return msgspec.structs.replace(_bare(one), **plain) != msgspec.structs.replace(_bare(other), **plain)


def _only_takes_away(topic: Topic) -> bool:
    """An entry that names a topic of the packs and says no more than that it is hidden or merged."""
    return (
        topic.id in packs.facts()
        and not (topic.label or topic.names or topic.weak or topic.formerly)
        and bool(topic.hide or topic.merge_into)
    )


def _may_hold(changed: list[tuple[str, Topic | None, Topic | None]], with_packs: bool) -> Callable[[str, str], bool]:
    """Tells of an article, by its language and the words in it, whether a name of a changed topic may stand in it, in its
    text or in its front matter."""
    by_language: dict[str, list[tuple[frozenset[str], ...]]] = {}

    def names_of(language: str) -> list[tuple[frozenset[str], ...]]:
        texts: set[str] = set()
        for id_, one, other in changed:
            for topic in (one, other):
                if topic is not None:
                    texts |= {
                        text for code, text in (*topic.label, *topic.names, *topic.weak) if code in (language, ANY)
                    }
            if with_packs:
                texts |= {alias.text for alias in packs.aliases(language) if alias.id == id_}
        names = [places for text in sorted(texts) if (places := _places(text, language))]
        return [*names, (frozenset(chr(place_of(key)) for key in _stated(changed, language, with_packs)),)]

    def may_hold(language: str, words: str) -> bool:
        if unspaced(language) or language == "und":  # without words, or read with the names of another language
            return True
        names = by_language.get(language)
        if names is None:
            names = by_language[language] = names_of(language)
        return any(all(any(place in words for place in places) for places in name) for name in names)

    return may_hold


def _stated(changed: list[tuple[str, Topic | None, Topic | None]], language: str, with_packs: bool) -> set[str]:
    """Keys of the names by which front matter may call one of the topics."""
    names: set[str] = set()
    for id_, one, other in changed:
        names.add(id_)
        for topic in (one, other):
            if topic is not None:
                names |= {text for _, text in (*topic.label, *topic.names, *topic.weak)} | set(topic.formerly)
        if with_packs:
            codes = dict.fromkeys((language, language.split("-")[0], "en"))
            names |= {label for code in codes if (label := packs.labels(code).get(id_))}
            names |= {alias.text for alias in packs.aliases(language) if alias.id == id_}
    return {key for name in names for key in stated_keys(name)}


def _places(text: str, language: str) -> tuple[frozenset[str], ...]:
    """For each word of a name the places in a filter that its forms may have, with prefixes and endings."""
    rules = rules_of(language)
    keys = fold_text(text, language)
    found = []
    for at, key in enumerate(keys):
        forms = {key}
        if at == len(keys) - 1:
            forms |= {key + suffix for suffix in rules.suffixes}
        if at == 0:
            stems = forms | ({key[2:]} if key.startswith("ال") else set())
            forms |= {prefix + stem for prefix in rules.prefixes for stem in stems}
        found.append(frozenset(chr(place_of(form)) for form in forms))
    return tuple(found)
