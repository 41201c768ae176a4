"""What the reading worker asks: the topics of one article, with all that decides them.

What lives here: stated topics resolved to ids, derived ones found, hidden and merged ones settled. An index for each
language and vocabulary is made once a process.
"""

from functools import lru_cache
from typing import Any

from msgspec import Struct

from generator.model import Article, TermKind
from generator.text import fold
from generator.topics import packs
from generator.topics.index import Index
from generator.topics.matcher import Hits, read, surface, zones
from generator.topics.phrases import lone, phrases_of
from generator.topics.registry import Registry, registry_of
from generator.topics.vocabulary import Vocabulary
from generator.urls import slug


class Naming(Struct, frozen=True):
    """What decides which topics are found: the archive's vocabulary, whether Roznama's own names are sought, and whether
    phrases are gathered for suggestions."""

    vocabulary: Vocabulary = Vocabulary()
    packs: bool = True
    suggestions: bool = True


class Named(Struct, frozen=True):
    """A topic of an article. `key` is its id if it is known, else its folded name; `matched` are the words that show it,
    as they stand in the text, with how often. `origin` is stated, vocabulary or pack."""

    kind: TermKind
    key: str
    name: str
    origin: str
    score: int = 0
    matched: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=32)
def index_of(language: str, naming: Naming) -> Index:
    """The index of a language. The vocabulary's names come first, so that they win."""
    registry = registry_of(naming.vocabulary, naming.packs)
    names = [*naming.vocabulary.aliases(language), *(packs.aliases(language) if naming.packs else ())]
    return Index(language, names, registry, packs.stop_words(language))


def topics_of(article: Article, naming: Naming) -> tuple[list[Named], Hits]:
    """The topics of an article, stated ones first, then derived ones by weight; and what they were found from."""
    index = index_of(_spoken(article), naming)
    hits = read(article, index)
    registry = index.registry
    found = hits.found()
    named: dict[tuple[TermKind, str], Named] = {}
    for term in article.terms:
        key = (
            resolve(term.name, article.language, naming)
            if term.kind in ("topic", "person", "place", "organisation")
            else None
        )
        if key is None:
            one = Named(term.kind, fold(term.name), term.name, "stated")
        elif registry.hidden(key):
            continue
        else:
            one = Named(registry.index(key), key, term.name, "stated")
        named.setdefault((one.kind, one.key), one)
    texts = None
    for one_found in found:
        id_ = registry.target(one_found.id)
        if registry.hidden(one_found.id) or registry.hidden(id_):
            continue
        kind = registry.index(id_)
        if (kind, id_) in named:
            continue
        if texts is None:
            texts = "\n".join(text for _, text in zones(article))
        matched = tuple((surface(texts, form), times) for form, times in one_found.matched)
        origin = "vocabulary" if registry.topic(id_) is not None or registry.topic(one_found.id) is not None else "pack"
        named[kind, id_] = Named(kind, id_, registry.label(id_, article.language)[0], origin, one_found.score, matched)
    return list(named.values()), hits


def _spoken(article: Article) -> str:
    """The language whose names are sought: English where a text in Latin letters is too short for its language to be told."""
    if article.language != "und":
        return article.language
    return "en" if article.headline.isascii() else "und"


def as_objects(article: Article, naming: Naming) -> list[dict[str, Any]]:
    """The topics of an article for a program, the main subject first among subjects. Suggestions are those of an archive
    that holds this article alone."""
    registry = registry_of(naming.vocabulary, naming.packs)
    named, hits = topics_of(article, naming)
    alone = [
        Named("topic", one.key, one.text, "suggestion", 0, ((one.text, one.times),)) for one in lone(phrases_of(hits))
    ]
    return [
        {
            "id": one.key if one.key in registry else slug(one.name),
            "kind": one.kind,
            "label": one.name,
            "labels": registry.labels(one.key) if one.key in registry else {article.language: one.name},
            "matched": [form for form, _ in one.matched],
            "times": [times for _, times in one.matched],
            "score": one.score,
            "origin": one.origin,
            "same_as": list(registry.same_as(one.key)),
        }
        for one in (*named, *(alone if naming.suggestions else ()))
        if one.kind in ("topic", "person", "place", "organisation")
    ]


def resolve(name: str, language: str, naming: Naming) -> str | None:
    """The id of a topic that is called `name`, or `None`: by a sure name in that language, or by its id."""
    names = _names(language, naming)
    id_ = names.get(fold(name))
    registry = registry_of(naming.vocabulary, naming.packs)
    if id_ is None and slug(name) in registry:
        id_ = slug(name)
    return None if id_ is None else registry.target(id_)


@lru_cache(maxsize=4096)
def stated_keys(name: str) -> tuple[str, str]:
    """What `resolve` goes by, as keys of a filter of words that no word of a text has."""
    return f"={fold(name)}", f"={slug(name)}"


@lru_cache(maxsize=32)
def _names(language: str, naming: Naming) -> dict[str, str]:
    """Folded name → id: labels in every language that has one, then sure names of this language."""
    found: dict[str, str] = {}
    vocabulary = naming.vocabulary
    for topic in vocabulary.topics:
        for _, text in (*topic.label, *topic.names, *topic.weak):
            found.setdefault(fold(text), topic.id)
        for text in topic.formerly:
            found.setdefault(fold(text), topic.id)
    if naming.packs:
        for code in dict.fromkeys((language, language.split("-")[0], "en")):
            for id_, label in packs.labels(code).items():
                found.setdefault(fold(label), id_)
        for alias in packs.aliases(language):
            if alias.mark == packs.STRONG:
                found.setdefault(fold(alias.text), alias.id)
    return found


__all__ = ["Named", "Naming", "Registry", "as_objects", "index_of", "resolve", "stated_keys", "topics_of"]
