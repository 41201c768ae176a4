"""The archive's topics, people, places and organisations as SKOS, in Turtle: labels in its languages, what belongs to what,
and the same things elsewhere.

Written by hand: a Turtle of four predicates needs no library at run time; the tests read it with one.
"""

import json
from collections.abc import Iterator

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
    languages = dict.fromkeys([*(code for code, _ in p.languages), "en"])
    for kind in KINDS:
        for row in p.terms(kind):
            labels = {row.language: row.name}
            facts = [f"skos:inScheme {scheme}"]
            if row.key in p.registry:
                spoken = (p.registry.label(row.key, code) for code in languages)
                labels = {code: name for name, code in spoken} | labels
                for above in p.registry.about(row.key):
                    found = next((other for other in KINDS if (other, above) in present), None)
                    if found:
                        relation = "broader" if found == kind else "related"
                        facts.append(f"skos:{relation} {_concept(p, found, above)}")
                exact = (same_address(same) for same in p.registry.same_as(row.key))
                facts += [f"skos:exactMatch {_iri(same)}" for same in exact if same]
            facts[:0] = [f"skos:prefLabel {_text(name, code)}" for code, name in sorted(labels.items())]
            yield f"{_concept(p, kind, row.key)} a skos:Concept ;\n  " + " ;\n  ".join(facts) + " .\n"


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
