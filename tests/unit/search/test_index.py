"""The index as a build writes it: what an edit changes in it, and that it is always the one of a clean build."""

import random
import re
import string
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from search_script import ASK, index_files, run
from small_site import SmallSite, dump, with_front_matter

from generator.catalogue import Catalogue
from generator.config import load_site
from generator.pages import indexing
from generator.search import scale, shards, splicing, words
from generator.search import segments as cutting
from generator.search.codes import codes, numbers
from generator.search.engine import Engine, Wish
from generator.search.record import WEIGHTS
from generator.search.scale import Block, Scale, Shelf, places_shard, room, scale_of, shard_of, starts

VOCABULARY = tuple(
    "پاکستان میں بارش اور سیلاب سے لوگ متاثر ہوئے کراچی لاہور کتاب کتابیں آباد اباد خبر حکومت وزیر البلد والبلد flood".split()  # noqa: SIM905
)


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index cut into many files with shelves of common words, as only large archives have them."""
    monkeypatch.setattr(scale, "SCALES", ((10_000, Scale(12, 4, 6, 8, 16, rests=True)),))
    monkeypatch.setattr(indexing, "PROMINENT_SHARE", 3)
    monkeypatch.setattr(scale, "COMMON_SHARE", 4)
    monkeypatch.setattr(indexing, "COMMON_SHARE", 4)
    monkeypatch.setattr(indexing, "SEGMENT", 2)
    monkeypatch.setattr(splicing, "STRETCH", 8)
    monkeypatch.setattr(cutting, "_SPAN", 8 * WEIGHTS)
    monkeypatch.setattr(cutting, "MANY", 2)


@pytest.fixture
def segments(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Counts the segments that are cut."""
    cuts: list[int] = []
    cut = cutting.write_segment

    def counted(task: cutting.SegmentTask) -> None:
        cuts.append(len(task.articles))
        cut(task)

    monkeypatch.setattr(cutting, "write_segment", counted)
    return iter([cuts])


def text(draw: random.Random) -> str:
    return " ".join(draw.choices(VOCABULARY, k=draw.randint(5, 40))) + "۔"


def article(draw: random.Random, number: int) -> tuple[str, str]:
    year = draw.randint(2000, 2003)
    if draw.random() < 0.2:
        fields = {"headline": f"خبر {number}", "topics": f"[{draw.choice(VOCABULARY[:5])}]", "language": "ur"}
        return f"ur/{year}/05/a{number}.md", with_front_matter(fields, text(draw))
    return f"ur/{year}/{draw.randint(1, 12):02d}/a{number}.txt", dump(f"سرخی {text(draw)}", text(draw), text(draw))


def filled(site: SmallSite, count: int = 30, seed: int = 1) -> random.Random:
    draw = random.Random(seed)
    for number in range(count):
        site.article(*article(draw, number))
    return draw


def index_of(site: SmallSite) -> dict[str, bytes]:
    return {path.relative_to(site.output).as_posix(): path.read_bytes() for path in (site.output / "search").rglob("*")
            if path.is_file()}  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_an_index_worked_over_many_times_is_that_of_a_clean_build(site: SmallSite, tmp_path: Path, seed: int, cut_small: None) -> None:
    draw = filled(site, seed=seed)
    site.build()
    for step in range(6):
        for _ in range(draw.randint(1, 4)):
            files = sorted((site.folder / "content").rglob("a*"))
            one = draw.choice(files)
            match draw.randint(0, 4):
                case 0:
                    one.unlink()
                case 1 | 2:
                    one.write_text(one.read_text("utf-8") + f"\n\n{text(draw)}\n", encoding="utf-8")
                case 3:
                    site.article(*article(draw, 1000 + step * 10 + draw.randint(0, 9)))
                case _:
                    name = "".join(draw.choices(string.ascii_lowercase, k=6))
                    one.rename(one.with_name(f"a{name}{one.suffix}"))
        site.build()
        assert index_of(site) == index_of_clean(site, tmp_path)


def index_of_clean(site: SmallSite, tmp_path: Path) -> dict[str, bytes]:
    twin = site.twin(tmp_path / "twin")
    twin.build()
    return index_of(twin)


