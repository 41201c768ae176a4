"""Cutting a stream into records without understanding them: lines, rows with quoted newlines, JSON values, XML elements.

What lives here: finding where a record begins and ends, with its number and byte offset, in memory for one record. What
does not: parsing one. The two are apart so that cutting is quick and happens once, in the parent, while records are
parsed in workers; and so that one broken record spoils itself only: a parser that reads a 5 GB export from end to end
loses its place at the first control character, a cutter does not look at it.

Not ijson and not lxml.iterparse: neither tells a record's byte offset, and neither goes on after a mistake.
"""

import codecs
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing.records import Raw, Reject

MAX_RECORD = 64 * 1024 * 1024
"""Bytes of one record; a longer one is taken for a broken file. The longest article of news is below 1 MB."""
BLOCK = 1 << 20
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
TOO_LONG = f"no end of this record within {MAX_RECORD >> 20} MB"


class Transcoded:
    """A stream of UTF-16 or UTF-32 as UTF-8: their bytes cannot be cut at ASCII signs. Offsets then count UTF-8 bytes."""

    def __init__(self, stream: BinaryIO, encoding: str, start: bytes = b"") -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._left = self._decode(start).encode("utf-8", "replace")

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._left) < size:
            data = self._stream.read(BLOCK)
            self._left += self._decode(data, not data).encode("utf-8", "replace")
            if not data:
                break
        size = len(self._left) if size < 0 else size
        taken, self._left = self._left[:size], self._left[size:]
        return taken


class Window:
    """A moving view of a stream: `data` is what is in memory, `base` the offset of its first byte in the stream."""

    def __init__(self, stream: BinaryIO) -> None:
        start = stream.read(BLOCK)
        self._stream: BinaryIO | Transcoded = stream
        self.base = 0
        for mark, name in _WIDE.items():
            if start.startswith(mark):
                self._stream = Transcoded(stream, name, start)
                start = self._stream.read(BLOCK)
                break
        if start.startswith(codecs.BOM_UTF8):
            start = start[3:]
            self.base = 3
        self.data = start
        self.ended = not start

    def more(self) -> bool:
        """Read on, twice as much as there is, so that a long record costs linear time; whether there was any."""
        block = b"" if self.ended else self._stream.read(max(BLOCK, len(self.data)))
        self.ended = not block
        self.data += block
        return bool(block)

    def forget(self, upto: int) -> None:
        """Drop what stands before `upto`."""
        self.data = self.data[upto:]
        self.base += upto


def lines(stream: BinaryIO, leaf: str) -> Iterator[Raw | Reject]:
    """One record a line; blank lines do not count."""
    window = Window(stream)
    at = number = 0
    while True:
        end = window.data.find(b"\n", at)
        if end < 0:
            if len(window.data) - at > MAX_RECORD:
                number += 1
                yield Reject(Raw(leaf, number, window.base + at, window.data[at : at + 1000]), TOO_LONG)
                at = len(window.data)
            window.forget(at)
            at = 0
            if window.more():
                continue
            end = len(window.data)
        line = window.data[at:end].strip()
        if line:
            number += 1
            yield Raw(leaf, number, window.base + at, line)
        if end >= len(window.data) and window.ended:
            return
        at = end + 1


_JSON_SIGN = re.compile(rb'["{}\[\]]')
_JSON_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_JSON_START = re.compile(rb"[^\s,:]")


