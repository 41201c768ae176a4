"""The archive as a ZIM file, opened by libzim's own reader."""

import io
import posixpath
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from PIL import Image
from small_site import SmallSite, with_front_matter

from generator import zim
from generator.checks.links import links_of, resolved
from generator.cli import main


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("zim") / "site")
    site.write("site.toml", 'title = "نمونہ"\ntagline = "ایک نمونہ"\nlanguage = "ur"\nbase_url = "https://archive.example/news"\n')
    picture = io.BytesIO()
    Image.new("RGB", (600, 300), "red").save(picture, "PNG")
    site.article("ur/تصویر.png", picture.getvalue())
    texts = {
        "a": ("ur", "یہ کتاب اسلامیہ کالج کی ہے، علی نے لکھی۔"),
        "b": ("ur", "شہر میں موسم اچھا ہے۔"),
        "c": ("en", "A report about the weather in the city."),
    }
    for number, (id_, (language, text)) in enumerate(texts.items(), 1):
        fields = {"headline": f"سرخی {id_}", "language": language, "date": f"2017-11-0{number}", "topics": "[پاکستان]"}
        if id_ == "a":
            fields["images"] = "[تصویر.png]"
        site.article(f"{language}/{id_}.md", with_front_matter(fields, text))
    site.build()
    result = CliRunner().invoke(main, ["zim", str(site.folder)])
    assert result.exit_code == 0, result.output
    assert "3 articles" in result.output
    return site


@pytest.fixture(scope="module")
def archive(built: SmallSite) -> Archive:
    return Archive(built.folder / "archive.zim")


def found(archive: Archive, query: str) -> list[str]:
    return sorted(Searcher(archive).search(Query().set_query(query)).getResults(0, 10))


@pytest.mark.parametrize("query", ["کتاب", "كتاب", "اسلامیہ", "اسلاميه", "اسلامیه", "علي", "على", "کِتاب"])
def test_a_word_is_found_from_every_keyboard(archive: Archive, query: str) -> None:
    assert found(archive, query) == ["ur/2017/11/a.html"]


def test_search_finds_articles_and_no_lists_of_them(archive: Archive) -> None:
    assert found(archive, "weather") == ["en/2017/11/c.html"]
    assert found(archive, "سرخی") == ["en/2017/11/c.html", "ur/2017/11/a.html", "ur/2017/11/b.html"]
    assert found(archive, "nowhere") == []


def test_titles_are_suggested(archive: Archive) -> None:
    assert "ur/2017/11/b.html" in list(SuggestionSearcher(archive).suggest("سرخی b").getResults(0, 10))


def test_the_file_says_what_it_is_and_opens_at_the_front(archive: Archive) -> None:
    assert archive.check()
    assert archive.main_entry.get_item().path == "index.html"
    told = {key: bytes(archive.get_metadata(key)).decode() for key in ("Title", "Language", "Date", "Description", "Name", "Source")}
    assert told == {
        "Title": "نمونہ", "Language": "urd,eng", "Date": "2017-11-03", "Description": "ایک نمونہ",
        "Name": "archive.example_news_urd", "Source": "https://archive.example/news",
    }  # fmt: skip
    assert Image.open(io.BytesIO(bytes(archive.get_illustration_item(48).content))).size == (48, 48)


def test_every_link_of_every_page_leads_to_an_entry(built: SmallSite, archive: Archive) -> None:
    pages = [path for path in built.files() if path.endswith(".html")]
    assert len(pages) > 10
    for page in pages:
        item = archive.get_entry_by_path(page).get_item()
        assert item.mimetype == "text/html"
        for _, link in links_of(bytes(item.content).decode()):
            path, _ = resolved(posixpath.dirname(page), link, "/news")
            assert path is None or not path or archive.has_entry_by_path(path), (page, link)
    assert not archive.has_entry_by_path("sitemap.xml")


def test_every_kind_of_file_has_its_type(built: SmallSite) -> None:
    endings = {Path(path).suffix[1:] for path in built.files()}
    assert endings - set(zim.TYPES) == set()


def test_a_source_edited_since_the_build_is_in_the_edition_as_its_page_has_it(built: SmallSite, tmp_path: Path) -> None:
    site = built.twin(tmp_path / "twin")
    site.build()
    pages = {path: (site.output / path).read_bytes() for path in site.files() if path.endswith(".html")}
    site.article("ur/a.md", "اور")
    assert CliRunner().invoke(main, ["zim", str(site.folder)]).exit_code == 0
    archive = Archive(site.folder / "archive.zim")
    held = {path: bytes(archive.get_entry_by_path(path).get_item().content) for path in pages if archive.has_entry_by_path(path)}
    assert held == {path: pages[path] for path in held}
    assert any(path.endswith("/a.html") for path in held)


def test_without_libzim_the_extra_is_named(built: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libzim", None)
    result = CliRunner().invoke(main, ["zim", str(built.folder)])
    assert result.exit_code == 2
    assert "pip install 'roznama[zim]'" in result.output
