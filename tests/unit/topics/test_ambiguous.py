"""Each name that is also an ordinary word: alone it is no topic, beside other evidence it is."""

from pathlib import Path

import pytest
from topic_articles import article, topics

import generator.topics
from generator.topics import packs
from generator.topics.words import cased, fold_text

LIST = Path(generator.topics.__file__).parent / "lists" / "ambiguous.txt"
LINES = [
    tuple(part.strip() for part in line.split("|")[:2])
    for line in LIST.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def owner(language: str, word: str) -> packs.Alias | None:
    keys = fold_text(word, language)
    return next(
        (a for a in packs.aliases(language) if a.mark <= packs.WEAK and fold_text(a.text, language) == keys), None
    )


@pytest.mark.parametrize(("language", "word"), LINES)
def test_an_ordinary_word_alone_is_no_topic(language: str, word: str) -> None:
    found = owner(language, word)
    assert found is None or found.mark == packs.WEAK
    shown = topics(article(language, word, f"{word} — {word}", word))
    assert found is None or found.id not in shown


@pytest.mark.parametrize(("language", "word"), LINES)
def test_beside_a_sure_name_of_its_topic_the_word_counts(language: str, word: str) -> None:
    found = owner(language, word)
    if found is None:
        pytest.skip("no topic of this language has the word")
    sure = next((a.text for a in packs.aliases(language) if a.id == found.id and a.mark == packs.STRONG), None)
    if sure is None:
        pytest.skip("the topic has no sure name here; what belongs to it is its evidence")
    one = topics(article(language, sure, f"{word}."))[found.id]
    folded = {fold_text(form, language) for form, _ in one.matched}
    assert fold_text(word, language) in folded or cased(language)


def test_evening_is_not_syria_even_in_an_article_about_syria() -> None:
    shown = topics(article("ur", "دمشق میں اجلاس", "ہفتے کی شام کو دمشق میں بات چیت ہوئی۔"))
    assert "syria" not in shown
    assert "damascus" in shown


def test_syria_is_found_where_damascus_stands() -> None:
    shown = topics(article("ur", "دمشق میں اجلاس", "شام میں امن کی بات ہوئی۔"))
    assert shown["syria"].matched == (("شام", 1),)


def test_a_soldier_is_not_fiji() -> None:
    assert "fiji" not in topics(article("ur", "فوجی مشقیں", "فوجی مشقیں ختم ہو گئیں۔"))
