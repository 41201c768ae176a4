"""Strings: bidi balance, folding, what is visible."""

from hypothesis import given
from hypothesis import strategies as st

from generator.text import balance, clean, first_strong, fold, visible

CONTROLS = st.text(alphabet="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069ab ابا", max_size=30)


def depth_is_balanced(text: str) -> bool:
    """Whether a reader of UAX #9 ends where it began, and never closes what it did not open."""
    open_: list[str] = []
    for char in text:
        if char in "\u2066\u2067\u2068\u202a\u202b\u202d\u202e":
            open_.append("i" if char in "\u2066\u2067\u2068" else "e")
        elif char == "\u2069":
            if "i" not in open_:
                return False
            while open_.pop() != "i":
                pass
        elif char == "\u202c" and (not open_ or open_.pop() != "e"):
            return False
    return not open_


@given(CONTROLS)
def test_balanced_text_opens_nothing_that_it_does_not_close(text: str) -> None:
    assert depth_is_balanced(balance(text))


@given(CONTROLS)
def test_balance_loses_no_visible_character_and_changes_nothing_twice(text: str) -> None:
    assert visible(balance(text)) == visible(text)
    assert balance(balance(text)) == balance(text)


@given(st.text())
def test_clean_text_is_valid_in_html_and_keeps_what_is_visible(text: str) -> None:
    cleaned = clean(text)
    assert visible(cleaned) == visible(text)
    assert not any(ord(char) < 32 and char not in "\t\n\r" for char in cleaned)


def test_spellings_of_one_name_fold_together() -> None:
    for one, other in [
        ("پاکستان", "پاكستان"), ("ایران", "ايران"), ("مُحَمَّد", "محمد"), ("ســـلام", "سلام"), ("Élysée", "elysee"),
        ("کتاب‌ها", "کتاب ها"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"), ("ﺳﻼﻡ", "سلام"),
    ]:  # fmt: skip
        assert fold(one) == fold(other)


def test_names_that_differ_stay_apart() -> None:
    for one, other in [("آم", "ام"), ("بارے", "باری"), ("گھر", "گہر"), ("हिन्दी", "हिनदी")]:
        assert fold(one) != fold(other)


def test_direction_is_that_of_the_first_letter() -> None:
    assert first_strong("123 – سلام abc") == "rtl"
    assert first_strong("«Reuters» سلام") == "ltr"
    assert first_strong("12:30") is None
