"""The file of rejected records that an import leaves, fed back after mending: each line holds one record as it stood in its
source, the format and the plan it was read by, and why it was refused."""

import base64
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from generator.importing.records import Options, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import lines

NAME = "rejects"
TITLE = "rejected records of an earlier import"
SINGLE = False
NEEDS: tuple[str, ...] = ()


class Line(msgspec.Struct):
    """A line of the file. `data` is the record's text, or its bytes in base64 when they are not UTF-8 (`data_base64`). A
    record too long to be copied has neither and is mended where it stands."""

    roznama_rejected: int
    file: str
    record: int
    offset: int
    reason: str
    format: str
    plan: Plan
    data: str | None = None
    data_base64: str | None = None
    facts: dict[str, str] = {}


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    return 99 if sample.head.startswith(b'{"roznama_rejected":') else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """Each line brings its own."""
    return Plan(format=NAME, options=options, collection=collection)


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The lines."""
    return lines(stream, leaf)


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article in the record of a line, by the format it was in. Raises `Unreadable` as that format does."""
    from generator.importing import format_named

    inner, own = unpacked(raw)
    yield from format_named(own.format).read(inner, own)


def unpacked(raw: Raw) -> tuple[Raw, Plan]:
    """The record in a line and the plan it is read by."""
    try:
        line = msgspec.json.decode(raw.data, type=Line)
        data = base64.b64decode(line.data_base64) if line.data_base64 else (line.data or "").encode()
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(f"not a line of a file of rejects: {error}") from None
    if not data:
        raise Unreadable("the line holds no record; mend it in its source")
    return Raw(line.file, line.record, line.offset, data, line.facts), line.plan


def packed(reject: Reject, plan: Plan) -> bytes:
    """The line for a rejected record."""
    raw = reject.raw
    text, encoded = None, None
    if raw.data and len(raw.data) < 1_000_000:
        try:
            text = raw.data.decode("utf-8")
        except UnicodeDecodeError:
            encoded = base64.b64encode(raw.data).decode()
    line = Line(1, raw.leaf, raw.number, raw.offset, reject.reason, plan.format, plan, text, encoded, dict(raw.facts))
    return msgspec.json.encode(line) + b"\n"
