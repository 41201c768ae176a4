"""Inputs made up for readers: a plain text in each language, random mixtures of what dumps are made of, a dump of the
size of the reference; and `lost`, which tells what of an input is not in the article.

Everything is composed from single words and labels; no sentence is anybody's.
"""

import random
import re
import tomllib
from pathlib import Path

from generator.model import Article, Embed, Figure, Fragment, ItemList, ReadAlso, Table
from generator.readers.labels import _VALUE_KINDS, table
from generator.text import clean, visible

WORDS = (
    "صدر", "ملاقات", "شہر", "حکومت", "کے", "میں", "ہے", "سے", "رہنما", "وزیر", "اجلاس", "بیان", "شام", "روس", "گفتگو", "الرئيس",
    "في", "مدينة", "من", "اجتماع", "شهر", "گزارش", "دولت", "که", "است", "ښار", "څخه", "ממשלה", "של", "city", "the", "report", "with",
    "Über", "naïve", "मंत्री", "है", "首相", "会議", "รัฐบาล", "2017", "۱۳۹۶", "3.5%", "J\u0301a", "mé\u0301", "ﷺ", "🙂", "می‌خواهد",
)  # fmt: skip
PIECES = (
    "\u200c", "\u200f", "\u202b", "\u202c", "\u2067", "\u2069", "\u200b", "\ufeff", "\u00a0", "\t", "\t\t", "  ", "\x00", "\x0b",
    "\u0085", "\u2028", "\u00ad", "ـ", "•", "* ", "- ", "1. ", "  1. ", "،", ",", ":", "۔", ".", "؟", "“", "”", "’", "‘", "<b>", "&amp;",
    "---", "+++", "| ", "@", "#",
)  # fmt: skip
_ENDS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n", "\r", "\n\n\n")
_LABELS = tuple(text for _, _, text in table())


def mixture(source: random.Random, lines: int = 24) -> str:
    """A random dump: words of many scripts, labels glued or not, signs, blank lines and line ends of every kind."""
    out: list[str] = []
    for _ in range(source.randrange(1, lines)):
        kind = source.random()
        words = [source.choice(WORDS) for _ in range(source.choice((1, 2, 4, 9, 25)))]
        line = source.choice((" ", " ", "  ")).join(words)
        if kind < 0.3:
            label = source.choice(_LABELS).replace("{site}", "Twitter").replace("*", "")
            line = (
                source.choice(("", "،", ", ", "• "))
                + label
                + source.choice(("", "، ", ", ", ": ", " "))
                + source.choice((line, "", "EPA"))
            )
        elif kind < 0.5:
            at = source.randrange(len(line) + 1)
            line = line[:at] + source.choice(PIECES) + line[at:]
        elif kind < 0.8:
            line += source.choice((".", "۔", "؟", "。"))
        out.append(line + source.choice(_ENDS))
    return "".join(out)


def reference_sized(source: random.Random) -> str:
    """A dump with the shape of the reference: a headline, two figures, an empty read-also box, 18 paragraphs of 50 words."""
    urdu = WORDS[:15]

    def words(count: int) -> str:
        return " ".join(source.choice(urdu) for _ in range(count))

    paragraphs = [words(source.randrange(15, 65)) + "۔" for _ in range(18)]
    figure = [words(4), "،تصویر کا ذریعہ" + source.choice(("EPA", "Reuters")), "،تصویر کا کیپشن" + words(12)]
    parts = [words(14), *figure, *paragraphs[:7], "یہ بھی پڑھیں", *paragraphs[7:9], *figure, *paragraphs[9:], "ion."]
    return "\n\n".join(parts)


def shown(article: Article) -> str:
    """All text of an article that a page shows."""
    parts = [article.headline, article.standfirst or ""]
    parts += [part for byline in article.bylines for part in (byline.name, byline.role or "")]
    for block in article.body:
        match block:
            case Figure():
                parts += [block.alt or "", block.credit or "", block.caption or ""]
            case ItemList():
                parts += block.items
            case Table():
                parts += [cell for row in block.rows for cell in row]
            case ReadAlso():
                parts += [block.text, *(item.text for item in block.items)]
            case Embed() | Fragment() | _:
                parts.append(block.text)
    parts += [aside.text for aside in article.set_aside]
    return "\n".join(map(visible, parts))


# Labels and the marks of lists are what a page does not repeat; all else must be there.
LABELS = sorted({visible(text) for _, kind, text in table() if kind in _VALUE_KINDS}, key=len, reverse=True)
MARKS = r"[•◦●▪‣∙⁃,،，:：\s]*"
LABEL = re.compile(f"{MARKS}(?:{'|'.join(map(re.escape, LABELS))})?{MARKS}(?:\\d{{1,3}}[.)])?", re.IGNORECASE)


def lost(text: str, article: Article) -> list[str]:
    """Lines of `text` that the article does not show, their label aside. A line may be shown in parts."""
    page = shown(article)
    gone = []
    for line in text.splitlines():
        seen = visible(clean(line))
        bare = LABEL.sub("", seen, count=1)
        if seen.strip(",،，:：") not in page and bare not in page:
            words = [visible(word) for word in re.findall(r"\S+", clean(line))]
            if not all(word.strip(",،，:：•") in page or LABEL.sub("", word, count=1) in page for word in words):
                gone.append(line)
    return gone


TEXTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("reading_texts.toml").read_text("utf-8"))
"""About 200 characters in each language, by code."""
SENTENCES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("reading_sentences.toml").read_text("utf-8"))
"""One or two sentences each, several in a language, by code."""
