"""The names that come with Roznama, as `compile` leaves them in `packs/`: one file a language, loaded when an article of
that language is first met, and one with the facts of all topics.

JSON and not TOML or a database: msgspec reads the largest file in a few milliseconds, `git diff` shows what changed, and
the files stay small (150 KB a language). A full name of two or more words is as good as unique, so those of one script
serve every language written in it (`_Arab.json`): Dari, Uyghur or Shahmukhi Punjabi find people nobody listed for them.
"""

from functools import lru_cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from generator.language import script_of
from generator.topics.words import family

STRONG, WEAK, SUPPORT, TRIGGER, SHOWS = range(5)
"""Marks of a name: it stands for its topic by itself; it counts beside other evidence; a word that supports a subject,
one that nearly shows it, and one that does (the subject's own label)."""


class Fact(Struct, frozen=True, array_like=True):
    """A topic: `kind` is country, place, person, organisation, subject or event; `about` are ids it belongs to (a city's
    country, a subject's broader one)."""

    kind: str
    about: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class Alias(Struct, frozen=True, array_like=True):
    """A name as it is written. `before` and `after` are words that must not stand beside it; `beside` words of which one
    must."""

    text: str
    id: str
    mark: int = STRONG
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


_folder = files("generator.topics").joinpath("packs")


@lru_cache(maxsize=1)
def facts() -> dict[str, Fact]:
    """Every topic of the packs by id."""
    return msgspec.json.decode(_folder.joinpath("facts.json").read_bytes(), type=dict[str, Fact])


@lru_cache(maxsize=64)
def aliases(language: str) -> tuple[Alias, ...]:
    """The names that serve for `language`: its own first, then those of languages like it, then those of its script."""
    found: list[Alias] = []
    for code in (*family(language), f"_{script_of(language)}"):
        file = _folder.joinpath(f"{code}.json")
        if file.is_file():
            found += msgspec.json.decode(file.read_bytes(), type=list[Alias])
    return tuple(found)


@lru_cache(maxsize=64)
def labels(language: str) -> dict[str, str]:
    """id → label, of one language alone."""
    file = _folder.joinpath("labels", f"{language}.json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.is_file() else {}


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Words that begin or end no phrase; folded as they are compared."""
    table = msgspec.json.decode(_folder.joinpath("stopwords.json").read_bytes(), type=dict[str, list[str]])
    return frozenset(word for code in family(language) for word in table.get(code, ()))


def label_languages() -> tuple[str, ...]:
    """Languages that have labels, in order."""
    return tuple(sorted(entry.name[:-5] for entry in _folder.joinpath("labels").iterdir()))


ATTRIBUTIONS: tuple[tuple[str, str], ...] = (
    ("Unicode CLDR (Unicode-3.0)", "https://cldr.unicode.org/"),
    ("IPTC Media Topics (CC BY 4.0, © IPTC)", "https://iptc.org/standards/media-topics/"),
    ("Wikidata (CC0 1.0)", "https://www.wikidata.org/"),
)
"""Whose open data the packs were compiled from: names of countries and cities, identifiers of subjects, identifiers of
people and organisations."""
