"""One article in each language that has labels: figures, a video, subheadings and paragraphs, in both habits of extractors."""

import re

import pytest
from reading_inputs import SENTENCES, TEXTS

from generator.model import Figure, Heading, Paragraph
from generator.readers import ReadingOptions, Source, read
from generator.readers.labels import table

LABELS: dict[str, dict[str, list[str]]] = {}
for _language, _kind, _text in table():
    LABELS.setdefault(_language, {}).setdefault(_kind, []).append(_text)
ENDS = {"zh": "。", "ja": "。", "hi": "।", "bn": "।", "pa": "।", "ur": "۔", "am": "።", "ti": "።", "my": "။", "ne": "।", "th": ""}
DENSE = ("zh", "ja", "th", "my")
_STOPS = re.compile(r"[.।。۔።]")


def words_of(language: str) -> list[str]:
    """At least forty words of the language, or pieces of three letters where it sets no spaces, without full stops."""
    codes = [code for code in (language, f"{language}-Latn", f"{language}-Hans", f"{language}-Cyrl") if code in TEXTS or code in SENTENCES]
    text = _STOPS.sub(" ", " ".join([TEXTS.get(code, "") + " " + " ".join(SENTENCES.get(code, [])) for code in codes[:1]]))
    if language in DENSE:
        text = re.sub(r"[\s、，]", "", text)
        return [text[i : i + 3] for i in range(0, len(text), 3)] * 3
    return text.split() * 3


LANGUAGES = sorted(code for code in LABELS if {"caption", "credit"} <= LABELS[code].keys() and words_of(code))


@pytest.mark.parametrize("close", [False, True], ids=["blank lines", "extractor"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_of_each_language_is_read_with_its_figures_and_subheadings(language: str, close: bool) -> None:
    words, space = words_of(language), "" if language in DENSE else " "
    end = ENDS.get(language, ".")

    def some(first: int, count: int) -> str:
        return space.join(words[first : first + count]).strip(" ,،")

    labels = LABELS[language]
    length = 60 if language == "th" else 24  # Thai sets no full stop: only their length tells its paragraphs
    paragraphs = [f"{some(n % 7, length)}{space}{1900 + n}{end}" for n in range(8)]
    heads = [some(9, 3), some(14, 4)]
    lead = [some(2, 3), f"{labels['credit'][0]}, Getty Images", f"{labels['caption'][0]}, {some(5, 9)}"]
    second = [some(6, 4), f"{labels['credit'][-1]}: EPA"]
    video = [f"{labels['video'][0]}, {some(1, 7)}"] if "video" in labels else []
    parts = [[some(0, 6)], lead, *([p] for p in paragraphs[:2]), [heads[0]], *([p] for p in paragraphs[2:4]), second,
             *([p] for p in paragraphs[4:6]), [heads[1]], [paragraphs[6]], video, [paragraphs[7]]]  # fmt: skip
    text = "\n\n".join(("\n" if close else "\n\n").join(part) for part in parts if part)
    article = read(text.encode(), Source("x.txt"), ReadingOptions()).article
    assert article is not None
    assert article.language.split("-")[0] == language
    figures = [block for block in article.body if isinstance(block, Figure)]
    assert [(f.alt, f.credit, f.caption) for f in figures] == [
        (lead[0], "Getty Images", some(5, 9)),
        (second[0], "EPA", None),
        *([(None, None, some(1, 7))] if video else []),
    ]
    assert [f.medium for f in figures] == ["image", "image", "video"][: len(figures)]
    assert [block.text for block in article.body if isinstance(block, Heading)] == heads
    assert [block.text for block in article.body if isinstance(block, Paragraph)] == paragraphs
