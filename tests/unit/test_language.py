"""Finding a language, its strings, plurals, digits and direction. What all languages have in common: test_languages."""

import pickle
import subprocess
import sys

import pytest
from babel.core import get_global

from generator import language
from generator.language import LanguageError, Slot, autonym, direction_of, has, load, month_words, resolve, script_of
from generator.text import fold


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("ur", "ur"), ("ur-PK", "ur"), ("UR_pk", "ur"), ("ur-Arab-IN", "ur"), ("fa-AF", "prs"), ("prs-AF", "prs"),
        ("fa-IR", "fa"), ("pes", "fa"), ("pa-Arab", "pa-Arab"), ("pa-PK", "pa-Arab"), ("pnb", "pa-Arab"),
        ("pa_Arab_PK", "pa-Arab"), ("ku-Arab", "ckb"), ("ku-IQ", "ckb"), ("iw", "he"), ("zh-CN", "zh"),
        ("zh-Hans-SG", "zh"), ("en-US", "en"), ("es-419", "es"), ("urd", "ur"), ("ar-u-nu-latn", "ar"),
    ],
)  # fmt: skip
def test_a_tag_finds_its_language(code: str, found: str) -> None:
    assert resolve(code) == found
    assert has(code)
    assert load(code).code == found


@pytest.mark.parametrize("code", ["pa", "pa-IN", "ur-Latn", "ku", "zh-Hant", "zh-TW", "ug-Cyrl", "ks-Deva", "xx", ""])
def test_another_script_or_an_unknown_language_finds_nothing(code: str) -> None:
    assert not has(code)
    with pytest.raises(LanguageError):
        load(code)


def test_an_unknown_language_is_told_the_nearest() -> None:
    with pytest.raises(LanguageError, match="nearest: ckb"):
        load("ckk")


def test_a_language_is_read_once() -> None:
    assert load("ur-PK") is load("ur")


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(LanguageError("no string 'x'")))
    assert str(error) == "no string 'x'"


@pytest.mark.parametrize(
    ("code", "script", "direction"),
    [
        ("ur", "Arab", "rtl"), ("pa", "Guru", "ltr"), ("pa-PK", "Arab", "rtl"), ("pa-Arab", "Arab", "rtl"),
        ("sr", "Cyrl", "ltr"), ("sr-Latn", "Latn", "ltr"), ("ks", "Arab", "rtl"), ("ks-Deva", "Deva", "ltr"),
        ("uz", "Latn", "ltr"), ("uz-AF", "Arab", "rtl"), ("dv", "Thaa", "rtl"), ("yi", "Hebr", "rtl"),
        ("arc", "Armi", "rtl"), ("nqo", "Nkoo", "rtl"), ("ff-Adlm", "Adlm", "rtl"), ("zh-TW", "Hant", "ltr"),
        ("ku", "Latn", "ltr"), ("ckb", "Arab", "rtl"), ("az-IR", "Arab", "rtl"), ("bal", "Arab", "rtl"),
        ("qqq", "Latn", "ltr"),
    ],
)  # fmt: skip
def test_direction_follows_from_the_script(code: str, script: str, direction: str) -> None:
    assert script_of(code) == script
    assert direction_of(code) == direction


def test_scripts_are_the_likely_ones_of_cldr() -> None:
    for tag, likely in get_global("likely_subtags").items():
        base, *rest = tag.split("_")
        # Chinese abroad is written in either script; Pontic Greek, Laz and Mundari are in no archive we know.
        if base in ("und", "zh", "nan", "hak", "pnt", "lzz", "unr") and (rest or base == "und"):
            continue
        expected = next(part for part in likely.split("_") if len(part) == 4)
        assert script_of(tag.replace("_", "-")) == expected, tag


def test_numbers_are_grouped_and_written_as_the_language_does() -> None:
    assert load("ur").number(1234567) == "1,234,567"
    assert load("fa").number(1234567) == "۱٬۲۳۴٬۵۶۷"
    assert load("ckb").number(1234) == "١٬٢٣٤"
    assert load("hi").number(1234567) == "12,34,567"
    assert load("bn").number(1234567) == "১২,৩৪,৫৬৭"
    assert [load("es").number(n) for n in (999, 1234, 12345)] == ["999", "1234", "12.345"]
    assert load("fr").number(12345) == "12\u202f345"
    assert load("en").number(-1000) == "\u22121,000"
    assert load("en").number(0) == "0"


