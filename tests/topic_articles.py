"""Small articles for the tests of topics."""

from generator.language import direction_of
from generator.model import Article, Figure, Paragraph, Topic
from generator.topics.reading import Named, Naming, topics_of
from generator.topics.vocabulary import Topic as Entry
from generator.topics.vocabulary import Vocabulary


def article(
    language: str, headline: str, *paragraphs: str, stated: tuple[str, ...] = (), caption: str | None = None
) -> Article:
    body = [Paragraph(text, number) for number, text in enumerate(paragraphs, 3)]
    figures = [Figure(line=99, caption=caption)] if caption else []
    return Article(
        id="x", source="x.txt", language=language, direction=direction_of(language), headline=headline, digest=b"x",
        body=(*body, *figures), terms=tuple(Topic(name) for name in stated),
    )  # fmt: skip


def topics(one: Article, *entries: Entry, packs: bool = True) -> dict[str, Named]:
    """key → topic."""
    return {named.key: named for named in topics_of(one, Naming(Vocabulary(entries), packs))[0]}
