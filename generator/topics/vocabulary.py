"""The archive's own vocabulary: `vocabulary.toml`, or `vocabulary.csv` from a spreadsheet. Both say the same.

What lives here: the shape of a topic as an archivist writes it, reading both forms, and every mistake with its line.
What does not: writing them (`vocabulary_file`) and what a topic means with the packs beneath it (`registry`).

One file and not one a topic: an archivist sorts, searches and mails it. CSV beside TOML, because a spreadsheet is where
such lists live; TOML, because notes, several languages and diffs read better in it.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from generator.problems import Problem, quoted
from generator.text import nearest
from generator.topics.packs import STRONG, WEAK, Alias, facts
from generator.topics.words import fold_text, fold_word, rules_of
from generator.urls import slug

TOML, CSV = "vocabulary.toml", "vocabulary.csv"
Kind = Literal["country", "place", "person", "organisation", "subject", "event"]
KINDS: tuple[str, ...] = get_args(Kind)
Place = Callable[[str], tuple[int, int]]
"""Tells where a key of an entry stands: line and column."""
ANY = "*"
"""The language of a name that is sought in every language."""
SPLIT = re.compile(r"\s*\|\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|\*")
# Columns of the CSV that hold several values, and those that hold one for each language.
_LISTS = ("beside", "not_beside", "broader", "related", "same_as", "formerly")
_BY_LANGUAGE = ("label", "aliases", "weak")
_PLAIN = ("id", "kind", "merge_into", "hide", "note")


class Topic(Struct, frozen=True):
    """One entry. Where a topic of the packs has the same id, the entry adds to it, and its kind and labels win.

    `names`, `weak` and `label` are (language, text). `beside` are words of which one must stand beside a name, within
    three words; `not_beside` words that must not, just before or up to two words after. `formerly` are ids and names the
    topic had: their pages lead here.
    """

    id: str
    kind: Kind | None = None
    label: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    weak: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    merge_into: str | None = None
    hide: bool = False
    note: str = ""

    @property
    def labels(self) -> dict[str, str]:
        return dict(self.label)

    def aliases(self, language: str) -> Iterator[Alias]:
        """The names by which the topic is sought in `language`."""
        rules = rules_of(language)
        beside = tuple(fold_word(word, rules) for word in self.beside)
        apart = tuple(fold_word(word, rules) for word in self.not_beside)
        weak = {fold_text(text, language) for code, text in self.weak if code in (language, ANY)}
        for mark, names in ((WEAK, self.weak), (STRONG, (*self.label, *self.names))):
            for code, text in names:
                if code in (language, ANY) and (mark == WEAK or fold_text(text, language) not in weak):
                    yield Alias(text, self.id, mark, apart, apart, beside)


class Vocabulary(Struct, frozen=True):
    topics: tuple[Topic, ...] = ()

    def aliases(self, language: str) -> Iterator[Alias]:
        for topic in self.topics:
            yield from topic.aliases(language)


EMPTY = Vocabulary()


def find(folder: Path) -> Path | None:
    """The vocabulary beside `site.toml`: TOML before CSV."""
    return next((folder / name for name in (TOML, CSV) if (folder / name).is_file()), None)


def read_vocabulary(folder: Path) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary in `folder`, empty if there is none, and its mistakes. An entry with a mistake is left out; the rest
    stands."""
    path = find(folder)
    if path is None:
        return EMPTY, []
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return EMPTY, [
            Problem(path.name, 0, 0, "vocabulary-unreadable", f"cannot be read: {error}", "save it as UTF-8")
        ]
    reader = _Reader(path.name, text)
    topics = reader.toml() if path.suffix == ".toml" else reader.csv()
    return Vocabulary(tuple(topics)), sorted(reader.problems, key=lambda problem: problem.order)


def _row_place(line: int, _key: str) -> tuple[int, int]:
    return line, 1


