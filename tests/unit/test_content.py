"""The sample archive keeps its promises: how many articles, in which forms, in whose letters, with which pictures.

What lives here: checks of the files as they lie in `content/`, made without the generator's readers, so that a mistake
in a reader and a mistake in a sample cannot hide each other. Not here: how the samples are read and shown.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

CONTENT = Path(__file__).parents[2] / "content"
ARTICLES = sorted(path for path in CONTENT.rglob("*") if path.suffix in {".txt", ".md"})
PICTURES = sorted(path for path in CONTENT.rglob("*") if path.suffix in {".jpg", ".png"})
LARGEST_PICTURE = 200_000  # bytes; the archive is read on slow lines too

# Labels that a dump glues to a credit or a caption, as each language's services write them.
LABELS = {
    "ur": ("،تصویر کا ذریعہ", "،تصویر کا کیپشن"),
    "ar": ("صدر الصورة، ", "التعليق على الصورة، "),
    "fa": ("منبع تصویر، ", "توضیح تصویر، "),
    "ps": ("د عکس سرچینه، ", "د عکس تشریح، "),
    "he": ("מקור התמונה, ", "כיתוב תמונה, "),
    "en": ("Image source, ", "Image caption, "),
}
READ_ALSO = {
    "ur": "یہ بھی پڑھیں",
    "ar": "اقرأ أيضاً",
    "fa": "بیشتر بخوانید",
    "ps": "نور ولولئ",
    "he": "קראו גם",
    "en": "Read more",
}
# Letters of a neighbour's keyboard: they look the same and no search finds them. Pashto writes both yehs, each its own.
FOREIGN_LETTERS = {"ur": "يكهةى", "fa": "يكىہےں", "ps": "كگہےںى", "ar": "یکہےگچپ", "he": "٠-٩", "en": "٠-٩"}


def language(path: Path) -> str:
    return path.relative_to(CONTENT).parts[0]


def parts(path: Path) -> tuple[dict[str, Any] | None, str]:
    """(front matter or None, body)."""
    text = path.read_text(encoding="utf-8")
    for fence, read in (("---\n", yaml.safe_load), ("+++\n", tomllib.loads)):
        if text.startswith(fence):
            head, body = text[len(fence) :].split("\n" + fence, 1)
            return read(head), body
    return None, text


BARE = [path for path in ARTICLES if parts(path)[0] is None]
WITH_FRONT_MATTER = [path for path in ARTICLES if path not in BARE]
UNDATED = [path for path in ARTICLES if "undated" in path.parts]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(CONTENT)) for path in paths]


def test_the_archive_has_enough_articles_in_each_language() -> None:
    count = Counter(language(path) for path in ARTICLES)
    assert len(ARTICLES) >= 66
    assert set(count) == set(LABELS)
    assert count["ur"] >= 34
    assert all(count[code] >= least for code, least in {"ar": 9, "fa": 8, "ps": 5, "he": 5, "en": 6}.items())


def test_most_articles_are_bare_dumps_and_the_others_have_front_matter() -> None:
    assert len(BARE) >= 45
    assert len(WITH_FRONT_MATTER) >= 18
    assert any(path.read_text(encoding="utf-8").startswith("+++") for path in WITH_FRONT_MATTER)
    assert all(path.suffix == ".txt" for path in BARE)


def test_every_decade_from_the_forties_on_has_an_article() -> None:
    years = {int(path.relative_to(CONTENT).parts[1]) for path in ARTICLES if path not in UNDATED}
    assert {year // 10 for year in years} == set(range(194, 203))


def test_no_two_articles_share_an_id() -> None:
    assert [stem for stem, times in Counter(path.stem for path in ARTICLES).items() if times > 1] == []


def test_undated_articles_say_no_date_above_their_text() -> None:
    assert len(UNDATED) >= 8
    for path in UNDATED:
        assert not re.search(r"\d{4}", path.stem), path
        head = path.read_text(encoding="utf-8").split("\n\n")[:2]
        assert not any(re.search(r"\d", line) for line in head), path


@pytest.mark.parametrize("path", WITH_FRONT_MATTER, ids=names(WITH_FRONT_MATTER))
def test_front_matter_says_what_pages_need(path: Path) -> None:
    meta = parts(path)[0]
    assert meta is not None
    assert meta.get("headline") or meta.get("title")
    assert meta.get("date") or meta.get("published")
    assert (meta.get("language") or meta.get("lang")) == language(path)
    assert meta.get("topics") or meta.get("tags") or meta.get("categories")
    for image in meta.get("images", []):
        assert (path.parent / image["src"]).is_file()
        assert image["alt"]
        assert image["caption"]
        assert image["credit"]


def test_topics_hold_several_articles() -> None:
    topics: Counter[tuple[str, str]] = Counter()
    for path in WITH_FRONT_MATTER:
        meta = parts(path)[0] or {}
        topics.update((language(path), topic) for topic in meta.get("topics") or meta.get("tags") or meta["categories"])
    assert sum(1 for times in topics.values() if times > 1) >= 10


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_an_article_is_clean_text_of_its_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    # ZWNJ belongs to Persian and Pashto spelling; every other invisible character is dirt here
    assert not re.search(r"[\u00a0\u0640\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text)
    assert re.findall(f"[{FOREIGN_LETTERS[language(path)]}]", text) == []
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_an_article_has_a_sensible_length(path: Path) -> None:
    body = parts(path)[1]
    assert 230 <= len(body.split()) <= 720
    assert len([block for block in body.split("\n\n") if block.strip()]) >= 6


def test_the_urdu_dumps_quote_the_urdu_way() -> None:
    for path in ARTICLES:
        if language(path) == "ur":
            body = parts(path)[1]
            assert body.count("’") == body.count("‘"), path
            assert re.sub(r"[^’‘]", "", body) == "’‘" * body.count("’"), path


def test_every_kind_of_dirt_that_dumps_have_stands_in_one() -> None:
    dumps = {path: path.read_text(encoding="utf-8").split("\n") for path in BARE}

    def holding(test: str) -> int:
        return sum(any(re.search(test, line) for line in lines) for lines in dumps.values())

    starts = {line for lines in dumps.values() for line in lines}
    assert all(any(line.startswith(label) for line in starts) for pair in LABELS.values() for label in pair)
    assert all(any(stub in lines for lines in dumps.values()) for stub in READ_ALSO.values())
    assert holding(r"^  • (مصنف|نویسنده|لیکوال|Author), ") >= 5
    assert holding(r"^  • ") >= 12
    assert sum(any(len(line) > 60 and lines.count(line) > 1 for line in lines) for lines in dumps.values()) == 1
    residue = [path for path, lines in dumps.items() if re.fullmatch(r"[A-Za-z.]{2,8}", lines[-2])]
    assert len(residue) >= 6


def test_a_label_never_stands_without_its_text() -> None:
    for path in BARE:
        for line in path.read_text(encoding="utf-8").split("\n"):
            assert all(line.strip() != label.strip() for label in LABELS[language(path)]), path


def test_pictures_lie_beside_their_articles_and_are_light() -> None:
    stems = {path.with_suffix("") for path in ARTICLES}
    assert len(PICTURES) >= 10
    for picture in PICTURES:
        beside = {picture.parent, picture.with_name(re.sub(r"-\d+$", "", picture.stem))}
        assert beside & stems, picture
        assert picture.stat().st_size < LARGEST_PICTURE, picture
        with Image.open(picture) as image:
            assert image.size == (1600, 1000), picture
