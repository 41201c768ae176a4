"""One article from what its parts say: id, language, dates, people, pictures. The last step of every reader."""

import posixpath

import msgspec

from generator.digest import digest, digest_bytes
from generator.language import direction_of
from generator.model import Article, Block, Figure
from generator.problems import Problem
from generator.readers.outline import Outline
from generator.readers.source import Reading, ReadingOptions, Source
from generator.readers.tongues import Tongue
from generator.urls import article_id


def assemble(data: bytes, source: Source, options: ReadingOptions, out: Outline, tongue: Tongue | None, encoding: str,
             problems: list[Problem]) -> Reading:  # fmt: skip
    language, origin = language_of(tongue, out, options)
    stem = posixpath.splitext(source.path if options.ids == "path" else posixpath.basename(source.path))[0]
    article = Article(
        id=article_id(stem.replace("/", "-")),
        source=source.path,
        language=language,
        direction=direction_of(language),
        headline=out.headline,
        headline_line=out.headline_line,
        digest=digest(digest_bytes(data), msgspec.structs.astuple(source), options),
        bylines=tuple(out.bylines),
        body=pictured(out.blocks, source.pictures),
        set_aside=tuple(out.set_aside),
        language_origin=origin,
        encoding=encoding,
    )
    return Reading(article, tuple(problems), guesses=tuple(out.guesses))


def language_of(tongue: Tongue | None, out: Outline, options: ReadingOptions) -> tuple[str, str]:
    """The article's language and where it is known from."""
    if len(options.languages) == 1:
        return options.languages[0], "site"
    if tongue is None:
        return options.language or "und", "site"
    return tongue.code, "text"


def pictured(blocks: list[Block], pictures: tuple[str, ...]) -> tuple[Block, ...]:
    """`blocks` with the i-th picture in the i-th figure. Surplus pictures become figures of their own: the first leads
    when the text has no figure at all, the others follow the last figure."""
    if not pictures:
        return tuple(blocks)
    out, left, last = [], list(pictures), 0
    for block in blocks:
        if isinstance(block, Figure) and block.src is None and left:
            block = msgspec.structs.replace(block, src=left.pop(0))
            last = len(out) + 1
        out.append(block)
    out[last:last] = [Figure(line=0, src=path) for path in left]
    return tuple(out)