def test_an_archive_may_ask_for_other_digits() -> None:
    arabic = load("ar").with_digits("arab")
    assert arabic.number(1234567) == "١٬٢٣٤٬٥٦٧"
    assert arabic.plural("articles", 5) == "٥ مقالات"
    assert arabic.numerals("2017-11") == "٢٠١٧-١١"
    assert load("ar").number(5) == "5"
    assert load("ar").number(5, "arab") == "٥"
    assert load("ar").with_digits(None) is load("ar")
    with pytest.raises(LanguageError, match="arabext"):
        load("ar").with_digits("persian")


def test_arabic_has_six_plurals() -> None:
    forms = [load("ar").plural("articles", n) for n in (0, 1, 2, 3, 11, 100)]
    assert forms == ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالا", "100 مقال"]


def test_russian_plurals_go_by_the_last_digits() -> None:
    forms = [load("ru").plural("articles", n) for n in (1, 2, 5, 11, 21, 22, 25, 111)]
    assert " ".join(form.split()[1] for form in forms) == "статья статьи статей статей статья статьи статей статей"


def test_text_fills_its_placeholders() -> None:
    assert load("en").text("page_of", page=3, pages=1200) == "Page 3 of 1,200"
    assert load("fa").text("span", first="۱۹۴۷", last="۲۰۲۵") == "۱۹۴۷ تا ۲۰۲۵"
    assert load("ur").text("by", name="{page} & <b>") == "تحریر: {page} & <b>"


def test_parts_leave_the_placeholders_to_the_caller() -> None:
    parts = load("en").parts("page_of")
    assert parts == ("Page ", "page", " of ", "pages")
    assert [isinstance(part, Slot) for part in parts] == [False, True, False, True]
    assert load("ar").parts("articles", 2) == ("مقالان",)
    assert load("en").parts("articles", 2) == ("count", " articles")


def test_a_wrong_key_or_placeholder_is_an_error() -> None:
    english = load("en")
    with pytest.raises(LanguageError, match="nearest: search"):
        english.text("serach")
    with pytest.raises(LanguageError, match="placeholders page, pages; given: page"):
        english.text("page_of", page=1)
    with pytest.raises(LanguageError, match="placeholders none; given: name"):
        english.text("home", name="x")
    with pytest.raises(LanguageError, match="needs a count"):
        english.text("articles")
    with pytest.raises(LanguageError, match="has no plural forms"):
        english.plural("home", 2)


def test_a_list_has_the_comma_of_the_language() -> None:
    assert load("ur").listing(["لاہور", "کراچی"]) == "لاہور، کراچی"
    assert load("zh").listing(("北京", "上海")) == "北京、上海"


def test_autonyms_are_known_without_a_file_too() -> None:
    assert autonym("ur-PK") == "اردو"
    assert autonym("prs") == "دری"
    assert autonym("ja") == "日本語"
    assert autonym("sr-Latn") == "srpski (latinica)"
    assert autonym("qqq") == "qqq"


@pytest.mark.parametrize(
    ("code", "calendar", "word", "month"),
    [
        ("ar", "gregorian", "تشرين الثاني", 11), ("ar", "gregorian", "نوفمبر", 11), ("ar", "gregorian", "غشت", 8),
        ("ar", "gregorian", "جويلية", 7), ("ar", "gregorian", "ابريل", 4), ("ar", "hijri", "ربيع الثاني", 4),
        ("ur", "gregorian", "جولائ", 7), ("ur", "gregorian", "مار چ", 3), ("ur", "hijri", "ذی الحجہ", 12),
        ("fa", "gregorian", "ژوئیه", 7), ("fa", "gregorian", "می", 5), ("fa", "jalali", "امرداد", 5),
        ("fa", "jalali", "عقرب", 8), ("prs", "jalali", "عقرب", 8), ("prs", "jalali", "آبان", 8),
        ("ps", "jalali", "لړم", 8), ("ps", "jalali", "حمل", 1), ("ps", "gregorian", "اگست", 8),
        ("ckb", "gregorian", "ئۆکتۆبەر", 10), ("he", "hebrew", "מרחשוון", 8), ("he", "hebrew", "אדר ב׳", 13),
        ("he", "hebrew", "אדר א", 12), ("he", "hebrew", "אדר", 12), ("ru", "gregorian", "ноября", 11),
        ("ru", "gregorian", "ноябрь", 11), ("en", "gregorian", "SEPT", 9), ("yi", "gregorian", "נאװעמבער", 11),
    ],
)  # fmt: skip
def test_words_for_months_are_read(code: str, calendar: language.Calendar, word: str, month: int) -> None:
    assert month_words(code, calendar)[fold(word)] == month


def test_a_language_without_a_file_has_no_words_for_months() -> None:
    assert month_words("ja") == {}


def test_the_import_is_cheap() -> None:
    code = "import sys, generator.language, generator.dates, generator.collation; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"babel", "jdatetime", "hijridate", "convertdate", "difflib"} & set(loaded)
