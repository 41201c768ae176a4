"""The style sheet and the scripts: rules of right-to-left type and of economy that no eye would catch every time."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import theme
from generator.theme import STYLES, Styles, Theme

SHEETS = sorted((theme.folder() / "static/css").glob("*.css"))
TEMPLATES = sorted(theme.folder().rglob("*.html"))
SCRIPTS = sorted((theme.folder() / "static").glob("*.js"))
LANGUAGES = ("ur", "ar", "fa", "he", "en", "ps", "sd", "ckb", "ug", "yi", "prs")


def bare(path: Path) -> str:
    """A sheet without comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def declarations(path: Path) -> Iterator[tuple[str, str]]:
    for name, value in re.findall(r"([-a-z]+)\s*:\s*([^;{}]+)[;}]", bare(path)):
        yield name, value.strip()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_side_is_physical(sheet: Path) -> None:
    """`left` and `right` are wrong in half of the languages, and so are width's and height's corners."""
    assert not re.findall(r"\b(?:left|right)\b", bare(sheet))
    physical = re.compile(r"(?:(?:margin|padding|border)-)?(?:top|bottom)")
    assert not [name for name, _ in declarations(sheet) if physical.fullmatch(name)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_is_done_to_letters_that_arabic_script_cannot_bear(sheet: Path) -> None:
    for name, value in declarations(sheet):
        assert name not in ("letter-spacing", "text-transform", "hyphens", "font-variant", "word-break"), name
        assert (name, value) != ("text-align", "justify")
        assert name != "font-style" or value in ("var(--slant)", "normal"), "slant is a matter of the script"
    assert "::first-letter" not in bare(sheet)


def test_colours_stand_in_one_sheet() -> None:
    """So that a site which changes the paper changes it everywhere. Print and the lightbox are apart."""
    allowed = {"10-tokens.css", "80-media.css"}
    for sheet in SHEETS:
        found = re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"\.box[^{]*\{[^}]*\}", "", bare(sheet)))
        assert sheet.name in allowed or not found, (sheet.name, found)


def test_the_style_sheet_of_all_languages_is_under_30_kb_and_the_scripts_under_10() -> None:
    files = {file.path: len(file.data) for file in Theme().static_files(LANGUAGES, Styles())}
    assert files[STYLES] < 30_000
    assert files["static/early.js"] + files["static/roznama.js"] < 10_000, "what every page loads"


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (*SHEETS, *SCRIPTS, *TEMPLATES):
        text = path.read_text("utf-8")
        assert "@import" not in text
        assert not re.findall(r"(?:src\s*=|url\()\s*[\"']?(?:https?:)?//", text), path.name
        assert not re.findall(r"<link[^>]+(?:stylesheet|preload|icon)[^>]+href=.(?:https?:)?//", text), path.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_work_under_a_policy_that_allows_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")", text)
    assert "<style" not in text


def test_every_class_of_the_style_sheet_is_used() -> None:
    used = "\n".join(path.read_text("utf-8") for path in (*TEMPLATES, *SCRIPTS))
    words = set(re.findall(r"[-\w]+", used))
    selectors = "\n".join(re.sub(r"\{[^}]*\}", "{}", bare(sheet)) for sheet in SHEETS)
    named = set(re.findall(r"\.([a-z][-\w]*)", selectors))
    kinds = {f"k-{path.stem}" for path in TEMPLATES}
    heat = {"h1", "h2", "h3", "h4"}
    assert named - words - kinds - heat == set()


# ── contrast ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


TOKENS = (theme.folder() / "static/css/10-tokens.css").read_text("utf-8")
LIGHT = colours(TOKENS[: TOKENS.index("@media")])
DARK = colours(TOKENS[TOKENS.index(':root[data-shade="dark"]') :])


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(parts: tuple[float, ...]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2.2, relative luminance."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_a_contrast_of_four_and_a_half_on_paper_and_on_plates(shade: dict[str, str]) -> None:
    for ink in ("ink", "grey", "accent", "faint"):
        assert contrast(rgb(shade[ink]), rgb(shade["paper"])) >= 4.5, ink
    for ink in ("ink", "grey"):
        assert contrast(rgb(shade[ink]), rgb(shade["tint"])) >= 4.5, ink


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=["light", "dark"])
def test_days_of_the_heat_calendar_can_be_read_at_every_heat(shade: dict[str, str]) -> None:
    lists = (theme.folder() / "static/css/40-lists.css").read_text("utf-8")
    mixtures = re.findall(r"\.h\d \{ background: color-mix\(in srgb, var\(--accent\) (\d+)%", lists)
    shares = [int(share) / 100 for share in mixtures]
    assert len(shares) == 3
    accent, paper, ink = (rgb(shade[name]) for name in ("accent", "paper", "ink"))
    for share in shares:
        mixed = tuple(a * share + p * (1 - share) for a, p in zip(accent, paper, strict=True))
        assert contrast(ink, mixed) >= 4.5, share
    assert contrast(paper, accent) >= 4.5


def test_both_ways_into_the_dark_have_the_same_colours() -> None:
    system = colours(TOKENS[TOKENS.index("@media") : TOKENS.index(':root[data-shade="dark"]')])
    assert system == DARK
    assert system.keys() == LIGHT.keys()
