"""One article from what its parts say: id, language, dates, people, pictures, doubts. The last step of every reader.

What lives here: the order in which sources of a fact are believed. Front matter comes first, then labels in the text,
then the text itself, then the site's settings; a date also from the url, the file's name and its folders.
"""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from generator.digest import digest, digest_bytes
from generator.language import direction_of, script_of
from generator.model import Article, ArticleDate, Block, Embed, Figure, Heading, ItemList, Paragraph, Withdrawal
from generator.problems import Problem, quoted
from generator.readers import dates
from generator.readers.encodings import Decoded
from generator.readers.evidence import NARROW
from generator.readers.front_matter import FrontMatter, Picture, Stated
from generator.readers.source import Guess, Reading, ReadingOptions, Source
from generator.readers.tongues import Tongue, known_languages, tongue_of, yields_to
from generator.readers.weighing import Outline
from generator.text import clean, composed
from generator.urls import article_id

SURE = 0.8
"""A text's language is believed against the folder's and the site's from this margin on. Of 4,000 real articles all but
the tables of share prices have more, and so have 200 characters of them."""


class Part(Struct, frozen=True):
    """What a reader has of one file when only the article is left to make."""

    data: bytes
    source: Source
    decoded: Decoded
    front: FrontMatter
    tongue: Tongue | None
    pictures: bool = False
    """Whether blocks may name pictures, as they do in Markdown."""


def assemble(part: Part, options: ReadingOptions, out: Outline, problems: list[Problem]) -> Reading:
    source, front = part.source, part.front
    language, origin = language_of(part.tongue, out.languages, front.fields.get("language"), options, source.path)
    published, modified = _dates(part, out, language, problems)
    blocks = _with_paths(out.blocks, source, problems) if part.pictures else out.blocks
    body = pictured(blocks, _stated_pictures(front.pictures, source, problems), source.pictures)
    stated = front.fields
    if not part.decoded.legacy:  # what was decided for others does not concern it
        options = msgspec.structs.replace(options, legacy_encoding=None)
    article = Article(
        id=_id(source, stated.get("id"), options),
        source=source.path,
        language=language,
        direction=direction_of(language),
        headline=out.headline,
        digest=digest(digest_bytes(part.data), msgspec.structs.astuple(source), options),
        headline_line=out.headline_line,
        headline_html=out.headline_html,
        standfirst=_text(stated, "standfirst"),
        bylines=front.bylines or tuple(out.bylines),
        published=published,
        modified=modified,
        terms=front.terms,
        slug=_text(stated, "slug"),
        url=_text(stated, "url"),
        publisher=_text(stated, "publisher"),
        licence=_text(stated, "licence"),
        aliases=front.aliases,
        draft=front.draft,
        translation_of=front.translation_of,
        translations=front.translations,
        withdrawn=_withdrawal(front, language, source.path, problems),
        body=_with_languages(body, part.tongue, language),
        set_aside=tuple(sorted(out.set_aside, key=lambda aside: aside.line)),
        extra=front.extra,
        language_origin=origin,
        encoding=part.decoded.encoding,
    )
    problems.extend(doubts(source.path, out, article))
    return Reading(article, tuple(problems), part.decoded.legacy, guesses=tuple(out.guesses))


def _text(fields: Mapping[str, Stated], name: str) -> str | None:
    found = fields.get(name)
    return found.text if found is not None else None


def _id(source: Source, stated: Stated | None, options: ReadingOptions) -> str:
    if stated is not None:
        return article_id(stated.text)
    stem = posixpath.splitext(source.path if options.ids == "path" else posixpath.basename(source.path))[0]
    return article_id(clean(stem.replace("/", "-")))


