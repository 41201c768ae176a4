"""The match fold: what counts as the same word, and what must not."""

import pytest

from generator.topics.words import fold_text, fold_word, rules_of, unspaced


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("پاکستان", "پاكستان", "ur"),
        ("امریکہ", "امریکه", "ur"),
        ("أمريكا", "امريكا", "ar"),
        ("سورية", "سوريه", "ar"),
        ("مُحَمَّد", "محمد", "ar"),
        ("العــراق", "العراق", "ar"),
        ("ﻣﺼﺮ", "مصر", "ar"),
        ('ארה"ב', "ארה״ב", "he"),
        ("Türkiye", "Turkiye", "tr"),
        ("U.S.", "US", "en"),
    ],
)
def test_spellings_that_keyboards_exchange_are_one_word(one: str, other: str, language: str) -> None:
    assert fold_text(one, language) == fold_text(other, language)


@pytest.mark.parametrize(("one", "other"), [("بارے", "باری"), ("سنہ", "سن"), ("فوجی", "فیجی"), ("مسئلہ", "مسلہ")])
def test_letters_that_tell_urdu_words_apart_are_kept(one: str, other: str) -> None:
    rules = rules_of("ur")
    assert fold_word(one, rules) != fold_word(other, rules)


def test_a_zero_width_joint_separates_words() -> None:
    assert fold_text("ویت\u200cنام", "fa") == ("ویت", "نام")


def test_signs_are_no_words() -> None:
    assert fold_text("روس، شام۔", "ur") == ("روس", "شام")


def test_thai_is_sought_in_running_text_and_urdu_is_not() -> None:
    assert unspaced("th")
    assert not unspaced("ur")
