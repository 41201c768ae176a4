"""The pure parts of an import: splitting, dates, sketches, escaping, shortcodes, values of front matter."""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import io
import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.duplicates import LIKE, Member, Sets, alike, lead_of, likeness, pairs, sketch, words_of
from generator.importing import splitting
from generator.importing.composing import scalar
from generator.importing.finishing import language_code, name_of_url, one_line
from generator.importing.inline import link_address
from generator.importing.moments import order_of, read_moment
from generator.importing.records import Raw, Reject
from generator.importing.shortcodes import expanded


@pytest.mark.parametrize("block", [7, 100, 1 << 20])
def test_records_and_their_offsets_do_not_depend_on_how_much_is_read_at_once(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(splitting, "BLOCK", block)
    random_ = random.Random(5)
    items = [b"<item><t>%d</t><![CDATA[ </item> %s]]></item>" % (n, b"x" * random_.randint(0, 300)) for n in range(40)]
    values = [b'{"a": "%d \\"}] %s"}' % (n, b"[{" * random_.randint(0, 90)) for n in range(40)]
    rows = [b'%d,"a\nb ""c"" %s",5" x' % (n, b"y,\n" * random_.randint(0, 30)) for n in range(40)]
    for data, wanted, found in (
        (b"<r>" + b"\n".join(items) + b"</r>", items, lambda stream: splitting.xml_elements(stream, "", frozenset([b"item"]))),
        (b"[" + b",\n".join(values) + b"]", values, lambda stream: splitting.json_values(stream, "", inside=True)),
        (b"\n".join(values), values, lambda stream: splitting.lines(stream, "")),
        (b"\r\n".join(rows), rows, lambda stream: splitting.rows(stream, "", b",", b'"', escaped=False)),
    ):
        raws = [raw for raw in found(io.BytesIO(data)) if isinstance(raw, Raw)]  # type: ignore[no-untyped-call]
        assert [raw.data for raw in raws] == wanted
        assert all(data[raw.offset :].startswith(raw.data) for raw in raws)
        assert [raw.number for raw in raws] == list(range(1, 41))


def test_an_element_without_end_is_rejected_and_those_inside_it_are_found() -> None:
    found = list(splitting.xml_elements(io.BytesIO(b"<r><item>a</item><item>b"), "", frozenset([b"item"])))
    assert isinstance(found[0], Raw)
    assert isinstance(found[1], Reject)
    assert found[1].raw.offset == 17


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2017-11-11T14:05:00.123+05:00", "2017-11-11T14:05:00+05:00"), ("2017-11-11 14:05:00", "2017-11-11T14:05:00"), ("2017-11-11 00:00:00", "2017-11-11"),
        ("Sat, 11 Nov 2017 14:05:00 +0500", "2017-11-11T14:05:00+05:00"), ("Sat, 11 Nov 2017 14:05:00 GMT", "2017-11-11T14:05:00Z"), ("11 Nov 2017 14:05:00 EST", "2017-11-11T14:05:00-05:00"),
        ("1510409100", "2017-11-11T14:05:00Z"), ("1510409100000", "2017-11-11T14:05:00Z"), ("20171111T140500Z", "2017-11-11T14:05:00Z"), ("۲۰۱۷-۱۱-۱۱", "2017-11-11"),
        ("2017-11-00", "2017-11"), ("2017", "2017"), ("November 11, 2017 3:05 pm", "2017-11-11T15:05"), ("13/4/2017 3:05 PM", "2017-04-13T15:05"), ("11 نومبر 2017", "2017-11-11"),
        ("3/4/2017", None), ("0000-00-00 00:00:00", None), ("Mon, 30 Nov -0001 00:00:00 +0000", None), ("1970-01-01 00:00:00", None), ("31/31/2017", None), ("2017-02-30", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_dates_of_databases_and_feeds_are_read_and_zeros_are_none(text: str, iso: str | None) -> None:
    found = read_moment(text, "ur")
    assert (found.iso if found else None) == iso


def test_a_column_tells_whether_the_day_comes_first() -> None:
    assert order_of(["3/4/2017", "25/4/2017"]) == "dmy"
    assert order_of(["3/4/2017", "4/25/2017"]) == "mdy"
    assert order_of(["3/4/2017"]) is None
    assert order_of(["25/4/2017", "4/25/2017"]) is None


def test_likeness_follows_what_two_texts_share() -> None:
    random_ = random.Random(1)
    words = [f"لفظ{random_.randint(0, 5000)}" for _ in range(500)]
    changed = [word if random_.random() > 0.05 else "بدل" for word in words]
    other = [f"لفظ{random_.randint(0, 5000)}" for _ in range(500)]
    whole = sketch(words_of(" ".join(words)))
    assert likeness(whole, whole) == 1
    assert likeness(whole, sketch(words_of(" ".join(changed)))) > 0.6
    assert likeness(whole, sketch(words_of(" ".join(words[:350])))) > 0.5
    assert likeness(whole, sketch(words_of(" ".join(other)))) < 0.1
    assert sketch(words_of("بہت مختصر")) == b""
    for text in (words, changed, words[:350], words[:200], words[:30], other):
        second = sketch(words_of(" ".join(text)))
        assert alike(whole, second) == (likeness(whole, second) >= LIKE)


def test_spellings_of_one_letter_make_no_other_text() -> None:
    assert words_of("كراچي مُدَرِّس Ali") == words_of("کراچی مدرس ALI")


def test_a_thousand_copies_cost_two_thousand_comparisons() -> None:
    assert len(list(pairs((1, n) for n in range(1000)))) < 2000


def test_sets_grow_together() -> None:
    sets = Sets()
    for one, other in ((5, 3), (9, 8), (3, 9), (20, 21)):
        sets.join(one, other)
    assert list(sets.sets()) == [[3, 5, 8, 9], [20, 21]]


def test_the_lead_is_whole_then_early_then_pictured() -> None:
    def member(id_: str, words: int, date: str, pictures: int = 0) -> Member:
        return Member(id_, id_, "", "", date, words, "", pictures)

    lead, why = lead_of(
        [
            member("short", 100, "2017-01-01"),
            member("late", 400, "2017-01-03"),
            member("b", 390, "2017-01-02"),
            member("a", 390, "2017-01-02", 1),
        ]
    )
    assert lead.id == "a"
    assert why == "390 words of at most 400, the earliest (2017-01-02), has pictures"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_a_value_of_front_matter_is_read_back_as_written(text: str) -> None:
    line = one_line(text)
    if line:
        assert (
            yaml.safe_load(
                f"a: {scalar(line)}\nb: [{scalar(line)}, x]\n",
            )["b"][1]
            == "x"
        )
        node = yaml.compose(f"a: {scalar(line)}\n", Loader=yaml.CSafeLoader)
        assert node is not None
        assert node.value[0][1].value == line


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("[sic] [1] [b]", "[sic] [1] [b]"), ('[x a="1"]', ""), ("[box]in[/box]", "in"), ('[heading title="Deaths"]', "<p>Deaths</p>"), ("[youtube https://y.example/v]", '<p><a href="https://y.example/v">https://y.example/v</a></p>'), ("[embed]https://y.example/v[/embed]", '<p><a href="https://y.example/v">https://y.example/v</a></p>')],
)  # fmt: skip
def test_shortcodes_are_told_from_brackets(text: str, wanted: str) -> None:
    assert expanded(text, {}, []).strip() == wanted


