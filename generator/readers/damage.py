"""Text that was broken before it came here: named, never repaired.

What lives here: the signs of double encoding, of a legacy encoding read as another, of InPage, of presentation forms, of
letters that are gone. What does not: a repair, because a wrong one cannot be told from a right one by who does not read
the language, and because what is stored must be what came.
"""

import re
from collections.abc import Iterator

from generator.problems import Problem
from generator.readers.tongues import tongue_of

# UTF-8 bytes read as windows-1252 or Latin-1: a lead byte's sign followed by a continuation byte's.
_TWICE = re.compile("[ÃÂØÙÚÛÐÑ×àâã][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_RUN = re.compile(f"(?:{_TWICE.pattern}){{4,}}")
# Words of accented Latin letters alone. No language has three of them in a text; every Arabic or Cyrillic word that was
# read as windows-1252 is one.
_ACCENTED = re.compile("(?<![A-Za-z\xc0-\xff])[\xc0-\xd6\xd8-\xf6\xf8-\xff]{4,}(?![A-Za-z\xc0-\xff])")
FEWEST = 3
"""Such words that a text must have to be called misread."""
_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]")
_MARKS = re.compile(r"\?{3,}")
SAMPLE = 4000
"""Characters looked at: broken text is broken from its beginning."""


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
    if sample.isascii():
        asked = sum(len(run) for run in _MARKS.findall(sample))
        if asked > 40 and asked > 0.3 * len(sample):
            problems.append(Problem(path, 0, 0, "letters-lost", "most letters of this text were replaced by question marks",
                                    "write it again from its source"))  # fmt: skip
        return problems
    if _is_low(sample):
        problems.extend(_wrongly_decoded(sample, path))
    elif any(map(sample.__contains__, "\ufe8e\ufedf\ufead")) and len(_FORMS.findall(sample)) > 0.2 * len(sample):
        message = "the letters of this text are presentation forms, as InPage and old PDF files give them"
        hint = "search finds them; to mend it, export the text as Unicode from its source"
        problems.append(Problem(path, 0, 0, "presentation-forms", message, hint, "warning"))
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


def _is_low(sample: str) -> bool:
    """Whether most characters are below U+0100: text that was wrongly decoded is."""
    data = sample[:1000].encode("utf-16-le", "replace")
    return data[1::2].count(0) > 0.55 * len(data) / 2


def _wrongly_decoded(sample: str, path: str) -> list[Problem]:
    hint = "write it again from its source; it is shown as it came"
    pairs = len(_TWICE.findall(sample))
    if pairs > 6 and pairs > 0.02 * len(sample):
        message = "this text was encoded twice: UTF-8 that was read as windows-1252 and saved again"
        return [Problem(path, 0, 0, "encoded-twice", message, hint)]
    found = _misread(sample)
    if found is not None:
        message = f"this text is {found} that was read as windows-1252 and saved again"
        return [Problem(path, 0, 0, "encoding-misread", message, hint)]
    return []


def _misread(sample: str) -> str | None:
    """The encoding of a text whose bytes were read as windows-1252: nearly all letters are accented Latin capitals."""
    if sum(map(sample.count, "etaoinr")) > 0.15 * len(sample):
        return None
    letters = [char for char in sample[:1500] if char.isalpha()]
    accented = sum("\xc0" <= char <= "\xff" for char in letters)
    if len(letters) < 40 or accented < 0.6 * len(letters):
        return None
    data = sample.encode("windows-1252", "ignore")
    for encoding, script in (("windows-1256", "Arab"), ("windows-1251", "Cyrl"), ("windows-1255", "Hebr")):
        tongue = tongue_of(data.decode(encoding, "ignore"))
        if tongue is not None and tongue.script == script and tongue.margin > 1:
            return f"{encoding} ({tongue.code})"
    return None


def is_inpage(data: bytes) -> bool:
    """Whether bytes are an InPage document or its code: each letter is preceded by the byte 4."""
    return (
        data[:2000].count(b"\x04") > 60 and data[:2000].count(b"\x04") > 0.25 * len(data[:2000])
    ) or b"InPage Arabic" in data[:4000]
