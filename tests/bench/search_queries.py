"""Queries drawn from a built archive, asked in Chromium through the search page itself, and judged by the sources.

    python tests/bench/search_queries.py CONTENT OUTPUT [--each 30]

For each language of the archive, `--each` questions of six kinds: a word, the word as another keyboard writes it, its
folded form, two words of one article, a phrase, and a word with another left out. Every article that has what was asked
must be among the results; a result that does not have it must be marked as near. Words of the sources are split by
Unicode's categories and not by Roznama's own table, so that a mistake there shows.
"""

import argparse
import itertools
import random
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from msgspec import Struct
from playwright.sync_api import Page, sync_playwright
from recall_search import OTHER, tokens

from generator.readers import SUFFIXES, ReadingOptions, Source, read
from generator.search import words
from generator.search.record import texts
from generator.urls import article_id

MOST = 10
"""Articles that a question may have: as many as stand on the first page of results."""


class Text(Struct):
    """What a source says, apart: its runs of letters by paragraph, and the strong forms of all."""

    language: str
    rows: list[list[str]]
    forms: set[str]


class Question(NamedTuple):
    kind: str
    query: str
    expected: set[str]
    allowed: set[str]


def gathered(content: Path) -> dict[str, Text]:
    """id → text of every article below `content`."""
    found = {}
    for path in sorted(content.rglob("*")):
        if path.suffix not in SUFFIXES:
            continue
        source = Source(path.relative_to(content).as_posix(), ())
        article = read(path.read_bytes(), source, ReadingOptions()).article
        if article is None or article.draft or article.withdrawn:
            continue
        rows = [list(tokens(unicodedata.normalize("NFC", text))) for _, text in texts(article)]
        forms = {strong(word) for row in rows for word in row}
        found[article_id(article.id)] = Text(article.language, rows, forms)
    return found


def strong(word: str) -> str:
    return words.strong(words.form(word))


def questions(texts: dict[str, Text], language: str, count: int, draw: random.Random) -> Iterator[Question]:
    """Questions about the articles of a language whose answers fit one page."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for name, text in texts.items():
        for form in text.forms:
            holders[form].add(name)
    own = sorted(name for name, text in texts.items() if text.language == language)
    made = tries = 0
    while made < count and tries < count * 100:
        tries += 1
        row = draw.choice(texts[draw.choice(own)].rows)
        few = [word for word in row if len(word) > 2 and not word.isdigit() and len(holders[strong(word)]) <= MOST]
        if len(few) < 2:
            continue
        word, other = draw.sample(few, 2)
        having, others = holders[strong(word)], holders[strong(other)]
        kinds = [
            Question("word", word, having, having),
            Question("other keyboard", word.translate(OTHER), having, having),
            Question("folded", strong(word), having, having),
            Question("two words", f"{word} {other}", having & others, having & others),
            Question("phrase", *_phrase(row, texts, draw)),
            Question("without", f"{word} -{other}", having - others, having - others),
        ]
        question = kinds[made % len(kinds)]
        if len(question.expected) <= MOST and words.form(word) and words.form(other):
            made += 1
            yield question


def _phrase(row: list[str], texts: dict[str, Text], draw: random.Random) -> tuple[str, set[str], set[str]]:
    """Two words that stand beside each other, and where they do. Forms decide, as they do for phrases in the index."""
    at = draw.randrange(len(row) - 1)
    pair = [words.form(word) for word in row[at : at + 2]]
    having = {
        name
        for name, text in texts.items()
        if any([words.form(a), words.form(b)] == pair for line in text.rows for a, b in itertools.pairwise(line))
    }
    alike = {name for name, text in texts.items() if {words.strong(form) for form in pair} <= text.forms}
    return f'"{row[at]} {row[at + 1]}"', having, alike


def answered(page: Page, base: str, query: str) -> tuple[set[str], set[str]]:
    """(ids of the results, ids of those that are marked as near) of a query, once they stand."""
    page.goto(f"{base}?q={quote(query)}")
    page.wait_for_function("() => document.querySelector('.tally')?.textContent.trim()")
    before = None
    while True:
        now = page.locator(".found").evaluate(
            "list => ['h2 a', '.near h2 a'].map(which => [...list.querySelectorAll(which)].map(a => a.getAttribute('href')))"
        )
        if now == before:
            break
        before = now
        page.wait_for_timeout(150)
    found, near = ({unquote(link).rpartition("/")[2].removesuffix(".html") for link in links} for links in now)
    return found, near


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--each", type=int, default=30)
    given = parser.parse_args()
    texts = gathered(given.content)
    draw = random.Random(11)
    base = (given.output.resolve() / "search/index.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 3000})
        for language in sorted({text.language for text in texts.values()}):
            asked, lost, false = 0, [], []
            for one in questions(texts, language, given.each, draw):
                asked += 1
                found, near = answered(page, base, one.query)
                if one.expected - found:
                    lost.append((one.kind, one.query, sorted(one.expected - found)[:3]))
                if found - near - one.allowed:
                    false.append((one.kind, one.query, sorted(found - near - one.allowed)[:3]))
            print(f"{language}: {asked} questions, something missed in {len(lost)}, something false in {len(false)}")
            for line in [*lost, *false]:
                print("  ", *line)
        browser.close()


if __name__ == "__main__":
    main()
