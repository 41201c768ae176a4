"""Writing the vocabulary: entries added and changed in the file that is there, and the same as CSV for a spreadsheet.

TOML is written anew as a whole, in the order it had; comments between entries are kept with the entry they stand before.
A library that edits TOML in place would be a dependency for one file that has one form.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from generator.topics.vocabulary import CSV, TOML, Topic, find

_HEAD = """\
# What this archive's topics are called, and what they are found by. See docs/topics.md.
# Every entry is a [[topic]]; an id that Roznama knows adds to what it knows.
"""
_LISTS = ("beside", "not_beside", "broader", "related", "same_as", "formerly")


def write_vocabulary(folder: Path, topics: Sequence[Topic]) -> Path:
    """Write the vocabulary of the site in `folder`, as CSV if it is one, else as TOML; the file."""
    path = find(folder) or folder / TOML
    if path.name == CSV:
        path.write_text(as_csv(topics), "utf-8-sig", newline="")
    else:
        before = path.read_text("utf-8") if path.is_file() else _HEAD
        path.write_text(as_toml(topics, before), "utf-8", newline="")
    return path


def changed(topics: Iterable[Topic], topic: Topic) -> list[Topic]:
    """`topics` with `topic` in the place of the entry with its id, or at the end."""
    out = [topic if one.id == topic.id else one for one in topics]
    return out if any(one.id == topic.id for one in out) else [*out, topic]


def as_toml(topics: Iterable[Topic], before: str = _HEAD) -> str:
    """The entries as TOML, below the comments that stood before each of them in `before`."""
    comments = _comments(before)
    parts = [comments.pop("", "").strip("\n")]
    for topic in topics:
        comment = comments.get(topic.id, "").strip("\n")
        parts.append((comment + "\n" if comment else "") + _entry(topic))
    return "\n\n".join(part for part in parts if part) + "\n"


def _comments(text: str) -> dict[str, str]:
    """id → the comment lines before its entry; "" → those at the head of the file."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    first = True
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            waiting.append(line)
        elif not line.strip() and first and waiting:
            found[""] = "\n".join(waiting)
            waiting, first = [], False
        elif name := re.match(r"\s*id\s*=\s*[\"']([^\"']+)", line):
            first = False
            if waiting:
                found[name[1]] = "\n".join(waiting)
            waiting = []
    if waiting and first:
        found[""] = "\n".join(waiting)
    return found


def _entry(topic: Topic) -> str:
    lines = ["[[topic]]", f"id = {_text(topic.id)}"]
    if topic.kind:
        lines.append(f"kind = {_text(topic.kind)}")
    if topic.label:
        lines.append("label = { " + ", ".join(f"{_key(code)} = {_text(text)}" for code, text in topic.label) + " }")
    for key, names in (("aliases", topic.names), ("weak", topic.weak)):
        if names:
            by_language: dict[str, list[str]] = {}
            for code, text in names:
                by_language.setdefault(code, []).append(text)
            inner = ", ".join(f"{_key(code)} = {_list(many)}" for code, many in by_language.items())
            lines.append(f"{key} = {{ {inner} }}")
    lines += [f"{key} = {_list(many)}" for key in _LISTS if (many := getattr(topic, key))]
    if topic.merge_into:
        lines.append(f"merge_into = {_text(topic.merge_into)}")
    if topic.hide:
        lines.append("hide = true")
    if topic.note:
        lines.append(f"note = {_text(topic.note)}")
    return "\n".join(lines)


def _key(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z0-9_-]+", code) else _text(code)


def _list(many: Iterable[str]) -> str:
    return "[" + ", ".join(_text(one) for one in many) + "]"


def _text(text: str) -> str:
    """A TOML string. JSON's are TOML's, apart from the DEL sign, which no name holds."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def as_csv(topics: Iterable[Topic]) -> str:
    """The entries as CSV: a column for each language of labels, aliases and weak aliases; several in a cell stand
    between bars."""
    rows = list(topics)
    columns = ["id", "kind"]
    for key, field in (("label", "label"), ("aliases", "names"), ("weak", "weak")):
        codes = sorted({code for topic in rows for code, _ in getattr(topic, field)})
        columns += [f"{key}:{code}" for code in codes]
    columns += [*_LISTS, "merge_into", "hide", "note"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for topic in rows:
        writer.writerow([_cell(_value(topic, column)) for column in columns])
    return out.getvalue()


def _value(topic: Topic, column: str) -> str:
    key, _, code = column.partition(":")
    if code:
        names = getattr(topic, {"aliases": "names"}.get(key, key))
        return " | ".join(text for other, text in names if other == code)
    value = getattr(topic, key)
    if isinstance(value, tuple):
        return " | ".join(value)
    return ("yes" if value else "") if isinstance(value, bool) else value or ""


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def merged(one: Topic, other: Topic) -> Topic:
    """One entry that has the names of both; what `one` says wins."""
    return msgspec.structs.replace(
        one,
        kind=one.kind or other.kind,
        label=tuple({**dict(other.label), **dict(one.label)}.items()),
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        weak=tuple(dict.fromkeys((*one.weak, *other.weak))),
    )
