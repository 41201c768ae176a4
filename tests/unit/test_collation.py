"""The order of words against ICU's (`icu/facts.js`), and what we do otherwise on purpose."""

import json
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from generator.collation import alphabet, initial, sort_key

ORDER = json.loads((Path(__file__).parent / "icu" / "order.json").read_text("utf-8"))


def in_order(words: str, code: str) -> list[str]:
    """`words` shuffled and sorted again."""
    listed = words.split()
    random.Random(1).shuffle(listed)
    return sorted(listed, key=lambda word: sort_key(word, code))


@pytest.mark.parametrize("code", sorted(ORDER))
def test_words_stand_in_the_order_of_icu(code: str) -> None:
    words = ORDER[code].split(" ")
    assert len(words) > 240
    for first, then in pairwise(words):
        assert sort_key(first, code) < sort_key(then, code), (first, then)


SCHOOL = {
    # CLDR has no order for these three: the school alphabet, by hand.
    "sd": "ابو آدم اسلام بدين ٻار ڀاءُ تاريخ ٿر ٽنڊو ٺٽو ثابت پاڻي جبل ڄام جھنگ چنڊ ڇوڪرو حيدرآباد خان دادو ڌرتي ڏات ڊڄ "
    "ڍل ذات راڻي زمين سنڌ شاهه صدر ضلعو طالب ظلم عمر غم فوج ڦل قلم ڪراچي کير گل ڳوٺ گھر لاڙڪاڻو مهراڻ نواب ورق ھالا يار",
    "ckb": "ئازادی ئەمریکا ئێران باران پارتی تاران جەنگ چیا حکومەت خاک دهۆک ڕۆژ زاخۆ ژن سلێمانی شار عێراق غەم فەرهەنگ "
    "ڤیان قەندیل کورد گەل لالش مەهاباد نان وان ۆف هەولێر یاسا",
    "pa-Arab": "اٹک آزادی بہار بھارت پنجاب پھل تاریخ تھر ٹرک جہلم جھنگ چناب لکھت لہور ملتان نانک وار ہیر یار",
    # Two letters or the letter they make: Yiddish keyboards have both.
    "yi": "װאָרט וואָרט וויפֿל װעלט וועלט",
}


@pytest.mark.parametrize("code", sorted(SCHOOL))
def test_words_stand_in_the_order_of_the_school_alphabet(code: str) -> None:
    assert in_order(SCHOOL[code], code) == SCHOOL[code].split()


def test_letters_of_another_keyboard_do_not_move_a_word() -> None:
    assert in_order("كابل کتاب كراچی کوئٹہ", "ur") == ["كابل", "کتاب", "كراچی", "کوئٹہ"]
    assert in_order("علی علي علیگڑھ", "ur") == ["علی", "علي", "علیگڑھ"]
    assert in_order("گزارش كرمان کرمانشاه كيش", "fa") == ["كرمان", "کرمانشاه", "كيش", "گزارش"]


def test_marks_and_joiners_decide_last() -> None:
    assert in_order("مُحَمَّد محمد محمود مـحـمـد", "ar")[-1] == "محمود"
    assert sort_key("می‌خواهم", "fa")[:12] == sort_key("میخواهم", "fa")[:12]
    assert sort_key("می‌خواهم", "fa") != sort_key("میخواهم", "fa")


def test_the_article_is_not_skipped_in_arabic() -> None:
    assert in_order("القدس باريس لبنان", "ar") == ["القدس", "باريس", "لبنان"]
    assert initial("القدس", "ar") == "ا"


def test_signs_come_before_digits_and_digits_before_letters() -> None:
    assert in_order("آب Zebra 42 ۱۱ & अ Ж", "ur") == ["&", "۱۱", "42", "آب", "Zebra", "Ж", "अ"]


def test_a_quotation_mark_at_the_beginning_does_not_count() -> None:
    assert in_order("«فجر» غزہ قم", "ur") == ["غزہ", "«فجر»", "قم"]
    assert initial("«فجر»", "ur") == "ف"
    assert initial("‘ठीक’", "hi") == "ठ"


