"""JSON and JSON Lines: one object a record, in a line, in an array however deep, or under keys of its own.

XL-Sum, SaudiNewsNet, CC-News and news-please are known by their fields; any other shape is guessed, or told with `--map`.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from generator.importing import mapping
from generator.importing.moments import order_of
from generator.importing.records import Options, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import json_values, lines

NAME = "json"
TITLE = "JSON or JSON Lines"
SINGLE = False
NEEDS: tuple[str, ...] = ()
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".jsonlines", ".geojson")
SAMPLES = 200

_decode = msgspec.json.Decoder().decode


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format."""
    head = _start(sample.head)
    if head[:1] not in (b"{", b"["):
        return 0
    second = head[1:200].lstrip()[:1]
    if head[:1] == b"[" and second not in (b"{", b"]"):
        return 0
    if head[:1] == b"{" and second not in (b'"', b"}"):
        return 0
    return 60 if sample.suffix in _SUFFIXES else 40


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """How the source is read: where its records are, and what their fields mean. Raises `Unreadable` if neither shows."""
    layout, start = _layout(sample)
    records = list(_some(sample.head, layout, start))
    samples = [mapping.flat(value) for value in records]
    if not samples:
        raise Unreadable("no record is found at its beginning")
    guessed = mapping.merged(mapping.guess(samples), options.mapping)
    if "text" not in guessed.mapping.values() and "headline" not in guessed.mapping.values():
        raise Unreadable(f"no field of a headline or a text among {', '.join(samples[0])[:300]}; name them with --map")
    dates = [
        mapping.words_in(s[path])
        for path, field in guessed.mapping.items()
        if field == "published"
        for s in samples
        if path in s
    ]
    known = mapping.SHAPES.get(guessed.shape)
    return Plan(
        format=NAME,
        options=options,
        collection=collection,
        mapping=guessed.mapping,
        unmapped=guessed.unmapped,
        shape=guessed.shape,
        licence=known.licence if known else None,
        publisher=known.publisher if known else None,
        date_order=order_of(dates),
        facts={"layout": layout, "start": str(start)},
        sure=guessed.sure,
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The records of a stream."""
    layout = plan.facts["layout"]
    if layout == "lines":
        return lines(stream, leaf)
    return json_values(
        stream, leaf, int(plan.facts["start"]), inside=layout in ("array", "keyed"), keyed=layout == "keyed"
    )


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article in one object."""
    try:
        value = _decode(raw.data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        value = _legacy(raw.data, error)
    if not isinstance(value, dict):
        raise Unreadable("this is no object with fields")
    record = mapping.record_by(mapping.flat(value), plan.mapping)
    if record.id is None and (key := raw.facts.get("key")):
        record.id = key
    yield record


def _legacy(data: bytes, error: Exception) -> Any:
    """JSON that is not UTF-8, or whose strings hold raw control characters, as careless writers make it."""
    import json

    try:
        return json.loads(data.decode("utf-8", "surrogateescape").encode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        raise Unreadable(f"not JSON: {str(error).split(' (byte')[0]}") from None


def _start(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _layout(sample: Sample) -> tuple[str, int]:
    """How records lie in the file, and the byte where their array or object opens: `lines`, `values` (one after another),
    `array`, `keyed` (an object of records)."""
    head = sample.head
    start = len(head) - len(_start(head))
    if head[start : start + 1] == b"[":
        return "array", start
    first = _start(head).split(b"\n", 1)[0].strip()
    try:
        value = _decode(first)
        rest = _start(head)[len(first) :].strip()
        if isinstance(value, dict) and (rest or _is_article(value)):
            return "lines", 0
    except msgspec.DecodeError:
        pass
    values = _some(head, "values", start)
    one = next(values, None)
    if one is not None and (next(values, None) is not None or _is_article(one)):
        return "values", start
    if (inner := _inner(head, start)) is not None:
        return inner
    return "values", start


def _inner(head: bytes, start: int) -> tuple[str, int] | None:
    """The first array or object inside whose members are articles."""
    at = start
    for _ in range(200):
        layout = "array" if head[at : at + 1] == b"[" else "keyed"
        first = next(_some(head, layout, at), None)
        if first is not None and _is_article(first):
            return layout, at
        at = _opening(head, at + 1)
        if at < 0:
            return None
    return None


def _opening(head: bytes, at: int) -> int:
    found = [where for sign in (b"[", b"{") if (where := head.find(sign, at)) >= 0]
    return min(found, default=-1)


def _is_article(value: dict[str, Any]) -> bool:
    found = mapping.guess([mapping.flat(value)]).mapping
    fields = {
        field
        for path, field in found.items()
        if "." not in path or path.endswith((".rendered", ".value", ".html", ".name"))
    }
    return "text" in fields and ("headline" in fields or "url" in fields or "published" in fields)


def _some(head: bytes, layout: str, start: int) -> Iterator[dict[str, Any]]:
    """Records that are whole within `head`, at most `SAMPLES`."""
    import io

    stream = io.BytesIO(head)
    raws = (
        lines(stream, "")
        if layout == "lines"
        else json_values(stream, "", start, inside=layout != "values", keyed=layout == "keyed")
    )
    for number, raw in enumerate(raws):
        if number == SAMPLES:
            return
        if isinstance(raw, Raw):
            try:
                value = _decode(raw.data)
            except msgspec.DecodeError:
                continue
            if isinstance(value, dict):
                yield value