def json_values(
    stream: BinaryIO, leaf: str, start: int = 0, *, inside: bool, keyed: bool = False
) -> Iterator[Raw | Reject]:
    """The values of a JSON array or object whose opening bracket is at byte `start` (`inside`), or the values that stand
    one after another in the stream. With `keyed`, the values of an object, each with its key in `facts["key"]`."""
    window = Window(stream)
    while start - window.base > len(window.data) and window.more():
        window.forget(len(window.data))
    at = max(0, start - window.base) + (1 if inside else 0)
    number = 0
    key = ""
    while True:
        found = _JSON_START.search(window.data, at)
        if found is None:
            window.forget(len(window.data))
            at = 0
            if not window.more():
                return
            continue
        at = found.start()
        sign = window.data[at : at + 1]
        if sign in (b"]", b"}") and inside:
            return
        end = _json_end(window, at)
        if end is None:
            number += 1
            reason = TOO_LONG if len(window.data) - at > MAX_RECORD else "the file ends within this record"
            yield Reject(Raw(leaf, number, window.base + at, window.data[at : at + MAX_RECORD // 64]), reason)
            return
        value = window.data[at:end]
        after = _JSON_COLON.match(window.data, end) if keyed and sign == b'"' else None
        if after is not None:
            key = value[1:-1].decode("utf-8", "replace")
            at = after.end()
            continue
        if sign == b"{" or (inside and not keyed):
            number += 1
            yield Raw(leaf, number, window.base + at, value, {"key": key} if keyed else {})
        at = end
        if at > BLOCK:
            window.forget(at)
            at = 0


_JSON_COLON = re.compile(rb"\s*:")
_JSON_SCALAR_END = re.compile(rb"[\s,\]}]")


def _json_end(window: Window, at: int) -> int | None:
    """Where the value that begins at `at` ends; `None` if it does not."""
    depth = 0
    position = at
    if window.data[at : at + 1] not in b'"{[':
        while (found := _JSON_SCALAR_END.search(window.data, at + 1)) is None:
            if not window.more():
                return len(window.data)
        return found.start()
    while len(window.data) - at <= MAX_RECORD:
        data = window.data
        while (found := _JSON_SIGN.search(data, position)) is not None:
            sign = found[0]
            position = found.start()
            if sign == b'"':
                string = _JSON_STRING.match(data, position)
                if string is None:
                    break
                position = string.end()
                if depth == 0:
                    return position
                continue
            depth += 1 if sign in b"{[" else -1
            position += 1
            if depth == 0:
                return position
        else:
            position = len(data)
        if not window.more():
            return None
    return None


_XML_START = re.compile(rb"<!\[CDATA\[|<!--|<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(?=[\s/>])")


def xml_elements(stream: BinaryIO, leaf: str, names: frozenset[bytes]) -> Iterator[Raw | Reject]:
    """The outermost elements with one of `names`, as written. What is marked as character data is not looked into."""
    window = Window(stream)
    at = number = 0
    while True:
        found = _XML_START.search(window.data, at)
        if found is None or (found.end() == len(window.data) and not window.ended):
            window.forget(found.start() if found else max(at, len(window.data) - 256))
            at = 0
            if not window.more() and found is None:
                return
            continue
        if found[1] is None:
            at = _past(window, found.end(), b"]]>" if found[0] != b"<!--" else b"-->")
        elif found[1] not in names:
            at = found.end()
        else:
            number += 1
            start = found.start()
            end = _element_end(window, found[1], start)
            if end is None:
                reason = TOO_LONG if len(window.data) - start > MAX_RECORD else "the file ends within this record"
                yield Reject(
                    Raw(leaf, number, window.base + start, window.data[start : start + MAX_RECORD // 64]), reason
                )
                at = found.end()
            else:
                yield Raw(leaf, number, window.base + start, window.data[start:end])
                at = end
        if at > BLOCK:
            window.forget(at)
            at = 0


def _past(window: Window, at: int, sign: bytes) -> int:
    """The position after the next `sign`; the end of what was read if it does not come."""
    start = at
    while True:
        end = window.data.find(sign, at)
        if end >= 0:
            return end + len(sign)
        at = max(at, len(window.data) - 2)
        if len(window.data) - start > MAX_RECORD or not window.more():
            return len(window.data)


def _element_end(window: Window, name: bytes, start: int) -> int | None:
    """Where the element that begins at `start` ends, or `None`. Character data that nothing closes hides no end."""
    closing = rb"</" + re.escape(name) + rb"\s*>"
    sign = re.compile(rb"<!\[CDATA\[|" + closing)
    while (head := window.data.find(b">", start)) < 0:
        if len(window.data) - start > MAX_RECORD or not window.more():
            return None
    if window.data[head - 1 : head] == b"/":
        return head + 1
    at = head
    while len(window.data) - start <= MAX_RECORD:
        found = sign.search(window.data, at)
        if found is None:
            at = max(head, len(window.data) - len(name) - 64)
        elif found[0][:2] == b"</":
            return found.end()
        elif (close := window.data.find(b"]]>", found.end())) >= 0:
            at = close + 3
            continue
        else:
            at = found.start()
        if not window.more():
            break
    ending = re.compile(closing).search(window.data, at)
    return ending.end() if ending else None


MAX_OPEN_LINES = 5000
"""Lines that one quoted field may span. More, and its quote is taken for a stray one."""


def rows(stream: BinaryIO, leaf: str, delimiter: bytes, quote: bytes, *, escaped: bool) -> Iterator[Raw | Reject]:
    """The rows of a table, whose quoted fields may hold newlines. `quote` is empty where quotes mean nothing; `escaped`
    tells that a backslash protects the sign after it. A quote that nothing closes costs its row, not the rest of the
    file."""
    waiting: deque[Raw] = deque()
    held: list[Raw] = []
    number = 0
    quoting = _Quoting(delimiter, quote, escaped) if quote else None
    source = _physical(stream, leaf)
    open_ = False
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is not None:
            held.append(line)
            open_ = quoting is not None and quoting.open_after(line.data, open_)
            if open_ and len(held) <= MAX_OPEN_LINES:
                continue
        elif not held:
            return
        first = held[0]
        number += 1
        if open_:
            yield Reject(
                Raw(leaf, number, first.offset, first.data.rstrip(b"\r\n")), "a quoted field that nothing closes"
            )
            waiting.extendleft(reversed(held[1:]))
        else:
            text = b"".join(raw.data for raw in held).rstrip(b"\r\n")
            if text.strip():
                yield Raw(leaf, number, first.offset, text)
            else:
                number -= 1
        held, open_ = [], False


def _physical(stream: BinaryIO, leaf: str) -> Iterator[Raw]:
    """Lines with their ends."""
    window = Window(stream)
    at = 0
    while True:
        end = window.data.find(b"\n", at)
        if end < 0:
            window.forget(at)
            at = 0
            if len(window.data) <= MAX_RECORD and window.more():
                continue
            if not window.data:
                return
            end = len(window.data) - 1
        yield Raw(leaf, 0, window.base + at, window.data[at : end + 1])
        at = end + 1


class _Quoting:
    """Tells whether a quoted field is open at a line's end. A quote opens a field only at its beginning: `5" pipe` opens
    nothing."""

    def __init__(self, delimiter: bytes, quote: bytes, escaped: bool) -> None:
        q = re.escape(quote)
        inside = (
            rb"(?:[^" + q + rb"\\]++|" + q + q + rb"|\\.)*+" if escaped else rb"(?:[^" + q + rb"]++|" + q + q + rb")*+"
        )
        self._opening = re.compile(rb"(?:^|(?<=" + re.escape(delimiter) + rb"))" + q)
        self._rest = re.compile(inside + rb"(" + q + rb")?", re.DOTALL)

    def open_after(self, line: bytes, open_: bool) -> bool:
        at = 0
        while True:
            if not open_:
                found = self._opening.search(line, at)
                if found is None:
                    return False
                at = found.end()
            rest = self._rest.match(line, at)
            if rest is None or rest[1] is None:
                return True
            open_, at = False, rest.end()
