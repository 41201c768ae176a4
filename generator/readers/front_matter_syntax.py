"""The syntax of front matter: where it begins and ends, and its values with their places.

YAML is read as a tree of values, not loaded: the places of values are kept for messages, every scalar stays the text
that was written (`no` is Norwegian, `2017-11` no number), and no alias stands for more than a text. A file of text may
begin with `---` for other reasons, so a block counts as front matter only if its first line is a key.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from generator.text import clean

MAX_NODES = 2000
"""Values in one block. More is no front matter, and a YAML alias that doubles itself reaches it at once."""

MAX_DEPTH = 8

_YAML_KEY = re.compile(r"(?:[^\s:#\[\]{}\"'|>@`&*!%-][^:\n\r]{0,60}|[\"'][^\"'\n\r]{1,60}[\"'])\s?:(?:\s|$)")
_TOML_KEY = re.compile(r"[\w\"'.-]{1,60}\s*=|\[")
_TOML_FIELD = re.compile(r"^[ \t]*\[{0,2}[ \t]*[\"']?([\w-]+)[\"']?[ \t]*(?:=[ \t]*|[.\]])", re.MULTILINE)
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}


class Split(Struct, frozen=True):
    """A file's text in two. `block` is `None` without front matter; `first` is the number of the body's first line."""

    block: str | None
    toml: bool
    body: str
    first: int
    unclosed: bool = False


def split(text: str) -> Split:
    """Front matter and body of `text`."""
    fence = text[:3]
    if fence not in _FENCES:
        return Split(None, False, text, 1)
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != fence:
        return Split(None, False, text, 1)
    toml = fence == "+++"
    first_key = next(
        (line for line in rest[:4000].splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    if first_key.rstrip() in _FENCES[fence]:
        block, _, body = rest.partition(first_key)
        return Split("", toml, body.partition("\n")[2], block.count("\n") + 3)
    if not (_TOML_KEY if toml else _YAML_KEY).match(first_key):
        return Split(None, False, text, 1)
    at = 0
    count = 2
    while at < len(rest):
        end = rest.find("\n", at)
        end = len(rest) if end < 0 else end
        if end - at < 80 and rest[at:end].rstrip() in _FENCES[fence]:
            return Split(rest[:at], toml, rest[end + 1 :], count + 1)
        at = end + 1
        count += 1
    return Split(None, False, text, 1, unclosed=True)


class Value(Struct, frozen=True):
    """A value of front matter: text, a tuple of values, or a mapping; with its place."""

    data: "str | tuple[Value, ...] | dict[str, Value] | None"
    line: int
    column: int


class Broken(Exception):
    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.hint = line, column, message, hint


def excerpt(block: str, number: int) -> str | None:
    """The line `number` of the file, for a message; `block` begins with its second."""
    lines = block.splitlines()
    return lines[number - 2].strip() if 0 <= number - 2 < len(lines) else None


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_fields(block: str) -> Iterator[tuple[str, Value]]:
    """The fields of a YAML block, built from the parser's events: its composer recurses in C, and a value of a hundred
    thousand brackets ends the process."""
    try:
        yield from _Tree(yaml.parse(block, Loader=_Loader)).fields()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        message = " ".join(filter(None, (error.context, error.problem))) or "not YAML"
        raise Broken(*place, message, "quote a value that holds a colon, and indent with spaces") from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"not YAML: {' '.join(str(error).split())[:120]}"
        raise Broken(2, 1, message, "remove control characters") from None


class _Tree:
    """Values out of parser events. An alias stands for a text only: lists that hold themselves have no end."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._budget = MAX_NODES
        self._anchors: dict[str, Value] = {}

    def fields(self) -> list[tuple[str, Value]]:
        for event in self._events:
            if isinstance(event, yaml.MappingStartEvent):
                return self._mapping(0)
            if isinstance(event, yaml.NodeEvent):
                raise Broken(2, 1, "front matter is not a list of `field: value` lines", "write one field a line")
        return []

    def _mapping(self, depth: int) -> list[tuple[str, Value]]:
        pairs: list[tuple[str, Value]] = []
        while (event := next(self._events)) and not isinstance(event, yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            pairs.append((key.data if isinstance(key.data, str) else "", self._value(next(self._events), depth + 1)))
        return pairs

    def _value(self, event: Any, depth: int) -> Value:
        line, column = event.start_mark.line + 2, event.start_mark.column + 1
        self._budget -= 1
        if self._budget < 0 or depth > MAX_DEPTH:
            raise Broken(line, column, "front matter holds too much", f"keep it below {MAX_NODES} values")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while (following := next(self._events)) and not isinstance(following, yaml.SequenceEndEvent):
                items.append(self._value(following, depth + 1))
            return Value(tuple(items), line, column)
        if isinstance(event, yaml.MappingStartEvent):
            return Value(dict(self._mapping(depth)), line, column)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise Broken(line, column, f"nothing is called &{event.anchor} before", "write the text itself")
            return self._anchors[event.anchor]
        text = clean(str(event.value)).strip()
        value = Value(None if event.implicit[0] and text.lower() in ("", "~", "null") else text, line, column)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value


def toml_fields(block: str) -> Iterator[tuple[str, Value]]:
    try:
        data = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]) + 1, int(found[2])) if found else (block.count("\n") + 1, 1)
        raise Broken(line, column, str(error).split(" (at ")[0], 'quote text: `title = "..."`') from None
    if len(data) > MAX_NODES:
        raise Broken(2, 1, "front matter holds too much", f"keep it below {MAX_NODES} values")
    places: dict[str, int] = {}
    for found in _TOML_FIELD.finditer(block):
        places.setdefault(found[1], found.end())
    for key, value in data.items():
        end = places.get(key, 0)
        yield key, _plain(value, block.count("\n", 0, end) + 2, end - block.rfind("\n", 0, end))


def _plain(value: Any, line: int, column: int) -> Value:
    if isinstance(value, dict):
        return Value({key: _plain(item, line, column) for key, item in value.items()}, line, column)
    if isinstance(value, list):
        return Value(tuple(_plain(item, line, column) for item in value), line, column)
    if isinstance(value, bool):
        return Value("true" if value else "false", line, column)
    return Value(clean(value.isoformat() if hasattr(value, "isoformat") else str(value)).strip(), line, column)
