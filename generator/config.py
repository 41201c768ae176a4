"""`site.toml`: the one configuration file of a site, validated whole.

What lives here: the keys, their defaults, and the folders of a site. All mistakes of the file are reported together,
each with its line and the nearest right name. What is not set in the file is found in the text itself where that is
possible (language, title): see `build.py`, which says so.

The TOML library gives no positions, so `_place` finds a key's line by reading the tables' headers again.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from generator.dates import SecondCalendar
from generator.problems import Problem, quoted
from generator.text import nearest
from generator.urls import pattern_problem

FILE = "site.toml"
STATE = ".roznama"
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?$")]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """What the archive is called in one of its languages."""

    title: str | None = None
    tagline: str | None = None


class Permalinks(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of articles' addresses; fields are `{lang} {year} {month} {day} {id} {slug} {shard}`."""

    article: str = "/{lang}/{year}/{month}/{id}.html"
    undated: str = "/{lang}/undated/{shard}/{id}.html"


class NavItem(Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    url: str


class ThemeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as `#rrggbb`; `logo` is a file of the site's `static/` folder; `footer` is a line of text."""

    accent: Colour | None = None
    accent_dark: Colour | None = None
    paper: Colour | None = None
    paper_dark: Colour | None = None
    ink: Colour | None = None
    ink_dark: Colour | None = None
    logo: str | None = None
    footer: str = ""
    nav: tuple[NavItem, ...] = ()


class Licence(Struct, frozen=True, forbid_unknown_fields=True):
    """The licence of the texts, shown in the foot of every page."""

    name: str
    url: str = ""


class Pictures(Struct, frozen=True, forbid_unknown_fields=True):
    """Widths in pixels that pictures are written in, besides the original; `quality` is WebP's, 1 to 100."""

    widths: tuple[Annotated[int, Meta(ge=32, le=8192)], ...] = (480, 960, 1600)
    quality: Annotated[int, Meta(ge=1, le=100)] = 80


class Host(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the site is published. `redirects` is the form in which former addresses lead on: a page each, or one file
    of rules; `without` names files at its root that are not made (`robots.txt`, ...)."""

    redirects: Literal["pages", "netlify", "apache", "nginx", "caddy"] = "pages"
    without: tuple[Literal["robots.txt", "llms.txt", "favicon.ico"], ...] = ()


class Publish(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `roznama publish` uploads to: a folder, `sftp://…`, `s3://…`. Never a password or a key."""

    target: str = ""


class Topics(Struct, frozen=True, forbid_unknown_fields=True):
    """How topics are found. `packs`: the names that come with Roznama; `suggestions`: phrases that mark the archive are
    published once they are frequent; `shown`: derived topics under an article, of each kind."""

    packs: bool = True
    suggestions: bool = True
    shown: Annotated[int, Meta(ge=0, le=100)] = 8


class Data(Struct, frozen=True, forbid_unknown_fields=True):
    """The archive as data. `files`: none; tables and topics; the texts as well, packed; or two files for each article."""

    files: Literal["none", "tables", "texts", "single"] = "tables"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `site.toml`, all optional. `reading` is the readers' table, validated by them."""

    title: str | None = None
    tagline: str = ""
    language: LanguageCode | None = None
    languages: tuple[LanguageCode, ...] = ()
    base_url: str = ""
    content: str = "content"
    output: str = "output"
    per_page: Annotated[int, Meta(ge=5, le=1000)] = 50
    digits: Literal["latn", "arab", "arabext", "beng", "deva"] | None = None
    calendar: SecondCalendar | None = None
    encoding: str | None = None
    ids: Literal["stem", "path"] = "stem"
    licence: Licence | None = None
    permalinks: Permalinks = Permalinks()
    names: dict[str, Names] = {}
    theme: ThemeTable = ThemeTable()
    pictures: Pictures = Pictures()
    search: bool = True
    topics: Topics = Topics()
    host: Host = Host()
    publish: Publish = Publish()
    data: Data = Data()
    checks: dict[str, Literal["off", "warning", "error"]] = {}
    reading: dict[str, Any] = {}


class Site(Struct, frozen=True):
    """A site ready to be built: its settings and its folders, absolute. `configured` is false for a folder of articles
    without a `site.toml`."""

    settings: Settings
    folder: Path
    content: Path
    output: Path
    configured: bool

    @property
    def state(self) -> Path:
        """Where the catalogue of this output is kept: beside the output and by its name, so that a site built into two
        folders has two manifests."""
        return self.output.parent / STATE / self.output.name


def load_site(
    folder: Path, output: Path | None = None, base_url: str | None = None, config: Path | None = None
) -> Site:
    """The site in `folder`; `config` is a file to read instead of its `site.toml`. Raises `SiteErrors` with every mistake of the
    configuration, or if there is nothing to build."""
    folder = folder.resolve()
    if not folder.is_dir():
        raise SiteErrors(
            [_plain(str(folder), "no-site", "there is no such folder", "name a folder of articles or of a site")]
        )
    file = config.resolve() if config is not None else folder / FILE
    configured = file.is_file()
    settings = read_settings(file) if configured else Settings(content=".")
    if base_url is not None:
        settings = msgspec.structs.replace(settings, base_url=base_url)
    base = settings.base_url.rstrip("/")
    if base and not re.fullmatch(r"https?://[^\s<>\"']+", base):
        line, column = _place(file.read_text("utf-8"), (), "base_url") if configured else (0, 0)
        raise SiteErrors([Problem(FILE, line, column, "site-value", f"base_url {quoted(base)} is no web address",
                                  "write it as https://archive.example/path")])  # fmt: skip
    settings = msgspec.structs.replace(settings, base_url=base)
    content = (folder / settings.content.replace("\\", "/")).resolve()
    if not content.is_dir():
        odd = any(ord(char) < 32 for char in settings.content)
        raise SiteErrors([_plain(repr(settings.content) if odd else str(content), "no-content", "the folder of articles is not there",
                                 _SLASHES if odd else f"make it, or set `content` in {FILE}")])  # fmt: skip
    target = (output if output is not None else folder / settings.output.replace("\\", "/")).resolve()
    if target == content or target in content.parents:
        raise SiteErrors([_plain(str(target), "output-is-content", "the output folder holds the articles",
                                 "choose another with --output")])  # fmt: skip
    return Site(settings, folder, content, target, configured)


_SLASHES = "write folders with /, or between single quotes: 'C:\\news'"


class SiteErrors(Exception):
    """The configuration cannot be used. `problems` are all of its mistakes."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def read_settings(file: Path) -> Settings:
    """The settings in `file`. Raises `SiteErrors`."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SiteErrors(
            [_plain(file.name, "site-encoding", f"not UTF-8 at byte {error.start}", "save it as UTF-8")]
        ) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 0)
        message = re.sub(r" \(at .*\)$", "", str(error))
        hint = _SLASHES if "\\" in "".join(text.splitlines()[line - 1 : line]) else "see toml.io for the syntax"
        raise SiteErrors(
            [_at(text, Problem(FILE, line, column, "site-syntax", message, hint))]
        ) from error
    problems = [*_unknown_keys(text, data, Settings, ())]
    if not problems:
        problems = [*_wrong_values(text, data)]
    if problems:
        raise SiteErrors(sorted(problems, key=lambda problem: problem.order))
    return msgspec.convert(data, Settings)


