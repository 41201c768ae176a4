"""Text that was broken before it came here: named, never repaired.

What lives here: the signs that letters themselves show: letters that are gone, UTF-8 read as something else among good text,
InPage, presentation forms, letters of one font. What is known by words that fit no language is in `misread`. What does
not: a repair, because a wrong one cannot be told from a right one by who does not read the language, and because what is
stored must be what came.
"""

import re
from collections.abc import Iterator

from generator.problems import Problem

# The lead byte of UTF-8 and one that continues it, read as windows-1252 or Latin-1; and what that gives back as bytes.
_PAIR = re.compile("[\xc2-\xf4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_BACK = {ord(bytes([byte]).decode("windows-1252")): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_RUN = re.compile(f"(?:{_PAIR.pattern}){{4,}}")
# Words of accented Latin letters alone. No language has three of them in a text; every Arabic or Cyrillic word that was
# read as windows-1252 is one.
_ACCENTED = re.compile("(?<![A-Za-z\xc0-\xff])[\xc0-\xd6\xd8-\xf6\xf8-\xff]{4,}(?![A-Za-z\xc0-\xff])")
FEWEST = 3
"""Such words that a text must have to be called misread."""
_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]")
_MARKS = re.compile(r"\?{3,}")
# Unicode puts this vowel behind its consonant, Zawgyi before it: behind a space or the end of another syllable.
_ZAWGYI = re.compile("(?:^|[\\s\u102b-\u1030\u1032-\u103a\u104a\u104b])\u1031")
_PRIVATE = bytes(range(0xE0, 0xF9))
SAMPLE = 4000
"""Characters looked at: broken text is broken from its beginning."""
_AGAIN = "write it again from its source; it is shown as it came"


def damage(text: str, path: str) -> list[Problem]:
    """What is wrong with the letters of `text`, at most one problem of each kind."""
    problems: list[Problem] = []
    sample = text[:SAMPLE]
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        problems.append(
            Problem(path, line, 0, "letters-lost", f"{text.count(chr(0xFFFD))} letters were lost before this file was written (U+FFFD)",
                    "write it again from its source", "warning")
        )  # fmt: skip
    elif "锟斤拷" in text:
        message = "letters were lost before this file was written: U+FFFD that was read as a Chinese encoding"
        problems.append(Problem(path, text.count("\n", 0, text.index("锟斤拷")) + 1, 0, "letters-lost", message,
                                "write it again from its source", "warning"))  # fmt: skip
    if sample.isascii():
        asked = sum(len(run) for run in _MARKS.findall(sample))
        if asked > 40 and asked > 0.3 * len(sample):
            problems.append(Problem(path, 0, 0, "letters-lost", "most letters of this text were replaced by question marks",
                                    "write it again from its source"))  # fmt: skip
        return problems
    if "\x04" in sample and sample.count("\x04") > 20:
        message = "this is text of InPage, in which the sign 0x04 stands before each letter's code"
        problems.append(Problem(path, 0, 0, "inpage", message, "export it as Unicode text from InPage"))
        return problems
    # The high byte of each character tells its block: what follows costs nothing where none of the block is there.
    high = sample[:1000].encode("utf-16-le", "replace")[1::2]
    if high.count(0) > 0.55 * len(high):
        problems.extend(_encoded_twice(sample, path))
    elif (private := len(high) - len(high.translate(None, _PRIVATE))) > 9 and private > 0.02 * len(high):
        message = f"{private} of the first {len(high)} characters are private to one font, as converters from InPage leave them"
        problems.append(Problem(path, 0, 0, "font-codes", message, "convert it again with a newer tool, from its source"))
    elif 0xFE in high and len(_FORMS.findall(sample)) > 0.2 * len(sample):
        message = "the letters of this text are presentation forms, as InPage and old PDF files give them"
        hint = "search finds them; to mend it, export the text as Unicode from its source"
        problems.append(Problem(path, 0, 0, "presentation-forms", message, hint, "warning"))
    elif 0x10 in high and len(_ZAWGYI.findall(sample)) > 0.2 * max(sample.count("\u1031"), 1):
        message = "this text is written for Zawgyi: its Burmese letters stand in that font's order"
        problems.append(Problem(path, 0, 0, "font-codes", message, "convert it to Unicode with a tool for that font"))
    elif 0x7E in high and sample.count("縺") + sample.count("繧") > 9:
        problems.append(_twice(path, "Shift_JIS"))
    return problems


def traces(text: str) -> Iterator[tuple[int, str]]:
    """(place, what is wrong there) of damage anywhere in a text, once for each kind: `damage` looks at whole texts, this
    at words, so that one broken caption in a sound article is found."""
    if text.isascii():
        return
    twice = [found.start() for found in _RUN.finditer(text)]
    if twice:
        yield twice[0], f"{len(twice)} words are UTF-8 that was read as windows-1252 and saved again"
    else:
        misread = [found.start() for found in _ACCENTED.finditer(text)]
        if len(misread) >= FEWEST:
            yield misread[0], f"{len(misread)} words are another encoding that was read as windows-1252 and saved again"
    if lost := text.count("\ufffd"):
        yield text.index("\ufffd"), f"{lost} letters were lost before this file was written (U+FFFD)"


def _encoded_twice(sample: str, path: str) -> list[Problem]:
    """UTF-8 read as windows-1252, in a language whose words are told all the same, or in any other."""
    if len(_PAIR.findall(sample)) < 3:
        return []
    data = sample.translate(_BACK).encode("latin-1", "ignore")
    if len(data) < 0.95 * len(sample):
        return []
    text = data.decode("utf-8", "ignore")
    # Bytes that are good UTF-8 together: by chance hardly a pair is, whatever was written.
    good, signs = len(text.encode()) - len(text), sum(char > "\x7f" for char in sample)
    return [_twice(path, "windows-1252")] if good > 2 and 2 * good > 0.7 * signs else []


def _twice(path: str, read_as: str) -> Problem:
    message = f"this text was encoded twice: UTF-8 that was read as {read_as} and saved again"
    return Problem(path, 0, 0, "encoded-twice", message, _AGAIN)


def is_inpage(data: bytes) -> bool:
    """Whether bytes are an InPage document or its code: each letter is preceded by the byte 4."""
    return (
        data[:2000].count(b"\x04") > 60 and data[:2000].count(b"\x04") > 0.25 * len(data[:2000])
    ) or b"InPage Arabic" in data[:4000]
