"""The fields before an article's text: YAML between `---` lines or TOML between `+++`.

What lives here: finding the block, parsing it with the place of every value, and reading the fields by the names people
give them. What does not: what is done with them (`article`).

YAML is read as a tree of values, not loaded: the places of values are kept for messages, every scalar stays the text
that was written (`no` is Norwegian, `2017-11` no number), and no alias is expanded more often than it is written. A file
of text may begin with `---` for other reasons, so a block counts as front matter only if its first line is a key.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from generator.language import Calendar
from generator.model import Byline, TermKind, Topic
from generator.problems import Problem, quoted
from generator.text import clean

MAX_NODES = 2000
"""Values in one block. More is no front matter, and a YAML alias that doubles itself reaches it at once."""

MAX_DEPTH = 8

_YAML_KEY = re.compile(r"(?:[^\s:#\[\]{}\"'|>@`&*!%-][^:\n\r]{0,60}|[\"'][^\"'\n\r]{1,60}[\"'])\s?:(?:\s|$)")
_TOML_KEY = re.compile(r"[\w\"'.-]{1,60}\s*=|\[")
_TOML_FIELD = re.compile(r"^[ \t]*\[{0,2}[ \t]*[\"']?([\w-]+)[\"']?[ \t]*(?:=[ \t]*|[.\]])", re.MULTILINE)
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}

NAMES: Mapping[str, str] = {
    name: field
    for field, names in {
        "headline": "headline title عنوان سرخی العنوان כותרת",
        "published": "published date publish_date pubdate datepublished date_published publication_date created "
        "تاریخ تاریخ_اشاعت تاريخ תאריך",
        "modified": "modified updated lastmod last_modified datemodified date_modified",
        "calendar": "calendar تقویم",
        "language": "language lang locale زبان اللغة שפה",
        "topic": "topics topic tags tag categories category keywords subjects موضوعات موضوع مواضيع ٹیگ נושאים",
        "person": "people persons person",
        "place": "places place locations location",
        "organisation": "organisations organisation organizations organization",
        "desk": "desk section rubric",
        "authors": "authors author byline bylines by نویسنده نویسندگان مصنف الكاتب مؤلف כותב",
        "role": "role author_role",
        "standfirst": "standfirst summary description subtitle dek lead excerpt خلاصہ خلاصه ملخص",
        "publisher": "publisher source newspaper publication منبع ماخذ المصدر",
        "url": "url link canonical canonical_url original_url",
        "id": "id uid article_id",
        "slug": "slug",
        "licence": "licence license",
        "aliases": "aliases alias redirect_from",
        "draft": "draft",
        "images": "images image pictures picture figures photos photo cover featured_image",
    }.items()
    for name in names.split()
}
_TERMS: Mapping[str, TermKind] = {kind: kind for kind in ("topic", "person", "place", "organisation", "desk")}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
LANGUAGE_WORDS: Mapping[str, str] = {
    "urdu": "ur", "اردو": "ur", "arabic": "ar", "العربية": "ar", "عربي": "ar", "persian": "fa", "farsi": "fa", "فارسی": "fa",
    "dari": "prs", "دری": "prs", "pashto": "ps", "پښتو": "ps", "hebrew": "he", "עברית": "he", "english": "en", "sindhi": "sd",
    "سنڌي": "sd", "kurdish": "ckb", "کوردی": "ckb", "uyghur": "ug", "ئۇيغۇرچە": "ug", "yiddish": "yi", "turkish": "tr", "french": "fr",
}  # fmt: skip


class Picture(Struct, frozen=True):
    """An entry of `images:`. `file` as it was written; `article` makes a path of it."""

    file: str
    alt: str | None
    caption: str | None
    credit: str | None
    line: int
    column: int


class Stated(Struct, frozen=True):
    """A value and its place in the file, both from 1."""

    text: str
    line: int
    column: int


class FrontMatter(Struct, frozen=True):
    """What the block states. Dates are still text: reading them needs the article's language."""

    fields: Mapping[str, Stated] = {}
    calendar: Calendar | None = None
    terms: tuple[Topic, ...] = ()
    bylines: tuple[Byline, ...] = ()
    aliases: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    draft: bool = False
    extra: Mapping[str, str] = {}


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


def parse(block: str, toml: bool, path: str) -> tuple[FrontMatter, list[Problem]]:
    """The fields of `block`, whose first line is the file's second, and all that is wrong with them."""
    problems: list[Problem] = []
    try:
        items = list(_toml(block) if toml else _yaml(block))
    except _Broken as error:
        problems.append(
            Problem(
                path,
                error.line,
                error.column,
                "front-matter-syntax",
                error.message,
                error.hint,
                excerpt=_line(block, error.line),
            )
        )
        return FrontMatter(), problems
    return _Fields(path, problems).read(items), problems


