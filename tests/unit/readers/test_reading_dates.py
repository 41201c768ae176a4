"""Dates as sources write them."""

from datetime import date

import pytest
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from generator.model import ArticleDate
from generator.readers import dates
from generator.readers.dates import line_date, path_date, read_date, strongest, url_date

READ = [
    ("2017-11-11", "ur", "2017-11-11"), ("2017-11", "ar", "2017-11"), ("2017", "ar", "2017"), ("۲۰۱۷-۱۱-۱۱", "fa", "2017-11-11"),
    ("٢٠١٧/١١/١١", "ar", "2017-11-11"), ("2017-11-11T14:05:00+05:00", "en", "2017-11-11T14:05:00+05:00"),
    ("2017-11-11 14:05", "en", "2017-11-11T14:05"), ("31/12/2017", "en", "2017-12-31"), ("11.12.2017", "de", "2017-12-11"),
    ("11/12/2017", "ur", "2017-12-11"),
    ("11 نومبر 2017", "ur", "2017-11-11"), ("12 جولائی 2019، 17:55 PKT", "ur", "2019-07-12T17:55"),
    ("11 نوفمبر 2017", "ar", "2017-11-11"), ("11 تشرين الثاني 2017", "ar", "2017-11-11"),
    ("10 أكتوبر/ تشرين الأول 2018", "ar", "2018-10-10"),
    ("السبت 15 فيفري 2014", "ar", "2014-02-15"), ("۱۱ نوامبر ۲۰۱۷", "fa", "2017-11-11"), ("۲۰ آبان ۱۳۹۶", "fa", "2017-11-11"),
    ("۱۸ مهر ۱۳۹۷ - ۱۰ اکتبر ۲۰۱۸", "fa", "2018-10-10"), ("22 صفر 1439", "ar", "2017-11-11"), ("11 בנובמבר 2017", "he", "2017-11-11"),
    ("Saturday, 11 November 2017 14:05 GMT", "en", "2017-11-11T14:05Z"), ("November 11, 2017", "en", "2017-11-11"),
    ("November 2017", "en", "2017-11"), ("1396-08-20", "fa", "2017-11-11"), ("۱۳۹۶/۸/۲۰", "prs", "2017-11-11"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), READ)
def test_a_date_is_read(text: str, language: str, expected: str) -> None:
    found = read_date(text, language)
    assert found is not None
    assert found.iso == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3/4/2017", "en"), ("2017-13-01", "en"),
        ("31 February 2017", "en"), ("1396-08-20", "en"), ("sometime in May", "en"),
        ("11 نومبر", "ur"), ("یہ 11 نومبر 2017 کی بات ہے", "ur"), ("12 or 13 May 2017", "en"), ("9999-01-01", "en"),
        ("", "en"), ("1200", "ur"),
        ("10 أكتوبر/ تشرين الثاني 2018", "ar"),
    ],
)  # fmt: skip
def test_no_date_is_made_up(text: str, language: str) -> None:
    assert read_date(text, language) is None


def test_a_named_calendar_is_believed() -> None:
    assert read_date("1439-02-22", "ur", "hijri") == ArticleDate(2017, 11, 11)
    assert read_date("1396-08-20", "en", "jalali") == ArticleDate(2017, 11, 11)
    # A Jalali month spans two Gregorian ones, and Dey spans two years.
    assert read_date("1396-08", "fa", "jalali") == ArticleDate(2017)
    assert read_date("1396-10", "fa", "jalali") is None


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("ur/2016/09/x.txt", "ur", ("2016-09", "folder name")), ("x-20150119.txt", "en", ("2015-01-19", "file name")),
        ("2017-11-11-a-title.md", "en", ("2017-11-11", "file name")), ("a/2017-11-11/b.txt", "en", ("2017-11-11", "folder name")),
        ("fa/1396/08/20/a.txt", "fa", ("2017-11-11", "folder name")), ("ar/2013/11/x-20131129.txt", "ar", ("2013-11-29", "file name")),
        ("2011/x.txt", "en", ("2011", "folder name")), ("ur/x.txt", "ur", None), ("world-52924930.txt", "en", None),
        ("090920_bd.txt", "fa", None), ("id-120151231999.txt", "en", None),
    ],
)  # fmt: skip
def test_names_of_files_and_folders_give_a_date_as_far_as_they_say(
    path: str, language: str, expected: tuple[str, str] | None
) -> None:
    found = path_date(path, language)
    assert (None if found is None else (found.iso, found.origin)) == expected


