"""What the archive says of itself as data, judged by validators that nobody here wrote: frictionless reads the data package,
pyshacl the topics, jsonschema the twins. Shapes and schema are our own reading of SKOS's integrity conditions (S13, S14, S27)
and of IPTC's ninjs 3.0."""

import json
from pathlib import Path

import frictionless
import jsonschema
import pytest
from pyshacl import validate
from rdflib import Graph
from small_site import SmallSite, with_front_matter

SHAPES = Graph().parse(data="""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass skos:Concept ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ;
    sh:disjoint skos:altLabel , skos:hiddenLabel ] ;
  sh:property [ sh:path skos:altLabel ; sh:disjoint skos:hiddenLabel ] ;
  sh:property [ sh:path skos:inScheme ; sh:minCount 1 ; sh:class skos:ConceptScheme ] ;
  sh:property [ sh:path skos:broader ; sh:class skos:Concept ] ;
  sh:property [ sh:path skos:related ; sh:class skos:Concept ] ;
  sh:property [ sh:path skos:exactMatch ; sh:nodeKind sh:IRI ] ;
  sh:sparql [ sh:message "hierarchy turns in a circle" ;
    sh:select "SELECT $this WHERE { $this <http://www.w3.org/2004/02/skos/core#broader>+ $this }" ] ;
  sh:sparql [ sh:message "related to what is broader" ;
    sh:select "SELECT $this WHERE { $this <http://www.w3.org/2004/02/skos/core#related> ?o . $this <http://www.w3.org/2004/02/skos/core#broader>+ ?o }" ] .
""", format="turtle")  # noqa: E501  # fmt: skip

NAMED = {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}
VALUES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["value"],
        "properties": {"role": {"type": "string"}, "contentType": {"type": "string"}, "value": {"type": "string"}},
        "additionalProperties": False,
    },
}
NINJS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["uri", "standard", "headlines"],
    "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "standard": {"const": {"name": "ninjs", "version": "3.0"}},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component"]},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "contentCreated": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
        "versionCreated": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
        "headlines": VALUES, "descriptions": VALUES, "bodies": VALUES, "altIds": VALUES,
        "by": {"type": "string"}, "usageTerms": {"type": "string"},
        "people": NAMED, "organisations": NAMED, "places": NAMED, "subjects": NAMED, "infoSources": NAMED,
    },
}  # fmt: skip
VOCABULARY = """
[[topic]]
id = "a"
kind = "subject"
label = { ur = "الف", en = "Alpha" }
broader = ["c"]

[[topic]]
id = "b"
kind = "subject"
label = { ur = "بے" }
broader = ["a"]
related = ["c"]

[[topic]]
id = "c"
kind = "subject"
label = { ur = "جیم" }
broader = ["b", "c"]
"""


@pytest.fixture
def archive(site: SmallSite) -> SmallSite:
    site.write(
        "site.toml", 'title = "نمونہ"\nlanguage = "ur"\nbase_url = "https://archive.example/news"\n[data]\nfiles = "texts"\n'
        '[licence]\nname = "CC BY 4.0"\nurl = "https://creativecommons.org/licenses/by/4.0/"\n',
    )  # fmt: skip
    site.write("vocabulary.toml", VOCABULARY)
    common = {"topics": "[الف, بے, جیم, 'دوسرا \"موضوع\"']", "people": "[احمد]", "author": "سارہ", "licence": "CC0", "summary": "مختصر"}
    for number, date in enumerate(("2016", "2017-11-01", "2017-11-02T14:05+05:00", "2017-11", "")):
        fields = common | {"headline": f"'سرخی \"{number}\", = ;'", "url": f"https://news.example/{number}"}
        site.article(f"ur/n{number}.md", with_front_matter(fields | ({"date": date} if date else {}), "امریکہ اور روس۔ پیرا ہے۔"))
    report = site.build()
    assert not report.errors, [str(problem) for problem in report.problems]
    return site


def test_the_data_package_and_its_tables_are_valid(archive: SmallSite) -> None:
    report = frictionless.validate(str(archive.output / "data/datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    (table,) = [task for task in report.tasks if task.name == "articles"]
    assert table.stats["rows"] == 5


def conforms(graph: Graph) -> tuple[bool, str]:
    found, _, words = validate(graph, shacl_graph=SHAPES, advanced=True)
    return bool(found), str(words)


def test_topics_keep_the_conditions_of_skos_whatever_the_vocabulary_says(archive: SmallSite) -> None:
    graph = Graph().parse(archive.output / "data/topics.ttl", format="turtle")
    assert len(set(graph.query("SELECT ?c WHERE { ?c <http://www.w3.org/2004/02/skos/core#broader> ?d }"))) == 2
    found, words = conforms(graph)
    assert found, words


@pytest.mark.parametrize("wrong", ["skos:broader <x>", 'skos:prefLabel "A"@ur, "B"@ur', 'skos:altLabel "X"@ur', 'skos:prefLabel "x"'])
def test_the_shapes_refuse_what_breaks_them(wrong: str) -> None:
    text = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://archive.example/> .
    <s> a skos:ConceptScheme . <x> a skos:Concept ; skos:inScheme <s> ; skos:prefLabel "X"@ur ; {wrong} ."""
    assert not conforms(Graph().parse(data=text, format="turtle"))[0]


def twins(folder: Path) -> list[dict[str, object]]:
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()[1:]]
    return [json.loads(line)["ninjs"] for line in lines]


def test_every_twin_is_ninjs(archive: SmallSite) -> None:
    found = twins(archive.output / "data/texts")
    assert len(found) == 5
    for one in found:
        jsonschema.validate(one, NINJS)
    site = archive.folder / "site.toml"
    site.write_text(site.read_text("utf-8").replace('"texts"', '"single"'), encoding="utf-8")
    archive.build()
    own = [json.loads(path.read_bytes()) for path in sorted((archive.output / "data/ninjs").rglob("*.json"))]
    assert len(own) == 5
    for one in own:
        jsonschema.validate(one, NINJS)
    assert {"people", "subjects", "altIds", "descriptions", "usageTerms", "contentCreated"} <= set(found[2])
