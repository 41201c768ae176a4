"""Contract 1: after any edits that end without problems, an incremental build leaves the same bytes as a clean one."""

import random
import sqlite3
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest
from editor import Editor
from small_site import SmallSite, dump

from generator.build import Build
from generator.catalogue import Catalogue
from generator.config import load_site
from generator.output import TEMPORARY
from generator.pages import calendar


@pytest.mark.parametrize("seed", range(4))
def test_an_incremental_build_leaves_the_bytes_of_a_clean_one(site: SmallSite, tmp_path: Path, seed: int) -> None:
    """Some of what may happen to an archive; `tests/bench/fuzz_incremental.py` goes on for as long as one likes."""
    editor = Editor(site, seed)
    for _ in range(14):
        editor.add()
    editor.configuration()
    site.build()
    for _ in range(3):
        names = editor.edit(7)
        report = site.build()
        assert not report.failed, [str(problem) for problem in report.problems]
        # What moved is remembered in a file of the site, which the clean build is given as well.
        clean = site.twin(tmp_path / "clean")
        clean.build()
        assert site.files() == clean.files(), f"after {', '.join(names)}"


@pytest.mark.parametrize("dies", [False, True])
def test_a_large_output_is_looked_at_by_another_process(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    editor = Editor(site, 3)
    for _ in range(20):
        editor.add()
    monkeypatch.setattr("generator.build.LARGE", 0)
    site.build(jobs=2)
    leftover = site.output / f".index.html{TEMPORARY}"
    leftover.write_bytes(b"half")
    pages = sorted(site.output.rglob("*.html"))
    pages[0].unlink()
    pages[1].write_bytes(pages[1].read_bytes() + b" ")
    if dies:
        dead: Future[None] = Future()
        dead.set_exception(BrokenExecutor())
        monkeypatch.setattr("generator.workers.Pool.beside", lambda *_: dead)
    report = site.build(jobs=2)
    assert (report.rendered, report.written, report.failed) == (2, 2, 0)
    assert not leftover.exists()
    clean = site.twin(tmp_path / "clean")
    clean.build()
    assert site.files() == clean.files()


def test_a_build_with_nothing_changed_writes_nothing(site: SmallSite) -> None:
    editor = Editor(site, 9)
    for _ in range(12):
        editor.add()
    site.build()
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    report = site.build()
    assert (report.rendered, report.written, report.pruned) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == before


def test_an_edited_body_makes_one_page_and_the_shards_of_search_it_touches(site: SmallSite) -> None:
    editor = Editor(site, 5)
    for _ in range(12):
        editor.add()
    path = site.article("ur/2003/05/body.txt", dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا ہے۔"))
    site.build()
    path.write_text(dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا بدل گیا ہے۔"), encoding="utf-8")
    report = site.build()
    assert report.stale.keys() == {"article", "search", "shard"}
    assert report.stale["article"] == 1
    everything = sum(1 for path in (site.output / "search").rglob("*.js"))
    assert report.stale["shard"] < everything


def test_when_only_texts_change_nothing_is_planned_again_that_does_not_show_them(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(site, 6)
    for _ in range(12):
        editor.add()
    path = site.article("ur/2003/05/body.txt", dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا ہے۔"))
    site.build()
    plan = calendar.plan
    monkeypatch.setattr(calendar, "plan", None)
    path.write_text(dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا بدل گیا ہے۔"), encoding="utf-8")
    site.build()
    monkeypatch.setattr(calendar, "plan", plan)
    clean = site.twin(tmp_path / "clean")
    clean.build()
    assert site.files() == clean.files()


@pytest.mark.parametrize("after", ["پہلا پیرا بدل گیا ہے۔", "نیا"])
def test_what_was_read_before_a_build_was_killed_is_shown_by_the_next(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Killed between reading, which is committed by itself, and planning; the second text changes what lists show."""
    path = site.article("ur/2003/05/body.txt", dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا ہے۔"))
    site.article("ur/2003/05/other.txt", dump("دوسری سرخی", "پیرا"))
    site.build()
    path.write_text(dump("سرخی", "پہلا پیرا ہے۔" if after != "نیا" else after, after), encoding="utf-8")
    with monkeypatch.context() as killed:
        killed.setattr(Build, "prepare", None)
        with pytest.raises(TypeError):
            site.build()
    site.build()
    clean = site.twin(tmp_path / "clean")
    clean.build()
    assert site.files() == clean.files()


def test_a_catalogue_that_is_damaged_anywhere_is_made_anew(site: SmallSite, tmp_path: Path) -> None:
    for number in range(20):
        site.article(f"ur/2001/01/a{number}.txt", dump(f"سرخی {number}", "متن " * 50))
    site.build()
    state = load_site(site.folder).state
    file = state / "catalogue.sqlite"
    good = file.read_bytes()
    failed = 0
    for seed in range(150):
        draw = random.Random(seed)
        data = bytearray(good)
        at = draw.choice((0, 4096, 8192, draw.randrange(len(data))))
        garbage = draw.choice((b"\x00garbage" * draw.choice((1, 600)), draw.randbytes(draw.choice((1, 50, 4000)))))
        data[at : at + len(garbage)] = garbage
        for path in state.glob("catalogue*"):
            path.unlink()
        file.write_bytes(data[: draw.choice((len(data), draw.randrange(len(data))))])
        try:
            with Catalogue.open(state):
                pass
        except sqlite3.DatabaseError:  # as a build does that finds it out later
            failed += 1
            with Catalogue.open(state, clean=True) as catalogue:
                assert catalogue.fresh
    assert failed
    site.build()
    twin = site.twin(tmp_path / "twin")
    twin.build()
    assert site.files() == twin.files()


@pytest.mark.parametrize("damage", ["card SET teaser = x'c1'", "article SET moment = CAST(x'ff' AS TEXT)"])
def test_a_catalogue_in_whose_rows_something_is_damaged_is_made_anew(site: SmallSite, tmp_path: Path, damage: str) -> None:
    for number in range(5):
        site.article(f"ur/2001/01/a{number}.txt", dump(f"سرخی {number}", "متن"))
    site.build()
    with sqlite3.connect(load_site(site.folder).state / "catalogue.sqlite") as connection:
        connection.execute(f"UPDATE {damage} WHERE source LIKE '%a3.txt'")
    connection.close()
    site.article("ur/2001/01/b.txt", dump("نئی خبر", "متن"))
    report = site.build()
    assert not report.failed
    twin = site.twin(tmp_path / "twin")
    twin.build()
    assert site.files() == twin.files()
