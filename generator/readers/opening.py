"""The first steps that all readers share: bytes to text, front matter off, and what to say when nothing is left."""

from msgspec import Struct

from generator.problems import Problem
from generator.readers import front_matter, front_matter_syntax
from generator.readers.damage import damage, is_inpage
from generator.readers.encodings import Decoded, decode
from generator.readers.front_matter import FrontMatter
from generator.readers.misread import misread
from generator.readers.source import Reading, ReadingOptions, Source
from generator.readers.tongues import Tongue


class Opened(Struct):
    """A file's text without its front matter. `first` is the number of the body's first line in the file."""

    decoded: Decoded
    front: FrontMatter
    body: str
    first: int
    problems: list[Problem]


_NO_FRONT = FrontMatter()


def opening(data: bytes, source: Source, options: ReadingOptions) -> Opened | Reading:
    """The file opened, or the reading that says why it cannot be. Broken front matter stops the file: read as text it
    would become the article's first paragraph."""
    if b"\x04" in data and is_inpage(data):
        message = "this is an InPage document, not text"
        problem = Problem(
            source.path, 0, 0, "inpage", message, "export it as Unicode text from InPage, and save that as UTF-8"
        )
        return Reading(None, (problem,))
    decoded = decode(data, source.path, options)
    if decoded.text is None:
        return Reading(None, legacy=True)
    text = decoded.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(decoded.problems) or damage(text, source.path)
    if text[:3] not in ("---", "+++"):
        return Opened(decoded, _NO_FRONT, text, 1, problems)
    split = front_matter_syntax.split(text)
    if split.unclosed:
        problems.append(Problem(source.path, 1, 1, "front-matter-unclosed", "this looks like front matter, but nothing closes it",
                                "end it with the same three signs on a line of their own; it was read as text", "warning"))  # fmt: skip
    if split.block is None:
        return Opened(decoded, _NO_FRONT, split.body, 1, problems)
    front, wrong = front_matter.parse(split.block, split.toml, source.path)
    problems.extend(wrong)
    if any(problem.code == "front-matter-syntax" for problem in wrong):
        return Reading(None, tuple(problems), decoded.legacy)
    return Opened(decoded, front, split.body, split.first, problems)


_BROKEN = frozenset({"letters-lost", "inpage", "encoded-twice", "font-codes", "presentation-forms", "encoding-bytes"})


def note_misread(opened: Opened, tongue: Tongue | None, source: Source) -> None:
    """Say so if the text has words of no language because it was read wrongly before it came, and its letters told nothing."""
    if not any(problem.code in _BROKEN for problem in opened.problems):
        opened.problems.extend(misread(opened.body, tongue, source.path))


def nothing(source: Source, opened: Opened) -> Reading:
    problem = Problem(source.path, 0, 0, "empty", "there is no text in this file", "write its text, or remove it")
    return Reading(None, (*opened.problems, problem), opened.decoded.legacy)
