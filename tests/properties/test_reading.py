"""What holds for every input, whatever it is: nothing is lost, nothing hangs, the short ways equal the long ones."""

import random
import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reading_inputs import PIECES, WORDS, lost, mixture

from generator.readers import ReadingOptions, Source, read
from generator.readers.markdown import is_plain, parsed_blocks, plain_blocks
from generator.readers.markup import sanitised
from generator.text import clean, clean_lines

OPTIONS = ReadingOptions()


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_visible_character_of_a_dump_is_in_what_was_read(source: random.Random) -> None:
    text = mixture(source)
    reading = read(text.encode("utf-8", "surrogatepass"), Source("ur/x.txt"), OPTIONS)
    if reading.article is None:
        assert any(problem.code in ("empty", "front-matter-syntax") for problem in reading.problems)
        return
    assert lost(text, reading.article) == []


def test_the_property_notices_a_lost_line() -> None:
    """The property must be able to fail."""
    reading = read(b"Headline here\n\nOne paragraph.", Source("x.txt"), OPTIONS)
    assert reading.article is not None
    assert lost("Headline here\n\nOne paragraph.\n\nAnother thing", reading.article) == ["Another thing"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(PIECES + WORDS).flatmap(st.sampled_from), max_size=300))
def test_lines_are_cleaned_at_once_as_they_are_one_by_one(text: str) -> None:
    assert clean_lines(text) == [clean(line) for line in text.splitlines()]


PLAIN = st.text(alphabet="abc یہ در.؟ ،\n\n'\"()%", max_size=200)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_a_body_without_markup_reads_the_same_with_and_without_the_parser(text: str) -> None:
    lines = clean_lines(text)
    assume(is_plain("\n".join(lines)))  # two spaces at a line's end are a break
    plain = plain_blocks(lines, 1)
    parsed = parsed_blocks(lines, 1)
    assert [(type(block), getattr(block, "text", None), getattr(block, "html", None)) for block in plain] == [
        (type(block), getattr(block, "text", None), getattr(block, "html", None)) for block in parsed
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/=\"' abscriptonljv:()&#;-![]{}*_`\n", max_size=200))
def test_markdown_never_lets_markup_run(text: str) -> None:
    reading = read(("x\n\n" + text).encode(), Source("x.md"), OPTIONS)
    assert reading.article is not None
    for block in reading.article.body:
        marked = getattr(block, "html", None) or ""
        assert sanitised(marked) == marked or "<" not in marked or sanitised(sanitised(marked)) == sanitised(marked)
        assert not re.search(r"<script|javascript:|<[^>]*\son\w+\s*=|<iframe|<style", marked, re.IGNORECASE)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for path in ("x.txt", "x.md"):
        reading = read(data, Source(path), OPTIONS)
        assert reading.article is not None or reading.problems or reading.legacy
        read(data, Source(path), ReadingOptions(legacy_encoding="windows-1256"))


@pytest.mark.parametrize(
    "text",
    [
        "لفظ " * 2_500_000,
        "\n" * 5_000_000,
        "،تصویر کا ذریعہEPA\n\n" * 400_000,
        "،تصویر کا ذریعہEPA" * 300_000,
        "صدر\n،تصویر کا ذریعہEPA\n،تصویر کا کیپشنabc\n" * 30_000,
        "a\n" * 500_000,
        "a" + "\u0301\u0327" * 250_000,
        "\u2067a\u2069\u202b" * 80_000,
        "---\na: " + "[" * 100_000 + "\n---\nx",
    ],
    ids=[
        "one line",
        "newlines",
        "labels",
        "labels in a line",
        "figures",
        "short lines",
        "marks",
        "isolates",
        "brackets",
    ],
)
def test_no_size_takes_more_than_linear_time(text: str) -> None:
    data = text.encode()
    start = time.process_time()
    read(data, Source("x.txt"), OPTIONS)
    assert time.process_time() - start < 3
