"""Phrases that become topics: when it is asked again which these are."""

from pathlib import Path

import pytest
from small_site import SmallSite, with_front_matter

from generator import gathering, suggesting
from generator.catalogue import Catalogue
from generator.topics.reading import Naming

BODY = "The Blue Bridge Project began in spring. Nobody had asked for the Blue Bridge Project before, and some were against it."


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A site that was built, in which no article has many words and one says a phrase twice."""
    site = SmallSite(tmp_path)
    write(site, "bridge", BODY)
    write(site, "words", "A few words were said there, and no more than that.")
    site.build()
    return site


def write(site: SmallSite, name: str, body: str) -> Path:
    fields = {"headline": f"Of {name}", "date": "2020-01-02", "language": "en"}
    return site.article(f"en/{name}.md", with_front_matter(fields, body))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, int]]:
    """How often it was asked which phrases are published, with the articles of each language."""
    calls: list[dict[str, int]] = []
    wanted = suggesting._wanted

    def noted(catalogue: Catalogue, naming: Naming, counts: dict[str, int]) -> dict[tuple[str, str], str]:
        calls.append(counts)
        return wanted(catalogue, naming, counts)

    monkeypatch.setattr(suggesting, "_wanted", noted)
    return calls


def test_other_words_that_make_no_phrase_are_no_cause(site: SmallSite, asked: list[dict[str, int]]) -> None:
    write(site, "words", "A few words were said there, and some more than that.")
    assert site.build().changed == 1
    assert asked == []


def test_a_phrase_that_comes_and_one_that_goes_are_cause(site: SmallSite, asked: list[dict[str, int]]) -> None:
    write(site, "words", f"{BODY} {BODY}")
    site.build()
    write(site, "words", "A few words were said there.")
    site.build()
    assert asked == [{"en": 2}, {"en": 2}]


def test_an_article_more_and_one_less_are_cause(site: SmallSite, asked: list[dict[str, int]]) -> None:
    more = write(site, "more", "It is short.")
    site.build()
    more.unlink()
    site.build()
    assert asked == [{"en": 3}, {"en": 2}]


def test_other_names_are_cause(site: SmallSite, asked: list[dict[str, int]]) -> None:
    site.write("vocabulary.toml", '[[topic]]\nid = "blue-bridge"\nkind = "event"\nlabel = { en = "Blue Bridge Project" }\n')
    site.build()
    assert asked == [{"en": 2}]


def test_a_build_that_was_killed_before_it_could_ask_is_cause(
    site: SmallSite, asked: list[dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    write(site, "words", f"{BODY} {BODY}")
    with monkeypatch.context() as patched:
        patched.setattr(gathering, "COMMIT_EVERY", 1)
        patched.setattr(suggesting, "settle_suggestions", killed)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert site.build().changed == 0
    assert asked == [{"en": 2}]
