"""Numbered lists: cut from the oldest end, so that what is full never changes."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from small_site import SmallSite, with_front_matter

from generator.catalogue import Catalogue
from generator.checks import broken_link
from generator.checks.matter import Matter
from generator.config import load_site
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


def test_a_day_has_a_page_of_its_own_where_a_month_has_many_articles(site: SmallSite) -> None:
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nper_page = 5\n')
    for number in range(9):
        site.article(f"ur/a{number}.md", with_front_matter({"headline": f"سرخی {number}", "date": "2017-11-05"}, "پیرا ہے۔"))
    site.article("ur/b.md", with_front_matter({"headline": "دسمبر", "date": "2017-12-01"}, "پیرا ہے۔"))
    site.build()
    assert 'ur/2017/11/index.html#d5"' in site.page("ur/2017/11/a1.html")
    assert 'id="d5"' in site.page("ur/2017/11/index.html")
    assert 'ur/2017/11/index.html#d5"' in site.page("ur/2017/index.html")
    assert not (site.output / "ur/2017/11/05").exists()
    site.article("ur/c.md", with_front_matter({"headline": "دسویں", "date": "2017-11-05"}, "پیرا ہے۔"))
    site.build()
    assert 'ur/2017/11/05/index.html"' in site.page("ur/2017/11/a1.html")
    assert "ur/2017/12/index.html#d1" in site.page("ur/2017/11/05/index.html")
    assert 'ur/2017/12/index.html#d1"' in site.page("ur/2017/12/b.html")
    (site.folder / "content/ur/c.md").unlink()
    site.build()
    assert 'ur/2017/11/index.html#d5"' in site.page("ur/2017/11/a1.html")
    assert not (site.output / "ur/2017/11/05").exists()


def test_a_date_leads_to_the_numbered_page_that_has_its_day(site: SmallSite) -> None:
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nper_page = 5\n')
    for number in range(1, 15):
        fields = {"headline": f"سرخی {number}", "date": f"2017-11-{(number + 1) // 2:02d}"}  # two a day
        site.article(f"ur/a{number:02d}.md", with_front_matter(fields, "پیرا ہے۔"))
    site.build()
    assert not (site.output / "ur/2017/11/01").exists()
    for number in range(1, 15):
        page = html.fromstring(site.page(f"ur/2017/11/a{number:02d}.html"))
        (link,) = page.xpath("//article//header//time/a/@href")
        path, _, place = link.removeprefix("../../../").partition("#")
        day = html.fromstring(site.page(path)).get_element_by_id(place)
        assert f"سرخی {number}" in day.text_content() or number % 2  # the day's older article may stand on the page before
    assert found_links(site) == []


def found_links(site: SmallSite) -> list[str]:
    loaded = load_site(site.folder)
    with Catalogue.open(loaded.state) as catalogue:
        return [str(problem) for problem in broken_link.check(Matter(loaded, catalogue))]
