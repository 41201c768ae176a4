"""`roznama verify` names every difference, and needs no catalogue."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_site import SmallSite, dump, with_front_matter

from generator.cli.build import build as build_command
from generator.cli.verify import verify as command
from generator.model import Article, Figure, ItemList, Paragraph
from generator.pages.plain import plain_text, text_sha256
from generator.verifying import NoManifest, verify


def build(site: SmallSite) -> None:
    site.article("ur/a&b.md", with_front_matter({"headline": "سرخی", "date": "2017-11-01"}, "پیرا ہے۔"))
    site.article("ur/b.txt", dump("دوسری سرخی", "پیرا ہے۔"))
    site.build()
    shutil.rmtree(site.folder / ".roznama")


def codes(site: SmallSite) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in verify(site.output, site.folder / "content")]


def test_a_site_as_it_was_built_is_proven(site: SmallSite) -> None:
    build(site)
    assert codes(site) == []
    result = CliRunner().invoke(command, [str(site.folder)])
    assert (result.exit_code, result.output) == (0, "0 differences, 0 files of which nothing is recorded\n")


def test_the_output_may_stand_among_the_articles(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden.txt", "static/note.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(dump("The presses stop", "They stopped at noon."), "utf-8")
    assert CliRunner().invoke(build_command, [str(tmp_path), "-q"]).exit_code == 0
    assert (tmp_path / "output/robots.txt").exists()
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert result.output == "0 differences, 0 files of which nothing is recorded\n"


def test_every_difference_is_named(site: SmallSite) -> None:
    build(site)
    (site.output / "index.html").write_text("mine", encoding="utf-8")
    (site.output / "about/index.html").unlink()
    site.write("output/CNAME", "archive.example")
    site.article("ur/a&b.md", "changed")
    (site.folder / "content/ur/b.txt").unlink()
    site.article("ur/c.txt", dump("نئی", "پیرا۔"))
    assert codes(site) == [
        ("index.html", "verify-changed"),
        ("about/index.html", "verify-missing"),
        ("CNAME", "verify-unknown"),
        ("ur/a&b.md", "verify-source-changed"),
        ("ur/b.txt", "verify-source-missing"),
        ("ur/c.txt", "verify-source-unpublished"),
    ]
    result = CliRunner().invoke(command, [str(site.output), "--sources", str(site.folder / "content"), "--json"])
    assert result.exit_code == 1
    assert result.output.count('"verify-') == 6


def test_a_folder_without_manifest_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(NoManifest):
        list(verify(tmp_path, None))
    (tmp_path / "site.toml").write_text("", encoding="utf-8")
    (tmp_path / "content").mkdir()
    assert CliRunner().invoke(command, [str(tmp_path)]).exit_code == 2


def test_strangers_fail_only_the_strict(site: SmallSite) -> None:
    build(site)
    site.write("output/CNAME", "archive.example")
    assert CliRunner().invoke(command, [str(site.folder)]).exit_code == 0
    assert CliRunner().invoke(command, [str(site.folder), "--strict"]).exit_code == 1


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_sha256sum_reads_the_manifest(site: SmallSite) -> None:
    build(site)
    command_ = ["sha256sum", "--quiet", "-c", "manifest-sha256.txt"]
    assert subprocess.run(command_, cwd=site.output, capture_output=True, check=False).returncode == 0


def test_the_page_tells_the_digest_of_its_words(site: SmallSite) -> None:
    build(site)
    words = "دوسری سرخی\n\nپیرا ہے۔\n"
    (page,) = site.output.rglob("b.html")
    assert hashlib.sha256(words.encode()).hexdigest() in page.read_text("utf-8")


def test_plain_text_has_every_part_in_its_order() -> None:
    body = (Paragraph("ایک", 3), Figure(5, alt="پل", credit="EPA", caption="نیا پل"), ItemList(("پہلا", "دوسرا"), 9))
    article = Article("x", "x.txt", "ur", "rtl", "سرخی", b"", standfirst="خلاصہ", body=body)
    assert plain_text(article) == "سرخی\n\nخلاصہ\n\nایک\n\nپل\nنیا پل\nEPA\n\nپہلا\nدوسرا\n"
    assert len(text_sha256(article)) == 64
