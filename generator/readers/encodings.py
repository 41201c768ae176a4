"""Bytes to text: what a file says of itself, and what was decided for a collection that does not say.

What lives here: byte order marks, UTF-8, UTF-16 without a mark, and the one decision about legacy encodings. What does
not: text that was broken before it came here (`damage` names it), and any repair.

Not charset-normalizer file by file: a short file misleads it, and one collection was written with one encoding. The
candidates are read in turn, and the one whose text has the most letters and words of a language wins; charset-normalizer
is a second opinion over all samples together, and decides when no language is recognised.
"""

import codecs
from collections.abc import Sequence

import charset_normalizer
from msgspec import Struct

from generator.problems import Problem
from generator.readers.source import ReadingOptions
from generator.readers.tongues import fit

CANDIDATES = {
    "windows-1256": "Arab", "iso-8859-6": "Arab", "windows-1255": "Hebr", "iso-8859-8": "Hebr", "windows-1251": "Cyrl",
    "koi8-r": "Cyrl", "iso-8859-5": "Cyrl", "windows-1252": "Latn", "windows-1254": "Latn", "windows-1250": "Latn",
    "windows-1258": "Latn", "windows-1253": "Grek", "cp720": "Arab", "mac-arabic": "Arab", "mac-farsi": "Arab",
    "cp862": "Hebr", "gb18030": "Hani", "big5": "Hani", "shift_jis": "Kana", "euc-jp": "Kana", "euc-kr": "Hang", "cp874": "Thai",
}  # fmt: skip
"""Encodings that can be decided for a collection, and the script each was made for; the commoner of two equals first."""
SAMPLE_BYTES = 200_000
"""Bytes looked at in all: more does not change a decision, and takes a second."""


class Decoded(Struct, frozen=True):
    """`text` is `None` for legacy bytes whose encoding nobody has decided yet."""

    text: str | None
    encoding: str
    legacy: bool = False
    problems: tuple[Problem, ...] = ()


class Decision(Struct, frozen=True):
    """`confidence` is between 0 and 1; `explanation` says in words what it rests on."""

    encoding: str
    confidence: float
    explanation: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def decode(data: bytes, path: str, options: ReadingOptions) -> Decoded:
    """The text of a file, without byte order mark."""
    if data[:1] in (b"\xef", b"\xff", b"\xfe", b"\x00"):
        for mark, name in _MARKS:
            if data.startswith(mark):
                return _decoded_as(data[len(mark) :], name, path)
    if (b"\x00" in data or b"\x06" in data) and (unmarked := _unmarked_utf16(data)) is not None:
        return _decoded_as(data, unmarked, path)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data, error):
            return _decoded_as(data, "utf-8", path)
    legacy = options.encoding or options.legacy_encoding
    if legacy is None:
        return Decoded(None, "", True)
    return _decoded_as(data, legacy, path, legacy=True)


def _decoded_as(data: bytes, name: str, path: str, *, legacy: bool = False) -> Decoded:
    try:
        return Decoded(data.decode(name), name, legacy)
    except LookupError:
        problem = Problem(
            path, 0, 0, "encoding-unknown", f"there is no encoding called {name}", "name another in site.toml"
        )
        return Decoded(data.decode("latin-1"), "latin-1", legacy, (problem,))
    except UnicodeDecodeError as error:
        start = error.start
    line = data.count(b"\n", 0, start) + 1
    message = f"byte {data[start]:#04x} does not occur in {name} here"
    hint = (
        "what could not be read is shown as U+FFFD; save the file again from its source, or set `encoding` in site.toml"
    )
    column = start - data.rfind(b"\n", 0, start) if name == "utf-8" else 0
    return Decoded(
        data.decode(name, "replace"), name, legacy, (Problem(path, line, column, "encoding-bytes", message, hint),)
    )


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without byte order mark: every second byte is the same few, the block of the script."""
    size = len(data) // 2
    if len(data) % 2 or size < 4:
        return None
    even, odd = data[0:2000:2], data[1:2000:2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        blocks = sum(high.count(block) for block in (0, 3, 4, 5, 6))
        if blocks > 0.9 * len(high) and blocks > 2 * sum(low.count(block) for block in (0, 3, 4, 5, 6)):
            return name
    return None


def _is_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether bytes are UTF-8 but for a few, as after a cut in the middle of a letter."""
    if error.start >= len(data) - 3 and not data[: error.start].isascii():
        return True
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(char > "\x7f" for char in text[:20_000]) - min(broken, 20_000) > 20 * broken


def decide_encoding(samples: Sequence[bytes]) -> Decision:
    """The one encoding of files that are not Unicode, from `samples` of them. The same samples, in any order, give the
    same decision."""
    data = b"\n".join(_sampled(samples))
    scores: list[tuple[float, int, str, str, str]] = []
    for rank, (name, script) in enumerate(CANDIDATES.items()):
        text = data.decode(name, "replace")
        odd = sum(1 for char in text if "\x7f" < char < "\xa0" or char == "\ufffd" or char in _UNLIKELY)
        found, language, score = fit(text)
        scores.append(
            (score - 100 * odd / max(len(text), 1) - (3 if found != script else 0), -rank, name, language, text)
        )
    scores.sort(reverse=True)
    score, _, name, language, text = scores[0]
    second = next((other[0] for other in scores[1:] if other[4] != text), 0.0)
    opinion = charset_normalizer.from_bytes(data[:50_000], cp_isolation=[_python_name(n) for n in CANDIDATES]).best()
    agrees = opinion is not None and _python_name(opinion.encoding) == _python_name(name)
    if score < 5 and opinion is not None and not agrees:
        return Decision(opinion.encoding, 0.3, "no language was recognised; this is charset-normalizer's guess")
    lead = (score - second) / max(score, 1.0)
    confidence = max(0.1, min(0.99, lead + (0.3 if agrees else 0.0)))
    told = f"reads as {language}" if score >= 5 else "no language was recognised"
    return Decision(name, round(confidence, 2), f"{told}, {'as' if agrees else 'unlike'} charset-normalizer's guess")


def _sampled(samples: Sequence[bytes]) -> list[bytes]:
    share = max(2000, SAMPLE_BYTES // max(len(samples), 1))
    out: list[bytes] = []
    size = 0
    for sample in sorted(samples):
        out.append(sample[:share])
        size += len(out[-1])
        if size > SAMPLE_BYTES:
            break
    return out


# What a wrong decoding puts among letters: drawing signs, fractions, currency and letters of no living spelling.
_UNLIKELY = frozenset(
    "¤¦§¨¬¯°±²³´µ¶¸¹º¼½¾×÷‡†‰ƒˆ˜™" + "".join(map(chr, range(0x2500, 0x25A0))) + "".join(map(chr, range(0xFB50, 0xFEFD)))
)


def _python_name(name: str) -> str:
    return codecs.lookup(name).name.replace("-", "_")
