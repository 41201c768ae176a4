"""Plain text: what is left of a page when only its text is kept, with or without front matter before it.

Text is literal here: `1.` at the start of a paragraph is no list and `*` is a star.
"""

from generator.readers.article import Part, assemble
from generator.readers.labels import lexicon
from generator.readers.lines import split_labels, unwrapped, visible_lines
from generator.readers.opening import note_misread, nothing, opening
from generator.readers.outline import outline
from generator.readers.source import Reading, ReadingOptions, Source
from generator.readers.tongues import SAMPLE, tongue_of

SUFFIXES = (".txt",)


def read(data: bytes, source: Source, options: ReadingOptions) -> Reading:
    """The article in `data`. Never raises for what the file holds: problems are in the reading."""
    opened = opening(data, source, options)
    if isinstance(opened, Reading):
        return opened
    lines = unwrapped(visible_lines(opened.body, opened.first))
    headline = opened.front.fields.get("headline")
    if not lines and headline is None:
        return nothing(source, opened)
    sample = "\n".join(lines.texts[:40])[:SAMPLE]
    tongue = tongue_of(sample or (headline.text if headline else ""), options.languages)
    note_misread(opened, tongue, source)
    words = lexicon(options.rules)
    lines = split_labels(lines, opened.body, words.inside(tongue.code if tongue is not None else ""))
    out = outline(lines, words, headline.text if headline else None, tongue)
    part = Part(data, source, opened.decoded, opened.front, tongue)
    return assemble(part, options, out, opened.problems)
