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


_Forms = tuple[tuple[str, ...], tuple[tuple[int, str], ...]]


class _Known(dict[str, "str | _Forms"]):
    """What stands between two spaces, as it was analysed before: mostly a word, with or without a stop, and then its form
    alone; else the forms, one for each place, and what stands as one word over several places."""

    def __missing__(self, piece: str) -> "str | _Forms":
        plain: list[str] = []
        wholes: list[tuple[int, str]] = []
        for compound in words.compounds(piece):
            width, found = words.analysed(compound)
            wholes += [(len(plain) + offset, form) for offset, form in found[width:]]
            plain += [form for _, form in found[:width]]
        value = plain[0] if len(plain) == 1 and not wholes else (tuple(plain), tuple(wholes))
        if len(self) > 100_000:  # an archive has no end of names and numbers
            self.clear()
        self[piece] = value
        return value


_known = _Known()


def posted(kept: Kept) -> dict[str, tuple[int, str]]:
    """form → its weight, 0 to 7, and the number of its places and the places as `codes` writes them. A filter has neither
    weight nor places."""
    first, again, extra, length = _read(kept.article)
    norm = SATURATION * min(max(1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH, 0.5), 3)
    grades = [int(WEIGHTS * count / (count + norm)) for count in range(64)]
    once, most = grades[1], len(_ONCE)
    found = {
        form: (once, _ONCE[at] if at < most else CODES[0] + codes(at)) for form, at in first.items() if form not in again
    }
    for form, places in again.items():
        found[form] = (grades[min(len(places), 63)], _coded(places))
    for form, more in extra.items():
        value = max(len(again[form]) + more if form in again else 1 + more, 0.25)
        found[form] = (int(WEIGHTS * value / (value + norm)), found[form][1])
    found |= dict.fromkeys(kept.filters, (0, ""))
    return found


_ONCE = tuple(CODES[0] + CODES[at] for at in range(4096))
"""A single place, ready made as far as articles usually go."""
_GAP = [""] * BREAK


def _read(article: Article) -> tuple[dict[str, int], dict[str, list[int]], dict[str, float], int]:
    """(form → first place, form → all places of those that have several, form → what they weigh more than in a body,
    places in all)."""
    line: list[str] = []
    wholes: list[tuple[int, str]] = []
    extra: defaultdict[str, float] = defaultdict(float)
    for weight, text in texts(article):
        found = list(map(_known.__getitem__, text.split()))  # every space parts words, so pieces may be looked at alone
        whole = len(wholes)
        plain: list[str] = found  # type: ignore[assignment]
        if tuple in set(map(type, found)):
            plain = _parted(found, len(line), wholes)
        if weight != BODY:
            for form in (*plain, *(form for _, form in wholes[whole:])):
                extra[form] += weight - BODY
        line += plain
        line += _GAP
    # Most words stand once: their places come of passes that run in C, and only the others are walked through.
    last = dict(zip(line, range(len(line)), strict=True))
    first = dict(zip(reversed(line), range(len(line) - 1, -1, -1), strict=True))
    again: dict[str, list[int]] = {form: [] for form, at in last.items() if first[form] != at}
    first.pop("", None)
    again.pop("", None)
    for at, form in enumerate(line):
        if form in again:
            again[form].append(at)
    for at, form in wholes:
        if form not in again:
            again[form] = [first[form]] if form in first else []
            first.setdefault(form, at)
        again[form].append(at)
    for form in {form for _, form in wholes}:
        again[form].sort()
    return first, again, extra, len(line)


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
        gaps = [CODES[after - before - 1] for before, after in pairwise(places)]
        return CODES[len(places) - 1] + CODES[places[0]] + "".join(gaps)
    except IndexError:  # a book of an article
        gaps = [codes(after - before - 1) for before, after in pairwise(places)]
        return codes(len(places) - 1) + codes(places[0]) + "".join(gaps)


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
