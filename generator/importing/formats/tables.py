"""CSV and TSV: one row a record, whatever the separator, the quotes and the encoding.

A file says none of this, so it is told from its first 64 KB: the separator that gives most rows the same width, whether
quotes enclose, whether a backslash protects, whether the first row names the columns.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from generator.importing import mapping
from generator.importing.moments import order_of
from generator.importing.records import Options, Plan, Raw, Record, Reject, Sample, Skipped, Unreadable
from generator.importing.splitting import rows
from generator.readers.encodings import decide_encoding

NAME = "table"
TITLE = "CSV or TSV"
SINGLE = False
NEEDS: tuple[str, ...] = ()
_SUFFIXES = {".csv": 90, ".tsv": 90, ".tab": 80}
_DELIMITERS = (",", ";", "\t", "|")
csv.field_size_limit(1 << 30)


def recognises(sample: Sample) -> int:
    """How sure it is, of 100, that `sample` is of this format. Text has commas too, so the name has to say it, or the
    tabs."""
    if sample.suffix in _SUFFIXES:
        return _SUFFIXES[sample.suffix]
    first = sample.head[:4000].split(b"\n", 1)[0]
    return 30 if first.count(b"\t") >= 2 and sample.suffix == "" else 0


def plan(sample: Sample, options: Options, collection: str) -> Plan:
    """How the table is read. Raises `Unreadable` if it has no column of text."""
    encoding, why = _encoding(sample.head, options)
    head = _ascii(sample.head)
    delimiter, quote, escaped = _dialect(head, encoding)
    facts = {"delimiter": delimiter, "quote": quote, "escaped": "yes" if escaped else ""}
    raws = [
        raw.data
        for raw in rows(io.BytesIO(head), "", delimiter.encode(), quote.encode(), escaped=escaped)
        if isinstance(raw, Raw)
    ]
    if not sample.whole and len(raws) > 1:
        raws.pop()
    shape = Plan(format=NAME, options=options, encoding=encoding, facts=facts)
    table = [_cells(data, shape) for data in raws[:200]]
    if not table:
        raise Unreadable("the table is empty")
    named = _is_header(table)
    names = _unique(table[0]) if named else [f"column{n}" for n in range(1, len(table[0]) + 1)]
    samples = [dict(filter(lambda pair: pair[1], zip(names, row, strict=False))) for row in table[1 if named else 0 :]]
    guessed = mapping.merged(mapping.guess(samples or [dict.fromkeys(names, "")]), options.mapping)
    if not {"text", "headline"} & set(guessed.mapping.values()):
        raise Unreadable(f"no column of a headline or a text among {', '.join(names)[:300]}; name them with --map")
    dates = [s[path] for path, field in guessed.mapping.items() if field == "published" for s in samples if path in s]
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
        encoding=encoding,
        encoding_why=why,
        date_order=order_of(dates),
        facts={**facts, "named": "yes" if named else "", "names": "\x00".join(names)},
        sure=guessed.sure and named,
    )


def split(stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]:
    """The rows of a stream; the first is left out when it names the columns."""
    facts = plan.facts
    found = rows(stream, leaf, facts["delimiter"].encode(), facts["quote"].encode(), escaped=bool(facts["escaped"]))
    if facts["named"]:
        next(found, None)
    return found


def read(raw: Raw, plan: Plan) -> Iterator[Record | Skipped]:
    """The article in one row."""
    names = plan.facts["names"].split("\x00")
    cells = _cells(raw.data, plan)
    if len(cells) > len(names):
        if any(cell.strip() for cell in cells[len(names) :]):
            raise Unreadable(f"{len(cells)} cells in a table of {len(names)} columns")
        cells = cells[: len(names)]
    if len(cells) < len(names) and len(cells) < 2:
        raise Unreadable(f"{len(cells)} cells in a table of {len(names)} columns")
    record = mapping.record_by(
        {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}, plan.mapping
    )
    record.encoding = plan.encoding
    yield record


def _encoding(head: bytes, options: Options) -> tuple[str, str]:
    if options.encoding:
        return options.encoding, "as the command says"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-8", "UTF-16 with a mark"
    try:
        head[: len(head) - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            decision = decide_encoding([head])
            return decision.encoding, decision.explanation
    return "utf-8", ""


def _ascii(head: bytes) -> bytes:
    """`head` as the splitter sees it: UTF-16 becomes UTF-8 there too."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace").encode()
    return head


def _dialect(head: bytes, encoding: str) -> tuple[str, str, bool]:
    best: tuple[float, int, str, str] | None = None
    escaped = head.count(b'\\"') > head.count(b'""')
    for rank, delimiter in enumerate(_DELIMITERS):
        d = re.escape(delimiter.encode())
        quote = '"' if re.search(rb"(?:^|\n|" + d + rb')"', head) else ""
        raws = [
            raw.data
            for raw in rows(io.BytesIO(head), "", delimiter.encode(), quote.encode(), escaped=escaped)
            if isinstance(raw, Raw)
        ]
        shape = Plan(
            format=NAME,
            options=Options(),
            encoding=encoding,
            facts={"delimiter": delimiter, "quote": quote, "escaped": "yes" if escaped else ""},
        )
        widths = Counter(len(_cells(data, shape)) for data in raws[:200])
        if widths:
            width, count = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]))
            score = count / sum(widths.values()) if width > 1 else 0.0
            if best is None or (round(score, 2), width > 1, -rank) > (
                round(best[0], 2),
                best[1] > 1,
                -_DELIMITERS.index(best[2]),
            ):
                best = (score, width, delimiter, quote)
    return (best[2], best[3], escaped) if best else (",", '"', False)


def _cells(data: bytes, plan: Plan) -> list[str]:
    text = data.decode(plan.encoding, "replace").replace("\x00", "")
    delimiter, quote = plan.facts["delimiter"], plan.facts["quote"]
    if not quote:
        return text.split(delimiter)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote,
        doublequote=True,
        escapechar="\\" if plan.facts["escaped"] else None,
    )
    try:
        return next(reader, [])
    except csv.Error as error:
        raise Unreadable(f"not a row: {error}") from None


def _is_header(table: list[list[str]]) -> bool:
    """Whether the first row names the columns: short, different, no dates, addresses or numbers, at least one known name or
    plainly shorter than what follows."""
    first = [cell.strip() for cell in table[0]]
    if any(len(cell) > 60 or re.fullmatch(r"https?://.*|[\d.,:/-]+", cell) for cell in first) or len(set(first)) < len(
        [c for c in first if c]
    ):
        return False
    if any(mapping.field_named(cell) or cell.lower() in mapping.TEXTS for cell in first if cell):
        return True
    rest = [len(" ".join(row)) for row in table[1:]]
    return bool(rest) and len(" ".join(first)) * 4 < sum(rest) / len(rest)


def _unique(names: list[str]) -> list[str]:
    out: list[str] = []
    for n, name in enumerate(names, 1):
        name = name.strip().lstrip("\ufeff") or f"column{n}"
        out.append(name if name not in out else f"{name}{n}")
    return out