def test_one_edit_is_spliced_into_the_shards_of_its_words(site: SmallSite, cut_small: None, segments: Iterator[list[int]]) -> None:
    cuts = next(segments)
    filled(site)
    path = site.article("ur/2004/01/last.txt", dump("آخری سرخی", "پہلا پیرا"))
    site.build()
    assert sum(cuts) == 31
    cuts.clear()
    before = index_of(site)
    path.write_text(dump("آخری سرخی", "پہلا پیرا زرافہ"), encoding="utf-8")
    site.build()
    assert cuts == []
    changed = {name for name, data in index_of(site).items() if before[name] != data}
    route = words.route(words.form("زرافہ"))
    expected = {f"search/w/{shard_of(route, 12)}.js", f"search/p/{shard_of(route, 4)}.js", "search/index.js", "search/index.html"}
    assert changed == expected


def test_a_new_article_at_the_end_of_time_moves_no_other(site: SmallSite, cut_small: None, segments: Iterator[list[int]]) -> None:
    cuts = next(segments)
    filled(site)
    site.build()
    cuts.clear()
    before = {url: number for number, url in numbered(site).items()}
    site.article("ur/2009/01/new.txt", dump("نئی خبر", "زرافہ"))
    site.build()
    after = {url: number for number, url in numbered(site).items()}
    assert cuts == []
    assert {url: after[url] for url in before} == before


def numbered(site: SmallSite) -> dict[int, str]:
    engine = Engine(site.output)
    found = engine.search("-قطعا", limit=0)
    assert found.count == 0
    numbers: dict[int, str] = {}
    for block_start, block in zip(engine._starts, engine._blocks, strict=False):
        numbers |= {block_start + at: engine.url(block_start + at) for at in range(block.count)}
    return numbers


def test_every_article_is_found_by_each_of_its_words_and_without_any(site: SmallSite, cut_small: None) -> None:
    """Some months have many articles, whose numbers have gaps between them; one is empty in the end."""
    draw = filled(site, 90)
    holders: dict[str, set[str]] = {}
    languages: dict[str, set[str]] = {"ur": set(), "fa": set()}
    for number in range(70):
        code = draw.choice(("ur", "fa"))
        fields = {"headline": f"عنوان {number}", "language": code, "date": f"{draw.choice((2000, 2003))}-05-{draw.randint(1, 31):02d}"}
        site.article(f"{code}/b{number}.md", with_front_matter(fields, text(draw)))
    site.article("ur/2005/01/gone.txt", dump("گم", "گم"))
    site.build()
    (site.folder / "content/ur/2005/01/gone.txt").unlink()
    site.build()
    with Catalogue.look(load_site(site.folder).state) as catalogue:
        assert catalogue is not None
        rows = catalogue._db.execute("SELECT source, url, language FROM article").fetchall()
    for source, url, code in rows:
        languages[code].add(url)
        said = re.sub(r"[-۔:\[\]]", " ", (site.folder / "content" / source).read_text("utf-8"))
        for word in set(said.split()) & set(VOCABULARY):
            holders.setdefault(words.strong(words.form(word)), set()).add(url)
    engine = Engine(site.output)
    queries: list[tuple[str, dict[str, int | str]]] = [(f'"{word}"', {}) for word in VOCABULARY]
    whole = [("", {"language": code}) for code in languages]
    answers = run(ASK, {"files": index_files(site.output), "asked": [*queries, *whole, ("", {"from": 2000})]})
    assert {block.count for block in engine._blocks} != {1}
    for (query, _), theirs in zip(queries, answers, strict=False):
        found = [hit for hit in engine.search(query, limit=1000).hits if not hit.near]
        assert {hit.url for hit in found} == holders[words.strong(words.form(query.strip('"')))], query
        assert [hit.number for hit in found] == theirs["numbers"][: len(theirs["numbers"]) - theirs["near"]]
    for (_, wish), theirs in zip(whole, answers[len(queries) :], strict=False):
        found = list(engine.search("", Wish(language=wish["language"]), limit=1000).hits)
        assert {hit.url for hit in found} == languages[wish["language"]]
        assert [hit.number for hit in found] == theirs["numbers"]
    assert len(answers[-1]["numbers"]) == sum(map(len, languages.values()))


