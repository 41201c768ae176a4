"""What a run leaves, and what a second run, a killed one and a newer export do to it."""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import contextlib
import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing.samples import ARABIC, URDU, jsonl, options, post, run, story, warc, wxr

from generator.importing import placing
from generator.importing.intake import Wish, take_in
from generator.importing.ledger import Ledger


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but the ledger."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("import.sqlite")
    }


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    files = {"a.jsonl": jsonl([story(n) for n in range(30)]), "b.xml": wxr(*(post(n, f"t{n}", f"{URDU} {n}") for n in range(5)))}
    run(tmp_path, files)
    before = tree(tmp_path / "content")
    done = run(tmp_path)
    assert done.report.status == {"unchanged": 35}
    assert tree(tmp_path / "content") == before


def test_a_newer_export_changes_what_has_changed(tmp_path: Path) -> None:
    run(tmp_path, {"export-2023-01.jsonl": jsonl([story(n) for n in range(10)])})
    before = tree(tmp_path / "content")
    (tmp_path / "source" / "export-2023-01.jsonl").unlink()
    newer = [story(n) for n in range(12)]
    newer[3]["title"] = "سرخی درست ہو گئی"
    newer[4]["views"] = None
    done = run(tmp_path, {"export-2024-02.jsonl": jsonl(newer)})
    assert done.report.status == {"unchanged": 9, "new": 2, "changed": 1}
    after = tree(tmp_path / "content")
    changed = {name for name in before if before[name] != after[name]}
    assert {Path(name).stem for name in changed} == {"s3"}
    assert len(after) == 12


def test_a_file_that_was_edited_is_left_alone_and_reported(tmp_path: Path) -> None:
    run(tmp_path, {"a.jsonl": jsonl([story(n) for n in range(3)])})
    edited = next((tmp_path / "content").rglob("s1.txt"))
    edited.write_text(edited.read_text("utf-8") + "\nایڈیٹر کا اضافہ\n", "utf-8")
    kept = edited.read_bytes()
    newer = [story(n) for n in range(3)]
    newer[1]["title"] = newer[2]["title"] = "نئی سرخی"
    done = run(tmp_path, {"a.jsonl": jsonl(newer)})
    assert done.report.status == {"edited": 1, "changed": 1, "unchanged": 1}
    assert edited.read_bytes() == kept
    assert [path for path, _ in done.report.conflicts] == [edited.relative_to(tmp_path / "content").as_posix()]
    assert "نئی سرخی" in (tmp_path / ".roznama/import/newer/s1.txt").read_text("utf-8")


def test_a_file_that_was_removed_stays_removed(tmp_path: Path) -> None:
    run(tmp_path, {"a.jsonl": jsonl([story(n) for n in range(3)])})
    next((tmp_path / "content").rglob("s1.txt")).unlink()
    assert run(tmp_path).report.status == {"unchanged": 2, "removed": 1}
    assert not list((tmp_path / "content").rglob("s1.txt"))


def test_without_a_ledger_nothing_is_overwritten_and_nothing_doubles(tmp_path: Path) -> None:
    run(tmp_path, {"a.jsonl": jsonl([story(n) for n in range(3)])})
    edited = next((tmp_path / "content").rglob("s1.txt"))
    edited.write_text(edited.read_text("utf-8").replace("خبر", "اطلاع"), "utf-8")
    before = tree(tmp_path / "content")
    for path in (tmp_path / ".roznama").glob("import.sqlite*"):
        path.unlink()
    done = run(tmp_path)
    assert tree(tmp_path / "content") == before
    assert done.report.status == {"new": 2, "edited": 1}


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "content/ur/2017/02/s1.txt"
    own.parent.mkdir(parents=True)
    own.write_text("اپنا مضمون", "utf-8")
    done = run(tmp_path, {"a.jsonl": jsonl([story(1)])})
    assert own.read_text("utf-8") == "اپنا مضمون"
    assert set(done.articles) == {"s1", "خبر-نمبر-1"}


