"""Plain text: what is left of a page when only its text is kept, with or without front matter before it.

Text is literal here: `1.` at the start of a paragraph is no list and `*` is a star.
"""

from generator.problems import Problem
from generator.readers.article import assemble
from generator.readers.encodings import decode
from generator.readers.labels import lexicon
from generator.readers.lines import visible_lines
from generator.readers.outline import outline
from generator.readers.source import Reading, ReadingOptions, Source
from generator.readers.tongues import tongue_of

SUFFIXES = (".txt",)


def read(data: bytes, source: Source, options: ReadingOptions) -> Reading:
    """The article in `data`. Never raises for what the file holds: problems are in the reading."""
    decoded = decode(data, source.path, options)
    if decoded.text is None:
        return Reading(None, legacy=True)
    problems = list(decoded.problems)
    lines = visible_lines(decoded.text)
    if not lines:
        problems.append(Problem(source.path, 0, 0, "empty", "there is no text in this file", "remove it, or write its text"))
        return Reading(None, tuple(problems))
    sample = "\n".join(lines.texts[:40])[:2000]
    tongue = tongue_of(sample, options.languages)
    out = outline(lines, lexicon(options.rules), None, tongue is None or tongue.script == "Latn")
    return assemble(data, source, options, out, tongue, decoded.encoding, problems)