def test_links_are_made_absolute_or_leave_their_words() -> None:
    assert link_address("/a b(c)", "https://x.example/d/") == "https://x.example/a%20b%28c%29"
    assert link_address("//y.example/z") == "https://y.example/z"
    assert link_address("mailto:a@b.example") == "mailto:a@b.example"
    assert [link_address(text, "https://x.example/") for text in ("javascript:x", "data:x", "#top", "", "tel:1", "ftp://x/")] == [
        None
    ] * 6
    assert link_address("a.html") is None


def test_languages_are_told_from_codes_and_names() -> None:
    assert [
        language_code(text) for text in ("ur", "ur-PK", "URD", "Urdu", "fa_AF", "zh-Hans-CN", "en-US", "اردو", "?", None)
    ] == ["ur", "ur", "ur", "ur", "prs", "zh-Hans", "en", "ur", None, None]


def test_the_part_of_an_address_that_names_its_article() -> None:
    assert name_of_url("https://x.example/2017/11/rain-in-city.html?ref=a") == "rain-in-city"
    assert name_of_url("https://x.example/news/index.php?id=77") == "77"
    assert name_of_url("https://x.example/a/%D8%A8%D8%A7%D8%B1%D8%B4/") == "بارش"
    assert name_of_url("https://x.example/") == ""
