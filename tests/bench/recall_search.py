"""Whether search finds everything and nothing else: words drawn from the texts of a built archive.

    python tests/bench/recall_search.py CONTENT OUTPUT [--words 1000]

For each word, every article whose text has it (what its page shows; labels and front matter are no text) must be found
by the word itself, by its folded spelling, and by the spelling of another keyboard; and what is found and not marked as
near must have it. Words are split by Unicode's categories and not by Roznama's own table, so that a mistake there shows.
"""

import argparse
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from generator.readers import SUFFIXES, ReadingOptions, Source, read
from generator.search import words
from generator.search.engine import Engine, Wish
from generator.search.record import texts
from generator.urls import article_id

OTHER = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ي": "ی", "ك": "ک", "0": "۰", "1": "۱", "2": "٢", "ۃ": "ة"})


def tokens(text: str) -> Iterator[str]:
    """Runs of letters, marks and digits."""
    run = ""
    for char in text + " ":
        if unicodedata.category(char)[0] in "LMN":
            run += char
        elif run:
            yield run
            run = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--words", type=int, default=1000)
    given = parser.parse_args()
    holders: defaultdict[str, set[str]] = defaultdict(set)
    folded: dict[str, str] = {}
    for path in sorted(given.content.rglob("*")):
        if path.suffix not in SUFFIXES:
            continue
        source = path.relative_to(given.content).as_posix()
        article = read(path.read_bytes(), Source(source, ()), ReadingOptions()).article
        if article is None:
            continue
        name = article_id(article.id)
        text = unicodedata.normalize("NFC", "\n".join(part for _, part in texts(article)))
        for token in tokens(text):
            holders[token].add(name)
        folded[name] = words.strong(words.form(text))
    engine = Engine(given.output)
    draw = random.Random(7)
    chosen = draw.sample(sorted(holders), min(given.words, len(holders)))
    missed, wrong, asked, answers = [], [], 0, 0
    for word in chosen:
        form = words.form(word)
        if not form:
            continue
        for spelling in dict.fromkeys((word, words.strong(form), word.translate(OTHER))):
            asked += 1
            hits = engine.search(spelling, Wish(), limit=10**7).hits
            found = {hit.url.rpartition("/")[2].removesuffix(".html") for hit in hits if not hit.near}
            answers += len(found)
            lost = holders[word] - found
            if lost:
                missed.append((word, spelling, sorted(lost)[:2]))
            strong = words.strong(form)
            wrong += [(spelling, name) for name in found - holders[word] if strong not in folded.get(name, strong)]
    print(f"{len(chosen):,} words, {asked:,} questions, {answers:,} answers")
    print(f"missed something: {len(missed)} questions; found without the word: {len(wrong)} answers")
    for line in [*missed[:15], *wrong[:15]]:
        print("  ", line)


if __name__ == "__main__":
    main()
