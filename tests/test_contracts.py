"""The contracts of a build: deterministic, atomic, exact, honest, safe from its input."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from small_site import SmallSite, dump, fingerprints, with_front_matter

from generator.build import Options, build
from generator.config import load_site
from generator.output import TEMPORARY


def several(site: SmallSite, count: int = 30) -> None:
    for number in range(count):
        fields = {
            "headline": f"سرخی {number}",
            "date": f"20{number % 20:02d}-05-0{1 + number % 9}",
            "topics": f"[موضوع {number % 4}]",
        }
        site.article(f"ur/a{number}.md", with_front_matter(fields, "پہلا پیرا ہے۔\n\nدوسرا پیرا ہے۔"))


# ── deterministic ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_input_gives_the_same_bytes_for_any_jobs_hash_seed_locale_zone_and_umask(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(site, 200)  # more than are done in one process
    site.build(jobs=1)
    expected = site.files()
    other = site.twin(tmp_path / "other")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Karachi", "LC_ALL": "C", "LANG": "C"}
    command = [sys.executable, "-m", "generator", "build", str(other.folder), "--jobs", "2", "--as-of", "2026-01-01"]
    subprocess.run(
        ["sh", "-c", 'umask 077; exec "$@"', "sh", *command], env=environment, check=True, capture_output=True
    )
    assert fingerprints(other.output) == expected


def test_the_day_matters_only_to_articles_of_the_future(site: SmallSite) -> None:
    several(site, 3)
    site.article("ur/soon.md", with_front_matter({"headline": "کل", "date": "2026-06-01"}, "پیرا۔"))
    report = site.build(today=date(2026, 1, 1))
    assert report.hidden == {"future": 1}
    before = site.files()
    site.build(today=date(2026, 5, 31))
    assert site.files() == before
    assert site.build(today=date(2026, 6, 1)).articles == 4


# ── atomic ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_build_killed_at_any_moment_leaves_whole_pages_and_the_next_one_repairs_it(
    site: SmallSite, tmp_path: Path
) -> None:
    several(site, 60)
    clean = site.twin(tmp_path / "clean")
    clean.build()
    pages = {path: digest for path, digest in clean.files().items() if path != "manifest-sha256.txt"}
    command = [sys.executable, "-m", "generator", "build", str(site.folder), "--as-of", "2026-01-01", "--jobs", "1"]
    for delay in (0.35, 0.5, 0.7, 0.9):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if site.output.exists():
            there = {path: digest for path, digest in site.files().items() if not path.endswith(TEMPORARY)}
            assert all(pages.get(path, digest) == digest for path, digest in there.items())
    site.build()
    assert site.files() == clean.files()


@pytest.mark.parametrize("step", ["prepare", "look_at_output", "plan", "write", "prune", "conclude"])
def test_a_build_that_dies_between_two_steps_is_taken_up_by_the_next(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    several(site, 6)
    site.build()
    (site.folder / "content/ur/a3.md").unlink()
    site.article("ur/a0.md", with_front_matter({"headline": "بدلی", "date": "2000-07-01"}, "پیرا۔"))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"generator.build.Build.{step}", die)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    site.build()
    clean = site.twin(tmp_path / "clean")
    clean.build()
    assert site.files() == clean.files()


def test_a_page_that_fails_keeps_its_old_file(site: SmallSite) -> None:
    several(site, 3)
    site.build()
    before = site.page("about/index.html")
    site.write("templates/about.html", "{{ nothing.of.this }}")
    report = site.build()
    assert report.failed == 1
    assert site.page("about/index.html") == before
    (site.folder / "templates" / "about.html").unlink()
    assert site.build().failed == 0


def test_a_template_that_cannot_be_parsed_fails_its_pages_and_no_others(site: SmallSite) -> None:
    several(site, 3)
    site.write("templates/month.html", '{% extends "base.html" %}\n{% block main %}\n{% if %}\n{% endblock %}')
    report = site.build()
    assert report.failed == report.stale["month"]
    assert [str(problem).split(" error")[0] for problem in report.problems] == ["templates/month.html:3:"]
    assert (site.output / "index.html").is_file()


@pytest.mark.parametrize("clean", [True, False])
def test_what_an_unfinished_build_wrote_is_known_to_a_clean_one_and_to_another_version(
    site: SmallSite, tmp_path: Path, clean: bool
) -> None:
    several(site, 3)
    site.build()
    (site.output / "manifest-sha256.txt").unlink()  # it is written last
    site.write("site.toml", 'title = "دوسرا"\nlanguage = "ur"\n')
    (site.folder / "content/ur/a2.md").unlink()
    if not clean:
        with contextlib.closing(sqlite3.connect(load_site(site.folder).state / "catalogue.sqlite")) as connection:
            connection.execute("UPDATE meta SET value = 'another layout' WHERE key = 'schema'")
            connection.commit()
    assert site.build(clean=clean).failed == 0
    other = site.twin(tmp_path / "other")
    other.build()
    assert site.files() == other.files()


# ── exact ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_withdrawn_is_gone_from_every_file(site: SmallSite) -> None:
    several(site, 12)
    fields = {"headline": "غائب سرخی", "date": "2003-05-04", "topics": "[نایاب]", "people": "[گمنام شخص]"}
    path = site.article("ur/secret-9.md", with_front_matter(fields, "نایاب پیرا۔"))
    site.build()
    holds = [name for name in site.files() if _mentions(site.output / name)]
    assert len(holds) > 5
    path.unlink()
    site.build()
    assert [name for name in site.files() if _mentions(site.output / name)] == []


def _mentions(path: Path) -> bool:
    if any(word in str(path) for word in ("secret-9", "نایاب", "گمنام")):
        return True
    data = path.read_bytes()
    return any(word.encode() in data for word in ("secret-9", "نایاب", "گمنام", "غائب"))


def test_files_that_are_not_ours_are_neither_touched_nor_removed(site: SmallSite) -> None:
    several(site, 3)
    site.build()
    site.write("output/CNAME", "archive.example")
    site.write("output/topics/mine.txt", "mine")
    several(site, 4)
    site.build()
    site.build(clean=True)
    assert (site.output / "CNAME").read_text() == "archive.example"
    assert (site.output / "topics" / "mine.txt").read_text() == "mine"


def test_a_strangers_file_in_the_way_is_an_error_and_stays(site: SmallSite) -> None:
    several(site, 2)
    site.write("output/about/index.html", "mine")
    report = site.build()
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["output-foreign"]
    assert site.page("about/index.html") == "mine"
    assert (site.output / "index.html").is_file()


def test_a_page_that_moves_leaves_a_redirect_even_after_the_catalogue_is_lost(site: SmallSite) -> None:
    path = site.article("ur/a.md", with_front_matter({"headline": "سرخی", "date": "2001-02-03"}, "پیرا۔"))
    site.build()
    path.write_text(with_front_matter({"headline": "سرخی", "date": "2001-03-03"}, "پیرا۔"), encoding="utf-8")
    site.build()
    assert "../../../ur/2001/03/a.html" in site.page("ur/2001/02/a.html")
    before = site.files()
    site.build(clean=True)
    assert site.files() == before
    path.write_text(with_front_matter({"headline": "سرخی", "date": "2001-02-03"}, "پیرا۔"), encoding="utf-8")
    site.build()
    assert "<h1>سرخی</h1>" in site.page("ur/2001/02/a.html")


# ── honest ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(site: SmallSite, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", str(site.folder), "--as-of", "2026-01-01", *options]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False)


def test_bad_input_is_reported_with_its_place_and_the_rest_is_built(site: SmallSite) -> None:
    several(site, 3)
    site.article("ur/broken.md", "---\nheadline: سرخی\ntopics: [ایک, دو\ndate: 2001-01-01\n---\nمتن\n")
    site.article("ur/2001/twin.txt", dump("پہلی", "متن ہے۔"))
    site.article("ur/2002/twin.txt", dump("دوسری", "متن ہے۔"))
    site.write(
        "templates/terms.html", '{% extends "base.html" %}\n{% block main %}\n{{ view.nothing }}\n{% endblock %}'
    )
    result = run(site)
    assert result.returncode == 1
    assert "ur/broken.md:4:5: error: " in result.stderr
    assert "[front-matter-syntax]" in result.stderr
    assert (
        "ur/2002/twin.txt: error: has the id 'twin' of ur/2001/twin.txt, and is not shown [duplicate-id]"
        in result.stderr
    )
    assert "templates/terms.html:3: error: " in result.stderr
    assert (site.output / "ur/2000/05/a0.html").is_file()
    # What is wrong is said again as long as it is wrong, though nothing is read again.
    again = run(site)
    assert again.returncode == 1
    assert "[front-matter-syntax]" in again.stderr
    assert "[duplicate-id]" in again.stderr


def test_an_unreadable_file_is_reported(site: SmallSite) -> None:
    several(site, 2)
    (site.folder / "content/ur/gone.txt").symlink_to(site.folder / "content/ur/nowhere.txt")
    folder = site.folder / "content/ur/locked.txt"
    folder.symlink_to("/etc/hostname")
    result = run(site)
    assert (
        "ur/locked.txt: warning: a link to a file outside the content folder is not followed [link-outside]"
        in result.stderr
    )
    assert result.returncode == 0
    assert run(site, "--strict").returncode == 1


def test_an_unknown_key_of_site_toml_names_the_nearest(site: SmallSite) -> None:
    several(site, 1)
    site.write("site.toml", 'titel = "x"\n\n[theme]\nacent = "#fff"\n')
    result = run(site)
    assert result.returncode == 1
    assert "site.toml:1:1: error: unknown key `titel` [site-unknown-key]" in result.stderr
    assert "did you mean `title`?" in result.stderr
    assert "site.toml:4:1: error: unknown key `acent` in [theme] [site-unknown-key]" in result.stderr


def test_two_articles_on_one_path_are_refused_naming_both(site: SmallSite) -> None:
    site.write("site.toml", 'language = "ur"\n[permalinks]\narticle = "/{lang}/{slug}{id}.html"\n')
    site.article(
        "ur/b.md", with_front_matter({"headline": "ایک", "date": "2001-01-01", "slug": "a", "id": "bc"}, "متن۔")
    )
    site.article(
        "ur/c.md", with_front_matter({"headline": "دو", "date": "2001-01-01", "slug": "ab", "id": "c"}, "متن۔")
    )
    report = site.build()
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert [problem.code for problem in errors] == ["same-path"]
    assert "ur/b.md" in str(errors[0])
    assert "ur/c.md" in str(errors[0])


def test_a_folder_without_site_toml_builds_and_says_what_it_assumed(tmp_path: Path) -> None:
    folder = tmp_path / "lahore-papers"
    folder.mkdir()
    for number in range(3):
        text = dump(f"سرخی نمبر {number}", "یہ ایک خبر ہے جس میں بتایا گیا ہے کہ شہر میں کیا ہوا اور لوگوں نے کیا کہا۔")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    report = build(load_site(folder), Options(today=date(2026, 1, 1)))
    assert any("language ur, right to left" in line for line in report.assumed)
    assert any("lahore papers" in line for line in report.assumed)
    assert '<html lang="ur" dir="rtl">' in (folder / "output/index.html").read_text("utf-8")


# ── untrusted input ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_text_breaks_out_of_its_place(site: SmallSite) -> None:
    evil = "\"'><script>alert(1)</script>\u202e\u2067"
    site.article(
        "ur/evil.txt", dump(f"سرخی {evil}", f"پیرا {evil}", f"،تصویر کا کیپشن{evil}", f"،تصویر کا ذریعہ{evil}")
    )
    fields = {
        "headline": f"'{evil.replace(chr(39), chr(39) * 2)}'",
        "topics": f"['{evil.replace(chr(39), chr(39) * 2)}']",
    }
    site.article(
        "ur/evil2.md", with_front_matter(fields, f"{evil}\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    )
    site.build()
    for name in site.files():
        if name.endswith((".html", ".xml", ".json")):
            text = site.page(name)
            assert "<script>alert" not in text, name
            assert "onerror=" not in text or "onerror=alert" not in text.replace("&lt;img src=x onerror=alert", ""), (
                name
            )
            assert 'href="javascript:' not in text, name
            assert text.count("\u202e") == text.count("\u202c"), name
            assert text.count("\u2067") == text.count("\u2069"), name


def test_no_name_leads_outside_the_output(site: SmallSite) -> None:
    fields = {
        "headline": "x",
        "id": "../../../escape",
        "slug": "../../up",
        "topics": "['../../../../etc/x']",
        "images": "[../../../secret.png]",
    }
    site.article("ur/x.md", with_front_matter(fields, "متن۔"))
    site.build()
    assert {path.name for path in site.folder.parent.iterdir()} == {"site"}
    assert {path.name for path in site.folder.iterdir()} <= {"content", "output", ".roznama", "site.toml"}
