"""The fields before an article's text: YAML between `---` lines or TOML between `+++`.

What lives here: reading the fields by the names people give them, and saying all that is wrong with them at once. What
does not: their syntax (`front_matter_syntax`) and what is done with them (`article`).
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from generator.language import Calendar
from generator.model import Byline, TermKind, Topic
from generator.problems import Problem, quoted
from generator.readers.front_matter_syntax import Broken, Value, excerpt, toml_fields, yaml_fields
from generator.text import clean
from generator.urls import alias_url, article_id

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
        "translation_of": "translation_of translationof",
        "translations": "translations",
        "draft": "draft",
        "withdrawn": "withdrawn retracted",
        "withdrawn_reason": "withdrawn_reason",
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
    translation_of: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    draft: bool = False
    withdrawn: Stated | None = None
    """The date on which the article was withdrawn; an empty text if it is not said."""
    reason: str | None = None
    extra: Mapping[str, str] = {}


def parse(block: str, toml: bool, path: str) -> tuple[FrontMatter, list[Problem]]:
    """The fields of `block`, whose first line is the file's second, and all that is wrong with them."""
    problems: list[Problem] = []
    try:
        items = list(toml_fields(block) if toml else yaml_fields(block))
    except Broken as error:
        problems.append(
            Problem(
                path,
                error.line,
                error.column,
                "front-matter-syntax",
                error.message,
                error.hint,
                excerpt=excerpt(block, error.line),
            )
        )
        return FrontMatter(), problems
    return _Fields(path, problems).read(items), problems


class _Fields:
    """Reads the fields of one block; gathers problems as it goes."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.fields: dict[str, Stated] = {}
        self.terms: list[Topic] = []
        self.bylines: list[Byline] = []
        self.aliases: list[str] = []
        self.translations: dict[str, tuple[str, ...]] = {}
        self.pictures: list[Picture] = []
        self.extra: dict[str, str] = {}
        self.withdrawn: Stated | None = None
        self.reason: str | None = None

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
        why = self.fields.pop("withdrawn_reason", None)
        if role is not None and self.bylines:
            self.bylines[0] = msgspec.structs.replace(self.bylines[0], role=role.text)
        return FrontMatter(
            fields=self.fields, calendar=self.calendar(calendar), terms=tuple(dict.fromkeys(self.terms)), bylines=tuple(self.bylines),
            aliases=tuple(self.aliases), **self.translations, pictures=tuple(self.pictures), draft=self.truth(draft), extra=self.extra,
            withdrawn=self.withdrawn, reason=why.text if why else self.reason,
        )  # fmt: skip

    def wrong(self, at: Value | Stated, code: str, message: str, hint: str, severity: str = "error") -> None:
        self.problems.append(Problem(self.path, at.line, at.column, code, message, hint, severity))  # type: ignore[arg-type]

    def field(self, name: str, key: str, value: Value) -> None:
        if name in _TERMS:
            self.terms.extend(Topic(text, _TERMS[name]) for text in self.texts(value, key, split=name != "desk"))
        elif name == "authors":
            self.authors(value, key)
        elif name == "aliases":
            self.aliases_of(value, key)
        elif name in ("translation_of", "translations"):
            self.translations[name] = tuple(article_id(text) for text in self.texts(value, key, split=name == "translations"))
        elif name == "withdrawn":
            self.withdrawal(value, key)
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

    def aliases_of(self, value: Value, key: str) -> None:
        for text in self.texts(value, key, split=False):
            url = alias_url(text)
            if url is None:
                message = f"{quoted(text)} is no address that a static host can answer at"
                self.wrong(value, "front-matter-alias", message, "write a path such as /2017/11/old-name.html", "warning")
            elif url not in self.aliases:
                self.aliases.append(url)

    def withdrawal(self, value: Value, key: str) -> None:
        """`withdrawn:` is a date, yes, a reason, or a table of `date` and `reason`."""
        if isinstance(value.data, dict):
            self.withdrawn = Stated(_one(value.data, "date", "on") or "", value.line, value.column)
            self.reason = _one(value.data, "reason", "because")
        elif not isinstance(value.data, str):
            self.wrong(value, "front-matter-value", f"{quoted(key)} takes a date, a reason, or both in a table",
                       "withdrawn: { date: 2024-05-01, reason: ... }")  # fmt: skip
        elif value.data.lower() not in ("false", "no", "off", "0", "n"):
            plain = value.data.lower() in ("true", "yes", "on", "1", "y")
            dated = not plain and any(char.isdigit() for char in value.data) and len(value.data) <= 40
            self.withdrawn = Stated(value.data if dated else "", value.line, value.column)
            self.reason = None if plain or dated else value.data

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
