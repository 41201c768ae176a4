"""Bytes to text: what a file says of itself, and what was decided for a collection that does not say.

What lives here: byte order marks, UTF-8, UTF-16 without a mark, the one decision about legacy encodings, and the naming
of text that was broken before it came here. What does not: any repair. A doubly encoded file is named and read as it
stands, because a wrong repair cannot be told from a right one by who does not read the language.

Not charset-normalizer file by file: a short file misleads it, and one collection was written with one encoding. It is
asked only as a second opinion over all samples together.
"""

import codecs

from msgspec import Struct

from generator.problems import Problem
from generator.readers.source import ReadingOptions


class Decoded(Struct, frozen=True):
    """`text` is `None` for legacy bytes whose encoding nobody has decided yet."""

    text: str | None
    encoding: str
    problems: tuple[Problem, ...] = ()


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def decode(data: bytes, path: str, options: ReadingOptions) -> Decoded:
    """The text of a file, without byte order mark."""
    if data[:1] in b"\xef\xff\xfe\x00":
        for mark, name in _MARKS:
            if data.startswith(mark):
                return _decoded_as(data[len(mark) :], name, path)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        legacy = options.encoding or options.legacy_encoding
        if legacy is None:
            return Decoded(None, "")
        return _decoded_as(data, legacy, path)
    return Decoded(text, "utf-8")


def _decoded_as(data: bytes, name: str, path: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(path, line, 0, "encoding-bytes", f"byte {error.object[error.start]:#04x} does not occur in {name}",
                          "what could not be read is shown as U+FFFD; set `encoding` in site.toml if this is another one")  # fmt: skip
        return Decoded(text, name, (problem,))
