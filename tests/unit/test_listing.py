"""Numbered lists: cut from the oldest end, so that what is full never changes."""

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.listing import address, key_of, names_of, pager, part_of, parts

COUNTS = st.integers(0, 2000)
SIZES = st.integers(5, 100)


@given(COUNTS, SIZES)
def test_every_item_is_on_exactly_one_page(count: int, size: int) -> None:
    covered = [number for part in parts(count, size) for number in range(part.start, part.stop)]
    assert sorted(covered) == list(range(count))


@given(COUNTS, SIZES)
def test_numbered_pages_are_full_and_the_newest_is_never_nearly_empty(count: int, size: int) -> None:
    newest, *older = parts(count, size)
    assert all(part.stop - part.start == size for part in older)
    if count >= size:
        assert size <= newest.stop - newest.start < 2 * size


@given(COUNTS, SIZES)
def test_one_item_more_changes_no_numbered_page(count: int, size: int) -> None:
    before = {part.number: (part.start, part.stop) for part in parts(count, size)}
    after = {part.number: (part.start, part.stop) for part in parts(count + 1, size)}
    del before[None], after[None]
    assert before.items() <= after.items()


@given(COUNTS, SIZES)
def test_a_page_is_found_again_by_its_number(count: int, size: int) -> None:
    for part in parts(count, size):
        assert part_of(count, size, part.number) == part
        assert names_of(key_of(part, "topic", "پاکستان")) == (["topic", "پاکستان"], part.number)


@given(COUNTS, SIZES)
def test_the_pager_leads_through_all_pages_and_back(count: int, size: int) -> None:
    pages = {address("/x/", part): pager("/x/", part) for part in parts(count, size)}
    seen, at = [], "/x/"
    while True:
        seen.append(at)
        older = pages[at].older
        if older is None:
            break
        assert pages[older].newer == at
        at = older
    assert len(seen) == len(pages)
