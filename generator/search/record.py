"""What search holds of an article: every word with its weight and its places.

Workers ask this of the packed articles that the catalogue keeps: of all of them when the index is made, of the former and
the present article when an edit is worked into the published index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.kept import Kept
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


class _Known(dict[str, "str | tuple[int, tuple[tuple[int, str], ...]]"]):
    """Compounds that were analysed before: a plain word's form alone, for it is most of them."""

    def __missing__(self, compound: str) -> "str | tuple[int, tuple[tuple[int, str], ...]]":
        width, found = words.analysed(compound)
        value = found[0][1] if width == 1 and len(found) == 1 else (width, found)
        if len(self) > 100_000:  # an archive has no end of names and numbers
            self.clear()
        self[compound] = value
        return value


_known = _Known()


def posted(kept: Kept) -> dict[str, str]:
    """form → sign of its weight, then the number of its places and the places as `codes` writes them. A filter has its
    sign alone."""
    places, extra, length = _read(kept.article)
    norm = SATURATION * min(max(1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH, 0.5), 3)
    grades = [CODES[int(WEIGHTS * count / (count + norm))] for count in range(64)]
    once = grades[1] + CODES[0]
    ready, most = CODES, len(CODES)
    found: dict[str, str] = {}
    for form, at in places.items():
        count = len(at)
        if form in extra:
            value = max(count + extra[form], 0.25)
            found[form] = CODES[int(WEIGHTS * value / (value + norm))] + _coded(at)
        elif count == 1:
            first = at[0]
            found[form] = once + (ready[first] if first < most else codes(first))
        else:
            found[form] = grades[count if count < 64 else 63] + _coded(at)
    found |= dict.fromkeys(kept.filters, CODES[0])
    return found


def _read(article: Article) -> tuple[dict[str, list[int]], dict[str, float], int]:
    """(form → places, form → what its places weigh more than a body's, places in all)."""
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
            for place, form in enumerate(plain, at):
                places[form].append(place)
            at += len(plain)
            if more:
                for form in plain:
                    extra[form] += more
        at += BREAK
    return places, extra, at


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


def forms(article: Article) -> set[str]:
    """The forms of all words of an article."""
    return set(_read(article)[0])


def filters(terms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The words under which search lists an article by (kind, name) of its terms."""
    return tuple(sorted({words.filter_word(kind, name) for kind, name in terms}))


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
