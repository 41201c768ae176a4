"""What a reading worker sends home of a file, and what the catalogue keeps of it: small, frozen, picklable."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from generator.digest import digest
from generator.model import Article, ArticleDate, Figure, Paragraph, Teaser, TermKind, Withdrawal
from generator.problems import Problem
from generator.text import fold


class TermEntry(Struct, frozen=True, array_like=True):
    """A term of an article. `key` is a known topic's id, else the folded name. `origin` says who named it: stated (the
    source itself), vocabulary (the archive's), pack (Roznama's) or suggestion (the archive's own statistics); what is
    derived has a weight and the words that showed it, each with how often."""

    kind: TermKind
    key: str
    name: str
    origin: str = "stated"
    score: int = 0
    matched: tuple[tuple[str, int], ...] = ()


class PhraseEntry(Struct, frozen=True, array_like=True):
    """A phrase that marks an article and that no list knows: how often it stands there, and whether in the headline."""

    key: str
    text: str
    count: int
    headline: bool


class FigureEntry(Struct, frozen=True, array_like=True):
    alt: str | None
    caption: str | None
    credit: str | None
    credit_key: str | None
    picture: str | None


class ArticleEntry(Struct, frozen=True, array_like=True):
    """What indexes and neighbours need of an article; columns of the table `article` and its satellites."""

    id: str
    language: str
    moment: str
    day: str
    url: str
    teaser: Teaser
    digest: bytes
    terms: tuple[TermEntry, ...]
    figures: tuple[FigureEntry, ...]
    asides: tuple[tuple[str, int], ...]
    lead: str | None
    draft: bool
    date_origin: str | None
    encoding: str
    aliases: tuple[str, ...]
    modified: ArticleDate | None = None
    words: bytes = b""
    """Which words stand in it, two bytes each: what a changed vocabulary is compared with."""
    phrases: tuple[PhraseEntry, ...] = ()
    bylines: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    translations: tuple[tuple[str, bool], ...] = ()
    """(id, whether that is the original) of articles in other languages that it names."""


class SourceEntry(Struct, frozen=True, array_like=True):
    """A file that was read: `article` is `None` when it could not be, and `problems` then say why. `packed` is
    the whole article (`kept.packed`)."""

    path: str
    seen: str
    digest: bytes
    legacy: bool
    article: ArticleEntry | None
    problems: tuple[Problem, ...]
    beside: tuple[str, ...] = ()
    packed: bytes = b""


class PictureEntry(Struct, frozen=True, array_like=True):
    path: str
    seen: str
    digest: bytes
    width: int
    height: int
    problem: Problem | None = None


def moment_of(article: Article) -> tuple[str, str]:
    """(moment, day): the sorting key in time, and the date without its hour; both empty for an undated article."""
    date = article.published
    if date is None:
        return "", ""
    day = f"{date.year:04d}-{date.month or 0:02d}-{date.day or 0:02d}"
    return (day if date.time is None else f"{day}T{date.time}"), day


def entry_of(
    article: Article,
    url: str,
    topics: Sequence[TermEntry] | None = None,
    words: bytes = b"",
    phrases: tuple[PhraseEntry, ...] = (),
) -> ArticleEntry:
    """The catalogue's entry of an article that stands at `url`. `topics` are its terms as
    they were found; without them they are those it states."""
    moment, day = moment_of(article)
    figures = tuple(
        FigureEntry(b.alt, b.caption, b.credit, fold(b.credit) if b.credit else None, b.src)
        for b in article.body
        if isinstance(b, Figure)
    )
    shown = next((figure for figure in figures if figure.picture), None)
    if topics is None:
        topics = [TermEntry(term.kind, fold(term.name), term.name) for term in article.terms]
    terms = list(topics)
    stated = [term for term in terms if term.origin == "stated" and term.kind == "topic"]
    if article.publisher:
        terms.append(TermEntry("source", fold(article.publisher), article.publisher))
    counts: dict[str, int] = {}
    for part in article.set_aside:
        counts[part.reason] = counts.get(part.reason, 0) + 1
    teaser = Teaser(
        id=article.id,
        url=url,
        language=article.language,
        direction=article.direction,
        headline=article.headline,
        standfirst=article.standfirst or _opening(article),
        published=article.published,
        topics=tuple(term.name for term in stated or terms if term.kind in ABOUT)[: 4 if stated else 3],
        alt=shown.alt or shown.caption if shown else None,
    )
    return ArticleEntry(
        id=article.id,
        language=article.language,
        moment=moment,
        day=day,
        url=url,
        teaser=teaser,
        digest=article.digest,
        terms=tuple({(term.kind, term.key): term for term in reversed(terms)}.values())[::-1],
        figures=figures,
        asides=tuple(sorted(counts.items())),
        lead=shown.picture if shown else None,
        draft=article.draft,
        date_origin=article.published.origin if article.published else None,
        encoding=article.encoding,
        aliases=article.aliases,
        modified=article.modified,
        bylines=tuple(byline.name for byline in article.bylines),
        withdrawn=article.withdrawn,
        translations=(*((id_, True) for id_ in article.translation_of), *((id_, False) for id_ in article.translations)),
        words=words,
        phrases=phrases,
    )


TEASER_LENGTH = 160
ABOUT = ("topic", "person", "place", "organisation")
"""Kinds of terms that say what an article is about."""


def _opening(article: Article) -> str | None:
    """The first words of the text, cut at a word, for an article that has no standfirst."""
    first = next((block.text for block in article.body if isinstance(block, Paragraph)), None)
    if first is None or len(first) <= TEASER_LENGTH:
        return first
    cut = first[:TEASER_LENGTH]
    return (cut[: cut.rfind(" ")] if " " in cut[80:] else cut).rstrip(" ،,؛;:–-") + "…"


def outside(entry: ArticleEntry) -> bytes:
    """The digest of all that is known of an article but its text, and what was set aside or doubtful in it: what anything
    may depend on but its own page, its twin, the search index, and the page about the archive."""
    return digest(msgspec.structs.replace(entry, digest=b"", words=b"", phrases=(), asides=()))


def shows(entry: ArticleEntry) -> bytes:
    """The digest of what other pages may show of an article."""
    return digest(entry.teaser, entry.lead, entry.bylines)
