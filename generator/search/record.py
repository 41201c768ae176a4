"""What a reading worker sends home of an article for search: every word with its weight and its places, packed.

The catalogue keeps it (about two thirds of the text's bytes), because a shard must be brought up to date after an edit
without reading 100,000 files: the record of before says what to take out of it, the record of now what to put in.

A record is deflated. Inside stand the routes of its words, two bytes each, and a line for each word in the order of
(route, form): the form, a space, one sign of weight, then the number of places and the places as `codes` writes them.
"""

import struct
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.model import (
    Article,
    Block,
    Embed,
    Figure,
    Fragment,
    Heading,
    ItemList,
    Paragraph,
    Quotation,
    ReadAlso,
    Table,
)  # fmt: skip
from generator.search import words
from generator.search.codes import CODES, codes

WEIGHTS = 8
"""Grades of a word's weight in an article: 7 is a short article's headline, 0 once in a long text."""
HEADLINE, STANDFIRST, HEADING, CAPTION, TERM, BODY, FOOT = 8.0, 4.0, 2.0, 1.5, 2.0, 1.0, 0.5
USUAL_LENGTH = 400
"""Words of a usual article. BM25 takes the archive's own mean, but then one new article would change every weight."""
SATURATION, LENGTH_SHARE = 1.5, 0.6
BREAK = 4
"""Places between two paragraphs, so that no phrase runs from one into the other."""

Line = tuple[int, str, str]
"""(route, form, weight and places)"""


class _Known(dict[str, "str | tuple[int, tuple[tuple[int, str], ...]]"]):
    """Compounds that were analysed before: a plain word's form alone, for it is most of them."""

    def __missing__(self, compound: str) -> "str | tuple[int, tuple[tuple[int, str], ...]]":
        width, found = words.analysed(compound)
        value = found[0][1] if width == 1 and len(found) == 1 else (width, found)
        if len(self) > 200_000:  # an archive has no end of names and numbers
            self.clear()
        self[compound] = value
        return value


class _Routes(dict[str, tuple[int, str]]):
    """(route, form) of forms that were met before: what lines are sorted by."""

    def __missing__(self, form: str) -> tuple[int, str]:
        if len(self) > 200_000:
            self.clear()
        value = self[form] = (words.route(form), form)
        return value


_known, _routes = _Known(), _Routes()


def record_of(article: Article, terms: Iterable[tuple[str, str]]) -> bytes:
    """The record of an article. `terms` are (kind, name) of all it is listed under, filters of the search."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    extra: defaultdict[str, float] = defaultdict(float)
    at = 0
    for weight, text in _texts(article):
        found = list(map(_known.__getitem__, words.compounds(text)))
        more = weight - BODY
        if tuple in set(map(type, found)):
            for known in found:
                width, forms = known if isinstance(known, tuple) else (1, ((0, known),))
                for offset, form in forms:
                    here = places[form]
                    if not here or here[-1] < at + offset:  # equal parts of a compound also make its whole
                        here.append(at + offset)
                    if more:
                        extra[form] += more
                at += width
        else:
            plain: list[str] = found  # type: ignore[assignment]
            at = _plain(plain, at, places)
            if more:
                for form in plain:
                    extra[form] += more
        at += BREAK
    norm = SATURATION * min(max(1 - LENGTH_SHARE + LENGTH_SHARE * at / USUAL_LENGTH, 0.5), 3)
    grades = [CODES[int(WEIGHTS * count / (count + norm))] for count in range(64)]
    order = sorted(map(_routes.__getitem__, places))
    once = f" {grades[1]}{CODES[0]}"
    lines = []
    for _, form in order:
        found_at = places[form]
        count = len(found_at)
        if form in extra:
            value = max(count + extra[form], 0.25)
            lines.append(f"{form} {CODES[int(WEIGHTS * value / (value + norm))]}{_coded(found_at)}")
        elif count == 1:
            lines.append(form + once + codes(found_at[0]))
        else:
            lines.append(f"{form} {grades[min(count, 63)]}{_coded(found_at)}")
    filters = sorted({(words.hashed(name), name) for name in (words.filter_word(*term) for term in terms)})
    lines += [f"{name} {CODES[0]}" for _, name in filters]
    numbers = array("H", [number for number, _ in order])
    numbers.extend(number for number, _ in filters)
    data = struct.pack("<I", len(numbers)) + numbers.tobytes() + "\n".join(lines).encode()
    return zlib.compress(data, 1)


def _plain(forms: list[str], at: int, places: defaultdict[str, list[int]]) -> int:
    """Note the places of words that stand one after the other from `at` on; where the next one stands."""
    for form in forms:
        places[form].append(at)
        at += 1
    return at


def _coded(places: list[int]) -> str:
    try:
        if len(places) == 2:
            first, second = places
            return CODES[1] + CODES[first] + CODES[second - first - 1]
        gaps = [CODES[after - before - 1] for before, after in pairwise(places)]
        return CODES[len(places) - 1] + CODES[places[0]] + "".join(gaps)
    except IndexError:  # a book of an article
        gaps = [codes(after - before - 1) for before, after in pairwise(places)]
        return codes(len(places) - 1) + codes(places[0]) + "".join(gaps)


def raw_lines(record: bytes) -> Iterator[tuple[int, str]]:
    """(route, line) of a record. Those of filters stand last, in their own order."""
    data = zlib.decompress(record)
    (count,) = struct.unpack_from("<I", data)
    numbers = array("H", data[4 : 4 + 2 * count])
    return zip(numbers, data[4 + 2 * count :].decode().split("\n"), strict=count > 0)


def lines_of(record: bytes) -> Iterator[Line]:
    """(route, form, weight and places) of a record."""
    for number, line in raw_lines(record):
        form, _, rest = line.partition(" ")
        yield number, form, rest


def _texts(article: Article) -> Iterator[tuple[float, str]]:
    """(weight, text) of everything a reader can find on the article's page."""
    yield HEADLINE, article.headline
    if article.standfirst:
        yield STANDFIRST, article.standfirst
    for byline in article.bylines:
        yield CAPTION, byline.name
        if byline.role:
            yield FOOT, byline.role
    for block in article.body:
        yield from _of_block(block)
    for term in article.terms:
        yield TERM, term.name
    if article.publisher:
        yield TERM, article.publisher
    for part in article.set_aside:
        yield FOOT, part.text


def _of_block(block: Block) -> Iterator[tuple[float, str]]:
    match block:
        case Paragraph() | Quotation() | Embed() | Fragment():
            yield BODY, block.text
            if isinstance(block, Quotation) and block.attribution:
                yield BODY, block.attribution
        case Heading():
            yield HEADING, block.text
        case Figure():
            for text in (block.alt, block.caption, block.credit):
                if text:
                    yield CAPTION, text
        case ItemList():
            for item in block.items:
                yield BODY, item
        case Table():
            for row in block.rows:
                for cell in row:
                    yield BODY, cell
        case ReadAlso():
            yield FOOT, block.text
            for link in block.items:
                yield FOOT, link.text
