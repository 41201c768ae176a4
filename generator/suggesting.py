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
    changes = Changes(before, naming)
    return catalogue.read_again(sorted(changes.ids), changes.may_hold if changes.seeks else None)
