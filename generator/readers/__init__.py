"""Files to articles: one module a format, and what they share.

`READERS` is the visible list: a format is one module with `SUFFIXES` and `read`, and one entry here. A test notices a
module that is not listed.
"""

import posixpath
from types import ModuleType

from generator.readers import dump, markdown
from generator.readers.source import Guess, Reading, ReadingOptions, Rules, Source

__all__ = ["READERS", "SUFFIXES", "Guess", "Reading", "ReadingOptions", "Rules", "Source", "read"]

READERS: tuple[ModuleType, ...] = (dump, markdown)
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.SUFFIXES}
SUFFIXES: tuple[str, ...] = tuple(_BY_SUFFIX)
"""File endings that hold an article, lower case."""


def read(data: bytes, source: Source, options: ReadingOptions) -> Reading:
    """What the file `source` with the content `data` says. Deterministic; never raises for what the file holds."""
    reading: Reading = _BY_SUFFIX[posixpath.splitext(source.path)[1].lower()].read(data, source, options)
    return reading
