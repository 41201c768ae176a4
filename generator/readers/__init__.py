"""Files to articles: one module a format, and what they share.

`READERS` is the visible list: a format is one module with `SUFFIXES` and `read`, and one entry here. A test notices a
module that is not listed.
"""

import posixpath
import re
from types import ModuleType
from typing import Any

import msgspec

from generator.model import Article
from generator.readers import dump, markdown
from generator.readers.source import Guess, Reading, ReadingOptions, Rules, Source
from generator.text import balance

__all__ = ["READERS", "SUFFIXES", "Guess", "Reading", "ReadingOptions", "Rules", "Source", "read"]

READERS: tuple[ModuleType, ...] = (dump, markdown)
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.SUFFIXES}
SUFFIXES: tuple[str, ...] = tuple(_BY_SUFFIX)
"""File endings that hold an article, lower case."""


def read(data: bytes, source: Source, options: ReadingOptions) -> Reading:
    """What the file `source` with the content `data` says. Deterministic; never raises for what the file holds."""
    reading: Reading = _BY_SUFFIX[posixpath.splitext(source.path)[1].lower()].read(data, source, options)
    if reading.article is not None and _CONTROLLED.search(_encode(reading.article)):
        return msgspec.structs.replace(reading, article=_balanced(reading.article))
    return reading


# U+202A to U+202E and U+2066 to U+2069 in UTF-8.
_CONTROLLED = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
_encode = msgspec.msgpack.Encoder().encode


def _balanced(article: Article) -> Article:
    """The article with the bidi controls of each of its texts balanced: a line that was balanced as a whole need not be
    so in its parts, once a label or a mark was cut from it. Hardly any file has such controls, so this may take time."""

    def walked(value: Any) -> Any:
        if isinstance(value, str):
            return balance(value)
        if isinstance(value, dict):
            return {name: walked(part) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [walked(part) for part in value]
        return value

    return msgspec.convert(walked(msgspec.to_builtins(article, builtin_types=(bytes,))), Article)