def test_a_dry_run_writes_nothing_and_says_all(tmp_path: Path) -> None:
    dry = run(tmp_path, {"a.jsonl": jsonl([story(n) for n in range(7)]) + "{\n"}, dry=True)
    assert {path.name for path in tmp_path.iterdir()} == {"source"}
    assert dry.report.status == {"new": 7}
    assert dry.report.failed == 1
    assert len(dry.report.samples) == 3
    wet = run(tmp_path)
    assert wet.report.status == dry.report.status
    assert next((tmp_path / "content").rglob("s0.txt")).read_text("utf-8") == dry.report.samples[0].file


def test_no_folder_holds_more_than_a_thousand_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "PER_FOLDER", 10)
    records = [story(n) | {"date": "2017-11-11"} for n in range(45)]
    run(tmp_path, {"a.jsonl": jsonl(records)})
    folder = tmp_path / "content/ur/2017/11"
    files = {path.name: len(list(path.glob("*.txt"))) for path in (folder, *folder.glob("part-*"))}
    assert files == {"11": 10, "part-2": 10, "part-3": 10, "part-4": 10, "part-5": 5}


def test_a_date_that_only_folders_tell_is_kept(tmp_path: Path) -> None:
    done = run(tmp_path, {"dumps/2019/05/x.txt": f"عنوان\n\n{URDU}\n", "dumps/2019/05/07/y.txt": f"عنوان\n\n{URDU}\n"})
    found = {article.id: article.published for article in done.articles.values()}
    assert {id_: date.iso for id_, date in found.items() if date} == {"x": "2019-05", "y": "2019-05-07"}


def test_two_collections_with_equal_ids_are_two_collections(tmp_path: Path) -> None:
    other = [story(n, ARABIC) for n in range(3)]
    done = run(tmp_path, {"a.jsonl": jsonl([story(n) for n in range(3)]), "b.jsonl": jsonl(other)})
    assert len(done.articles) == 6
    assert {article.language for article in done.articles.values()} == {"ur", "ar"}


def test_one_address_crawled_twice_is_an_edition_when_its_text_differs(tmp_path: Path) -> None:
    from importing.samples import page

    one, other = (page("بارش", [f"{URDU} {n} {more}" for n in range(5)]).encode() for more in ("", "اضافہ"))
    done = run(tmp_path, {"a.warc.gz": warc([("https://w.example/a", "text/html", data) for data in (one, one, other)])})
    assert done.report.status == {"new": 2, "repeated": 1}
    assert done.report.groups == 1
    assert run(tmp_path).report.status == {"unchanged": 2, "repeated": 1}


# Duplicates


def test_editions_of_a_story_are_grouped_with_a_lead_that_is_explained(tmp_path: Path) -> None:
    sentences = [f"{URDU} {word}" for word in ["ایک", "دو", "تین", "چار", "پانچ", "چھ", "سات", "آٹھ", "نو", "دس"]]
    whole = "\n\n".join(sentences)
    records = [
        {"id": "late", "title": "خبر", "text": whole, "date": "2017-11-12"},
        {"id": "first", "title": "وہی خبر", "text": whole + " مزید", "date": "2017-11-11"},
        {"id": "short", "title": "مختصر", "text": "\n\n".join(sentences[:7]), "date": "2017-11-10"},
        {"id": "other", "title": "الگ", "text": ARABIC * 3, "date": "2017-11-10"},
    ]
    for order in (records, records[::-1]):
        folder = tmp_path / order[0]["id"]
        done = run(folder, {"a.jsonl": jsonl(order)})
        assert len(done.articles) == 4
        (group,) = (json.loads(line) for line in (folder / ".roznama/import/duplicates.jsonl").read_text("utf-8").splitlines())
        assert group["lead"]["id"] == "first"
        assert [other["id"] for other in group["others"]] == ["late", "short"]
        assert "the earliest (2017-11-11)" in group["why"]


# Killed runs


class Killed(BaseException):
    """What a kill looks like from inside: nothing below may catch it."""


