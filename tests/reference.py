"""Writes the pages of the manual that are made from the code: `python tests/reference.py`.

`docs/reference.md` has every option of every command, every key of `site.toml` and every problem code;
`docs/reference-templates.md` everything that a template can see. A test compares both with the code.
"""

import ast
import re
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import click
import msgspec

import generator
from generator import model
from generator.checks import CHECKS
from generator.cli import COMMANDS, main
from generator.config import Colour, LanguageCode, Settings
from generator.pages import views
from generator.pages.planning import TEMPLATES
from generator.problems import Problem
from generator.readers.front_matter import NAMES
from generator.readers.source import GuessKind, Rules

DOCS = Path(__file__).parents[1] / "docs"
PACKAGE = Path(generator.__file__ or "").parent
MADE = "<!-- Made by tests/reference.py from the code: do not edit. -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def commands() -> Iterator[tuple[str, click.Command]]:
    """(name, command) of all, those of groups after their group: `topics`, `topics list`."""
    for name in COMMANDS:
        found = main.get_command(click.Context(main), name)
        assert found is not None
        yield name, found
        if isinstance(found, click.Group):
            yield from ((f"{name} {inner}", command) for inner, command in found.commands.items())


def command_section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").split()
    options = [param for param in command.params if isinstance(param, click.Option)]
    rows = ((flags(option, context), (option.help or "").strip() + default(option)) for option in options)
    text = f"### `{' '.join(['roznama', name, *usage])}`\n\n{first_line(command.help)}\n"
    return text + ("\n" + table(["option", ""], rows) if options else "")


def flags(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else " " + option.make_metavar(context)
    return ", ".join(f"`{flag}`" for flag in option.opts[:-1]) + (", " if option.opts[1:] else "") + f"`{option.opts[-1]}{value}`"


def default(option: click.Option) -> str:
    shown = option.default if option.show_default else None
    return f" Default: `{shown}`." if shown is not None else ""


def first_line(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].replace("\b", "").split())


# ── site.toml ────────────────────────────────────────────────────────────────────────────────────────────────────────


