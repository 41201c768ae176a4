"""Words: where they begin and end, which spellings are one, and that Python and JavaScript agree on all of it."""

import os
import random
import unicodedata

import pytest
from search_script import run

from generator.search import words
from generator.search.codes import CODES, LAST, SIGNS, codes, numbers

MANY = int(os.environ.get("ROZNAMA_FOLDS", "20000"))
"""Random strings that both implementations fold. `ROZNAMA_FOLDS=1000000` takes some minutes."""

ANALYSE = """given => {
  const words = new roznama.Words(given.table);
  return given.texts.map(text => words.compounds(text).map(one => {
    const found = words.analysed(one.text);
    return [one.text, found.width, found.words.map(word => [word.at, word.form, words.strong(word.form), words.route(word.form)])];
  }));
}"""
NEAR = """given => {
  const words = new roznama.Words(given.table);
  return given.pairs.map(pair => words.near(words.strong(pair[0]), words.strong(pair[1])).sort());
}"""


def forms(text: str) -> list[str]:
    return list(words.forms(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("پاکستان", "پاكستان"), ("یہی", "يهي"), ("على", "علی"), ("۱۹۴۷", "1947"), ("١٩٤٧", "१९४७"), ("ســـلام", "سلام"),
        ("ﺳﻼﻡ", "سلام"), ("عِلم", "علم"), ("שָׁלוֹם", "שלום"), ("כּל", "כל"), ("ÉCOLE", "école"), ("ＡＢＣ１", "abc1"),
        ("خانهٔ", "خانه"), ("خانۀ", "خانه"), ("پښتو\u200e", "پښتو"), ("co\u00adoperate", "cooperate"), ("ګل", "گل"),
    ],
)  # fmt: skip
def test_spellings_that_a_reader_takes_for_the_same_have_one_form(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("آباد", "اباد"), ("أحمد", "احمد"), ("کھا", "کہا"), ("جرأت", "جرات"), ("مدرسة", "مدرسه"), ("ښځې", "ښځي"), ("میں", "مین"),
        ("لئے", "لیے"), ("سوء", "سو"), ("école", "ecole"), ("straße", "strasse"), ("ילדים", "ילדימ"), ("ڪتاب", "کتاب"), ("ё", "е"),
    ],
)  # fmt: skip
def test_letters_written_for_each_other_meet_in_the_strong_form(one: str, other: str) -> None:
    assert forms(one) != forms(other)
    assert [words.strong(form) for form in forms(one)] == [words.strong(form) for form in forms(other)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ہے۔اسلام", ["ہے", "اسلام"]), ("آباد،کراچی", ["آباد", "کراچی"]), ("בית־ספר", ["בית", "ספר"]), ("كتاب؟نعم", ["کتاب", "نعم"]),
        ("(پاکستان)", ["پاکستان"]), ("中国人民", ["中国", "国人", "人民"]), ("ไทย", ["ไท", "ทย"]), ("1,947", ["1", "947"]), ("…", []),
        ("the end.Next", ["the", "end", "next"]), ("’اسلام‘", ["اسلام"]), ("😀سلام😀", ["سلام"]), ("ً", []),
    ],
)  # fmt: skip
def test_words_end_at_the_punctuation_of_every_script(text: str, expected: list[str]) -> None:
    assert forms(text) == [words.form(word) for word in expected]


@pytest.mark.parametrize(
    ("compound", "whole"),
    [("کتاب‌ها", "کتابها"), ('צה"ל', "צהל"), ("צה״ל", "צהל"), ("Qur'an", "quran"), ("1,947", "1947"), ("co-operate", "cooperate")],
)
def test_a_compound_is_also_one_word_at_its_first_and_last_place(compound: str, whole: str) -> None:
    width, found = words.analysed(compound)
    assert [at for at, form in found if form == words.form(whole)] == [0, width - 1]


@pytest.mark.parametrize("text", ["5-3", "2010-11", "3.14", "۵٫۳", "1,94"])
def test_numbers_that_stand_close_are_not_one_number(text: str) -> None:
    joined = "".join(forms(text))
    assert joined not in [form for compound in words.compounds(text) for _, form in words.analysed(compound)[1]]


def test_many_parts_are_found_by_their_parts_alone() -> None:
    assert words.analysed("a-b-c-d") == (4, ((0, "a"), (1, "b"), (2, "c"), (3, "d")))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("کتابیں", "کتاب", "ur"), ("کتابوں", "کتاب", "ur"), ("لڑکے", "لڑکا", "ur"), ("والمدرسة", "مدرسة", "ar"), ("الكتاب", "كتاب", "ar"),
        ("הממשלה", "ממשלה", "he"), ("בירושלים", "ירושלים", "he"), ("کتابهای", "کتاب", "fa"), ("میخواند", "خواند", "fa"),
        ("floods", "flood", "en"),
    ],
)  # fmt: skip
def test_affixes_make_words_near_in_their_language(one: str, other: str, language: str) -> None:
    a, b = (words.strong(words.form(word)) for word in (one, other))
    assert language in words.near(a, b)
    assert words.near(a, b) == words.near(b, a)


