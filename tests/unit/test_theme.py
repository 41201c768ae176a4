"""The theme's files: what an archive gets of them, and how a site replaces them."""

import itertools
import re
from pathlib import Path

import msgspec
import pytest
from PIL import ImageFont

from generator import language, theme
from generator.pages.views import PageView, SiteView
from generator.theme import FACES, STYLES, StaticFile, Styles, Theme, faces_of, preload

LATIN = ("newsreader.woff2", "newsreader-latin1.woff2")
NASKH_LETTERS = (
    "ٹ ڈ ڑ ں ھ ہ ۃ ے پ چ ژ گ ټ ځ څ ډ ړ ږ ښ ګ ڼ ې ۍ ئ ٻ ڀ ٿ ٺ ڄ ڃ ڇ ڌ ڏ ڊ ڦ ڪ ڳ ڱ ڻ ۽ ۾ "
    "ڕ ڵ ۆ ێ ە ڤ ڭ ۇ ۈ ۋ ې ى ؠ ۄ ۅ ٲ ٳ ݨ ﷺ"
)
"""Of Urdu, Persian, Pashto, Sindhi, Kurdish, Uyghur, Kashmiri and Shahmukhi, beyond the Arabic alphabet."""


def written(*languages: str, styles: Styles = Styles(), site: Path | None = None) -> dict[str, bytes]:  # noqa: B008
    return {file.path: file.data for file in Theme(site).static_files(languages, styles)}


def fonts(*languages: str) -> set[str]:
    return {name.removeprefix("static/fonts/") for name in written(*languages) if name.endswith(".woff2")}


def test_an_urdu_archive_gets_nastaliq_naskh_and_latin_and_no_other_font() -> None:
    assert fonts("ur") == {"noto-nastaliq-urdu.woff2", "noto-naskh-arabic.woff2", *LATIN}


def test_a_persian_archive_gets_vazirmatn_and_an_english_one_no_arabic_font() -> None:
    assert fonts("fa") == {"vazirmatn.woff2", *LATIN}
    assert fonts("en") == {*LATIN, "newsreader-ext.woff2", "newsreader-italic.woff2"}
    assert "noto-serif-hebrew.woff2" in fonts("yi")
    assert fonts("zh") == set(LATIN)


def test_every_font_travels_with_its_licence() -> None:
    files = written("ur", "fa", "he", "en")
    for face in FACES:
        assert b"SIL OPEN FONT LICENSE" in files[f"static/fonts/{face.licence}"]
    assert not [name for name in written("he") if "nastaliq" in name]


def test_all_fonts_together_weigh_less_than_a_megabyte_and_a_half() -> None:
    assert sum(path.stat().st_size for path in (theme.folder() / "static/fonts").iterdir()) < 1_500_000


def test_every_face_of_the_style_sheet_is_written() -> None:
    files = written("ur", "en")
    sheet = files[STYLES].decode()
    named = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    assert named == {f"fonts/{name}" for name in fonts("ur", "en")}


def test_fallbacks_are_called_by_postscript_names() -> None:
    """`local("Noto Naskh Arabic")` finds nothing on Linux; the shift it would prevent is then a third of the page."""
    local = re.findall(r'local\("([^"]+)"\)', written("ur", "fa", "he", "en")[STYLES].decode())
    assert len(local) > 20
    assert [name for name in local if not re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)?", name)] == []


@pytest.mark.parametrize("code", ["ur", "ar", "fa", "he", "en", "ps", "sd"])
def test_the_font_to_preload_is_one_that_is_written(code: str) -> None:
    url = preload(code)
    assert url is not None
    assert url.removeprefix("/") in written(code)


def test_nothing_is_preloaded_for_a_script_that_is_left_to_the_device() -> None:
    assert preload("hi") is None
    assert preload("zh") is None


def test_the_files_are_the_same_whatever_the_order_of_the_languages() -> None:
    for order in itertools.permutations(("ur", "he", "fr")):
        assert written(*order) == written("ur", "he", "fr")


def test_files_come_in_the_order_of_their_paths() -> None:
    files = Theme().static_files(["ur"], Styles())
    assert list(files) == sorted(files, key=lambda file: file.path)
    assert all(isinstance(file, StaticFile) and file.path.startswith("static/") for file in files)


def test_a_site_adds_a_style_sheet_and_replaces_one(tmp_path: Path) -> None:
    css = tmp_path / "static" / "css"
    css.mkdir(parents=True)
    (css / "90-mine.css").write_text(".mine { color: red; }", "utf-8")
    (css / "50-article.css").write_text(".replaced { color: blue; }", "utf-8")
    sheet = written("ur", site=tmp_path)[STYLES].decode()
    assert sheet.endswith(".mine{color:red}")
    assert ".replaced{color:blue}" in sheet
    assert ".standfirst" not in sheet
    assert ".masthead" not in sheet
    assert ".mast" in sheet


