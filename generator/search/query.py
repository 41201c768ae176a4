"""What a query asks for: words, phrases, what is left out, filters. `templates/static/search.js` reads it the same way."""

import re

from msgspec import Struct

from generator.search import words

LONGEST = 500
"""Letters of a query that are read."""
_FILTERS = "topic|person|place|source|desk|organisation"
_QUERY = re.compile(rf"([-−])?(?:({_FILTERS}):)?(?:[\"“”„«](.+?)[\"“”»](?=\s|$)|(\S+))")


class Part(Struct, frozen=True):
    """One thing asked for: a word or a phrase. `whole` is a compound's form as one word, `begun` asks for every word
    that begins so."""

    excluded: bool
    forms: tuple[str, ...]
    phrase: bool
    whole: str | None = None
    begun: bool = False


def parsed(query: str) -> tuple[list[Part], list[tuple[str, bool]]]:
    """The parts of a query, and its filters as (word, excluded)."""
    parts: list[Part] = []
    filters: list[tuple[str, bool]] = []
    if len(query) > LONGEST:
        query = re.sub(r"\S+$", "", query[:LONGEST]) or query[:LONGEST]
    for found in _QUERY.finditer(query):
        minus, kind, quoted, plain = found.groups()
        text = quoted or plain
        if kind:
            filters.append((words.filter_word(kind, text), bool(minus)))
            continue
        if quoted or minus:
            forms = tuple(words.forms(text))
            if forms:
                parts.append(Part(bool(minus), forms, len(forms) > 1))
            continue
        pieces = words.compounds(text)
        for at, piece in enumerate(pieces):
            width, held = words.analysed(piece)
            if not width:
                continue
            forms = tuple(form for _, form in held[:width])
            begun = text.endswith("*") and at == len(pieces) - 1 and len(forms) == 1 and len(forms[0]) >= words.PREFIX
            parts.append(Part(False, forms, len(forms) > 1, held[width][1] if len(held) > width else None, begun))
    return parts, filters
