"""Draws derived topics at random for a person to judge, and reckons what was judged.

    python tests/bench/judge_topics.py FOLDER --count 100 --seed 1 > drawn.tsv     draw
    python tests/bench/judge_topics.py --reckon drawn.tsv                          right, by kind

FOLDER holds dumps. A row is: a column for `y` or `n`, file, language, kind, label in English, words that matched, headline.
A topic is right if a librarian would let it stand: it is what the words mean there, and the article says something of it.
"""

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from generator import readers
from generator.readers import ReadingOptions, Source
from generator.topics.reading import Naming, index_of, topics_of


def draw(folder: Path, count: int, seed: int) -> None:
    rows = []
    for path in sorted(folder.rglob("*.txt")):
        article = readers.read(path.read_bytes(), Source(path.name, ()), ReadingOptions()).article
        if article is None:
            continue
        registry = index_of(article.language, Naming()).registry
        for topic in topics_of(article, Naming())[0]:
            if topic.origin == "stated":
                continue
            label = registry.label(topic.key, "en")[0] if topic.key in registry else topic.name
            words = ", ".join(f"{form} {times}" for form, times in topic.matched)
            rows.append(("", path.stem, article.language, topic.kind, label, words, article.headline))
    for row in random.Random(seed).sample(rows, min(count, len(rows))):
        print("\t".join(row))


def reckon(path: Path) -> None:
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        mark, _, _, kind, *_ = line.split("\t")
        judged[kind] += 1
        right[kind] += mark == "y"
    for kind in sorted(judged):
        print(f"{kind:14} {right[kind]:4} of {judged[kind]}")
    print(f"all            {sum(right.values()):4} of {sum(judged.values())}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reckon", type=Path)
    args = parser.parse_args()
    if args.reckon:
        reckon(args.reckon)
    elif args.folder:
        draw(args.folder, args.count, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