def test_phrases_of_common_words_are_found_wherever_their_places_stand(site: SmallSite, cut_small: None) -> None:
    draw = random.Random(7)
    pairs: dict[tuple[str, str], set[str]] = {}
    for number in range(60):
        said = [draw.choice(VOCABULARY) for _ in range(30)]
        site.article(f"ur/{2000 + number % 4}/05/a{number}.txt", dump("سرخی", " ".join(said)))
        for pair in pairwise(words.strong(words.form(word)) for word in said):
            pairs.setdefault(pair, set()).add(f"/ur/{2000 + number % 4}/05/a{number}.html")
    site.build()
    engine = Engine(site.output)
    common = [word for word in VOCABULARY if words.strong(words.form(word)) in engine._shelf]
    spread = {places_shard(engine._scale, words.route(words.form(common[0])), number, True) for number in range(60)}
    assert len(spread) == engine._scale.places
    asked: list[tuple[str, dict[str, str]]] = [(f'"{first} {second}"', {}) for first in common for second in VOCABULARY]
    for (query, _), theirs in zip(asked, run(ASK, {"files": index_files(site.output), "asked": asked}), strict=True):
        answer = engine.search(query, limit=100)
        first, second = (words.strong(words.form(word)) for word in query.strip('"').split())
        assert theirs["numbers"] == [hit.number for hit in answer.hits], query
        assert {hit.url for hit in answer.hits} == pairs.get((first, second), set()), query


def test_who_has_a_word_in_passing_comes_last_and_is_not_loaded_before(site: SmallSite, tmp_path: Path, cut_small: None) -> None:
    draw = random.Random(5)
    for number in range(200):
        said = [draw.choice(VOCABULARY) for _ in range(25)]
        site.article(f"ur/{2000 + number % 4}/05/a{number}.txt", dump("سرخی", " ".join(said)))
    site.build()
    engine, files = Engine(site.output), index_files(site.output)
    tiered = [word for word in VOCABULARY if any(line.passing for line in engine._spelled(words.form(word)))]
    assert len(tiered) > 2
    queries = [*tiered, *map(" ".join, pairwise(VOCABULARY)), *(f'{one} -"خبر حکومت"' for one in tiered)]
    asked: list[tuple[str, dict[str, int]]] = [(query, wish) for query in queries for wish in ({}, {"enough": 11}, {"enough": 31})]
    answers = iter(run(ASK, {"files": files, "asked": asked}))
    briefly = []
    for query in queries:
        whole, *parts = next(answers), next(answers), next(answers)
        assert whole["numbers"] == [hit.number for hit in engine.search(query, limit=1000).hits], query
        for enough, part in zip((11, 31), parts, strict=True):
            if part["more"]:
                assert part["numbers"] == whole["numbers"][: len(part["numbers"])]
                assert max(20, enough) <= len(part["numbers"]) < len(whole["numbers"])
                briefly.append((query, {"enough": enough}, part))
            else:
                assert part == whole
    assert {query for query, wish, _ in briefly if wish["enough"] == 11} >= set(tiered)
    assert any("-" in query for query, *_ in briefly)
    assert {query for query in queries if "-" not in query} - {query for query, *_ in briefly}
    without = {name: text for name, text in files.items() if name[0] != "r"}
    alone = [(query, wish) for query, wish, _ in briefly if "-" not in query]
    assert run(ASK, {"files": without, "asked": alone}) == [part for query, _, part in briefly if "-" not in query]
    heavier = dump("سرخی", f"{tiered[0]} " * 9)
    for number in range(80):
        site.article(f"ur/2003/06/b{number}.txt", heavier)
    site.build()
    assert index_of(site) == index_of_clean(site, tmp_path)
    assert engine._least != Engine(site.output)._least


def test_what_was_withdrawn_is_in_no_shard(site: SmallSite, cut_small: None) -> None:
    filled(site)
    path = site.article("ur/2002/01/secret.txt", dump("خفیہ سرخی", "زرافہ چڑیاگھر"))
    site.build()
    assert any("زرافه".encode() in data for data in index_of(site).values())
    path.unlink()
    site.build()
    assert not any(word.encode() in data for word in ("زرافه", "چڑیاگھر", "secret") for data in index_of(site).values())


def test_a_draft_is_not_found_until_it_is_shown(site: SmallSite, cut_small: None) -> None:
    filled(site, 5)
    site.article("ur/draft.md", with_front_matter({"headline": "زرافہ", "draft": "true"}, "متن"))
    site.build()
    assert Engine(site.output).search("زرافہ").count == 0
    site.build(drafts=True)
    assert Engine(site.output).search("زرافہ").count == 1


