"""Measures how well and how fast topics are found, on labelled articles that are not part of the repository.

    python tests/bench/bench_topics.py --labels GOLD        editors' labels whose words stand in the text: found or not
    python tests/bench/bench_topics.py --sections SAMPLE    publishers' sections against the main derived subject
    python tests/bench/bench_topics.py --speed FOLDER       milliseconds an article on one core, and memory

GOLD holds `gold/*.json` (with `lang` and `topics`) and the dumps of the same names in `text-extractor/`; SAMPLE holds
`metadata.jsonl` (`path`, `lang`, `topics`) and the dumps. A label counts as standing in the text when all its words do,
folded; as found when it is a label of a topic of the article in any language, or the words a topic was found by.
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import readers
from generator.model import Article
from generator.readers import ReadingOptions, Source
from generator.topics.matcher import zones
from generator.topics.reading import Named, Naming, index_of, topics_of
from generator.topics.words import fold_text, unspaced

# What publishers call a section, as the top subjects it may be. Sections that name no subject (world, local) are left out.
SECTIONS = {
    "sport": {"sport"}, "sports": {"sport"},
    "economy": {"economy"}, "business": {"economy"},
    "culture": {"arts"}, "entertainment": {"arts"},
    "technology": {"science"}, "tech": {"science"}, "science-technology": {"science", "health"},
    "health": {"health"},
    "politics": {"politics", "conflict", "crime"}, "politic": {"politics", "conflict", "crime"},
}  # fmt: skip
# The Reuters categories of 1987 are all of the economy.
_REUTERS = (
    "earn acq crude money-fx interest trade ship grain nat-gas money-supply sugar oilseed gnp veg-oil alum gas "
    "cpi iron-steel corn wheat coffee gold fuel jobs bop carcass livestock wpi cotton ipi soybean reserves "
    "palm-oil"
)
_ECONOMY = frozenset(_REUTERS.split())


def read(path: Path) -> Article | None:
    return readers.read(path.read_bytes(), Source(path.name, ()), ReadingOptions()).article


def labels(folder: Path, verbose: bool) -> None:
    """Recall of editors' labels, by language."""
    stands: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: defaultdict[str, list[str]] = defaultdict(list)
    for gold in sorted(folder.glob("gold/*.json")):
        data = json.loads(gold.read_text("utf-8"))
        article = read(folder / "text-extractor" / f"{data['name']}.txt")
        if article is None or not data["topics"]:
            continue
        code = article.language
        text = "\n".join(part for _, part in zones(article))
        words = set(fold_text(text, code))
        topics, _ = topics_of(article, Naming())
        known = {one for topic in topics for one in _names(topic, code)}
        for label in data["topics"]:
            keys = fold_text(label, code)
            if not (label in text if unspaced(code) else all(key in words for key in keys)):
                continue
            stands[code] += 1
            if keys in known:
                found[code] += 1
            else:
                missed[code].append(label)
    for code in sorted(stands):
        print(f"{code:6} {found[code]:3} of {stands[code]:3}   missed: {', '.join(missed[code])}")
    main = [code for code in ("ar", "fa", "ps", "ur", "en") if stands[code]]
    print(f"ar fa ps ur en: {sum(found[c] for c in main)} of {sum(stands[c] for c in main)}")
    print(f"all: {sum(found.values())} of {sum(stands.values())}")


def _names(topic: Named, code: str) -> Iterator[tuple[str, ...]]:
    registry = index_of(code, Naming()).registry
    for text in (
        topic.name,
        *(registry.labels(topic.key).values() if topic.key in registry else ()),
        *(form for form, _ in topic.matched),
    ):
        yield fold_text(text, code)


def sections(folder: Path, verbose: bool) -> None:
    """Agreement of the main derived subject with the publisher's section, by language and section."""
    right: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    for line in (folder / "metadata.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = {name for name in row.get("topics") or () if name in SECTIONS or name in _ECONOMY}
        if row.get("source") == "Varzesh3":
            wanted = {"sport"}
        if not wanted:
            continue
        article = read(next(folder.glob(f"{row['path']}*")))
        if article is None:
            continue
        allowed = {top for name in wanted for top in SECTIONS.get(name, {"economy"})}
        section = "economy" if wanted & _ECONOMY else min(wanted)
        topics, _ = topics_of(article, Naming())
        main = main_subject(topics, article.language)
        seen[row["lang"], section] += 1
        right[row["lang"], section] += main in allowed
        if main not in allowed:
            wrong[row["lang"], section, str(main)] += 1
            if verbose:
                print(row["path"], section, main, "|", article.headline[:100])
    for (lang, section), count in sorted(seen.items()):
        others = ", ".join(
            f"{main} {n}" for (at, name, main), n in wrong.most_common() if (at, name) == (lang, section)
        )
        print(
            f"{lang} {section:20} {right[lang, section]:4} of {count:4}  {100 * right[lang, section] / count:5.1f} %   {others}"
        )
    for lang in sorted({lang for lang, _ in seen}):
        total = sum(n for (at, _), n in seen.items() if at == lang)
        good = sum(n for (at, _), n in right.items() if at == lang)
        print(f"{lang}: {good} of {total}, {100 * good / total:.1f} %")


def main_subject(topics: Iterable[Named], language: str) -> str | None:
    """The top subject of an article's first subject."""
    registry = index_of(language, Naming()).registry
    for topic in topics:
        if topic.key in registry and registry.kind(topic.key) == "subject":
            return next(iter(registry.above(topic.key)[-1:]), topic.key)
    return None


def speed(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))[:4000]
    articles = [article for path in files if (article := read(path)) is not None]
    letters = sum(len(text) for article in articles for _, text in zones(article))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for article in articles[:: max(1, len(articles) // 50)]:
        topics_of(article, Naming())
    start = time.perf_counter()
    count = sum(len(topics_of(article, Naming())[0]) for article in articles)
    taken = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    per = 1000 * taken / len(articles)
    print(
        f"{len(articles):,} articles of {letters / len(articles):,.0f} letters, {count / len(articles):.1f} topics each"
    )
    print(
        f"{per:.3f} ms an article, {per * 3400 / (letters / len(articles)):.3f} ms for 3,400 letters; {(after - before) / 1024:.0f} MB more"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("labels", "sections", "speed"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    if args.labels:
        labels(args.labels, args.verbose)
    if args.sections:
        sections(args.sections, args.verbose)
    if args.speed:
        speed(args.speed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
