"""The articles' texts as their files have them, for rules that read all of them: one at a time, never together.

The words alone are wanted here, so no reader parses them: that would take ten times as long.
"""

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from generator.checks.matter import Matter
from generator.readers.encodings import decode
from generator.readers.front_matter_syntax import split
from generator.readers.source import ReadingOptions


class Text(Struct, frozen=True):
    """`whole` is all of a file, `body` what follows its front matter, in NFC. Of the file in `source` below the content
    folder."""

    source: str
    whole: str
    body: str


def texts(matter: Matter) -> Iterator[Text]:
    """The text of every shown article, by source. A file that has gone since the last build is left out."""
    for source, encoding in matter.catalogue.encoded():
        try:
            data = (matter.site.content / source).read_bytes()
        except OSError:
            continue
        whole = decode(data, source, ReadingOptions(legacy_encoding=encoding)).text or ""
        yield Text(source, whole, unicodedata.normalize("NFC", split(whole).body))
