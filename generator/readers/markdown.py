"""Markdown with front matter: Python-Markdown's reading of it, sanitised, then cut into blocks.

What lives here: the way from Markdown to blocks, and a shorter one for bodies without any markup, which a property test
proves equal. What does not: cutting HTML (`markup`), and the labels of dumps, which are understood in plain paragraphs
here as well (`outline`), so that a dump saved as `.md` keeps its figures.

Nothing here is guessed: headings are those that Markdown marks. Python-Markdown leaves raw HTML and `javascript:` links
as they are and takes quadratic time on nested brackets, hence nh3 behind it and a limit before it.
"""

import html
import re
from functools import lru_cache

import markdown
import msgspec

from generator.model import Block, Figure, Heading, ItemList, Paragraph, Table
from generator.readers.article import Part, assemble
from generator.readers.labels import lexicon
from generator.readers.lines import Lines
from generator.readers.markup import blocks_of, sanitised
from generator.readers.opening import note_misread, nothing, opening
from generator.readers.outline import MAX_HEADLINE, MAX_LINES, outline, shortened
from generator.readers.source import Reading, ReadingOptions, Source
from generator.readers.tongues import SAMPLE, tongue_of
from generator.readers.weighing import Outline, empty_outline
from generator.text import clean_lines

SUFFIXES = (".md", ".markdown")

MAX_MARKUP = 300_000
"""Characters. A longer body that has markup is read as plain text: no article is that long, and the parser takes 2 s."""
_MAX_OPENERS = 800
"""Brackets, stars, lines or backticks in one paragraph."""
_MAX_STRUCTURE = 4000
"""Lines that are items, headings, quotations or references."""
_STRUCTURE = re.compile(r"^[ \t]*(?:[-+*>#|]|\d+\.|\[\^?|=)", re.MULTILINE)
_DEEP = re.compile(r"(?:>[ \t]?){20}|^[ \t]{60}", re.MULTILINE)

# What may be markup; a body without any of it is read without the parser. Signs are looked for one by one, which takes a
# fifth of the time of looking for any of them.
_SIGNS = "*_`[\\<>&{|#"
_OPENING = re.compile(r"[ \t]*(?:[-+=]|\d+\.)| {4}| {0,3}\t")
_OPENERS = re.compile(r"[*_`\[<!]")


def is_plain(text: str) -> bool:
    """Whether a body has nothing in it that Markdown could mean something by: such a body need not pay for the parser."""
    if any(sign in text for sign in _SIGNS):
        return False
    return not any(_OPENING.match(line) or line.endswith("  ") for line in text.split("\n"))


def read(data: bytes, source: Source, options: ReadingOptions) -> Reading:
    """The article in `data`. Never raises for what the file holds: problems are in the reading."""
    opened = opening(data, source, options)
    if isinstance(opened, Reading):
        return opened
    lines = clean_lines(opened.body)
    stated = opened.front.fields.get("headline")
    blocks, too_long = body_blocks(lines, opened.first)
    if not blocks and stated is None:
        return nothing(source, opened)
    sample = "\n".join(text for block in blocks[:40] if (text := getattr(block, "text", None)))[:SAMPLE]
    tongue = tongue_of(sample or (stated.text if stated else ""), options.languages)
    note_misread(opened, tongue, source)
    out = _outlined(blocks, stated.text if stated else None, options)
    if too_long:
        out.doubts.append((opened.first, "markdown-too-long", "this body is too long, or too full of signs, to be read as Markdown",
                           "it was read as plain text; split it, or save it as .txt", ""))  # fmt: skip
    return assemble(
        Part(data, source, opened.decoded, opened.front, tongue, pictures=True), options, out, opened.problems
    )


def body_blocks(lines: list[str], first: int) -> tuple[list[Block], bool]:
    """The blocks of a Markdown body whose first line has the number `first`, and whether it was too much to parse."""
    text = "\n".join(lines)
    if is_plain(text):
        return _bounded(plain_blocks(lines, first), too_long=False)
    if _too_much(text):
        return _bounded(plain_blocks(lines, first), too_long=True)
    return parsed_blocks(lines, first), False


def _bounded(blocks: list[Block], *, too_long: bool) -> tuple[list[Block], bool]:
    """`blocks`, two hundred paragraphs in one where there are more than an article can have: a log, a list of words."""
    if len(blocks) <= MAX_LINES:
        return blocks, too_long
    bundles = (blocks[start : start + 200] for start in range(0, len(blocks), 200))
    return [Paragraph(" ".join(map(_words, bundle)), bundle[0].line) for bundle in bundles], True


def _too_much(text: str) -> bool:
    """Whether the parser would take long for `text`: it looks from each opening sign to the paragraph's end, and from each
    item and quotation back to the first."""
    return (
        len(text) > MAX_MARKUP
        or _DEEP.search(text) is not None
        or len(_STRUCTURE.findall(text)) > _MAX_STRUCTURE
        or any(len(_OPENERS.findall(part)) > _MAX_OPENERS for part in re.split(r"\n[ \t]*\n", text))
    )


def plain_blocks(lines: list[str], first: int) -> list[Block]:
    """The paragraphs of a body without markup."""
    blocks: list[Block] = []
    part: list[str] = []
    start = first
    for number, line in enumerate([*lines, ""], first):
        if line.strip(" \t"):
            if not part:
                start = number
            part.append(line)
        elif part:
            blocks.append(Paragraph(_joined(part), start))
            part = []
    return blocks


