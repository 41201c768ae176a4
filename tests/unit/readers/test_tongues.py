"""The language of a text from 200 characters of it, composed for the purpose."""

import pytest
from reading_inputs import TEXTS

from generator.readers.tongues import fit, script_of_text, tongue_of


@pytest.mark.parametrize("code", TEXTS)
def test_two_hundred_characters_tell_the_language(code: str) -> None:
    found = tongue_of(TEXTS[code][:200])
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("code", ["ur", "fa"])
def test_arabic_forms_of_yeh_and_kaf_do_not_mislead(code: str) -> None:
    found = tongue_of(TEXTS[code].translate(str.maketrans("یک", "يك"))[:200])
    assert found is not None
    assert found.code == code


def test_only_the_languages_of_the_site_are_considered() -> None:
    found = tongue_of(TEXTS["fa"], ("ur", "ar"))
    assert found is not None
    assert found.code in ("ur", "ar")


def test_a_text_of_numbers_has_no_script_and_no_language() -> None:
    assert script_of_text("12.5 | 13.7 - 2017") == "Zyyy"
    assert tongue_of("12.5 | 13.7") is None


def test_two_words_at_least_tell_the_direction() -> None:
    found = tongue_of("ٹھ")
    assert found is not None
    assert found.script == "Arab"


def test_words_fit_a_text_and_not_its_wrong_decoding() -> None:
    right = TEXTS["ar"]
    wrong = right.encode("windows-1256").decode("windows-1252", "replace")
    assert fit(right)[2] > 15
    assert fit(wrong)[2] < 5