@pytest.mark.parametrize(("one", "other"), [("ממשלה", "שלה"), ("کتاب", "کاتب"), ("وزیر", "زیر"), ("کر", "کری"), ("cat", "dog")])
def test_words_that_share_some_letters_are_not_near(one: str, other: str) -> None:
    a, b = words.strong(one), words.strong(other)
    assert words.near(a, b) <= {"ar", "arz", "ary", "apc"}  # وزیر could be "and زیر" in Arabic, and there alone


def test_a_word_and_its_prefixed_forms_stand_in_one_shard() -> None:
    for group in (("مدرسة", "المدرسة", "والمدرسة", "بالمدرسة"), ("ירושלים", "בירושלים", "וירושלים", "שבירושלים")):
        assert len({words.route(words.form(word)) for word in group}) == 1, group


def test_what_is_still_being_typed_leads_to_the_shard_of_the_word() -> None:
    for word in ("پاکستان", "ہندوستان", "parliament", "תחרות"):
        form = words.form(word)
        assert {words.route(form[:length]) for length in range(3, len(form) + 1)} == {words.route(form)}


@pytest.mark.parametrize("number", [0, 1, 58, 59, 1946, 1947, 62_362, 62_363, 65_535, 65_536, 10**7])
def test_numbers_are_read_as_they_were_written(number: int) -> None:
    assert list(numbers(codes(number) + codes(3))) == [number, 3]


def test_signs_are_printable_and_harmless_in_a_template_literal() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 91
    assert not set(SIGNS) & set("`\\$ \n")
    assert len(CODES[LAST - 1]) == 1
    assert len(CODES[LAST]) == 2


# ── both implementations ─────────────────────────────────────────────────────────────────────────────────────────────

PIECES = [
    "ال", "وال", "کتاب", "كتاب", "ہے۔", "آ", "ئے", "‌", "־", '"', "״", "'", "שָׁ", "ממשלה", "ﷺ", "ﻻ", "é", "İ", "ß", "Ǆ", "ﬁ", "中国", "ไทย",
    "カ", "۱۹", "٣٫١", "1,2", "3.4", "-", "ـ", "\u0301", "\u200d", "😀", "𐤀", "𝔸", "ʿ", "ё", "Σ", "ς", "ΐ", "क्ष", "২০",
]  # fmt: skip
"""Bits of text in which one or the other implementation might go wrong."""


def random_text(draw: random.Random) -> str:
    out = []
    for _ in range(draw.randint(1, 12)):
        kind = draw.random()
        if kind < 0.4:
            out.append(draw.choice(PIECES))
        elif kind < 0.5:
            out.append(draw.choice(" \n،.؛"))
        elif kind < 0.85:
            out.append(chr(draw.choice((draw.randint(0x590, 0x77F), draw.randint(0x20, 0x24F), draw.randint(0xFB00, 0xFEFC)))))
        else:
            out.append(chr(draw.choice((draw.randint(0, 0xD7FF), draw.randint(0xE000, 0x1FFFF)))))
    return "".join(out)


def test_python_and_javascript_split_fold_and_route_alike() -> None:
    draw = random.Random(20)
    for _ in range(0, MANY, 20_000):
        texts = [random_text(draw) for _ in range(min(MANY, 20_000))]
        found = run(ANALYSE, {"table": words.table(), "texts": texts})
        for text, theirs in zip(texts, found, strict=True):
            ours = []
            for compound in words.compounds(text):
                width, held = words.analysed(compound)
                ours.append([compound, width, [[at, form, words.strong(form), words.route(form)] for at, form in held]])
            assert ours == theirs, ascii(text)


def test_python_and_javascript_fold_every_assigned_letter_alike() -> None:
    texts = [f"a{chr(code)}b" for code in range(0x20, 0x20000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    found = run(ANALYSE, {"table": words.table(), "texts": texts})
    for text, theirs in zip(texts, found, strict=True):
        ours = [(compound, words.analysed(compound)) for compound in words.compounds(text)]
        assert [(one[0], one[1]) for one in theirs] == [(compound, width) for compound, (width, _) in ours], ascii(text)
        assert [[word[1] for word in one[2]] for one in theirs] == [[form for _, form in held] for _, (_, held) in ours], ascii(text)


def test_python_and_javascript_call_the_same_words_near() -> None:
    draw = random.Random(3)
    stems = ["کتاب", "مدرسه", "ملک", "لڑک", "ממשל", "ספר", "flood", "خواند", "هکار", "گل"]
    every = [(before, after) for _, _, before, after in words.GROUPS]
    pairs = []
    for _ in range(3000):
        before, after = draw.choice(every)
        two = draw.choices(stems, k=2) if draw.random() < 0.3 else [draw.choice(stems)] * 2
        pairs.append([draw.choice(before) + stem + draw.choice(after) for stem in two])
    found = run(NEAR, {"table": words.table(), "pairs": pairs})
    ours = [sorted(words.near(words.strong(one), words.strong(other))) for one, other in pairs]
    assert [sorted(set(one)) for one in found] == ours
    assert sum(map(bool, ours)) > 1000