class Value(Struct, frozen=True):
    """A value of front matter: text, a tuple of values, or a mapping; with its place."""

    data: "str | tuple[Value, ...] | dict[str, Value] | None"
    line: int
    column: int


class _Broken(Exception):
    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.hint = line, column, message, hint


def _line(block: str, number: int) -> str | None:
    lines = block.splitlines()
    return lines[number - 2].strip() if 0 <= number - 2 < len(lines) else None


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _yaml(block: str) -> Iterator[tuple[str, Value]]:
    """The fields of a YAML block, built from the parser's events: its composer recurses in C, and a value of a hundred
    thousand brackets ends the process."""
    try:
        yield from _Tree(yaml.parse(block, Loader=_Loader)).fields()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        message = " ".join(filter(None, (error.context, error.problem))) or "not YAML"
        raise _Broken(*place, message, "quote a value that holds a colon, and indent with spaces") from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"not YAML: {' '.join(str(error).split())[:120]}"
        raise _Broken(2, 1, message, "remove control characters") from None


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
                raise _Broken(2, 1, "front matter is not a list of `field: value` lines", "write one field a line")
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
            raise _Broken(line, column, "front matter holds too much", f"keep it below {MAX_NODES} values")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while (following := next(self._events)) and not isinstance(following, yaml.SequenceEndEvent):
                items.append(self._value(following, depth + 1))
            return Value(tuple(items), line, column)
        if isinstance(event, yaml.MappingStartEvent):
            return Value(dict(self._mapping(depth)), line, column)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _Broken(line, column, f"nothing is called &{event.anchor} before", "write the text itself")
            return self._anchors[event.anchor]
        text = clean(str(event.value)).strip()
        value = Value(None if event.implicit[0] and text.lower() in ("", "~", "null") else text, line, column)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value


def _toml(block: str) -> Iterator[tuple[str, Value]]:
    try:
        data = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]) + 1, int(found[2])) if found else (block.count("\n") + 1, 1)
        raise _Broken(line, column, str(error).split(" (at ")[0], 'quote text: `title = "..."`') from None
    if len(data) > MAX_NODES:
        raise _Broken(2, 1, "front matter holds too much", f"keep it below {MAX_NODES} values")
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


