"""Many articles' words by sorted columns: the very posting lists that one article after the other gives."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from generator.kept import Kept, packed
from generator.language import direction_of
from generator.model import Article, Block, Figure, Heading, ItemList, Paragraph, Topic
from generator.search import columns, record, segments
from generator.search.codes import codes
from generator.search.record import Posting
from generator.search.scale import SCALES, Shelf

WORDS = (
    "پاکستان", "میں", "بارش،", "«لاہور»", "می‌خواهم", "بین‌المللی", "1,234,567", "12-13-14", "البلد", "والبلد", "(flood)", "Al-Jazeera's",
    "東京都は", "ไทย", "—", "ֶ", "ח\"כ", "یک‌یک", "e-mail", "2017/11/02", "ک ک", "ﷺ", "x",
)  # fmt: skip


def article(draw: random.Random, *, most: int = 60) -> Kept:
    def text(count: int) -> str:
        return " ".join(draw.choices(WORDS, k=draw.randint(0, count)))

    blocks: list[Block] = [Paragraph(text(most), 1) for _ in range(draw.randint(0, 4))]
    blocks += [Heading(text(3), 2, 1), Figure(line=1, caption=text(5), credit=text(2)), ItemList((text(3), text(3)), line=1)]
    draw.shuffle(blocks)
    one = Article(
        id="x", source="x.txt", language="ur", direction=direction_of("ur"), headline=text(9), digest=b"x", body=tuple(blocks),
        standfirst=text(9) or None, terms=tuple(Topic(text(2)) for _ in range(draw.randint(0, 2))),
    )  # fmt: skip
    return Kept(one, "", tuple(f"#topic:{number}" for number in draw.sample(range(4), draw.randint(0, 2))))


def articles(seed: int) -> list[tuple[int, Kept]]:
    draw = random.Random(seed)
    numbers = sorted(draw.sample(range(draw.choice((60, 5_000))), 40))
    return [(number, article(draw)) for number in numbers]


def lists(found: Iterable[Posting]) -> dict[str, tuple[list[int], str, str]]:
    every = [(form, (list(map(int, weighed)), listed, places)) for form, weighed, listed, places in found]
    assert len({form for form, _ in every}) == len(every)
    return dict(every)


@pytest.mark.parametrize("block", [7, 1 << 16])
@pytest.mark.parametrize("seed", range(25))
def test_columns_give_the_lists_of_one_article_after_the_other(seed: int, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "BLOCK", block)
    some = articles(seed)
    assert lists(columns.postings(some)) == lists(record.postings(some))


@pytest.mark.parametrize("first", [(1 << 27) - 60, (1 << 27) - 20, 1 << 29])
def test_numbers_are_as_large_as_an_archive_has_articles(first: int) -> None:
    some = [(first + at, kept) for at, (_, kept) in enumerate(articles(5))]
    assert lists(columns.postings(some)) == lists(record.postings(some))


def test_a_book_among_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places whose codes are not ready made."""
    monkeypatch.setattr(columns, "_remembered", columns._Known())
    draw = random.Random(1)
    words = " ".join(f"{draw.choice(WORDS)} w{draw.randrange(400)}" for _ in range(80_000))
    book = msgspec.structs.replace(article(draw).article, body=(Paragraph(words, 1), Paragraph("آخر", 2)))
    some = [*articles(3), (7_000, Kept(book, "", ())), (900_000, article(draw))]
    assert lists(columns.postings(some)) == lists(record.postings(some))


def test_articles_without_a_word_have_their_filters() -> None:
    one = Article(id="x", source="x.txt", language="ur", direction="rtl", headline="", digest=b"x", body=())
    some = [(3, Kept(one, "", ("#topic:a",))), (9, Kept(one, "", ()))]
    assert lists(columns.postings(some)) == lists(record.postings(some)) == {"#topic:a": ([24], "", ""), "#": ([24, 72], codes(40), "")}


def test_what_was_met_is_forgotten_when_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "REMEMBERED", 5)
    before = lists(columns.postings(articles(1)))
    known = columns._remembered
    assert lists(columns.postings(articles(1))) == before
    assert columns._remembered is not known


@pytest.mark.parametrize("count", [segments.MANY - 1, segments.MANY])
def test_a_segment_of_many_articles_is_cut_by_columns(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def postings(some: Iterable[tuple[int, Kept]]) -> Iterator[Posting]:
        asked.append(len(list(some)))
        return iter(())

    monkeypatch.setattr(columns, "postings", postings)
    _, least = SCALES[0]
    task = segments.SegmentTask(
        tmp_path / "0", segments.Cut(least, Shelf()), ((0, packed(article(random.Random(0)))),) * count, frozenset()
    )
    segments.write_segment(task)
    assert asked == ([count] if count >= segments.MANY else [])