def _joined(part: list[str]) -> str:
    text = " ".join(part)
    if "  " not in text and "\t" not in text:
        return text.strip(" ")
    return " ".join(filter(None, text.replace("\t", " ").split(" ")))


def parsed_blocks(lines: list[str], first: int) -> list[Block]:
    """The blocks of any Markdown body."""
    converter = _converter()
    converter.reset()
    dirty = converter.convert("\n".join(lines))
    return _placed(blocks_of(sanitised(dirty)), lines, first)


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["tables", "footnotes", "attr_list"], output_format="html")


_LETTERS = re.compile(r"[\W_]+")


def _signature(text: str) -> str:
    return _LETTERS.sub("", html.unescape(text))


def _placed(blocks: list[Block], lines: list[str], first: int) -> list[Block]:
    """`blocks` with the numbers of their lines, which the parser does not keep: each is looked for by its first letters,
    from where the last one ended. A block without letters stands where the one before it did."""
    out: list[Block] = []
    parts = _parts(lines, first)
    at = 0
    for block in blocks:
        wanted = _signature(_words(block))[:40]
        line = parts[min(at, len(parts) - 1)][0] if parts else first
        if wanted:
            for i in range(at, min(at + 200, len(parts))):
                begin, signatures = parts[i]
                whole = "".join(signatures)
                position = whole.find(wanted)
                if position >= 0:
                    line = begin
                    for signature in signatures:
                        if position < len(signature):
                            break
                        position -= len(signature)
                        line += 1
                    ended = isinstance(block, Paragraph) and block.html is None and whole == _signature(block.text)
                    at = i + 1 if ended else i
                    break
        out.append(msgspec.structs.replace(block, line=line))
    return out


def _parts(lines: list[str], first: int) -> list[tuple[int, list[str]]]:
    """The source cut at blank lines: the first line's number and the letters of each line."""
    parts: list[tuple[int, list[str]]] = []
    open_ = False
    for number, line in enumerate(lines, first):
        if not line.strip(" \t"):
            open_ = False
        elif open_:
            parts[-1][1].append(_signature(line))
        else:
            parts.append((number, [_signature(line)]))
            open_ = True
    return parts


def _words(block: Block) -> str:
    match block:
        case Figure():
            return block.alt or block.src or ""
        case ItemList():
            return next(iter(block.items), "")
        case Table():
            return next((cell for row in block.rows for cell in row if cell), "")
        case _:
            return block.text


def _outlined(blocks: list[Block], stated: str | None, options: ReadingOptions) -> Outline:
    """Headline taken off, captions joined to their pictures, labels of dumps understood."""
    out = empty_outline()
    rest = list(blocks)
    if stated is not None:
        out.headline = stated
        if (
            rest
            and isinstance(rest[0], (Heading, Paragraph))
            and " ".join(rest[0].text.split()) == " ".join(stated.split())
        ):
            out.headline_line = rest.pop(0).line
    else:
        at = next((i for i, block in enumerate(rest[:3]) if isinstance(block, Heading) and block.level == 1), 0)
        head = rest[at] if rest else None
        if isinstance(head, Heading | Paragraph) and len(head.text) <= MAX_HEADLINE:
            del rest[at]
            out.headline, out.headline_line, out.headline_html = head.text, head.line, head.html
        else:
            out.headline = shortened(_words(head) if head is not None else "")
    run: list[Paragraph] = []
    for block in [*rest, None]:
        if isinstance(block, Paragraph) and block.html is None:
            run.append(block)
            continue
        _labelled(run, out, options)
        run = []
        if block is not None:
            if isinstance(block, Heading) and block.level == 1:
                block = msgspec.structs.replace(block, level=2)
            out.blocks.append(block)
    out.blocks = _captioned(out.blocks)
    return out


def _labelled(run: list[Paragraph], out: Outline, options: ReadingOptions) -> None:
    """`run`, plain paragraphs in a row, read like lines of a dump wherever one of them has a label."""
    if not run:
        return
    words_of = lexicon(options.rules)
    if all(words_of.find(block.text) is None for block in run):
        out.blocks.extend(run)
        return
    lines = Lines([block.text for block in run], [block.line for block in run], [True] * len(run), {})
    part = outline(lines, words_of, "", None, weighing=False)
    out.blocks.extend(part.blocks)
    out.set_aside.extend(part.set_aside)
    out.bylines.extend(part.bylines)
    out.dates.extend(part.dates)
    out.languages.update(part.languages)


def _captioned(blocks: list[Block]) -> list[Block]:
    """Pictures with the caption that follows: a labelled figure without picture, or a paragraph all in emphasis."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(last, Figure) and last.src:
            if (
                isinstance(block, Figure)
                and not block.src
                and not block.alt
                and not last.credit
                and not (last.caption and block.caption)
            ):
                out[-1] = msgspec.structs.replace(last, credit=block.credit, caption=last.caption or block.caption)
                continue
            if isinstance(block, Paragraph) and block.html and not last.caption:
                found = re.fullmatch(r"<em>((?:(?!</?em>).)*)</em>", block.html, re.DOTALL)
                if found:
                    marked = found[1] if "<" in found[1] else None
                    out[-1] = msgspec.structs.replace(last, caption=block.text, caption_html=marked)
                    continue
        out.append(block)
    return out
