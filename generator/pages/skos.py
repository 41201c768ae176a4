"""The archive's topics, people, places and organisations as SKOS, in Turtle: labels in its languages, what belongs to what,
and the same things elsewhere.

Written by hand: a Turtle of four predicates needs no library at run time; the tests read it with one.
"""

import json
from collections.abc import Iterator, Mapping

from generator.digest import digest
from generator.model import Page
from generator.pages.heads import same_address
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.urls import permalink, relative, term_url

URL = "/data/topics.ttl"
KINDS = ("topic", "person", "place", "organisation")


def planned(p: Planning) -> Page:
    rows = [(kind, p.terms(kind)) for kind in KINDS]
    inputs = digest(p.plain_inputs(p.main, URL, rows, p.languages), p.registry.vocabulary)
    return Page("data", SEPARATOR.join(("skos", URL)), URL, URL[1:], inputs)


def turtle(p: Planning) -> bytes:
    """The concepts of the archive. Without `base_url` their addresses are relative to the file, as Turtle allows."""
    return "".join(_lines(p)).encode()


def _lines(p: Planning) -> Iterator[str]:
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\n"
    scheme = _iri(_address(p, "/topics/"))
    yield f"{scheme} a skos:ConceptScheme ; dct:title {_text(p.sites[p.main].title, p.main)} .\n\n"
    present = {(kind, row.key) for kind in KINDS for row in p.terms(kind)}
    above = _above(p, present)
    languages = dict.fromkeys([*(code for code, _ in p.languages), "en"])
    for kind in KINDS:
        for row in p.terms(kind):
            labels = {row.language: row.name}
            facts = [f"skos:inScheme {scheme}"]
            if row.key in p.registry:
                spoken = (p.registry.label(row.key, code) for code in languages)
                labels = {code: name for name, code in spoken} | labels
                for other in sorted({*p.registry.about(row.key)} - {row.key}):
                    found = next((there for there in KINDS if (there, other) in present), None)
                    if found and other in above.get(row.key, ()):
                        facts.append(f"skos:broader {_concept(p, found, other)}")
                    elif found and not _reaches(above, row.key, other) and not _reaches(above, other, row.key):
                        facts.append(f"skos:related {_concept(p, found, other)}")
                exact = (same_address(same) for same in p.registry.same_as(row.key))
                facts += [f"skos:exactMatch {_iri(same)}" for same in exact if same]
            facts[:0] = [f"skos:prefLabel {_text(name, code)}" for code, name in sorted(labels.items())]
            yield f"{_concept(p, kind, row.key)} a skos:Concept ;\n  " + " ;\n  ".join(facts) + " .\n"


def _above(p: Planning, present: set[tuple[str, str]]) -> dict[str, set[str]]:
    """The broader concepts of each, of its own kind: without loops, which a vocabulary may have and SKOS readers stumble
    over. Of a loop the link that comes last by key is told as `related`, or not at all."""
    above: dict[str, set[str]] = {}
    for kind, key in sorted(present):
        own = p.registry.topic(key)
        for other in p.registry.about(key) if key in p.registry else ():
            meant = own is None or other not in own.related
            if meant and (kind, other) in present and other != key and not _reaches(above, other, key):
                above.setdefault(key, set()).add(other)
    return above


def _reaches(above: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether `end` is above `start`, however far."""
    seen, waiting = {start}, [start]
    while waiting:
        for one in above.get(waiting.pop(), ()):
            if one == end:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return start == end


def _address(p: Planning, url: str) -> str:
    return permalink(p.settings.base_url, url) if p.settings.base_url else relative(url, "../")


def _concept(p: Planning, kind: str, key: str) -> str:
    return _iri(_address(p, term_url(kind, key)))


def _iri(address: str) -> str:
    """An address between angle brackets; what may not stand there is dropped."""
    return f"<{''.join(char for char in address if char > ' ' and char not in '<>{}|^`') }>".replace('"', "%22").replace("\\", "%5C")


def _text(text: str, code: str) -> str:
    """A literal: JSON and Turtle escape alike."""
    return f"{json.dumps(text, ensure_ascii=False)}@{code}"