class _Fields:
    """Reads the fields of one block; gathers problems as it goes."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.fields: dict[str, Stated] = {}
        self.terms: list[Topic] = []
        self.bylines: list[Byline] = []
        self.aliases: list[str] = []
        self.pictures: list[Picture] = []
        self.extra: dict[str, str] = {}

    def read(self, items: list[tuple[str, Value]]) -> FrontMatter:
        seen: set[str] = set()
        for key, value in items:
            name = NAMES.get(key.strip().lower().replace("-", "_").replace(" ", "_"))
            if name in seen and name in self.fields:
                self.wrong(value, "front-matter-twice", f"{quoted(key)} says again what another field said; the first counts",
                           "keep one of them", "warning")  # fmt: skip
                self.extra[clean(key)] = _flat(value)
                continue
            if name is None:
                self.extra[clean(key)] = _flat(value)
            elif value.data is not None:
                seen.add(name)
                self.field(name, key, value)
        draft = self.fields.pop("draft", None)
        calendar = self.fields.pop("calendar", None)
        role = self.fields.pop("role", None)
        if role is not None and self.bylines:
            self.bylines[0] = msgspec.structs.replace(self.bylines[0], role=role.text)
        return FrontMatter(
            fields=self.fields, calendar=self.calendar(calendar), terms=tuple(dict.fromkeys(self.terms)), bylines=tuple(self.bylines),
            aliases=tuple(self.aliases), pictures=tuple(self.pictures), draft=self.truth(draft), extra=self.extra,
        )  # fmt: skip

    def wrong(self, at: Value | Stated, code: str, message: str, hint: str, severity: str = "error") -> None:
        self.problems.append(Problem(self.path, at.line, at.column, code, message, hint, severity))  # type: ignore[arg-type]

    def field(self, name: str, key: str, value: Value) -> None:
        if name in _TERMS:
            self.terms.extend(Topic(text, _TERMS[name]) for text in self.texts(value, key, split=name != "desk"))
        elif name == "authors":
            self.authors(value, key)
        elif name == "aliases":
            self.aliases.extend(self.texts(value, key, split=False))
        elif name == "images":
            for item in value.data if isinstance(value.data, tuple) else (value,):
                self.picture(item, key)
        elif isinstance(value.data, str):
            text = value.data
            if name == "language" and (language := self.language(value)) is None:
                return
            if name == "language":
                text = language or ""
            elif name == "url" and not re.match(r"https?://[^\s<>\"]+$", text):
                self.wrong(
                    value,
                    "front-matter-url",
                    f"{quoted(text)} is no web address",
                    "begin it with http:// or https://",
                    "warning",
                )
                self.extra[key] = text
                return
            self.fields[name] = Stated(text, value.line, value.column)
        else:
            self.wrong(
                value,
                "front-matter-value",
                f"{quoted(key)} takes one text, not a list or table",
                f"write `{key}: text`",
            )

    def texts(self, value: Value, key: str, *, split: bool) -> list[str]:
        if isinstance(value.data, str):
            parts = re.split(r"[,،;؛]", value.data) if split else [value.data]
            return [part.strip() for part in parts if part.strip()]
        if isinstance(value.data, tuple):
            texts = [item.data for item in value.data if isinstance(item.data, str) and item.data]
            for item in value.data:
                if isinstance(item.data, (tuple, dict)):
                    self.wrong(
                        item, "front-matter-value", f"{quoted(key)} is a list of texts", "write one text an entry"
                    )
            return texts
        self.wrong(
            value, "front-matter-value", f"{quoted(key)} takes a text or a list of texts", f"write `{key}: [one, two]`"
        )
        return []

    def authors(self, value: Value, key: str) -> None:
        for item in value.data if isinstance(value.data, tuple) else (value,):
            if isinstance(item.data, str) and item.data:
                self.bylines.append(Byline(item.data))
            elif isinstance(item.data, dict) and (name := _one(item.data, "name", "author", "نام")):
                self.bylines.append(Byline(name, _one(item.data, "role", "title", "عہدہ")))
            elif item.data is not None:
                self.wrong(
                    item,
                    "front-matter-value",
                    f"{quoted(key)} takes names, or tables with `name` and `role`",
                    "name: ...",
                )

    def picture(self, item: Value, key: str) -> None:
        if isinstance(item.data, str) and item.data:
            self.pictures.append(Picture(item.data, None, None, None, item.line, item.column))
        elif isinstance(item.data, dict) and (file := _one(item.data, "file", "src", "path", "url")):
            alt, caption, credit = (
                _one(item.data, "alt"),
                _one(item.data, "caption"),
                _one(item.data, "credit", "source"),
            )
            self.pictures.append(Picture(file, alt, caption, credit, item.line, item.column))
        elif item.data is not None:
            self.wrong(item, "front-matter-value", f"{quoted(key)} takes files, or tables with `file`, `alt`, `caption`, `credit`",
                       "name the file")  # fmt: skip

    def language(self, value: Value) -> str | None:
        text = str(value.data)
        if code := LANGUAGE_WORDS.get(text.lower()):
            return code
        if _LANGUAGE.fullmatch(text):
            first, *rest = text.replace("_", "-").split("-")
            return "-".join(
                [
                    first.lower(),
                    *(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest),
                ]
            )
        self.wrong(
            value,
            "front-matter-language",
            f"{quoted(text)} is no language code",
            "write a code such as ur, ar, fa or en",
        )
        return None

    def calendar(self, stated: Stated | None) -> Calendar | None:
        if stated is None:
            return None
        word = stated.text.lower()
        for calendar, words in _CALENDARS.items():
            if word in words:
                return calendar
        self.wrong(
            stated,
            "front-matter-calendar",
            f"no calendar is called {quoted(stated.text)}",
            "jalali, hijri or gregorian",
        )
        return None

    def truth(self, stated: Stated | None) -> bool:
        if stated is None or stated.text.lower() in ("false", "no", "off", "0", "n"):
            return False
        if stated.text.lower() not in ("true", "yes", "on", "1", "y"):
            self.wrong(
                stated, "front-matter-value", f"`draft` is yes or no, not {quoted(stated.text)}", "write `draft: true`"
            )
        return True


_CALENDARS: Mapping[Calendar, tuple[str, ...]] = {
    "jalali": ("jalali", "shamsi", "persian", "solar", "solar hijri", "شمسی", "هجری شمسی", "جلالی", "هـ.ش"),
    "hijri": ("hijri", "islamic", "lunar", "lunar hijri", "ہجری", "هجري", "هجری", "قمری", "هجری قمری", "ہجری قمری"),
    "gregorian": ("gregorian", "میلادی", "ميلادي", "عیسوی"),
}


def _one(table: "dict[str, Value]", *names: str) -> str | None:
    for name in names:
        value = table.get(name)
        if value is not None and isinstance(value.data, str) and value.data:
            return value.data
    return None


def _flat(value: Value) -> str:
    if isinstance(value.data, str):
        return value.data
    return "" if value.data is None else msgspec.json.encode(_bare(value)).decode()


def _bare(value: Value) -> Any:
    if isinstance(value.data, tuple):
        return [_bare(item) for item in value.data]
    if isinstance(value.data, dict):
        return {key: _bare(item) for key, item in value.data.items()}
    return value.data