def setting_rows(kind: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """(key, values it takes, default) of a table of `site.toml` and those within it."""
    for field in msgspec.structs.fields(kind):
        types_ = (READING if field.name == "reading" else field.type, *get_args(field.type))
        inner = next((one for one in types_ if isinstance(one, type) and issubclass(one, msgspec.Struct)), None)
        name = f"{prefix}{field.name}"
        if inner is None:
            yield f"`{name}`", described(field.type), shown(field)
        elif get_origin(field.type) is dict and inner is not READING:
            yield from setting_rows(inner, f"{name}.CODE.")
        elif get_origin(field.type) is tuple:
            yield f"`{name}`", "list of tables: " + ", ".join(key for key, _, _ in setting_rows(inner)), shown(field)
        else:
            yield from setting_rows(inner, f"{name}.")


READING = Rules
"""What stands in `[reading]`: the configuration leaves that table to the readers."""
NAMED = {Colour: "a colour, `#rrggbb`", LanguageCode: "a language's code", str: "text", int: "number", bool: "`true`, `false`"}


def described(kind: Any) -> str:
    """The values that a type takes, in words."""
    if kind in NAMED:
        return NAMED[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return f"{described(inner[0])}, {inner[1].ge} to {inner[1].le}"
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(described(one) for one in inner if one is not type(None))
    if origin is tuple:
        return f"list: {described(inner[0])}"
    if origin is dict:
        return f"table: {described(inner[1])}"
    return "any"


def shown(field: msgspec.structs.FieldInfo) -> str:
    """The default of a key."""
    if field.required:
        return "must be given"
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    return "" if value is None else f"`{msgspec.json.encode(value).decode()}`"


def names_of_fields() -> list[list[str]]:
    """The names of each field of front matter, its usual one first."""
    fields: dict[str, list[str]] = {}
    for name, field in NAMES.items():
        fields.setdefault(field, []).append(name)
    return list(fields.values())


# ── problems ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Code(NamedTuple):
    """A problem code, the severities it is reported with (`error` where the code says none), and the module."""

    code: str
    severity: str
    module: str


def problem_codes() -> list[Code]:
    """Every problem code of the package, also of those that go through a helper with a parameter `code`."""
    found = {(rule.CODE, rule.SEVERITY, f"checks/{rule.CODE.replace('-', '_')}") for rule in CHECKS}
    found |= {(f"doubtful-{kind}", "doubt", "readers/article") for kind in get_args(GuessKind)}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        module = path.relative_to(PACKAGE).with_suffix("").as_posix()
        found |= {(code, severity, module) for code, severity in codes_in(tree)}
    return [Code(*row) for row in sorted(found)]


FIELDS = [field.name for field in msgspec.structs.fields(Problem)]


def codes_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(code, severity) of one module."""
    makers = {"Problem": (FIELDS, "{}")}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (pattern := passed_on(node)) is not None:
            makers[node.name] = ([one.arg for one in node.args.args if one.arg != "self"], pattern)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("doubts.append") and isinstance(node.args[0], ast.Tuple):
            yield from ((code, "doubt") for code in texts(node.args[0].elts[1]))  # of (line, code, message, ...)
        if isinstance(node, ast.Call) and (maker := makers.get(called(node))) is not None:
            places = [one for arg in node.args for one in ([arg, arg] if isinstance(arg, ast.Starred) else [arg])]  # *place: line, column
            given = dict(zip(maker[0], places, strict=False)) | {word.arg: word.value for word in node.keywords if word.arg}
            severities = texts(given["severity"]) if "severity" in given else ["error"]
            for code in texts(given.get("code")):
                yield from ((maker[1].format(code), severity) for severity in severities)


def passed_on(function: ast.FunctionDef) -> str | None:
    """`{}`, or `vocabulary-{}`, if the function makes problems of a code that it is given."""
    if "code" not in [one.arg for one in function.args.args]:
        return None
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and called(node) == "Problem" and len(node.args) > FIELDS.index("code"):
            code = node.args[FIELDS.index("code")]
            if isinstance(code, ast.Name) and code.id == "code":
                return "{}"
            if isinstance(code, ast.JoinedStr):
                return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in code.values)
    return None


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def texts(node: ast.AST | None) -> list[str]:
    """The texts an expression may have: a constant, or those on both sides of an `if`."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def reference() -> str:
    codes: dict[str, tuple[set[str], set[str]]] = {}
    for code, severity, module in problem_codes():
        severities, modules = codes.setdefault(code, (set(), set()))
        severities.add(severity)
        modules.add(f"`{module}.py`")
    rows = ([f"`{code}`", ", ".join(sorted(found)), ", ".join(sorted(modules))] for code, (found, modules) in sorted(codes.items()))
    return (
        f"# Reference\n\n{MADE}\n"
        "All options, keys and codes, as the program has them. What they are for is told in [commands.md](commands.md),\n"
        "[configuration.md](configuration.md) and [problems.md](problems.md).\n\n## Commands\n\n"
        + "\n".join(command_section(name, command) for name, command in commands())
        + "\n## site.toml\n\nA key of a table stands behind its name and a dot: `theme.accent` is `accent` in `[theme]`.\n\n"
        + table(["key", "value", "default"], setting_rows(Settings))
        + "\n## Front matter\n\nAny of the names will do, in capitals too, with spaces or hyphens for `_`.\n"
        "[reading.md](reading.md#front-matter) tells what the values may be. Other fields are kept, and templates see them as\n"
        "`view.article.extra`.\n\n"
        + table(["names"], ([", ".join(f"`{name}`" for name in names)] for names in names_of_fields()))
        + "\n## Problem codes\n\n"
        + table(["code", "severity", "reported by"], rows)
    )


# ── templates ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Kind(NamedTuple):
    """A type that templates see: (field, its type, its default or `None`), and what its docstring says."""

    fields: list[tuple[str, str, str | None]]
    doc: str


def kinds() -> dict[str, Kind]:
    """The structures of `pages/views.py` and `model.py`, by name."""
    found = {}
    for module in (views, model):
        for node in ast.parse(Path(module.__file__ or "").read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                fields = [
                    (one.target.id, ast.unparse(one.annotation), ast.unparse(one.value) if one.value is not None else None)
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
                properties: list[tuple[str, str, str | None]] = [
                    (one.name, ast.unparse(one.returns), None)
                    for one in node.body
                    if isinstance(one, ast.FunctionDef) and one.returns is not None and one.decorator_list
                ]
                found[node.name] = Kind(fields + properties, " ".join((ast.get_docstring(node) or "").split()))
    return found


def reached(names: Iterable[str], found: dict[str, Kind]) -> list[str]:
    """The types within the fields of those, in the order in which one meets them."""
    order: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        for _, kind, _ in found[waiting.pop(0)].fields:
            for name in re.findall(r"\w+", resolved(kind)):
                if name in found and name not in order:
                    order[name] = None
                    waiting.append(name)
    return list(order)


def resolved(kind: str) -> str:
    """A type with the names that stand for several written out: `Block`, `MetaTag`, `Direction`."""
    return re.sub(r"\b(Block|MetaTag|Direction|Medium|Precision|DateOrigin|TermKind)\b", lambda name: spelt(name[1]), kind)


def spelt(name: str) -> str:
    source = getattr(model, name, None) or getattr(views, name)
    if get_origin(source) is Literal:
        return " | ".join(repr(value) for value in get_args(source))
    if isinstance(source, types.UnionType):
        return " | ".join(one.__name__ for one in get_args(source))
    return str(source)


def kind_section(name: str, kind: Kind, found: dict[str, Kind]) -> str:
    def linked(text: str) -> str:
        parts = re.split(r"(\b[A-Z]\w+\b)", resolved(text))
        return "".join(f"[{part}](#{part.lower()})" if part in found else part for part in parts)

    rows = ([f"`{field}`", linked(type_), f"`{given}`" if given is not None else ""] for field, type_, given in kind.fields)
    return f"### {name}\n\n{kind.doc}\n" + ("\n" + table(["field", "type", "if there is none"], rows) if kind.fields else "")


def templates() -> str:
    found = kinds()
    pages = {view_of(name): template for name, template in TEMPLATES.items()}
    both = ["SiteView", "PageView"]
    inner = [name for name in reached([*both, *pages], found) if name not in pages and name not in both]
    overview = ([f"`{template}`", f"[{view}](#{view.lower()})"] for view, template in pages.items())
    return (
        f"# What templates see\n\n{MADE}\n"
        "A template sees `site` ([SiteView](#siteview)), `page` ([PageView](#pageview)), `view` (one of those below) and `t`, the strings\n"
        "of the page's language. [theme.md](theme.md#templates) tells of the functions beside them, and how to change a template.\n\n"
        + table(["template", "`view`"], overview)
        + "\n## On every page\n\n"
        + "\n".join(kind_section(name, found[name], found) for name in both)
        + "\n## Views\n\n"
        + "\n".join(kind_section(name, found[name], found) for name in pages)
        + "\n## What stands in them\n\n"
        + "\n".join(kind_section(name, found[name], found) for name in inner)
    )


def view_of(kind: str) -> str:
    """The view's name for a kind of page: `on_this_day` has `OnThisDayView`."""
    return "".join(word.capitalize() for word in kind.split("_")) + "View"


PAGES = {"reference.md": reference, "reference-templates.md": templates}


if __name__ == "__main__":
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), "utf-8")
