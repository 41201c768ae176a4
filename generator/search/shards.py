"""The files of the index: what stands in them, and how they are read.

A shard is a script that puts a text into the engine: a line for each word, sorted, the word, a space, and its numbers
(`codes`); a common word has a line for each stretch of numbers. In shards of words (`w/`; `c/` for common ones, `r/` for the
articles that have one in passing) they are one for each article: eight times the gap to the article before, plus the word's
weight. In shards of places (`p/`), which only phrases load: the gap, how many places, and the gaps between places. Shards of
addresses (`u/`) have a line for each number.

There are two ways to a shard of words or places. *Merging* (`segments`) makes it of all articles, *splicing* takes the file
as it was published and changes the lines of the words that changed. Which one, `pages.indexing` decides; the bytes are the
same, since a file says nothing but which words its articles have now.
"""

from collections.abc import Iterable
from functools import lru_cache

from generator.search.codes import CODES, codes, numbers
from generator.search.record import WEIGHTS

STRETCH = 2048
"""Numbers of articles in one line of a common word, whose whole list would be long: an edit changes one such line."""


def script(name: str, lines: Iterable[str]) -> bytes:
    """A shard as the browser loads it. Neither words nor codes hold a sign that a template literal would see."""
    return f'roznama.put("{name}",`\n{chr(10).join(lines)}\n`)\n'.encode()


def body_of(text: str) -> list[str]:
    """The lines of a shard."""
    body = text[text.index("`") + 2 : text.rindex("`") - 1]
    return body.split("\n") if body else []


def postings(line: str) -> list[tuple[int, int]]:
    """(number, weight) of the articles of a line of a shard of words."""
    found, number = [], -1
    for value in numbers(line[line.index(" ") + 1 :]):
        number += 1 + value // WEIGHTS
        found.append((number, value % WEIGHTS))
    return found


def places_of(line: str, wanted: frozenset[int]) -> dict[int, list[int]]:
    """number → places in order, for the wanted articles of a line of a shard of places."""
    values = numbers(line[line.index(" ") + 1 :])
    found, number = {}, -1
    for value in values:
        number += 1 + value
        places, at = [], -1
        for _ in range(next(values) + 1):
            at += 1 + next(values)
            places.append(at)
        if number in wanted:
            found[number] = places
    return found


def urls_script(name: str, urls: Iterable[str | None]) -> bytes:
    """A shard of addresses: a line for each number, how many letters it shares with the one before, and the others.
    An empty line is a number that no article has."""
    lines, before = [], ""
    for url in urls:
        if url is None:
            lines.append("")
            continue
        shared = next((at for at, (one, other) in enumerate(zip(before, url, strict=False)) if one != other), min(len(before), len(url)))
        lines.append(codes(shared) + _escaped(url[shared:]))
        before = url
    return script(name, lines)


def urls_of(text: str) -> list[str | None]:
    """The addresses in a shard of addresses."""
    found: list[str | None] = []
    before = ""
    for line in body_of(text):
        if not line:
            found.append(None)
            continue
        end = 1
        while not _ends(line[end - 1]):
            end += 1
        (shared,) = numbers(line[:end])
        before = before[:shared] + line[end:].replace("\\`", "`").replace("\\$", "$").replace("\\\\", "\\")
        found.append(before)
    return found


@lru_cache(maxsize=128)
def _ends(sign: str) -> bool:
    return sign in CODES[:59]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$")
