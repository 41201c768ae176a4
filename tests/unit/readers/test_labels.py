"""The table of labels, and how a label is found at the start of a line."""

import unicodedata

import pytest

from generator.language import direction_of
from generator.readers.labels import _VALUE_KINDS, Label, Whole, lexicon, table
from generator.readers.source import Rules

VALUES = [(language, kind, text) for language, kind, text in table() if kind in ("caption", "video", "audio", "credit")]
WHOLES = [row for row in table() if row[1] not in _VALUE_KINDS and "{site}" not in row[2] and "*" not in row[2]]


def test_the_table_has_no_entry_twice_and_none_with_stray_signs() -> None:
    seen = set()
    for row in table():
        assert row not in seen, row
        seen.add(row)
        text = row[2]
        assert text == text.strip(" ,،，:"), row
        assert text == unicodedata.normalize("NFC", text), row
        assert direction_of(row[0]) in ("rtl", "ltr")


@pytest.mark.parametrize(("language", "kind", "text"), VALUES, ids=lambda value: str(value)[:24])
def test_every_figure_label_is_found_with_a_comma_a_colon_and_alone(language: str, kind: str, text: str) -> None:
    for line in (f"{text}, Reuters", f"{text}، Reuters", f"{text}: Reuters", f"،{text}Reuters"):
        found = lexicon().find(line)
        assert isinstance(found, Label), line
        assert (found.value, found.sure) == ("Reuters", True), line
    alone = lexicon().find(text + ",")
    assert isinstance(alone, Label)
    assert alone.value == ""


@pytest.mark.parametrize(("language", "kind", "text"), WHOLES, ids=lambda value: str(value)[:24])
def test_every_heading_and_button_is_found_as_a_whole_line(language: str, kind: str, text: str) -> None:
    for line in (text, text + ":", f"  {text} "):
        assert isinstance(lexicon().find(line), Whole | Label), line


@pytest.mark.parametrize(
    "line",
    [
        "Image captions are hard to write well",
        "Captain Cook sailed in May",
        "Source of the river",
        "تصویر بنانے والے نے کہا",
        "التعليقات كثيرة على هذا الخبر",
        "Share prices fell on Monday",
        "By the river stands a house",
        "Linea aperta",
    ],
)
def test_a_sentence_that_begins_like_a_label_is_no_label(line: str) -> None:
    found = lexicon().find(line)
    assert found is None or (isinstance(found, Label) and not found.sure)


def test_letters_that_keyboards_exchange_and_invisible_ones_do_not_hide_a_label() -> None:
    for line in ("،تصوير كا ذريعہEPA", "\u200f،تصویر کا ذریعہEPA", "،تصویر\u200c کا ذریعہ EPA", "IMAGE SOURCE, EPA"):
        found = lexicon().find(line)
        assert isinstance(found, Label), line
        assert (found.kind, found.value) == ("credit", "EPA"), line


def test_a_skip_link_may_name_any_of_the_known_sites_and_its_poster() -> None:
    lines = {"Skip Twitter post by @someone, 2": "skip", "End of YouTube post": "skip_end", "Instagram پوسٹ نظرانداز کریں": "skip"}
    for line, kind in lines.items():
        found = lexicon().find(line)
        assert isinstance(found, Whole)
        assert found.kind == kind


def test_a_site_adds_labels_headings_and_residue_of_its_own() -> None:
    rules = Rules(credit_labels=("Lichtbild",), read_also=("Dazu passt",), residue=("*verlag.example",))
    words = lexicon(rules)
    assert words.find("Lichtbild: M. Muster") == Label("credit", None, "M. Muster", True)
    assert words.find("Dazu passt:") == Whole("read_also", None)
    assert words.find("zu finden auf verlag.example") == Whole("residue", None)
    assert lexicon().find("Lichtbild: M. Muster") is None
