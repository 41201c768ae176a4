"""The language of a text from 200 characters of it, composed for the purpose."""

import pytest
from reading_inputs import SENTENCES, TEXTS

from generator.readers.article import SURE
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


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_or_two_are_enough(code: str) -> None:
    for text in SENTENCES[code]:
        found = tongue_of(text)
        assert found is not None
        assert found.code == code, text


def test_a_table_of_figures_and_names_is_not_sure_of_its_language() -> None:
    """One word that happens to be common in some language is no evidence against the folder's or the site's."""
    for text in ("Krona Sa 16, Mo 22\n\nKela 12: 14, Orta 9", "Alpha – 12.5, Delta – 3.5, Omega\n\nBeta na 13.7\n\nGamma 14.2"):
        found = tongue_of(text)
        assert found is None or found.margin < SURE
    found = tongue_of("Net 531,896 vs 727,781\n\nRevs 16.0 mln vs 16.8 mln\n\nShr 10 cts")
    assert found is not None
    assert found.code == "en"


def test_every_form_of_a_letter_finds_the_common_words() -> None:
    for code, words in (("ar", "في على إلى التي هي"), ("sd", "جي کي تي ٿي ڪري"), ("fa", "می شود هایی ای یک")):
        forms = (words, words.replace("ي", "ی").replace("ى", "ی").replace("ك", "ک"))
        for form in forms:
            found = tongue_of(form * 3)
            assert found is not None
            assert found.worded > 0.5, (code, form)
