"""What search holds of an article: every word with its weight and its places.

Workers ask this of the packed articles that the catalogue keeps: of all of them when the index is made, of the former and
the present article when an edit is worked into the published index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from operator import sub

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
"""Places between two paragraphs at least, so that no phrase runs from one into the other."""
PACE = 16
"""Every text begins at a multiple of so many places: a word more or less then mostly leaves those of all other texts as they
are, and with them the shards that hold them."""


_Forms = tuple[tuple[str, ...], tuple[tuple[int, str], ...]]


class _Known(dict[str, "str | _Forms"]):
    """What stands between two spaces, as it was analysed before: mostly a word, with or without a stop, and then its form
    alone; else the forms, one for each place, and what stands as one word over several places."""

    def __missing__(self, piece: str) -> "str | _Forms":
        value = words.single(piece) or _parsed(piece)
        if len(self) > 100_000:  # an archive has no end of names and numbers
            self.clear()
        self[piece] = value
        return value


_known = _Known()


def _parsed(piece: str) -> "str | _Forms":
    plain: list[str] = []
    wholes: list[tuple[int, str]] = []
    for compound in words.compounds(piece):
        width, found = words.analysed(compound)
        wholes += [(len(plain) + offset, form) for offset, form in found[width:]]
        plain += [form for _, form in found[:width]]
    return plain[0] if len(plain) == 1 and not wholes else (tuple(plain), tuple(wholes))


class Lists:
    """The posting lists of some articles, which are added in the order of their numbers. Two plain lists for each form: a
    segment has some hundred thousand entries, and an object for each would take longer than all the rest."""

    def __init__(self) -> None:
        self.weighed: defaultdict[str, list[int]] = defaultdict(list)
        """form → of each article its number times `WEIGHTS` plus the weight of the form in it."""
        self.placed: defaultdict[str, list[str]] = defaultdict(list)
        """form → of each article the number of its places and the places in codes; of a filter nothing."""

    def add(self, number: int, kept: Kept) -> None:
        """Put the words of the article that has this number behind those of smaller numbers."""
        weighed, placed = self.weighed, self.placed
        found, extra, length, end = _read(kept.article)
        grades, base = _grades(length), number * WEIGHTS
        usual = base + grades[2]
        once = _ONCE if end <= len(_ONCE) else [CODES[0] + codes(at) for at in range(end)]
        for form, places in found.items():
            if len(places) == 1:
                weighed[form].append(usual)
                placed[form].append(once[places[0]])
            else:
                weighed[form].append(base + grades[min(2 * len(places), MOST)])
                placed[form].append(_coded(places))
        for form, more in extra.items():
            weighed[form][-1] = base + grades[min(2 * len(found[form]) + more, MOST)]
        for form in kept.filters:
            weighed[form].append(base)


def posted(kept: Kept) -> dict[str, tuple[int, str]]:
    """form → its weight, 0 to 7, and the number of its places and the places as `codes` writes them. A filter has neither
    weight nor places."""
    lists = Lists()
    lists.add(0, kept)
    return {form: (weight, lists.placed[form][0] if form in lists.placed else "") for form, (weight,) in lists.weighed.items()}


MOST = 127
"""Half places beyond which no word becomes heavier."""


@lru_cache(maxsize=4096)
def _grades(length: int) -> tuple[int, ...]:
    """The weight of a word in an article of so many places by how often it stands there, in half places: what stands in a
    heading counts for several in the body, a part of a place more or less."""
    norm = SATURATION * min(max(1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH, 0.5), 3)
    return tuple(int(WEIGHTS * half / (half + 2 * norm)) for half in range(MOST + 1))


_ONCE = [CODES[0] + CODES[at] for at in range(4096)]
"""A single place, ready made as far as articles usually go."""


def _read(article: Article) -> tuple[dict[str, list[int]], dict[str, int], int, int]:
    """(form → its places in order, form → how many half places it counts for more than in a body, the length of the article in
    places, the first place behind all)."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    extra: defaultdict[str, int] = defaultdict(int)
    wholes: list[tuple[int, str]] = []
    start = length = 0
    for weight, text in texts(article):
        known = list(map(_known.__getitem__, text.split()))  # every space parts words, so pieces may be looked at alone
        whole = len(wholes)
        plain: list[str] = known  # type: ignore[assignment]
        if tuple in set(map(type, known)):
            plain = _parted(known, start, wholes)
        if weight != BODY:
            more = int(2 * (weight - BODY))
            for form in (*plain, *(form for _, form in wholes[whole:])):
                extra[form] += more
        for at, form in enumerate(plain, start):
            found[form].append(at)
        length += len(plain) + BREAK
        start = -(-(start + len(plain) + BREAK) // PACE) * PACE
    for at, form in wholes:
        found[form].append(at)
    for form in {form for _, form in wholes}:
        found[form].sort()
    return found, extra, length, start


def _parted(found: list["str | _Forms"], start: int, wholes: list[tuple[int, str]]) -> list[str]:
    """The forms of a text, one for each place from `start` on. What stands as one word over several places goes to
    `wholes`, with its first and its last place."""
    plain: list[str] = []
    for known in found:
        if isinstance(known, str):
            plain.append(known)
            continue
        forms, over = known
        wholes += [(start + len(plain) + offset, form) for offset, form in over]
        plain += forms
    return plain


def _coded(places: list[int]) -> str:
    try:
        if len(places) == 2:
            first, second = places
            return CODES[1] + CODES[first] + CODES[second - first - 1]
        return CODES[len(places) - 1] + CODES[places[0]] + "".join(map(_STEP, map(sub, places[1:], places)))
    except IndexError:  # a book of an article
        gaps = [codes(after - before - 1) for before, after in pairwise(places)]
        return codes(len(places) - 1) + codes(places[0]) + "".join(gaps)


_STEP = ("", *CODES).__getitem__
"""The code of the gap to the place before, from the distance."""


def forms(article: Article) -> Iterable[str]:
    """The forms of all words of an article."""
    return _read(article)[0].keys()


def filters(terms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The words under which search lists an article by (kind, name) of its terms."""
    return tuple(sorted({words.filter_word(kind, name) for kind, name in terms}))


def texts(article: Article) -> Iterator[tuple[float, str]]:
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