def test_a_damaged_shard_is_made_again(site: SmallSite, cut_small: None) -> None:
    filled(site)
    site.build()
    before = index_of(site)
    (site.output / "search/w/3.js").write_bytes(b"?")
    (site.output / "search/p/0.js").unlink()
    (site.output / "search/index.js").write_bytes(b"")
    site.build()
    assert index_of(site) == before


def test_a_build_killed_before_it_wrote_is_made_up_for(
    site: SmallSite, tmp_path: Path, cut_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(site)
    site.build()
    site.article("ur/2001/01/new.txt", dump("نئی خبر", "زرافہ"))
    with monkeypatch.context() as broken:
        broken.setattr(splicing, "spliced", _killed)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    site.article("ur/2001/01/newer.txt", dump("دوسری خبر", "ہاتھی"))
    site.build()
    assert index_of(site) == index_of_clean(site, tmp_path)


def _killed(*_: object) -> bytes:
    raise KeyboardInterrupt


def test_many_changes_make_the_index_anew(
    site: SmallSite, tmp_path: Path, cut_small: None, monkeypatch: pytest.MonkeyPatch, segments: Iterator[list[int]]
) -> None:
    cuts = next(segments)
    monkeypatch.setattr(indexing, "FEW", 3)
    filled(site)
    site.build()
    cuts.clear()
    for number in range(5):
        site.article(f"ur/2001/02/more{number}.txt", dump("نئی خبر", f"زرافہ {number}"))
    site.build()
    assert sum(cuts) == 35
    assert index_of(site) == index_of_clean(site, tmp_path)


def test_a_word_that_becomes_common_moves_to_a_file_of_its_own_and_back(
    site: SmallSite, tmp_path: Path, cut_small: None
) -> None:
    for number in range(20):
        site.article(f"ur/2001/01/a{number:02}.txt", dump(f"سرخی {number}", "زرافہ چلا" if number < 4 else "ہاتھی سویا"))
    site.build()
    assert "زرافه" not in Engine(site.output)._shelf
    path = site.article("ur/2001/01/a04.txt", dump("سرخی 4", "زرافہ چلا"))
    site.build()
    assert "زرافه" in Engine(site.output)._shelf
    assert Engine(site.output).search("زرافہ").count == 5
    assert index_of(site) == index_of_clean(site, tmp_path)
    path.write_text(dump("سرخی 4", "ہاتھی سویا"), encoding="utf-8")
    site.build()
    assert "زرافه" not in Engine(site.output)._shelf
    assert index_of(site) == index_of_clean(site, tmp_path)


def test_a_common_word_stands_in_a_line_for_each_stretch_and_is_found_in_all(
    site: SmallSite, tmp_path: Path, cut_small: None
) -> None:
    for number in range(30):
        site.article(f"ur/2001/01/a{number:02}.txt", dump(f"سرخی {number}", "لال زرافہ چلا" if number % 3 else "لال ہاتھی سویا"))
    site.build()
    engine = Engine(site.output)
    lines = engine._of_common("زرافه")
    assert [word.form for word in lines] == ["زرافه"] * 4
    assert sorted(next(numbers(word.line[6:])) // WEIGHTS // 8 for word in lines) == [0, 1, 2, 3]
    assert engine.search("زرافہ").count == engine.search('"زرافہ چلا"').count == engine.search('"لال زرافہ"').count == 20
    site.article("ur/2001/01/a05.txt", dump("سرخی 5", "لال ہاتھی چلا"))
    site.article("ur/2001/01/a06.txt", dump("سرخی 6", "لال زرافہ چلا"))
    site.build()
    assert index_of(site) == index_of_clean(site, tmp_path)
    assert Engine(site.output).search('"زرافہ چلا"').count == 20


def test_any_number_of_processes_writes_the_same_index(site: SmallSite, tmp_path: Path) -> None:
    filled(site, 60)
    site.build(jobs=2)
    assert index_of(site) == index_of_clean(site, tmp_path)


def test_search_can_be_left_out_and_taken_up_again(site: SmallSite, tmp_path: Path) -> None:
    filled(site, 10)
    settings = (site.folder / "site.toml").read_text("utf-8")
    site.build()
    assert 'role="search"' in site.page("index.html")
    site.write("site.toml", settings + "search = false\n")
    site.build()
    assert not (site.output / "search").exists()
    assert 'role="search"' not in site.page("index.html")
    site.article("ur/2001/02/more.txt", dump("نئی خبر", "زرافہ"))
    site.write("site.toml", settings)
    site.build()
    assert index_of(site) == index_of_clean(site, tmp_path)


# ── cutting and numbering ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("articles", "most"), [(100_000, 500), (1_000_000, 2500)])
def test_files_stay_within_what_static_hosts_allow(articles: int, most: int) -> None:
    for months in (1, 60, 400):
        blocks = [Block(200000 + month, "ur", articles // months) for month in range(months)]
        one = scale_of(articles)
        shelf = Shelf(("word",) * one.common, (int(one.rests),) * one.common)
        assert len(list(scale.names(one, blocks, shelf))) <= most, months


@pytest.mark.parametrize("one", [scale_of(10**power) for power in range(7)])
def test_shards_of_places_hold_whole_shards_of_words(one: Scale) -> None:
    assert one.words % one.places == 0
    for route in range(0, 1 << 16, 7):
        assert shard_of(route, one.words) // (one.words // one.places) == shard_of(route, one.places)


def test_a_block_has_room_for_its_articles_and_not_much_more() -> None:
    for count in range(1, 5000):
        assert count + count // 4 <= room(count) <= 1.25 * (count + count // 4)
    assert starts([Block(0, "ur", 5), Block(200001, "ur", 33), Block(200002, "ur", 1)]) == [0, 6, 54, 55]


@pytest.mark.parametrize("homes", ["days", "one day", "lots", "the last"])
def test_articles_stand_in_order_in_their_block_and_a_new_one_moves_few(homes: str) -> None:
    draw = random.Random(homes)
    kinds: dict[str, Callable[[], int]] = {
        "days": lambda: draw.randint(1, 31) * 2048, "one day": lambda: 4 * 2048, "lots": lambda: draw.randrange(1 << 16),
        "the last": lambda: 65_535,
    }  # fmt: skip
    held = sorted((kinds[homes](), draw.random()) for _ in range(321))

    def places(items: list[tuple[int, float]]) -> dict[tuple[int, float], int]:
        return dict(scale.spread(((one, one[0]) for one in items), len(items)))

    before = places(held)
    assert sorted(before.values()) == list(before.values())
    assert len(set(before.values())) == len(held)
    assert min(before.values()) >= 0
    assert max(before.values()) < room(len(held))
    moved = []
    for _ in range(50):
        new = (kinds[homes](), draw.random())
        after = places(sorted([*held, new]))
        moved.append(sum(after[one] != place for one, place in before.items()))
    if homes in ("days", "lots"):
        assert sum(moved) / 50 < 20, "of 321"


def test_addresses_are_read_as_they_were_written() -> None:
    urls = ["/ur/2001/a.html", None, "/ur/2001/ab.html", "/ur/`x$y\\z.html", "/ur/`x$y\\zz.html", "/a" * 90]
    script = shards.urls_script("u/0", urls).decode()
    assert shards.urls_of(script) == urls


@pytest.mark.parametrize("places", [False, True])
def test_a_line_is_changed_as_if_it_were_written_anew(places: bool) -> None:
    """Gaps of one and of several signs, articles with one place and with hundreds, at both ends and in between."""
    draw = random.Random(3)

    def entry() -> str:
        count = draw.choice([0, 0, 0, 1, 5, 58, 59, 60, 400])
        gaps = (codes(draw.choice([0, 3, 58, 59, 70, 2000])) for _ in range(count + 1))
        return codes(count) + "".join(gaps) if places else str(draw.randrange(8))

    def line(entries: dict[int, str]) -> str:
        numbers = sorted(entries)
        gaps = [after - before - 1 for before, after in zip([-1, *numbers], numbers, strict=False)]
        return "".join(codes(gap) + entries[number] if places else codes(8 * gap + int(entries[number]))
                       for gap, number in zip(gaps, numbers, strict=True))  # fmt: skip

    for _ in range(60):
        entries = {number: entry() for number in draw.sample(range(5000), draw.randrange(1, draw.choice([60, 900])))}
        gone = tuple(draw.sample([*entries, 6000, 6001], 2))
        new = tuple(sorted({draw.choice([*entries, draw.randrange(7000)]): entry() for _ in range(draw.randrange(4))}.items()))
        after = {number: held for number, held in entries.items() if number not in gone} | dict(new)
        assert splicing._List(line(entries), places).changed(splicing.Change(gone, new)) == line(after)