def test_an_address_gives_a_date() -> None:
    found = url_date("https://paper.example/world/2017/11/11/a-title.html", "en")
    assert found is not None
    assert (found.iso, found.origin) == ("2017-11-11", "url")
    assert url_date("https://paper.example/world-52924930", "en") is None


def test_a_line_is_a_date_only_as_a_whole() -> None:
    assert line_date("11 November 2017", "en") is not None
    assert line_date("On 11 November 2017 it rained", "en") is None
    assert line_date("2017", "en") is None


def test_the_stated_date_wins_then_the_most_precise_one() -> None:
    stated, file, folder = (
        ArticleDate(2016),
        ArticleDate(2017, 11, 11, origin="file name"),
        ArticleDate(2017, 11, origin="folder name"),
    )
    assert strongest([folder, file, stated]) == stated
    assert strongest([folder, None, file]) == file
    assert strongest([None]) is None


OTHERWISE = {"eu", "ku", "mn", "mt", "ko", "bg", "mk"}
"""Languages whose long dates of CLDR bend the name of the month, or give it as a number only."""


@pytest.mark.parametrize("code", sorted(dates._more()["months"]))
def test_dates_of_languages_without_a_file_are_read_as_cldr_writes_them(code: str) -> None:
    try:
        locale = Locale.parse({"tl": "fil", "prs": "fa_AF"}.get(code, code.replace("-", "_")))
    except UnknownLocaleError:
        pytest.skip(f"CLDR has no {code}")
    for month in (1, 5, 12) if code not in OTHERWISE else ():
        text = format_date(date(2017, month, 9 + month), "d MMMM y", locale)
        found = read_date(text, code)
        assert found is not None, text
        assert (found.year, found.month, found.day) == (2017, month, 9 + month)


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("2017年11月30日 星期四", "zh-Hans", "2017-11-30"),
        ("2017年11月30日(木) 12時05分", "ja", "2017-11-30"),
        ("2017년 11월 30일 목요일", "ko", "2017-11-30"),
        ("2017年11月", "zh-Hant", "2017-11"),
        ("Thứ Năm, ngày 30 tháng 11 năm 2017", "vi", "2017-11-30"),
        ("30 tháng 11, 2017", "vi", "2017-11-30"),
        ("30 พฤศจิกายน 2560", "th", "2017-11-30"),
        ("30 พ.ย. 2017", "th", "2017-11-30"),
        ("गुरुवार, 30 नवंबर 2017", "hi", "2017-11-30"),
        ("३० नोव्हेंबर २०१७", "mr", "2017-11-30"),
        ("৩০ নভেম্বর ২০১৭", "bn", "2017-11-30"),
        ("30 நவம்பர் 2017", "ta", "2017-11-30"),
        ("30 листопада 2017", "uk", "2017-11-30"),
        ("30 listopada 2017", "pl", "2017-11-30"),
        ("30. listopada 2017.", "hr", "2017-10-30"),
        ("30 Noyabr 2017", "az", "2017-11-30"),
        ("30 Kasım 2017 Perşembe", "tr", "2017-11-30"),
        ("30 de novembro de 2017", "pt", "2017-11-30"),
        ("10ی کانوونی دووەمی 2017", "ckb", "2017-01-10"),
        ("30.11.2017 г.", "bg", "2017-11-30"),
    ],
)
def test_dates_in_words_of_many_languages(text: str, language: str, iso: str) -> None:
    found = read_date(text, language)
    assert found is not None
    assert found.iso == iso


def test_what_two_languages_mean_differently_is_no_date_in_a_third() -> None:
    """Listopad is October in Croatian and November in Polish; ጥሪ may count from the Ethiopian year."""
    assert read_date("30. listopada 2017", "sr-Latn") is None
    assert read_date("ጥሪ 10, 2009", "ti") is None
    assert read_date("2017年11月30日 の会議", "ja") is None
