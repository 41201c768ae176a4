"""An archive goes from Linux to Windows and macOS and back: names, capitals, composed letters, slashes, ends of lines.

What other systems do is played on this one: their path types are pure (`PureWindowsPath`), their file names are files.
"""

import re
import unicodedata
from io import BytesIO
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from small_site import SmallSite, dump, with_front_matter

from generator import output
from generator.config import SiteErrors, load_site
from generator.ledger import MOVED
from generator.pages.moved import rules
from generator.pictures import picture_url
from generator.urls import article_id, article_url, folded, one_file, path_of, pattern_problem, slug, term_url

URDU = "یہ ریڈیو پاکستان ہے۔ لوگوں نے کہا کہ بارش کے بعد شہر میں پانی جمع ہو گیا ہے اور سڑکیں بند ہیں۔"
NFC, NFD = "آئینہ-é", unicodedata.normalize("NFD", "آئینہ-é")
KEPT = ["con", "PRN", "aux.html", "nul.txt.md", "Com1", "lpt9.x", "COM¹", "CONIN$", "aux ", "nul.", "con:x"]
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')


def picture(colour: str = "red") -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return data.getvalue()


def windows_takes(path: str) -> bool:
    """Whether Windows takes a relative path, by the names that Python knows it keeps and by Microsoft's list of signs."""
    parts = PureWindowsPath(path).parts
    return (
        all(not PureWindowsPath(part).is_reserved() and not REFUSED.search(part) for part in parts) and len(path) <= 200
    )


# ── names that are made ──────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.one_of(st.text(), st.sampled_from(KEPT), st.builds("{}{}".format, st.sampled_from(KEPT), st.text(max_size=3)))
)
def test_windows_takes_every_name_that_is_made_of_text(text: str) -> None:
    id_ = article_id(text)
    url = article_url(
        "/{lang}/{year}/{id}.html", "/{lang}/undated/{id}.html", id_=id_, slug_=None, language="ur", date=None
    )
    for path in (
        path_of(url),
        path_of(term_url("topic", text)),
        path_of(picture_url(f"ur/{text.replace('/', '-')}.png")),
        slug(text),
    ):
        assert windows_takes(path), path


@pytest.mark.parametrize("text", ["a\\b", "..\\..\\x", "C:\\x", "a/b", "x.", "x ", " .x", "a\\"])
def test_an_id_holds_no_folder_and_no_end_that_windows_drops(text: str) -> None:
    assert windows_takes(article_id(text))
    assert article_id(text) in ("a-b", "x", "C-x", "a")


@pytest.mark.parametrize(
    "pattern",
    ["/con/{id}.html", "/a:b/{id}.html", "/a./{id}.html", "/a /{id}.html", "/x/aux.{id}.html", "/a\\b/{id}.html"],
)
def test_an_address_that_windows_cannot_write_is_refused_in_the_settings(pattern: str) -> None:
    assert "Windows" in str(pattern_problem(pattern))
    assert pattern_problem("/index/{lang}/{id}.html") is None


def test_the_longest_id_with_its_folders_fits_a_path_of_windows(site: SmallSite) -> None:
    site.article("ur/2017/11/" + "خبر-" * 29 + ".txt", dump("ایک", URDU))
    site.article(
        "en/2017/11/" + "story-" * 38 + ".txt", dump("One", "The people of the town said that the rain was over.")
    )
    assert site.build().articles == 2
    assert max(map(len, site.files())) < 200


def test_a_temporary_file_of_the_longest_name_fits_its_folder(site: SmallSite) -> None:
    assert output.write(site.folder / ("𐭀" * 62 + ".html"), b"x", ours=False)


# ── composed letters ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("on_disk", "in_text"), [(NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_names_of_macos_are_the_names_of_linux(site: SmallSite, on_disk: str, in_text: str) -> None:
    fields = {"headline": "خبر", "date": "2017-11-30", "images": f"[{in_text}.png]"}
    site.article(f"ur/{on_disk}.md", with_front_matter(fields, f"{URDU}\n\n![تصویر](/{in_text}/{in_text}.png)"))
    site.article(f"ur/{on_disk}.png", picture())
    site.article(f"{on_disk}/{on_disk}.png", picture("blue"))
    report = site.build()
    assert report.problems == []
    page = site.page(f"ur/2017/11/{NFC}.html")
    for path in (f"ur/{NFC}.png", f"{NFC}/{NFC}.png"):
        assert (site.output / path_of(picture_url(path))).is_file()
    assert page.count("<figure") == 2
    assert site.build().written == 0


def test_pictures_belong_to_an_article_by_name_however_it_is_composed(site: SmallSite) -> None:
    site.article(f"ur/{NFC}.txt", dump("خبر", URDU))
    site.article(f"ur/{NFD}-1.png", picture())
    site.article(f"ur/{NFD}/2.png", picture("blue"))
    assert site.build().problems == []
    assert site.page(next(path for path in site.files() if path.endswith(f"/{NFC}.html"))).count("<figure") == 2
    (site.folder / f"content/ur/{NFD}-1.png").unlink()
    site.build()
    assert site.page(next(path for path in site.files() if path.endswith(f"/{NFC}.html"))).count("<figure") == 1


def test_two_pictures_that_are_one_on_macos_are_told_of(site: SmallSite) -> None:
    site.article("ur/a.md", with_front_matter({"headline": "خبر", "images": f"[{NFC}.png]"}, URDU))
    site.article(f"ur/{NFC}.png", picture())
    site.article(f"ur/{NFD}.png", picture("blue"))
    for _ in (1, 2):
        report = site.build()
        assert [problem.code for problem in report.problems] == ["file-name"]
    assert report.written == 0