def test_a_file_of_the_site_replaces_the_themes_and_others_are_carried_along(tmp_path: Path) -> None:
    (tmp_path / "static" / "papers").mkdir(parents=True)
    (tmp_path / "static" / "icon.svg").write_bytes(b"<svg/>")
    (tmp_path / "static" / "papers" / "logo.png").write_bytes(b"png")
    (tmp_path / "static" / ".hidden").write_bytes(b"no")
    files = written("en", site=tmp_path)
    assert files["static/icon.svg"] == b"<svg/>"
    assert files["static/papers/logo.png"] == b"png"
    assert "static/.hidden" not in files
    assert "static/roznama.js" in files


def test_templates_of_a_site_are_looked_up_first(tmp_path: Path) -> None:
    assert Theme(tmp_path).template_folders == (theme.folder(),)
    (tmp_path / "templates").mkdir()
    assert Theme(tmp_path).template_folders == (tmp_path.resolve() / "templates", theme.folder())


def test_the_theme_itself_is_not_looked_up_twice_when_the_site_is_the_repository() -> None:
    assert Theme(theme.folder().parent).template_folders == (theme.folder(),)


def test_colours_of_the_site_come_after_those_of_the_theme() -> None:
    sheet = written("en", styles=Styles(accent="#8b0000", accent_dark="#ffb3a7", paper="#ffffff"))[STYLES].decode()
    assert sheet.index("--accent:#0d5c4d") < sheet.index("--accent:#8b0000")
    assert ":root{--accent:#8b0000;--paper:#ffffff}" in sheet
    assert ':root[data-shade="dark"]{--accent:#ffb3a7}' in sheet
    assert "@media (prefers-color-scheme:dark){:root:not([data-shade=\"light\"]){--accent:#ffb3a7}}" in sheet


def test_minifying_keeps_strings_and_the_space_that_means_something() -> None:
    css = '/* c */ a > b ,\n c :hover { content: " ;  } "; margin: calc(1px + 2px) ; }\n@media (x: 1rem) {p { x: y } }'
    small = 'a>b,c :hover{content:" ;  } ";margin:calc(1px + 2px)}@media (x:1rem){p{x:y}}'
    assert theme.minified(css) == small


def test_the_ten_lines_of_the_documentation_are_ten_and_change_the_theme(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "theme.md").read_text("utf-8")
    lines = guide.split("```css\n")[1].split("```")[0]
    assert lines.count("\n") == 10
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "90-mine.css").write_text(lines, "utf-8")
    assert written("ur", "en", site=tmp_path)[STYLES].decode().endswith(theme.minified(lines))
    named = set(re.findall(r"--[a-z-]+(?=:)", lines)) | set(re.findall(r"\.[a-z]+(?=[ :{])", lines))
    known = written("ur", "en")[STYLES].decode()
    assert [name for name in named if name not in known] == []


@pytest.mark.parametrize("kind", [SiteView, PageView])
def test_the_documentation_names_all_that_every_template_sees(kind: type[msgspec.Struct]) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "theme.md").read_text("utf-8")
    assert f"`{' '.join(kind.__struct_fields__)}`" in guide


def test_the_documentation_names_every_template_and_style_sheet() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "theme.md").read_text("utf-8")
    files = [*theme.folder().glob("*.html"), *(theme.folder() / "static/css").glob("*.css")]
    assert [path.name for path in files if f"`{path.name}`" not in guide] == []
    assert [path.stem for path in (theme.folder() / "blocks").glob("*.html") if path.stem not in guide] == []


def letters_of(code: str) -> set[str]:
    """Letters of a language's alphabet, and the digits and points that its text uses."""
    alphabet = language.load(code).alphabet
    shown = set("".join(alphabet.letters.split()))
    marks = "،؛؟۔۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ءآأؤإئ\u064b\u064e\u064f\u0650\u0651\u0652\u0670"
    return shown | set(marks if language.script_of(code) == "Arab" else "״׳־₪")


@pytest.mark.parametrize("code", [code for code in language.codes() if language.script_of(code) in ("Arab", "Hebr")])
def test_every_letter_of_a_language_is_in_the_faces_it_is_set_in(code: str) -> None:
    for face in (face for face in faces_of(code) if face.token != "latin"):
        assert not missing(face.file, letters_of(code)), f"{face.family} cannot write {code}"


def test_naskh_has_the_letters_of_all_languages_it_serves() -> None:
    assert not missing("noto-naskh-arabic.woff2", set(NASKH_LETTERS) - {" "})


@pytest.mark.parametrize("code", [code for code in language.codes() if language.script_of(code) == "Latn"])
def test_every_latin_letter_is_in_the_latin_faces(code: str) -> None:
    for lower in letters_latin(code):
        for letter in (lower, lower.upper()):
            assert any(not missing(face.file, {letter}) for face in faces_of(code)[:3]), f"{letter} of {code}"


def letters_latin(code: str) -> list[str]:
    return [letter for letter in language.load(code).alphabet.letters.lower().split() if len(letter) == 1]


def missing(file: str, letters: set[str]) -> set[str]:
    """The letters a font has no glyph for: those drawn as it draws a private character."""
    font = ImageFont.truetype(str(theme.folder() / "static/fonts" / file), 40)
    box = bytes(font.getmask("\U0010fffd"))
    return {letter for letter in letters if bytes(font.getmask(letter)) == box}