def counting(monkeypatch: pytest.MonkeyPatch, die_at: int) -> Callable[[], int]:
    """Kill the run at its `die_at`-th step: before or after a file is written, before or after a transaction ends."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == die_at:
            raise Killed

    write, commit = placing.write, Ledger.commit

    def dying_write(target: Path, data: bytes) -> None:
        step()
        write(target, data)
        step()

    def dying_commit(self: Ledger) -> None:
        step()
        commit(self)
        step()

    monkeypatch.setattr(placing, "write", dying_write)
    monkeypatch.setattr("generator.importing.outcomes.write", dying_write)
    monkeypatch.setattr(Ledger, "commit", dying_commit)
    return lambda: steps


def many(folder: Path) -> None:
    """Sources with everything that could go wrong between two runs: ids that meet, pictures, duplicates, rejects."""
    from importing.samples import picture

    source = folder / "source"
    (source / "wp-content/uploads").mkdir(parents=True)
    (source / "wp-content/uploads/a.jpg").write_bytes(picture())
    lines = [story(n) | {"date": "2017-11-11", "id": f"s{n % 23}"} for n in range(40)]
    (source / "a.jsonl").write_text(jsonl(lines) + '{"broken\n' + jsonl([story(50)]), "utf-8")
    items = [
        post(n, f"t{n % 7}", f'{URDU} {n}<figure><img src="/wp-content/uploads/a.jpg"></figure>[form x="{n}"]') for n in range(20)
    ]
    (source / "b.xml").write_text(wxr(*items), "utf-8")
    for n in range(15):
        (source / f"t{n}.txt").write_text(f"عنوان {n}\n\n{URDU}\n", "utf-8")


def finished(folder: Path) -> bool:
    """Whether the last run came to its end: a kill after that interrupts nothing."""
    with contextlib.closing(sqlite3.connect(folder / ".roznama/import.sqlite")) as base:
        return bool(base.execute("SELECT finished FROM run ORDER BY id DESC LIMIT 1").fetchone()[0])


def test_fifty_kills_at_random_moments_leave_what_an_unbroken_run_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.importing.intake.CHUNK", 4)
    monkeypatch.setattr(placing, "PER_FOLDER", 12)
    whole = tmp_path / "whole"
    many(whole)
    with monkeypatch.context() as counted:
        steps = counting(counted, 0)
        take_in(Wish((whole / "source",), whole / "content"))
        total = steps()
    expected = tree(whole / "content") | {f".roznama/{k}": v for k, v in tree(whole / ".roznama").items()}
    assert len(expected) > 80
    random_ = random.Random(7)
    kills = 0
    while kills < 50:
        folder = tmp_path / f"broken{kills}"
        many(folder)
        for _ in range(random_.randint(1, 3)):
            with monkeypatch.context() as dying:
                counting(dying, random_.randint(1, total // 2))
                try:
                    take_in(Wish((folder / "source",), folder / "content"))
                except Killed:
                    kills += 1
            if finished(folder):
                break
        else:
            take_in(Wish((folder / "source",), folder / "content"))
        assert finished(folder)
        found = tree(folder / "content") | {f".roznama/{k}": v for k, v in tree(folder / ".roznama").items()}
        assert {name: data for name, data in found.items() if expected.get(name) != data} == {}
        assert found.keys() == expected.keys()


def test_several_processes_leave_the_same_bytes_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.importing.intake.MUCH", 0)
    for jobs in (1, 2):
        many(tmp_path / str(jobs))
        run(tmp_path / str(jobs), jobs=jobs)
    assert tree(tmp_path / "1/content") == tree(tmp_path / "2/content")
    assert tree(tmp_path / "1/.roznama") == tree(tmp_path / "2/.roznama")


# The result


def test_a_site_and_a_vocabulary_are_proposed_and_never_overwritten(tmp_path: Path) -> None:
    tags = '<category domain="post_tag" nicename="x"><![CDATA[کراچی کی بارش]]></category>'
    done = run(tmp_path, {"a.xml": wxr(*(post(n, f"t{n}", f"{URDU} {n}", tags) for n in range(3)))})
    site = (tmp_path / "site.toml").read_text("utf-8")
    assert 'title = "روزنامہ کراچی"' in site
    assert 'language = "ur"' in site
    from generator.config import load_site
    from generator.topics.vocabulary import read_vocabulary

    assert load_site(tmp_path).settings.title == "روزنامہ کراچی"
    vocabulary, problems = read_vocabulary(tmp_path)
    assert problems == []
    assert [(topic.id, topic.kind, topic.labels) for topic in vocabulary.topics] == [
        ("کراچی-کی-بارش", "subject", {"ur": "کراچی کی بارش"})
    ]
    assert all(proposal.placed for proposal in done.report.proposals)
    (tmp_path / "site.toml").write_text("# mine\n", "utf-8")
    again = run(tmp_path)
    assert (tmp_path / "site.toml").read_text("utf-8") == "# mine\n"
    assert [proposal.placed for proposal in again.report.proposals] == [False, False]


def test_a_large_file_is_split_in_the_memory_of_a_small_one(tmp_path: Path) -> None:
    """The splitting and handing out of a large file, which is what could grow: 20,000 records, none of them kept."""
    import tracemalloc

    from generator.importing.splitting import json_values, lines

    path = tmp_path / "large.json"
    line = json.dumps({"id": 1, "title": "t", "text": URDU}, ensure_ascii=False)
    with path.open("w", encoding="utf-8") as out:
        out.write("[")
        for n in range(20_000):
            out.write(("," if n else "") + line + "\n")
        out.write("]")
    tracemalloc.start()
    with path.open("rb") as stream:
        assert sum(1 for _ in json_values(stream, "", inside=True)) == 20_000
    with path.open("rb") as stream:
        assert sum(1 for _ in lines(stream, "")) == 20_001
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


# The property: what is imported is what is read


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=120).filter(
    lambda text: text.strip() != ""
)
BROKEN = ("encoded-twice", "encoding-misread", "font-codes", "inpage", "visual-order")
NASTY = st.sampled_from(["# x", "1. x", "- x", "* x", "> x", "---", "===", "a_b_c", "_x_", "*x*", "`x`", "[a](b)", "![a](b)", "<b>", "&amp;", "&#42;", "{: .x}", "a | b", "\\*", "x  ", "+ x", "***", "[^1]: x", "http://x.example/a_b", "| a |", "1) x", "```", "~~~", "$x$", "ن* م*", "<!-- x -->", ":::", "Term\n: x"])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(st.one_of(TEXT, NASTY, st.tuples(NASTY, TEXT).map(" ".join)), min_size=1, max_size=8),
    TEXT,
    st.lists(TEXT, max_size=3),
    st.booleans(),
)
def test_every_visible_character_is_read_back(paragraphs: list[str], title: str, tags: list[str], html: bool) -> None:
    from html import escape

    from importing.samples import words

    from generator.importing.composing import NOTHING_PLACED, compose
    from generator.importing.finishing import finish, one_line
    from generator.importing.records import Plan, Raw, Record
    from generator.readers import ReadingOptions, Source, read
    from generator.text import visible

    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs) if html else "\n\n".join(paragraphs)
    record = Record(headline=escape(title) if html else title, text=text, form="html" if html else "plain", topics=tags, id="x")
    outcome = finish(record, Raw("a", 1, 0, b""), Plan("json", options(language="ur")))
    data = compose(outcome.front, "x", outcome.origin, outcome.parts, NOTHING_PLACED, markdown=outcome.suffix == ".md")
    reading = read(data, Source(f"ur/x{outcome.suffix}"), ReadingOptions())
    assert reading.article is not None, data.decode()
    # Random letters may well look like broken text; that is no fault of the import.
    assert [problem for problem in reading.problems if problem.severity == "error" and problem.code not in BROKEN] == []
    assert [term.name for term in reading.article.terms] == [
        name for name in dict.fromkeys(one_line(tag) for tag in tags) if name
    ]
    seen = words(reading.article)
    for paragraph in paragraphs if html else []:
        assert visible(paragraph) in seen, (paragraph, data.decode())
