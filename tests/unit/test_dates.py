"""Dates in words against the way newspapers print them, calendars against ICU (`icu/facts.js`)."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from generator import dates
from generator.language import codes, load
from generator.model import ArticleDate

DAY = ArticleDate(2017, 11, 11)
FACTS = json.loads((Path(__file__).parent / "icu" / "calendars.json").read_text("utf-8"))


def triple(text: str, sep: str = "-") -> tuple[int, int, int]:
    year, month, day = map(int, text.split(sep))
    return year, month, day


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ur", "11 نومبر 2017"), ("ar", "11 نوفمبر 2017"), ("fa", "۱۱ نوامبر ۲۰۱۷"), ("prs", "۱۱ نومبر ۲۰۱۷"),
        ("ps", "۱۱ نومبر ۲۰۱۷"), ("sd", "11 نومبر 2017"), ("ckb", "١١ی تشرینی دووەمی ٢٠١٧"),
        ("ug", "2017-يىلى 11-نويابىر"), ("he", "11 בנובמבר 2017"), ("yi", "נאָוועמבער 11, 2017"),
        ("pa-Arab", "11 نومبر 2017"), ("en", "11 November 2017"), ("fr", "11 novembre 2017"),
        ("es", "11 de noviembre de 2017"), ("de", "11. November 2017"), ("tr", "11 Kasım 2017"),
        ("hi", "11 नवंबर 2017"),
        ("bn", "১১ নভেম্বর ২০১৭"), ("ru", "11 ноября 2017 года"), ("id", "11 November 2017"), ("sw", "11 Novemba 2017"),
        ("zh", "2017年11月11日"),
    ],
)  # fmt: skip
def test_a_day_in_words(code: str, words: str) -> None:
    assert dates.in_words(DAY, load(code)) == words


def test_every_language_has_its_day_tested_above() -> None:
    tested = test_a_day_in_words.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert sorted(code for code, _ in tested) == sorted(codes())


def test_a_date_is_as_precise_as_it_is_known() -> None:
    urdu = load("ur")
    assert dates.in_words(ArticleDate(2017), urdu) == "2017"
    assert dates.in_words(ArticleDate(2017, 11), urdu) == "نومبر 2017"
    assert dates.in_words(ArticleDate(2017, 11, 11, "14:05:30+05:00"), urdu) == "11 نومبر 2017، 14:05"
    assert dates.in_words(ArticleDate(2017, 11), load("ru")) == "ноябрь 2017 года"
    assert dates.in_words(ArticleDate(2017), load("zh")) == "2017年"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert dates.in_words(ArticleDate(2017, 5, 1), load("fr")) == "1er mai 2017"
    assert dates.day_month(5, 1, load("fr")) == "1er mai"
    assert dates.day_month(5, 1, load("es")) == "1 de mayo"


def test_an_archive_may_ask_for_other_digits() -> None:
    assert dates.in_words(DAY, load("ar"), "arab") == "١١ نوفمبر ٢٠١٧"
    assert dates.in_words(DAY, load("fa"), "latn") == "11 نوامبر 2017"


@pytest.mark.parametrize(
    ("code", "calendar", "words"),
    [
        ("fa", "jalali", "۲۰ آبان ۱۳۹۶ - ۱۱ نوامبر ۲۰۱۷"), ("prs", "jalali", "۲۰ عقرب ۱۳۹۶ - ۱۱ نومبر ۲۰۱۷"),
        ("ps", "jalali", "۲۰ لړم ۱۳۹۶ - ۱۱ نومبر ۲۰۱۷"), ("ar", "hijri", "11 نوفمبر 2017 – 22 صفر 1439 هـ"),
        ("ur", "hijri", "11 نومبر 2017 (22 صفر 1439 ہجری)"), ("he", "hebrew", "11 בנובמבר 2017, כ״ב בחשוון תשע״ח"),
        ("yi", "hebrew", "נאָוועמבער 11, 2017 (כ״ב חשוון תשע״ח)"),
        ("en", "hijri", "11 November 2017 (22 Safar 1439 AH)"),
        ("ckb", "jalali", "١١ی تشرینی دووەمی ٢٠١٧ (٢٠ی گەڵاڕێزانی ١٣٩٦ی هەتاوی)"),
    ],
)  # fmt: skip
def test_a_second_calendar_stands_where_the_language_puts_it(
    code: str, calendar: dates.SecondCalendar, words: str
) -> None:
    assert dates.in_words(DAY, load(code), calendar=calendar) == words


def test_every_language_can_print_every_calendar() -> None:
    for code in codes():
        for calendar in ("jalali", "hijri", "hebrew"):
            text = dates.second_calendar(DAY, load(code), calendar)
            assert text, (code, calendar)
            assert "{" not in text, (code, calendar)


def test_a_month_or_year_has_no_second_calendar() -> None:
    assert dates.second_calendar(ArticleDate(2017, 11), load("fa"), "jalali") is None
    assert dates.in_words(ArticleDate(2017, 11), load("fa"), calendar="jalali") == "نوامبر ۲۰۱۷"


def test_the_time_follows_both_calendars() -> None:
    moment = ArticleDate(2017, 11, 11, "14:05")
    assert dates.in_words(moment, load("fa"), calendar="jalali") == "۲۰ آبان ۱۳۹۶ - ۱۱ نوامبر ۲۰۱۷، ۱۴:۰۵"


def test_adar_is_told_from_adar_one() -> None:
    hebrew = load("he")
    assert dates.second_calendar(ArticleDate(2018, 3, 1), hebrew, "hebrew") == "י״ד באדר תשע״ח"
    assert dates.second_calendar(ArticleDate(2019, 3, 1), hebrew, "hebrew") == "כ״ד באדר א׳ תשע״ט"
    assert dates.second_calendar(ArticleDate(2019, 3, 21), hebrew, "hebrew") == "י״ד באדר ב׳ תשע״ט"


@pytest.mark.parametrize(
    ("n", "letters"),
    [(1, "א׳"), (10, "י׳"), (15, "ט״ו"), (16, "ט״ז"), (17, "י״ז"), (30, "ל׳"), (708, "תש״ח"), (778, "תשע״ח"),
     (715, "תשט״ו"), (680, "תר״ף"), (744, "תשד״מ"), (780, "תש״ף"), (900, "תת״ק")],
)  # fmt: skip
def test_hebrew_numerals_as_calendars_print_them(n: int, letters: str) -> None:
    assert dates.hebrew_numeral(n) == letters


def test_a_day_with_its_weekday() -> None:
    assert dates.in_full(DAY, load("ur")) == "ہفتہ، 11 نومبر 2017"
    assert dates.in_full(DAY, load("en")) == "Saturday 11 November 2017"
    assert dates.in_full(DAY, load("tr")) == "11 Kasım 2017 Cumartesi"
    assert dates.in_full(ArticleDate(2017, 11), load("en")) == "November 2017"


def test_the_week_begins_where_the_language_begins_it() -> None:
    assert dates.weekday_columns(load("fa"))[0][0] == "شنبه"
    assert dates.weekday_columns(load("ur"))[0][0] == "اتوار"
    assert [narrow for _, _, narrow in dates.weekday_columns(load("en"))] == ["M", "T", "W", "T", "F", "S", "S"]
    # 1 November 2017 was a Wednesday.
    assert dates.weeks(2017, 11, load("fa"))[0] == (0, 0, 0, 0, 1, 2, 3)
    assert dates.weeks(2017, 11, load("en"))[0] == (0, 0, 1, 2, 3, 4, 5)


def test_jalali_and_hebrew_days_are_those_of_icu() -> None:
    assert len(FACTS) == 552
    for day, jalali, _, _, hebrew in FACTS:
        assert dates.to_jalali(*triple(day)) == triple(jalali), day
        assert dates.from_jalali(*triple(jalali)) == triple(day), day
        assert dates.to_hebrew(*triple(day)) == triple(hebrew), day
        assert dates.from_hebrew(*triple(hebrew)) == triple(day), day


def test_hijri_days_are_those_of_icu_where_both_know_the_printed_calendar() -> None:
    compared = 0
    for day, _, printed, civil, _ in FACTS:
        ours = dates.to_hijri(*triple(day))
        assert dates.from_hijri(*ours) == triple(day), day
        if "2000" <= day < "2029":
            assert ours == triple(printed), day
            compared += 1
        elif day < "1924-08-01" or day > "2077-11-16":
            assert ours == triple(civil), day
            compared += 1
    assert compared > 200


def test_hijri_days_follow_each_other_where_the_calendars_meet() -> None:
    """The tabular and the printed calendar differ by a day at most where one takes over from the other."""
    for seam in (date(1924, 8, 1), date(2077, 11, 16)):
        days = [seam + timedelta(n) for n in range(-3, 4)]
        numbers = [y * 354 + m * 29.5 + d for y, m, d in (dates.to_hijri(*triple(str(day))) for day in days)]
        assert all(-1 <= then - first <= 3 for first, then in pairwise(numbers))


@pytest.mark.parametrize(
    ("convert", "day"),
    [
        (dates.from_jalali, (1396, 12, 30)), (dates.from_jalali, (1396, 13, 1)), (dates.from_hijri, (1439, 2, 31)),
        (dates.from_hijri, (1300, 2, 30)), (dates.from_hijri, (1300, 13, 1)), (dates.from_hebrew, (5778, 13, 1)),
        (dates.from_hebrew, (5778, 0, 1)), (dates.from_hebrew, (5778, 2, 30)),
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(
    convert: Callable[[int, int, int], dates.YearMonthDay], day: dates.YearMonthDay
) -> None:
    with pytest.raises(ValueError):
        convert(*day)
