"""Front matter: finding it, reading its fields, and saying what is wrong at which place."""

import pytest

from generator.readers import ReadingOptions, Source, read
from generator.readers.front_matter import parse
from generator.readers.front_matter_syntax import split

TEXT = "\n\nThe old library of the town has opened again after two years of repairs.\n"


def problems(block: str, fence: str = "---") -> list[tuple[int, int, str]]:
    reading = read(f"{fence}\n{block}\n{fence}\nHeadline{TEXT}".encode(), Source("x.txt"), ReadingOptions())
    return [(problem.line, problem.column, problem.code) for problem in reading.problems if problem.severity != "doubt"]


def test_all_mistakes_of_a_file_are_told_at_once_with_their_places() -> None:
    found = problems(
        "date: someday\nlang: klingon?\nurl: somewhere\ntitle: [a, b]\ntags: {a: 1}\ncalendar: maya\ndraft: perhaps"
    )
    assert found == [
        (3, 7, "front-matter-language"), (4, 6, "front-matter-url"), (5, 8, "front-matter-value"), (6, 7, "front-matter-value"),
        (7, 11, "front-matter-calendar"), (8, 8, "front-matter-value"), (2, 7, "date-unreadable"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "fence", "place"),
    [
        ("title: a: b", "---", (2, 9)),
        ("title: [a", "---", (3, 1)),
        ("a: 1\n\tb: 2", "---", (3, 1)),
        ("title = a", "+++", (2, 9)),
        ("a: *x", "---", (2, 4)),
    ],
)
def test_a_broken_block_stops_the_file_and_names_line_and_column(
    block: str, fence: str, place: tuple[int, int]
) -> None:
    reading = read(f"{fence}\n{block}\n{fence}\nHeadline{TEXT}".encode(), Source("x.txt"), ReadingOptions())
    assert reading.article is None
    assert [(p.line, p.column, p.code) for p in reading.problems] == [(*place, "front-matter-syntax")]


def test_a_line_of_dashes_without_fields_is_text() -> None:
    for text in ("---\n\nA line between dashes\n\n---\n", "---\nHe came --- and went\n---\n"):
        assert split(text).block is None


def test_a_block_that_nothing_closes_is_text_and_warned_of() -> None:
    reading = read(b"---\ntitle: x\n\nText of the article.", Source("x.txt"), ReadingOptions())
    assert reading.article is not None
    assert [problem.code for problem in reading.problems if problem.severity == "warning"] == ["front-matter-unclosed"]


def test_names_people_use_mean_the_same_field() -> None:
    for title, date, lang in (
        ("title", "date", "lang"),
        ("headline", "published", "language"),
        ("عنوان", "تاریخ", "زبان"),
    ):
        front, wrong = parse(f"{title}: X\n{date}: 2017\n{lang}: ur\n", False, "x")
        assert not wrong
        assert {name: stated.text for name, stated in front.fields.items()} == {
            "headline": "X",
            "published": "2017",
            "language": "ur",
        }


def test_unknown_fields_are_kept_and_lists_in_them_too() -> None:
    front, _ = parse("shelf: 12\nrooms: [a, b]\n", False, "x")
    assert front.extra == {"shelf": "12", "rooms": '["a","b"]'}


def test_what_yaml_would_turn_into_something_else_stays_text() -> None:
    front, _ = parse("lang: no\ntags: [on, 1.10, 2017-01]\n", False, "x")
    assert front.fields["language"].text == "no"
    assert [topic.name for topic in front.terms] == ["on", "1.10", "2017-01"]


def test_pictures_outside_the_content_folder_are_refused() -> None:
    found = problems("images: [../../etc/passwd, 'http://x.example/a.jpg', a.jpg]")
    assert [code for _, _, code in found] == ["picture-outside", "picture-elsewhere"]


def test_pictures_by_name_fill_figures_and_surplus_ones_stand_alone() -> None:
    text = f"Headline\n\nThe hall\n\nImage source, EPA{TEXT}"
    article = read(text.encode(), Source("ur/x.txt", ("ur/x/1.jpg", "ur/x/2.jpg")), ReadingOptions()).article
    assert article is not None
    assert [getattr(block, "src", None) for block in article.body] == ["ur/x/1.jpg", "ur/x/2.jpg", None]
    alone = read(f"Headline{TEXT}".encode(), Source("x.txt", ("x/1.jpg",)), ReadingOptions()).article
    assert alone is not None
    assert [getattr(block, "src", None) for block in alone.body] == ["x/1.jpg", None]
