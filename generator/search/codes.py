"""Numbers as text: how posting lists are written into scripts.

A shard is a JavaScript file, because a page opened from a disk may load scripts and nothing else. Bytes in base64 would
cost a third more, and hide from gzip that small numbers are frequent. So a number is written in 91 printable signs of
ASCII: below 59 one sign, below 1,947 two, below 62,363 three. Left out are what ends or opens something in a template
literal (`` ` ``, `\\`, `$`) and the space that separates a word from its numbers.

The first 59 signs end a number, the other 32 say that more follows. With `d` the place of a sign, a number is
`d₀ + 32·d₁ + 32²·d₂ + …`: the 59 that a continuing sign adds are part of the value, so no number has two spellings.
"""

from collections.abc import Iterator, Sequence

SIGNS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "`\\$")
LAST, MORE = 59, 32
_PLACE = {sign: place for place, sign in enumerate(SIGNS)}


def code(number: int) -> str:
    """`number`, 0 or more, in signs."""
    out = ""
    while number >= LAST:
        rest = (number - LAST) % MORE
        out += SIGNS[LAST + rest]
        number = (number - LAST - rest) // MORE
    return out + SIGNS[number]


def _table(count: int) -> tuple[str, ...]:
    """The codes of the numbers below `count`: behind each that is there, those of the 32 numbers that end alike."""
    found = list(SIGNS[:LAST])
    for tail in found:
        if len(found) >= count:
            break
        found += [sign + tail for sign in SIGNS[LAST:]]
    return tuple(found[:count])


CODES: Sequence[str] = _table(1 << 16)
"""The codes of small numbers, ready made: nearly all numbers of an index are small."""


def codes(number: int) -> str:
    return CODES[number] if number < 65536 else code(number)


def numbers(text: str) -> Iterator[int]:
    """The numbers written in `text`."""
    value, scale = 0, 1
    for sign in text:
        place = _PLACE[sign]
        value += place * scale
        if place < LAST:
            yield value
            value, scale = 0, 1
        else:
            scale *= MORE
