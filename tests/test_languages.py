"""Every language is complete, agrees with the others in keys and placeholders, and with CLDR in plural forms.

CLDR is asked through Babel, which no page uses. Where a file differs from CLDR on purpose, the difference is listed
here and explained in the file."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from babel import Locale

from generator import collation, language
from generator.language import DIGITS, Language, Slot, codes, load
from generator.text import fold

EXPECTED = "ar bn ckb de en es fa fr he hi id pa-Arab prs ps ru sd sw tr ug ur yi zh"
CLDR = {"prs": "fa_AF", "pa-Arab": "pa_Arab"}
ENGLISH = load("en")

# Letters that keyboards of neighbours give, and that a reader of the language would see as a mistake.
FOREIGN_LETTERS = {
    "ur": "يكهةىېە", "pa-Arab": "يكهةىېە", "fa": "يكةىہے", "prs": "يكةىہے", "ar": "یکہےپچگژڤ", "ps": "كگہےڑٹڈ",
    "sd": "یہےٹڈڑ", "ckb": "يكىةھہ", "ug": "یکہةے",
}  # fmt: skip
# Words left in Latin letters because the language writes them so.
LATIN_WORDS = {"JavaScript", "Markdown", "RSS", "I", "II"}


def locale(code: str) -> Locale:
    return Locale.parse(CLDR.get(code, code))


def slots(parts: tuple[str, ...]) -> list[str]:
    return sorted(part for part in parts if isinstance(part, Slot))


def all_texts(found: Language) -> Iterator[tuple[str, str]]:
    yield from found.strings.items()
    for key, forms in found.plurals.items():
        for category, text in forms.items():
            yield f"{key}.{category}", text


def test_the_promised_languages_are_there() -> None:
    assert " ".join(codes()) == EXPECTED


@pytest.mark.parametrize("code", codes())
def test_strings_and_placeholders_are_those_of_english(code: str) -> None:
    found = load(code)
    assert found.code == code
    assert found.strings.keys() == ENGLISH.strings.keys()
    assert found.plurals.keys() == ENGLISH.plurals.keys()
    for key in ENGLISH.strings:
        assert slots(found.parts(key)) == slots(ENGLISH.parts(key)), key


@pytest.mark.parametrize("code", codes())
def test_every_plural_has_the_forms_of_its_language_and_no_others(code: str) -> None:
    found = load(code)
    categories = {*found.plural_rules, "other"}
    for key, forms in found.plurals.items():
        assert forms.keys() == categories, key
        wanted = {part for text in ENGLISH.plurals[key].values() for part in re.findall(r"\{([a-z_]+)\}", text)}
        for category, text in forms.items():
            names = set(re.findall(r"\{([a-z_]+)\}", text))
            # A form for one number alone may say it in a word (`مقالان`); a form for many numbers may not.
            alone = sum(found.category(n) == category for n in range(1000)) == 1
            assert names == wanted or (alone and names == wanted - {"count"}), (key, category)


@pytest.mark.parametrize("code", codes())
def test_plural_categories_are_those_of_cldr(code: str) -> None:
    rule = locale(code).plural_form
    for n in (*range(250), 999, 1000, 1001, 10_000, 100_000, 999_999, 1_000_000, 1_000_001, 2_000_000):
        assert load(code).category(n) == rule(n), n


@pytest.mark.parametrize("code", codes())
def test_texts_are_clean(code: str) -> None:
    found = load(code)
    for key, text in all_texts(found):
        assert text == text.strip(), key
        assert text, key
        assert "  " not in text, key
        assert "<" not in text, key
        assert not set(re.sub(r"\{[a-z_]+\}", "", text)) & set("{}"), key
        if found.script == "Arab":
            assert not set(text) & set(",;?"), key
        strangers = set(text) & set(FOREIGN_LETTERS.get(code, ""))
        assert not strangers, (key, strangers)


@pytest.mark.parametrize("code", [code for code in codes() if load(code).script not in ("Latn", "Hans")])
def test_nothing_is_left_in_english(code: str) -> None:
    found = load(code)
    months = found.months
    names = [*months.gregorian, *months.jalali, *months.hijri, *months.hebrew, *found.weekdays.wide]
    for text in (*(text for _, text in all_texts(found)), *names):
        words = re.findall(r"[A-Za-z]+", re.sub(r"\{[a-z_]+\}", "", text))
        assert set(words) <= LATIN_WORDS, text


@pytest.mark.parametrize("code", codes())
def test_facts_have_their_full_number(code: str) -> None:
    found = load(code)
    assert [len(names) for names in (found.months.gregorian, found.months.jalali, found.months.hijri)] == [12, 12, 12]
    assert len(found.months.gregorian_in_date or found.months.gregorian) == 12
    assert len(found.months.hebrew) == 14
    for names in (found.months.gregorian, found.months.jalali, found.months.hijri, found.months.hebrew):
        assert len(set(names)) == len(names)
    for days in (found.weekdays.wide, found.weekdays.short, found.weekdays.narrow):
        assert len(days) == 7
    assert 0 <= found.week_start <= 6
    assert found.digits in DIGITS
    assert {"latn", found.digits} <= found.numbers.group.keys()
    assert found.sentence_end
    assert found.comma.endswith((" ", "、"))


@pytest.mark.parametrize("code", codes())
def test_direction_is_that_of_cldr(code: str) -> None:
    assert load(code).direction == ("rtl" if locale(code).character_order == "right-to-left" else "ltr")
    assert language.direction_of(code) == load(code).direction
    assert language.script_of(code) == load(code).script


HOME = {
    "ar": "ar_EG", "bn": "bn_BD", "ckb": "ckb_IQ", "en": "en_GB", "fa": "fa_IR", "he": "he_IL", "hi": "hi_IN",
    "id": "id_ID", "pa-Arab": "pa_Arab_PK", "prs": "fa_AF", "ps": "ps_AF", "sd": "sd_Arab_PK", "sw": "sw_TZ",
    "ug": "ug_CN", "ur": "ur_PK",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(HOME))
def test_the_week_begins_as_in_the_country_of_the_language(code: str) -> None:
    assert load(code).week_start == Locale.parse(HOME[code]).first_week_day


DAYS_OTHERWISE = {
    "he": {"יום שבת"},  # newspapers say שבת alone
    "ckb": {"ھەینی"},  # the other letter for h
    "yi": {"מיטוואך", "דאנערשטיק"},  # YIVO: מיטוואָך, דאָנערשטיק
    "pa-Arab": {"پیر", "منگل", "بُدھ"},
    "ps": {"دونۍ", "درېنۍ", "څلرنۍ", "پينځنۍ", "اونۍ", "يونۍ"},  # newsrooms use the Persian names
}


@pytest.mark.parametrize("code", codes())
def test_weekdays_are_those_of_cldr_but_for_the_listed(code: str) -> None:
    for n, name in locale(code).days["format"]["wide"].items():
        assert load(code).weekdays.wide[n] == name or name in DAYS_OTHERWISE.get(code, ()), name


@pytest.mark.parametrize("code", codes())
def test_separators_of_numbers_are_those_of_cldr(code: str) -> None:
    symbols, numbers = locale(code).number_symbols, load(code).numbers
    for digits, group in numbers.group.items():
        if (code, digits) not in {("ps", "latn"), ("ur", "arab")}:  # CLDR: a point, and a Latin comma
            assert symbols[digits].get("group", ",") == group, digits
    pattern = locale(code).decimal_formats[None].grouping
    assert (numbers.grouping[0], numbers.grouping[-1]) == pattern


MONTHS_OTHERWISE = {
    "ps": {"فېبروري", "اپریل", "مۍ", "سېپتمبر", "اکتوبر", "دسمبر"},  # BBC, VOA and Azadi: اپرېل مې سپټمبر اکټوبر ډسمبر
    "ckb": {"کانونی یەکەم"},
    "yi": {"מערץ", "מיי"},  # YIVO: מאַרץ, מײַ
    "pa-Arab": {"مئ"},
    "zh": {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"},
    "bn": {"জানুয়ারী", "ফেব্রুয়ারী"},  # the Bangla Academy's short vowel, as newspapers print it
}


@pytest.mark.parametrize("code", codes())
def test_months_are_those_of_cldr_but_for_the_listed(code: str) -> None:
    months = load(code).months.gregorian_in_date or load(code).months.gregorian
    for n, name in locale(code).months["format"]["wide"].items():
        if fold(months[n - 1]) != fold(name):
            assert name in MONTHS_OTHERWISE.get(code, ()), (months[n - 1], name)


@pytest.mark.parametrize("code", codes())
def test_cldr_names_of_months_are_read(code: str) -> None:
    words = language.month_words(code)
    # Only the form in dates: Babel 2.18 gives pa_Arab and ug the stand-alone months of whatever language came before.
    for n, name in locale(code).months["format"]["wide"].items():
        assert words.get(fold(name)) == n, name


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("calendar", ["gregorian", "jalali", "hijri", "hebrew"])
def test_no_word_means_two_months_of_one_calendar(code: str, calendar: language.Calendar) -> None:
    found, seen = load(code), dict[str, int]()
    names = getattr(found.months, calendar)
    pairs = [(name, min(n, 12) if n < 14 else 13) for n, name in enumerate(names, 1)]
    for name, n in [*pairs, *found.variants.get(calendar, {}).items()]:
        assert seen.setdefault(fold(name), n) == n, name
        assert language.month_words(code, calendar)[fold(name)] == n, name


@pytest.mark.parametrize("code", codes())
def test_the_bar_is_in_alphabetical_order(code: str) -> None:
    letters = load(code).alphabet.letters.split()
    for first, then in pairwise(letters):
        assert collation.sort_key(first, code) < collation.sort_key(then, code), (first, then)
    bar = collation.alphabet(code)
    assert set(bar) <= set(letters)
    assert [letter for letter in letters if letter in bar] == list(bar)
    assert [collation.initial(letter, code) for letter in bar] == list(bar)