# ── slashes and ends of lines ────────────────────────────────────────────────────────────────────────────────────────


def test_backslashes_lead_to_pictures_and_folders(site: SmallSite) -> None:
    site.write("site.toml", "title = 'A'\nlanguage = 'ur'\ncontent = 'news\\text'\noutput = 'www\\public'\n")
    site.write(
        "news/text/ur/a.md",
        with_front_matter(
            {"headline": "خبر", "image": "pictures\\\\a.png"}, f"{URDU}\n\n![تصویر](..\\ur\\pictures\\b.png)"
        ),
    )
    site.write("news/text/ur/pictures/a.png", picture())
    site.write("news/text/ur/pictures/b.png", picture("blue"))
    report = site.build()
    assert report.problems == []
    assert (site.folder / "www/public/index.html").is_file()
    assert len(list((site.folder / "www/public/media").rglob("*.png"))) == 2


def test_backslashes_lead_nowhere_else(site: SmallSite) -> None:
    site.write("secret.png", picture())
    site.article("ur/a.md", with_front_matter({"headline": "خبر", "image": "..\\..\\secret.png"}, URDU))
    assert [problem.code for problem in site.build().problems] == ["picture-outside"]


@pytest.mark.parametrize("path", ["C:\\news", "C:\\users\\ada", "D:\\dumps"])
def test_a_path_of_windows_in_double_quotes_is_explained(site: SmallSite, path: str) -> None:
    site.write("site.toml", f'content = "{path}"\n')
    with pytest.raises(SiteErrors) as caught:
        load_site(site.folder)
    assert "single quotes" in str(caught.value.problems[0].hint)
    assert "\n" not in str(caught.value.problems[0])


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_ends_of_lines_make_the_same_site(
    site: SmallSite, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site.article("ur/a.txt", dump("خبر", URDU, "دوسرا پیراگراف جو پہلے سے الگ ہے۔"))
    site.article(
        "ur/b.md", with_front_matter({"title": "دوسری", "date": "2017-11-30"}, f"{URDU}\n\n## عنوان\n\n- ایک\n- دو")
    )
    site.write(MOVED, "# address\tid\n/ur/1999/01/b.html\tb\n")
    site.write("vocabulary.toml", '[[topic]]\nid = "x"\nlabel = { ur = "بارش" }\n')
    twin = site.twin(tmp_path_factory.mktemp("twin"))
    for path in (
        "content/ur/a.txt",
        "content/ur/b.md",
        MOVED,
        *(("site.toml", "vocabulary.toml") if end == "\r\n" else ()),
    ):
        twin.write(path, (twin.folder / path).read_text("utf-8").replace("\n", end).encode())
    assert (site.build().problems, twin.build().problems) == ([], [])
    ours, theirs = site.files(), twin.files()
    assert ours.keys() == theirs.keys()
    digests = re.compile(r"[0-9a-f]{64}")
    assert digests.sub("", site.page("ur/2017/11/b.html")) == digests.sub("", twin.page("ur/2017/11/b.html"))


# ── capitals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_paths_that_are_one_file_elsewhere_are_known() -> None:
    assert one_file("/en/Lahore.html", "/en/lahore.html")
    assert one_file(f"/ur/{NFC}.html", f"/ur/{NFD}.html")
    assert one_file("/STRASSE.html", "/straße.html")
    assert not one_file("/en/lahore.html", "/en/lahor.html")
    assert folded("/A/b") == "/a/b"


def test_an_id_that_changes_its_capitals_keeps_its_file(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `Lahore.html` and `lahore.html` are one file, neither is a stranger's and none is removed: the file is renamed
    before anything is written, and nothing is planned at the old name."""
    site.article(
        "en/Lahore.md",
        with_front_matter(
            {"headline": "Lahore", "date": "2017-11-30"}, "The people of the town said that it had rained."
        ),
    )
    site.build()
    renamed: list[tuple[str, str]] = []
    removed: list[str] = []
    rename, remove = output.rename, output.remove

    def renames(folder: Path, old: str, new: str) -> None:
        renamed.append((old, new))
        rename(folder, old, new)

    def removes(folder: Path, path: str) -> bool:
        removed.append(path)
        return remove(folder, path)

    monkeypatch.setattr(output, "rename", renames)
    monkeypatch.setattr(output, "remove", removes)
    (site.folder / "content/en/Lahore.md").rename(site.folder / "content/en/lahore.md")
    assert site.build().problems == []
    assert renamed == [("en/2017/11/Lahore.html", "en/2017/11/lahore.html")]
    assert [path for path in removed if "ahore" in path] == []
    assert {path for path in site.files() if path.startswith("en/") and "ahore.html" in path} == {
        "en/2017/11/lahore.html"
    }
    assert site.build().written == 0


def test_nginx_is_told_capitals_apart() -> None:
    pairs = [("/en/Lahore.html", "/en/lahore.html"), ("/en/pindi.html", "/en/Pindi.html"), ("/a.html", "/b.html")]
    assert rules("nginx", pairs, "").decode().splitlines() == [
        r'"~^/en/Lahore\.html$" "/en/lahore.html";',
        r'"~^/en/pindi\.html$" "/en/Pindi.html";',
        '"/a.html" "/b.html";',
    ]
