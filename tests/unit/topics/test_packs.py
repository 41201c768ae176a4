"""The packs: sound, complete, quick to load."""

import subprocess
import sys

import pytest

from generator.topics import packs
from generator.topics.registry import INDEXES, Registry

RTL = ("ur", "ar", "fa", "ps", "he", "ckb", "sd")
OTHERS = ("en", "fr", "es", "de", "tr", "ru", "hi", "bn", "id", "zh")


def test_every_name_and_every_link_leads_to_a_topic() -> None:
    facts = packs.facts()
    for code in (*packs.label_languages(), "_Arab", "_Latn"):
        for alias in packs.aliases(code) if not code.startswith("_") else ():
            assert alias.id in facts, (code, alias)
        assert packs.labels(code).keys() <= facts.keys()
    for id_, fact in facts.items():
        assert fact.kind in INDEXES
        assert set(fact.about) <= facts.keys(), id_


@pytest.mark.parametrize("code", [*RTL, *OTHERS])
def test_every_country_has_a_name_in(code: str) -> None:
    missing = [id_ for id_, fact in packs.facts().items() if fact.kind == "country" and id_ not in packs.labels(code)]
    assert len(missing) <= 5, missing


@pytest.mark.parametrize("code", ["ur", "ar", "fa", "he", "en"])
def test_every_subject_has_a_name_in(code: str) -> None:
    missing = [id_ for id_, fact in packs.facts().items() if fact.kind == "subject" and id_ not in packs.labels(code)]
    assert len(missing) <= 2, missing


def test_the_seventeen_top_media_topics_are_there() -> None:
    tops = [fact for fact in packs.facts().values() if fact.kind == "subject" and not fact.about]
    assert len({same for fact in tops for same in fact.same_as}) == 17


def test_there_are_hundreds_of_people_and_organisations() -> None:
    kinds = [fact.kind for fact in packs.facts().values()]
    assert kinds.count("person") > 400
    assert kinds.count("organisation") > 250


def test_two_topics_of_one_language_never_have_the_same_label() -> None:
    registry = Registry()
    for code in RTL:
        labels = [(label, registry.kind(id_)) for id_, label in packs.labels(code).items()]
        twice = {one for one in labels if labels.count(one) > 1}
        assert not twice, (code, twice)


def test_a_label_falls_back_to_a_language_near_by_and_then_to_english() -> None:
    registry = Registry()
    assert registry.label("syria", "ur") == ("شام", "ur")
    assert registry.label("asma-jahangir", "ps")[1] in ("fa", "ur")
    assert registry.label("ilorin", "ur")[1] in ("en", "yo")


def test_help_does_not_load_the_packs() -> None:
    code = "import sys, generator.cli; sys.exit(any(m.startswith('generator.topics') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