def language_of(
    tongue: Tongue | None, labels: Mapping[str, int], stated: Stated | None, options: ReadingOptions, path: str
) -> tuple[str, str]:
    """The article's language and where it is known from: `stated`, `label`, `text`, `folder name` or `site`.

    The language of its labels is the language of the page, unless the text clearly speaks another one of the same script.
    English labels do not count: pages of many languages had them while nobody had translated them. Where the text leaves
    a doubt, the folder's name (`ur/2016/x.txt`) decides, then the site.
    """
    if stated is not None:
        return stated.text, "stated"
    if len(options.languages) == 1:
        return options.languages[0], "site"
    found = max((code for code in labels if code != "en"), key=lambda code: (labels[code], code), default=None)
    if found is not None and (tongue is None or tongue.margin < 2.0) and _allowed(found, options.languages):
        # A smaller neighbour is named only where it is clearly ahead, and may have the labels of the greater: Dari has.
        if tongue is not None and found in (tongue.code.split("-")[0], yields_to(tongue.code)):
            return tongue.code, "label"
        if tongue is None or script_of(found) == tongue.script or tongue.margin < SURE:
            return found, "label"
    folder = path.split("/", 1)[0]
    prior, origin = (
        (folder, "folder name") if "/" in path and folder in known_languages() else (options.language, "site")
    )
    sure = prior is None or (
        tongue is not None and (tongue.margin >= SURE or script_of(prior) != script_of(tongue.code))
    )
    if tongue is not None and sure:
        return tongue.code, "text"
    if prior is not None:
        return prior, origin
    return options.languages[0] if options.languages else "und", "site"


def _allowed(code: str, languages: tuple[str, ...]) -> bool:
    return not languages or any(choice.split("-")[0] == code for choice in languages)


def _dates(
    part: Part, out: Outline, language: str, problems: list[Problem]
) -> tuple[ArticleDate | None, ArticleDate | None]:
    """Published and modified."""
    front, path = part.front, part.source.path
    stated = {
        name: _stated_date(front.fields.get(name), front, language, path, problems)
        for name in ("published", "modified")
    }
    labelled: dict[str, ArticleDate] = {}
    for kind, text, _ in out.dates:
        if (found := dates.read_date(text, language, None, "text")) is not None:
            labelled.setdefault(kind, found)
    modified = stated["modified"] or labelled.get("updated")
    published = stated["published"]
    if published is None and "published" not in front.fields:
        url = front.fields.get("url")
        candidates = [
            labelled.get("published"),
            dates.path_date(path, language),
            dates.url_date(url.text, language) if url else None,
        ]
        published = dates.strongest(candidates)
    return published, modified


def _stated_date(
    stated: Stated | None, front: FrontMatter, language: str, path: str, problems: list[Problem]
) -> ArticleDate | None:
    if stated is None:
        return None
    found = dates.read_date(stated.text, language, front.calendar)
    if found is None:
        problems.append(
            Problem(path, stated.line, stated.column, "date-unreadable", f"{quoted(stated.text)} is no date that can be told for sure",
                    "write it as 2017-11-30 or with the month in words; name another calendar with `calendar: jalali`")
        )  # fmt: skip
    return found


def _withdrawal(front: FrontMatter, language: str, path: str, problems: list[Problem]) -> Withdrawal | None:
    if front.withdrawn is None:
        return None
    dated = front.withdrawn if front.withdrawn.text else None
    return Withdrawal(_stated_date(dated, front, language, path, problems), front.reason)


def _stated_pictures(pictures: tuple[Picture, ...], source: Source, problems: list[Problem]) -> list[Figure]:
    """The entries of `images:` as figures."""
    out = []
    for picture in pictures:
        path = _picture_path(picture.file, source, picture.line, picture.column, problems)
        if path is not None:
            out.append(
                Figure(line=picture.line, alt=picture.alt, credit=picture.credit, caption=picture.caption, src=path)
            )
    return out


def _picture_path(file: str, source: Source, line: int, column: int, problems: list[Problem]) -> str | None:
    """The path of a picture below the content folder. `file` is relative to the article, or to the content folder when
    it begins with a slash; backslashes are taken for slashes, as Windows shows them."""
    file = file.replace("\\", "/")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", file):
        message = f"{quoted(file)} stands elsewhere in the web; a site loads nothing from there"
        problems.append(Problem(source.path, line, column, "picture-elsewhere", message, _BESIDE_IT, "warning"))
        return None
    folder = "" if file.startswith("/") else posixpath.dirname(source.path)
    path = posixpath.normpath(posixpath.join(folder, unquote(file).lstrip("/")))
    path = composed(path)
    if path.startswith("../") or path in ("..", ".") or "\\" in path or "\0" in path:
        message = f"{quoted(file)} is no file in the content folder"
        problems.append(Problem(source.path, line, column, "picture-outside", message, _BESIDE_IT))
        return None
    return path


