"""Suggestions: what marks an article, what is published, and what the archivist decides."""

from topic_articles import article

from generator.topics.phrases import ARTICLES, phrases_of, published
from generator.topics.reading import Naming, topics_of
from generator.topics.review import Proposal, as_csv, decided, decisions, near, skeleton
from generator.topics.vocabulary import Topic, Vocabulary


def phrases(language: str, headline: str, *paragraphs: str) -> dict[str, int]:
    return {
        phrase.text: phrase.times
        for phrase in phrases_of(topics_of(article(language, headline, *paragraphs), Naming())[1])
    }


def test_a_phrase_that_stands_twice_marks_an_article() -> None:
    found = phrases("ur", "دریا کا راستہ", "کچا کنارہ بہہ گیا۔ کچا کنارہ پھر بنے گا۔")
    assert found["کچا کنارہ"] == 2


def test_no_phrase_begins_or_ends_with_a_stop_word_or_reaches_over_a_sign() -> None:
    found = phrases("ur", "—", "گاؤں والوں نے کہا کہ، گاؤں والوں نے کہا کہ۔ نہر، پل۔ نہر، پل۔")
    assert not any(phrase.split()[-1] in ("نے", "کہا", "کہ") for phrase in found)
    assert "نہر پل" not in found


def test_where_names_have_capitals_a_phrase_has_them() -> None:
    found = phrases("en", "—", "Amina Rahat spoke of the river bank. The river bank held, said Amina Rahat.")
    assert found == {"Amina Rahat": 2}


def test_what_a_list_knows_is_no_suggestion() -> None:
    assert phrases("en", "—", "Donald Trump came. Donald Trump left.") == {}


def test_a_phrase_is_counted_whatever_its_spelling_and_what_stands_around_it() -> None:
    assert phrases("ur", "—", "کچا کنارہ بہہ گیا۔ پھر (كچا كنارہ) بنے گا، کچا کنارہ۔") == {"کچا کنارہ": 3}
    assert phrases("en", "—", "Green & Valley came. Green-Valley left, Green Valley stayed.") == {"Green Valley": 3}


def test_a_part_of_a_longer_phrase_is_none_of_its_own() -> None:
    assert phrases("en", "—", "Green Valley School opened. Green Valley School closed.") == {"Green Valley School": 2}


def test_published_is_what_marks_several_articles_and_headlines() -> None:
    articles = {"ur": 1000}
    rows = [
        ("ur", "often", ARTICLES, 3), ("ur", "rare", ARTICLES - 1, 4), ("ur", "never in a headline", 40, 0),
        ("ur", "everywhere", 400, 200), ("ur", "seldom in a headline", 40, 3),
    ]  # fmt: skip
    assert [key for _, key in published(rows, articles)] == ["often"]


def test_decisions_become_entries_of_the_vocabulary() -> None:
    text = (
        "language,phrase,articles,headlines,published,may be,example 1,example 2,example 3,decision\n"
        "ur,کچا کنارہ,9,3,yes,,a,b,c,accept place\nur,ویت  نام,4,2,,vietnam,a,b,c,alias-of vietnam\n"
        "ur,پریس ریلیز,40,0,,,a,b,c,reject\nur,کچھ,4,2,,,a,b,c,\nur,غلط,4,2,,,a,b,c,alias-of nothing\n"
    )
    entries, wrong = decided(Vocabulary(), ["vietnam"], decisions(text))
    by_id = {entry.id: entry for entry in entries}
    assert by_id["کچا-کنارہ"].kind == "place"
    assert by_id["vietnam"].names == (("ur", "ویت  نام"),)
    assert by_id["پریس-ریلیز"].hide
    assert [line for line, _ in wrong] == [6]


def test_the_review_has_no_formula_and_no_stray_sign() -> None:
    row = as_csv([Proposal("en", "=cmd", 3, 0, False, None, ("A headline",))]).splitlines()[1]
    assert row == "en,'=cmd,3,0,,,A headline,,,"


def test_spellings_with_and_without_a_space_or_with_another_heh_are_near() -> None:
    names = {skeleton("ویتنام", "ur"): "vietnam"}
    assert near("ویت نام", "ur", names) == "vietnam"
    assert skeleton("انھوں", "ur") == skeleton("انہوں", "ur")


def test_an_accepted_phrase_is_found_as_a_topic() -> None:
    entry = Topic("kacha", "place", (("ur", "کچا کنارہ"),))
    named, _ = topics_of(article("ur", "—", "کچا کنارہ بہہ گیا"), Naming(Vocabulary((entry,))))
    assert [one.key for one in named] == ["kacha"]
