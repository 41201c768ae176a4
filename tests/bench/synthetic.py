"""A generator of synthetic archives: N dumps in the reference's shape and size, the same bytes for the same N and seed.

    python tests/bench/synthetic.py FOLDER N [--markdown] [--flat]

Each article has about 3,400 characters in 16 paragraphs of word-shaped Urdu (letters in the frequencies of Urdu, words
drawn by Zipf's law), two figures with labels, a read-also stub and a scrap at the end. Dates run from 1995 on, 12
articles a day, in archives of more than 110,000 as many as it takes to end in 2020; they stand in the folders' and files'
names, as in a crawled archive. `--markdown` writes front matter with Zipf-like topics and plain paragraphs instead.
Nothing of it is anybody's text.
"""

import argparse
import bisect
import itertools
import random
from datetime import date, timedelta
from pathlib import Path

LETTERS = (
    "ا" * 14
    + "ی" * 9
    + "ر" * 7
    + "ک" * 6
    + "ن" * 6
    + "ہ" * 6
    + "و" * 6
    + "م" * 5
    + "ت" * 5
    + "ل" * 4
    + "س" * 4
    + "ب" * 3
    + "د" * 3
    + "پ" * 2
    + "ج" * 2
    + "گ" * 2
    + "ے" * 3
    + "ں" * 2
    + "ع"
    + "ش"
    + "ف"
    + "ق"
    + "خ"
    + "چ"
    + "ز"
    + "ح"
    + "ٹ"
    + "ھ"
    + "ص"
    + "ڑ"
    + "ئ"
    + "آ"
)
GLUE = ("کے", "کی", "میں", "ہے", "اور", "سے", "کا", "کو", "نے", "پر", "اس", "کہ", "ہیں", "یہ", "بھی", "تھا", "گیا")
CREDITS = ("Reuters", "EPA", "AFP", "Getty Images", "AP", "PA Media")
TOPICS = 400
WORDS = 20_000
PER_DAY = 12
FIRST = date(1995, 1, 1)
DAYS = 9200
"""Days that an archive has at most: articles of the future would not be published."""


class Words:
    """Words drawn by Zipf's law from a made-up vocabulary, one word in three from the most common small words."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        seen: dict[str, None] = {}
        while len(seen) < WORDS:
            seen["".join(random_.choices(LETTERS, k=random_.randint(3, 7)))] = None
        self._words = list(seen)
        self._sums = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))

    def some(self, count: int) -> list[str]:
        random_, total = self._random, self._sums[-1]
        return [
            random_.choice(GLUE)
            if random_.random() < 0.35
            else self._words[bisect.bisect(self._sums, random_.random() * total)]
            for _ in range(count)
        ]

    def sentence(self, count: int) -> str:
        return " ".join(self.some(count)) + "۔"

    def topics(self) -> list[str]:
        ranks = {min(TOPICS - 1, int(self._random.paretovariate(0.9)) - 1) for _ in range(self._random.randint(1, 4))}
        return [f"{self._words[rank]} {self._words[rank + TOPICS]}" for rank in sorted(ranks)]


def article(words: Words, random_: random.Random, day: date, markdown: bool) -> str:
    """One article; its paragraphs and figures."""
    headline = " ".join(words.some(random_.randint(9, 14)))
    paragraphs = [
        " ".join(words.sentence(random_.randint(12, 22)) for _ in range(random_.randint(2, 3))) for _ in range(14)
    ]
    if markdown:
        topics = ", ".join(words.topics())
        head = f"---\nheadline: {headline}\ndate: {day.isoformat()}\nlanguage: ur\ntopics: [{topics}]\n---\n"
        return head + "\n" + "\n\n".join(paragraphs) + "\n"
    for place in (0, random_.randint(5, 10)):
        alt = " ".join(words.some(5))
        caption = " ".join(words.some(12))
        paragraphs.insert(place, f"{alt}\n\n،تصویر کا ذریعہ{random_.choice(CREDITS)}\n\n،تصویر کا کیپشن{caption}")
    paragraphs.insert(8, "یہ بھی پڑھیں")
    return headline + "\n\n" + "\n\n".join(paragraphs) + "\n\nion.\n"


def day_of(number: int, count: int) -> date:
    """The day of the article `number` of `count`."""
    return FIRST + timedelta(days=number // max(PER_DAY, -(-count // DAYS)))


def write(folder: Path, count: int, markdown: bool = False, flat: bool = False, seed: int = 1) -> None:
    """Write `count` articles below `folder`, in `YYYY/MM/` unless `flat`."""
    random_ = random.Random(seed)
    words = Words(random_)
    suffix, before = "md" if markdown else "txt", None
    for number in range(count):
        day = day_of(number, count)
        where = folder if flat else folder / f"{day.year}" / f"{day.month:02d}"
        if day != before:
            where.mkdir(parents=True, exist_ok=True)
            before = day
        text = article(words, random_, day, markdown)
        (where / f"{day.isoformat()}-{number:07d}.{suffix}").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--markdown", action="store_true", help="front matter with topics, plain paragraphs")
    parser.add_argument("--flat", action="store_true", help="all files in one folder")
    args = parser.parse_args()
    write(args.folder, args.count, args.markdown, args.flat)


if __name__ == "__main__":
    main()