_BESIDE_IT = "copy the picture beside the article, and name it relative to the article"


def _with_paths(blocks: list[Block], source: Source, problems: list[Problem]) -> list[Block]:
    """`blocks` with the pictures that Markdown names as paths below the content folder."""
    return [
        msgspec.structs.replace(block, src=_picture_path(block.src, source, block.line, 0, problems))
        if isinstance(block, Figure) and block.src
        else block
        for block in blocks
    ]


def pictured(blocks: list[Block], stated: list[Figure], named: tuple[str, ...]) -> list[Block]:
    """`blocks` with the i-th picture in the i-th figure that has none. What front matter says of a picture fills what the
    text does not. Surplus pictures become figures of their own: they lead when the text has no figure, else they follow
    the last one."""
    if not stated and not named:
        return blocks
    listed = {figure.src: figure for figure in stated}
    blocks = [
        _described(block, listed.get(block.src)) if isinstance(block, Figure) and block.src else block
        for block in blocks
    ]
    left = stated + [Figure(line=0, src=path) for path in named if path not in listed]
    shown = {block.src for block in blocks if isinstance(block, Figure) and block.src}
    left = [figure for figure in left if figure.src not in shown]
    if not left:
        return blocks
    out: list[Block] = []
    last = 0
    for block in blocks:
        if isinstance(block, Figure) and block.src is None and block.medium == "image" and left:
            with_it = left.pop(0)
            block = msgspec.structs.replace(
                block, src=with_it.src, alt=block.alt or with_it.alt, credit=block.credit or with_it.credit,
                caption=block.caption or with_it.caption,
            )  # fmt: skip
        if isinstance(block, Figure):
            last = len(out) + 1
        out.append(block)
    out[last:last] = left
    return out


def _described(figure: Figure, stated: Figure | None) -> Figure:
    """`figure` with what front matter says of the same picture and the text does not."""
    if stated is None:
        return figure
    return msgspec.structs.replace(
        figure,
        alt=figure.alt or stated.alt,
        credit=figure.credit or stated.credit,
        caption=figure.caption or stated.caption,
    )


def _with_languages(blocks: list[Block], tongue: Tongue | None, language: str) -> tuple[Block, ...]:
    """`blocks`, each in another script than the article marked with its own language."""
    script = tongue.script if tongue is not None else script_of(language)
    latin = script == "Latn"
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, (Paragraph, Heading, Embed)):
            text = block.text
        elif isinstance(block, ItemList):
            text = block.items[0] if block.items else ""
        else:
            out.append(block)
            continue
        foreign = not latin and text.isascii() if not latin else not text[:1].isascii()
        if (
            foreign
            and len(text) > 12
            and (found := tongue_of(text)) is not None
            and found.script != script
            and found.script != "Zyyy"
        ):
            code = (
                found.code if found.margin >= SURE or found.script != "Latn" else "en" if found.code == "en" else None
            )
            if code is not None:
                block = msgspec.structs.replace(block, language=code)
        out.append(block)
    return tuple(out)


def doubts(path: str, out: Outline, article: Article) -> list[Problem]:
    """What was read but not with certainty, for the report."""
    found = [_doubt(path, guess, out.texts.get(guess.line)) for guess in out.guesses if guess.margin < NARROW]
    found.extend(
        Problem(path, line, 0, code, message, hint, "doubt", excerpt)
        for line, code, message, hint, excerpt in out.doubts
    )
    if article.language == "und":
        found.append(Problem(path, 0, 0, "language-unknown", "no language can be told from this text",
                             "state `language:` in front matter or in site.toml", "warning"))  # fmt: skip
    return found


_READ_AS = {"heading": "a subheading", "alt": "the text of a lost picture", "paragraph": "a paragraph"}


def _doubt(path: str, guess: Guess, text: str | None) -> Problem:
    message = f"read as {_READ_AS.get(guess.kind, guess.kind)}, but not by much ({'; '.join(guess.reasons[:3])})"
    return Problem(path, guess.line, 0, f"doubtful-{guess.kind}", message, None, "doubt", text)
