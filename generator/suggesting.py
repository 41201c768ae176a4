"""Deciding, between reading and planning, what the archive's own statistics add to its topics, and what a changed
vocabulary concerns.

What lives here: the meeting of `topics` and `catalogue`, which do not know each other. Both decisions look at the
catalogue and the vocabulary as they are and never at how they came to be so, apart from one fact that is remembered:
the vocabulary of the last build, to tell what changed.
"""

import msgspec

from generator.catalogue import Catalogue
from generator.digest import digest
from generator.topics.changes import Changes
from generator.topics.phrases import OFTEN, SMALL, published
from generator.topics.reading import Naming, resolve
from generator.topics.vocabulary import Vocabulary

REMEMBERED = "vocabulary"
_decode = msgspec.msgpack.Decoder(Vocabulary).decode


def settle_suggestions(catalogue: Catalogue, naming: Naming) -> None:
    """Publish the phrases that are topics of their own. Which ones these are is asked again only where phrases came or went,
    names are others, or a language has more articles or fewer; nothing at all when nothing was read either."""
    counts = dict(catalogue.languages())
    rule = digest(naming, sorted(counts.items()))
    touched = catalogue.touched()
    if touched is None or not catalogue.phrases_stand or catalogue.remembered("suggested") != rule:
        catalogue.remember("suggested", rule)
        wanted = _wanted(catalogue, naming, counts)
    elif touched.nothing:
        return
    else:
        wanted = catalogue.suggested()
    catalogue.settle_suggestions(wanted)


def _wanted(catalogue: Catalogue, naming: Naming, counts: dict[str, int]) -> dict[tuple[str, str], str]:
    """(language, key) → name of the phrases to be published; `counts` are the articles of each language."""
    if not naming.suggestions:
        return {}
    if sum(counts.values()) < SMALL:
        keys = [(language, key) for language, key, _, _ in catalogue.lone_phrases(OFTEN)]
    else:
        keys = list(published(catalogue.frequent_phrases(3), counts))
    named = ((language, key, catalogue.phrase_spelling(language, key)) for language, key in keys)
    return {(language, key): name for language, key, name in named if resolve(name, language, naming) is None}


def note_vocabulary(catalogue: Catalogue, naming: Naming) -> int:
    """Mark the articles that a changed vocabulary concerns to be read again; how many there are. Called before the scan,
    in the transaction of the build."""
    data = catalogue.remembered(REMEMBERED)
    now = naming.vocabulary
    before = _decode(data) if data else Vocabulary()
    catalogue.remember(REMEMBERED, msgspec.msgpack.encode(now))
    if before == now or catalogue.fresh:
        return 0
    changes = Changes(before, naming)
    return catalogue.read_again(sorted(changes.ids), changes.may_hold if changes.seeks else None)