@pytest.mark.parametrize(
    ("code", "name", "letter"),
    [
        ("ur", "آزادی", "آ"), ("ur", "اردو", "ا"), ("ur", "بھارت", "ب"), ("ur", "كراچی", "ک"), ("ur", "ۂ", "ہ"),
        ("ur", "ے", "ی"),
        ("fa", "آب", "آ"), ("fa", "أحمد", "ا"), ("fa", "ٹرمپ", "ث"), ("fa", "علي", "ع"),
        ("ar", "أحمد", "ا"), ("ar", "إيران", "ا"), ("ar", "آسيا", "ا"), ("ar", "پاريس", "ب"), ("ar", "گوگل", "ك"),
        ("ar", "ة", "ت"),
        ("ps", "ټول", "ټ"), ("ps", "گل", "ګ"), ("ps", "ډاکټر", "ډ"), ("prs", "ټولو", "ت"),
        ("sd", "جھنگ", "جھ"), ("sd", "ڳوٺ", "ڳ"), ("sd", "آدم", "ا"), ("ckb", "ئازادی", "ئ"), ("ckb", "ڵا", "ل"),
        ("ug", "ئۇيغۇر", "ئ"), ("he", "ךף", "כ"), ("he", "צה״ל", "צ"), ("yi", "אַחד", "א"), ("yi", "וואָרט", "װ"),
        ("yi", "פּוילן", "פּ"),
        ("yi", "פֿריש", "פ"), ("en", "élan", "E"), ("en", "ﬁnance", "F"), ("en", "Øresund", "O"), ("es", "ñandú", "Ñ"),
        ("tr", "ılık", "I"), ("tr", "ilik", "İ"), ("tr", "Irak", "I"), ("ru", "Ёж", "Е"), ("hi", "ज़मीन", "ज"),
        ("bn", "ৎ", "ত"), ("zh", "北京", "B"), ("zh", "中国", "Z"), ("zh", "Apple", "A"), ("zh", "龘", "#"),
        ("ur", "apple", "A"), ("ur", "Москва", "М"), ("en", "پاکستان", "پ"), ("en", "كتاب", "ک"), ("ur", "中国", "中"),
        ("ur", "2017", "#"),
        ("ur", "۱۱", "#"), ("ur", "", "#"), ("ur", "!", "#"), ("sr", "београд", "Б"), ("ja", "日本", "日"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_letter(code: str, name: str, letter: str) -> None:
    assert initial(name, code) == letter


@pytest.mark.parametrize("code", [*sorted(ORDER), "sd", "ckb", "pa-Arab", "zh", "sr", "ja"])
def test_names_under_one_letter_stand_together(code: str) -> None:
    words = {word for words in ORDER.values() for word in words.split(" ")[::7]}
    seen: list[str] = []
    for letter in (initial(word, code) for word in sorted(words, key=lambda word: sort_key(word, code))):
        if not seen or seen[-1] != letter:
            assert letter not in seen
            seen.append(letter)


def test_the_bar_has_letters_that_begin_words() -> None:
    assert "ے" not in alphabet("ur")
    assert alphabet("ur")[:3] == ("ا", "آ", "ب")
    assert alphabet("fa")[:3] == ("آ", "ا", "ب")
    assert alphabet("sr") == ()


def test_chinese_stands_among_the_latin_words_of_its_sound() -> None:
    assert in_order("中国 北京 Apple 上海 Beta 安徽", "zh") == ["Apple", "安徽", "Beta", "北京", "上海", "中国"]


def test_two_texts_have_one_key_only_if_they_are_equal() -> None:
    forms = ["é", "e\u0301", "E\u0301", "É", "ﷺ", "ـé", "é\u200c", "é ", " é"]
    assert len({sort_key(form, "en") for form in forms}) == len(forms)


def test_a_hundred_thousand_names_sort_in_seconds() -> None:
    chance = random.Random(2)
    names = ["".join(chance.choices("ابپتٹثجچحخدڈرزسشعغفقکگلمنوہی ", k=18)) for _ in range(20_000)]
    start = time.process_time()
    sorted(names, key=lambda name: sort_key(name, "ur"))
    assert time.process_time() - start < 1  # 0.1 s on the machine this was written on
