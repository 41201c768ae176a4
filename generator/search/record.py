"""What search holds of an article: every word with its weight and its places.

Workers ask this of the packed articles that the catalogue keeps: of all of them when the index is made, of the former and
the present article when an edit is worked into the published index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

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
from generator.search.codes import codes

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


Forms = tuple[tuple[str, ...], tuple[tuple[int, str], ...]]
"""The forms of what holds several, one for each place, and what stands as one word over several places: (place, form)."""
Posting = tuple[str, Sequence[int], str, str]
"""A form; for each article that has it the article's number times `WEIGHTS` plus the weight of the form in it; the codes of
all of these but the first; and those of its places, with the gap before every article but the first. A filter has no places."""


def parsed(piece: str) -> str | Forms:
    """What stands between two spaces of a text: mostly a word, with or without a stop, and then its form alone."""
    return words.single(piece) or _several(piece)


def _several(piece: str) -> str | Forms:
    plain: list[str] = []
    wholes: list[tuple[int, str]] = []
    for compound in words.compounds(piece):
        width, found = words.analysed(compound)
        wholes += [(len(plain) + offset, form) for offset, form in found[width:]]
        plain += [form for _, form in found[:width]]
    return plain[0] if len(plain) == 1 and not wholes else (tuple(plain), tuple(wholes))


class _Known(dict[str, str | Forms]):
    """What was parsed before."""

    def __missing__(self, piece: str) -> str | Forms:
        value = parsed(piece)
        if len(self) > 100_000:  # an archive has no end of names and numbers
            self.clear()
        self[piece] = value
        return value


_known = _Known()


def posted(kept: Kept) -> dict[str, tuple[int, str]]:
    """form → its weight, 0 to 7, and the number of its places and the places as `codes` writes them. A filter has neither
    weight nor places."""
    first, more, extra, length = _read(kept.article)
    grade = grades(length)
    found: dict[str, tuple[int, str]] = {}
    for form, at in first.items():
        rest = more.get(form, ())
        half = min(2 * len(rest) + 2 + extra.get(form, 0), MOST)
        found[form] = grade[half], _coded(at, rest)
    return found | dict.fromkeys((*kept.filters, words.EVERY), (0, ""))


def postings(articles: Iterable[tuple[int, Kept]]) -> Iterator[Posting]:
    """The posting lists of some articles, which come in the order of their numbers."""
    lists: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, kept in articles:
        for form, (weight, places) in posted(kept).items():
            lists[form].append((number * WEIGHTS + weight, places))
    for form, held in lists.items():
        weighed = [one for one, _ in held]
        listed, gaps = stepped(weighed)
        places = "".join(chain.from_iterable(zip(("", *gaps), (one for _, one in held), strict=True))) if held[0][1] else ""
        yield form, weighed, listed, places


def stepped(weighed: Sequence[int]) -> tuple[str, list[str]]:
    """The codes of the articles behind the first, together, and of the gaps alone; of numbers times `WEIGHTS` plus weights."""
    steps = [after - (before | WEIGHTS - 1) - 1 for before, after in pairwise(weighed)]
    return "".join(map(codes, steps)), [codes(step // WEIGHTS) for step in steps]


MOST = 127
"""Half places beyond which no word becomes heavier."""


@lru_cache(maxsize=4096)
def grades(length: int) -> tuple[int, ...]:
    """The weight of a word in an article of so many places by how often it stands there, in half places: what stands in a
    heading counts for several in the body, a part of a place more or less."""
    norm = SATURATION * min(max(1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH, 0.5), 3)
    return tuple(int(WEIGHTS * half / (half + 2 * norm)) for half in range(MOST + 1))


def _read(article: Article) -> tuple[dict[str, int], dict[str, list[int]], dict[str, int], int]:
    """(form → its first place, form → its other places in order, if there are any, form → how many half places it counts for
    more than in a body, the length of the article in places)."""
    first: dict[str, int] = {}
    more: defaultdict[str, list[int]] = defaultdict(list)
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
            half = int(2 * (weight - BODY))
            for form in (*plain, *(form for _, form in wholes[whole:])):
                extra[form] += half
        for at, form in enumerate(plain, start):
            if form in first:
                more[form].append(at)
            else:
                first[form] = at
        length += len(plain) + BREAK
        start = -(-(start + len(plain) + BREAK) // PACE) * PACE
    for at, form in wholes:
        if form in first:
            more[form].append(at)
        else:
            first[form] = at
    for form in {form for _, form in wholes} & more.keys():
        first[form], *more[form] = sorted((first[form], *more[form]))
    return first, more, extra, length


def _parted(found: list[str | Forms], start: int, wholes: list[tuple[int, str]]) -> list[str]:
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


def _coded(first: int, rest: Sequence[int]) -> str:
    """The number of a form's places in an article and the places, in codes."""
    return codes(len(rest)) + codes(first) + "".join([codes(at - before - 1) for before, at in pairwise((first, *rest))])


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