def _unknown_keys(text: str, data: Mapping[str, Any], kind: type[Struct], table: tuple[str, ...]) -> Iterator[Problem]:
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in data.items():
        if key not in fields:
            near = nearest(key, fields)
            hint = f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(sorted(fields))
            line, column = _place(text, table, key)
            where = f" in [{'.'.join(table)}]" if table else ""
            yield _at(text, Problem(FILE, line, column, "site-unknown-key", f"unknown key `{key}`{where}", hint))
        elif isinstance(value, dict) and isinstance(fields[key], type) and issubclass(fields[key], Struct):
            yield from _unknown_keys(text, value, fields[key], (*table, key))
        elif key == "names" and isinstance(value, dict):
            for code, names in value.items():
                if isinstance(names, dict):
                    yield from _unknown_keys(text, names, Names, (*table, key, code))


def _wrong_values(text: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in data.items():
        try:
            settings = msgspec.convert({key: value}, Settings)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `$.")
            names = [part for part in re.split(r"[.\[`]", path) if part and not part.endswith("]")]
            *table, last = names or [key]
            line, column = _place(text, tuple(table), last)
            yield _at(
                text,
                Problem(
                    FILE, line, column, "site-value", f"`{'.'.join(names) or key}`: {message[0].lower()}{message[1:]}"
                ),
            )
            continue
        for name in ("article", "undated") if key == "permalinks" else ():
            wrong = pattern_problem(getattr(settings.permalinks, name))
            if wrong:
                line, column = _place(text, ("permalinks",), name)
                yield _at(text, Problem(FILE, line, column, "site-value", f"`permalinks.{name}`: {wrong}"))


def _place(text: str, table: tuple[str, ...], key: str) -> tuple[int, int]:
    """Line and column of `key` in `table`, as well as they can be told; of the table's header if the key is inline."""
    header = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+")
    current: tuple[str, ...] = ()
    fallback = (0, 0)
    sought = re.compile(rf"(\s*)[\"']?{re.escape(key)}[\"']?\s*[=.]")
    for number, line in enumerate(text.splitlines(), 1):
        if found := header.match(line):
            current = tuple(part.strip(" \"'") for part in found[1].split("."))
            if current == (*table, key):
                return number, line.index("[") + 1
            if current == table:
                fallback = (number, 1)
        elif current == table and (found := sought.match(line)):
            return number, len(found[1]) + 1
        elif table and current == table[:-1] and re.match(rf"\s*{re.escape(table[-1])}\s*=", line):
            fallback = (number, max(line.find(key), 0) + 1)
    return fallback


def _at(text: str, problem: Problem) -> Problem:
    lines = text.splitlines()
    excerpt = lines[problem.line - 1] if 0 < problem.line <= len(lines) else None
    return msgspec.structs.replace(problem, excerpt=excerpt)


def _plain(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, code, message, hint)