class _Reader:
    """Reads one file; gathers its problems."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.splitlines()
        self.problems: list[Problem] = []
        self._lines: dict[str, int] = {}

    def wrong(
        self,
        line: int,
        column: int,
        code: str,
        message: str,
        hint: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else None
        self.problems.append(Problem(self.name, line, column, f"vocabulary-{code}", message, hint, severity, excerpt))

    def toml(self) -> list[Topic]:
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+), column (\d+)", str(error))
            line, column = (int(found[1]), int(found[2])) if found else (len(self.lines), 1)
            self.wrong(
                line,
                column,
                "syntax",
                f"no valid TOML: {str(error).split(' (at')[0]}",
                "mend the line; nothing of the file was used",
            )
            return []
        for key in data:
            if key != "topic":
                line, column = self._place(r"\s*\[*\s*" + re.escape(key), 0)
                self.wrong(line, column, "key", f"unknown key `{key}`", "the file holds [[topic]] tables")
        entries = data.get("topic", [])
        heads = [number for number, line in enumerate(self.lines, 1) if re.match(r"\s*\[\[\s*topic\s*\]\]", line)]
        topics = []
        for at, entry in enumerate(entries if isinstance(entries, list) else []):
            head = heads[at] if at < len(heads) else 1
            stop = heads[at + 1] - 1 if at + 1 < len(heads) else len(self.lines)
            topic = self._entry(entry, head, partial(self._key_place, head, stop))
            topics += [topic] if topic else []
        return self._settled(topics)

    def _key_place(self, head: int, stop: int, key: str) -> tuple[int, int]:
        """Where `key` stands in the entry between two lines."""
        return self._place(rf"\s*(?:\[topic\.)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]", head - 1, stop)

    def _place(self, pattern: str, start: int, stop: int | None = None) -> tuple[int, int]:
        """Line and column of the first line after `start` that begins with `pattern`."""
        for number, line in enumerate(self.lines[start:stop], start + 1):
            if re.match(pattern, line):
                return number, len(line) - len(line.lstrip()) + 1
        return max(start, 0) + 1, 1

    def csv(self) -> list[Topic]:
        # A spreadsheet of some countries writes semicolons.
        first = self.lines[0] if self.lines else ""
        rows = csv.reader(io.StringIO(self.text), delimiter=";" if first.count(";") > first.count(",") else ",")
        head = [cell.strip() for cell in next(rows, [])]
        for at, name in enumerate(head):
            base, _, code = name.partition(":")
            if (
                name
                and name not in (*_PLAIN, *_LISTS)
                and not (base in _BY_LANGUAGE and _LANGUAGE.fullmatch(code or ""))
            ):
                near = nearest(base, (*_PLAIN, *_LISTS, *_BY_LANGUAGE))
                hint = f"did you mean `{near[0]}`?" if near else "columns: id, kind, label:en, aliases:ur, weak:ur, ..."
                self.wrong(1, sum(len(cell) + 1 for cell in head[:at]) + 1, "column", f"unknown column `{name}`", hint)
        topics = []
        for row in rows:
            line = rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            entry: dict[str, Any] = {}
            for name, cell in zip(head, (cell.strip() for cell in row), strict=False):
                base, _, code = name.partition(":")
                # A leading apostrophe keeps spreadsheets from reading a cell as a formula.
                cell = cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell
                if not cell:
                    continue
                if base in _BY_LANGUAGE and code:
                    entry.setdefault(base, {})[code] = cell if base == "label" else SPLIT.split(cell)
                elif name in _LISTS:
                    entry[name] = SPLIT.split(cell)
                elif name == "hide":
                    entry[name] = cell.lower() in ("1", "true", "yes", "x")
                elif name in _PLAIN:
                    entry[name] = cell
            topic = self._entry(entry, line, partial(_row_place, line))
            topics += [topic] if topic else []
        return self._settled(topics)

    def _entry(self, entry: Any, line: int, place: Place) -> Topic | None:
        """One entry, if nothing is wrong with it."""
        before = len(self.problems)
        if not isinstance(entry, Mapping):
            self.wrong(line, 1, "entry", "not a table", "write [[topic]]")
            return None
        known = {field.name for field in msgspec.structs.fields(Topic)} - {"names"} | {"aliases"}
        for key in entry:
            if key not in known:
                near = nearest(key, known)
                hint = f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(sorted(known))
                self.wrong(*place(key), "key", f"unknown key `{key}`", hint)
        id_ = entry.get("id")
        if not isinstance(id_, str) or not id_ or slug(id_) != id_:
            hint = f"write `{slug(id_)}`" if isinstance(id_, str) and id_ else 'give it one, as `id = "press-freedom"`'
            self.wrong(
                *(place("id") if "id" in entry else (line, 1)),
                "id",
                "no id, or not one that can stand in an address",
                hint,
            )
        if entry.get("kind") is not None and entry["kind"] not in KINDS:
            near = nearest(str(entry["kind"]), KINDS)
            self.wrong(
                *place("kind"),
                "kind",
                f"unknown kind {quoted(str(entry['kind']))}",
                f"did you mean `{near[0]}`?" if near else f"kinds: {', '.join(KINDS)}",
            )
        values: dict[str, Any] = {"id": id_, "kind": entry.get("kind")}
        for key, field in (("label", "label"), ("aliases", "names"), ("weak", "weak")):
            values[field] = tuple(self._by_language(entry.get(key, {}), key, place))
        for key in _LISTS:
            many = entry.get(key, [])
            many = [many] if isinstance(many, str) else many
            if not isinstance(many, list) or not all(isinstance(one, str) for one in many):
                self.wrong(*place(key), "value", f"`{key}` is a list of words", f'write {key} = ["...", "..."]')
                many = []
            values[key] = tuple(many)
        for key, kind, default in (("merge_into", str, None), ("hide", bool, False), ("note", str, "")):
            value = entry.get(key, default)
            if value is not None and not isinstance(value, kind):
                self.wrong(
                    *place(key), "value", f"`{key}` is {'true or false' if kind is bool else 'text'}", f"mend `{key}`"
                )
                value = default
            values[key] = value
        if len(self.problems) > before:
            return None
        self._lines[str(id_)] = line
        return Topic(**values)

    def _by_language(self, table: Any, key: str, place: Place) -> Iterator[tuple[str, str]]:
        if not isinstance(table, Mapping):
            self.wrong(
                *place(key), "value", f"`{key}` has a value for each language", f'write {key} = {{ en = "..." }}'
            )
            return
        for code, value in table.items():
            if not _LANGUAGE.fullmatch(code):
                self.wrong(
                    *place(key),
                    "language",
                    f"{quoted(code)} is no language",
                    "codes are en, ur, ar, pa-Arab, ...; * is every language",
                )
                continue
            many = [value] if isinstance(value, str) else value
            if not isinstance(many, list) or not all(isinstance(one, str) and one.strip() for one in many):
                self.wrong(
                    *place(key),
                    "value",
                    f"`{key}.{code}` is text" + ("" if key == "label" else " or a list of it"),
                    "mend it",
                )
                continue
            yield from ((code, one.strip()) for one in many)

    def _settled(self, topics: list[Topic]) -> list[Topic]:
        """The entries without second ones of an id; claims of two topics on one name are told."""
        found: dict[str, Topic] = {}
        claimed: dict[tuple[str, tuple[str, ...]], str] = {}
        for topic in topics:
            line = self._lines.get(topic.id, 0)
            if topic.id in found:
                self.wrong(line, 1, "twice", f"the id {quoted(topic.id)} stands twice", "merge the two entries")
                continue
            found[topic.id] = topic
            for code, text in (*topic.label, *topic.names, *topic.weak):
                spelling = (code, fold_text(text, code))
                other = claimed.setdefault(spelling, topic.id)
                if other != topic.id:
                    self.wrong(
                        line,
                        1,
                        "claimed",
                        f"{quoted(text)} is claimed by {other} and by {topic.id}",
                        f"{other} has it; take it from one of them",
                        "warning",
                    )
        known = facts()
        for topic in found.values():
            for key, ids in (
                ("merge_into", (topic.merge_into,) if topic.merge_into else ()),
                ("broader", topic.broader),
                ("related", topic.related),
            ):
                for id_ in ids:
                    if id_ not in found and id_ not in known:
                        near = nearest(id_, [*found, *known])
                        self.wrong(
                            self._lines.get(topic.id, 0),
                            1,
                            "unknown",
                            f"`{key}` names {quoted(id_)}, which is no topic",
                            f"did you mean `{near[0]}`?" if near else "give the id of another topic",
                            "warning",
                        )
            if topic.id not in known and not topic.label and not topic.merge_into and not topic.hide:
                self.wrong(
                    self._lines.get(topic.id, 0),
                    1,
                    "label",
                    f"{quoted(topic.id)} has no label",
                    'write label = { en = "..." }',
                    "warning",
                )
        return list(found.values())
