"""The Jinja environment: one view in, bytes out.

A template sees `site`, `page`, `view` and `t`, and the functions below. Everything it shows is in them, so a page
whose inputs have not changed need not be rendered. Autoescape and `StrictUndefined` are on: Jinja's defaults print
nothing for a misspelt name and escape nothing.

Macros and the pieces of the shell (`shell_*.html`) depend on the language of the interface and on the depth of the page
alone. So there is one environment for each pair: its macros are made once, and its shell is rendered once and then
inserted as it stands. The compiled code is shared between environments.
"""

import re
import traceback
from collections.abc import Callable, Iterator, MutableMapping
from functools import lru_cache
from operator import call
from pathlib import Path
from types import CodeType
from typing import Any, get_args

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.compiler import Frame as Scope
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from msgspec import Struct

from generator import dates, language
from generator.dates import SecondCalendar
from generator.html import Strings, escaped, inline, own_direction
from generator.language import Language
from generator.model import ArticleDate, Block, Direction
from generator.pages.views import PageView, SiteView, View
from generator.problems import ContentError, Problem
from generator.urls import relative

SHELL = "shell_"


class Frame(Struct, frozen=True):
    """What macros and the shell may know of the page they are used on."""

    language: str
    direction: Direction
    root: str


class _Generator(CodeGenerator):
    """Writes out what a page does hundreds of times: a call each for an attribute, for what is shown, and for another call
    would take a sixth of its time. Nothing that a template may call here wants the context, so nothing is asked whether it
    does."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Scope) -> None:  # noqa: N802 — Jinja's name
        self.write("(_a if (_a := getattr((_o := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(_o, {node.attr!r}))")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Scope, forward_caller: bool = False) -> None:  # noqa: N802
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Scope, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escaped(_v) if type(_v := (")

    def _output_child_post(self, node: nodes.Expr, frame: Scope, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")) is str else escape(_v))")


class _Environment(jinja2.Environment):
    """Jinja's environment without what no template here needs, and each page paid for: half of the time of a page."""

    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.template_class = _Template
        self._made: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002 — Jinja's name
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = super().get_template(name, parent, globals)
        return made

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain mapping: every page and every include goes through it, and nothing is added later."""
        return {**self.globals, **(d or {})}

    def _compile(self, source: str, filename: str) -> CodeType:
        """Blocks and includes come as one piece each: Jinja hands every scrap of them through all levels above."""
        source = _BLOCK.sub(r"yield concat(\1)", source).replace("for event in gen:", "for event in (concat(gen),):")
        return super()._compile(source, filename)


_BLOCK = re.compile(r"yield from (context\.blocks\[.*\))$", re.MULTILINE)


class _Macro(Macro):
    """A macro, with a short way for calls that ask for nothing unusual."""

    def __call__(self, *args: Any, **named: Any) -> str:
        if len(args) <= self._argument_count and not (self.caller or self.catch_kwargs or self.catch_varargs):
            rest = [named.pop(name, missing) for name in self.arguments[len(args) :]]
            if not named:
                return Markup(self._func(*args, *rest))
        return super().__call__(*args, **named)


class _Template(jinja2.Template):
    """A compiled template of one environment, whose macros are made once: Jinja would look at every import whether the
    importing page has other globals, which no page here has. And what is shown is escaped without making `Markup` of
    it first, since most of it holds nothing to escape."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: Any,  # noqa: A002 — Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> "_Template":
        template = super().from_code(environment, code, globals, uptodate)
        names = template.root_render_func.__globals__
        names |= {"escape": _escaped, "escaped": escaped, "call": call, "Macro": _Macro}
        return template  # type: ignore[return-value]

    def _get_default_module(self, ctx: Any = None) -> Any:  # noqa: ARG002
        return super()._get_default_module()


def _escaped(value: object) -> str:
    """`value`, which is no plain `str`, as markup, for the stream of a page alone."""
    return value if type(value) is Markup else escape(value)


class _Loader(jinja2.BaseLoader):
    """Loads compiled templates for one environment; the shell's pieces as the text they come to."""

    def __init__(self, renderer: "Renderer") -> None:
        self._renderer = renderer

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,  # noqa: A002 — Jinja's name
    ) -> jinja2.Template:
        code = self._renderer.code(name)
        template = environment.template_class.from_code(environment, code, globals or {})
        if not name.startswith(SHELL):
            return template
        return _Text(environment, template.render())


class _Text(jinja2.Template):
    """A piece of the shell: no context, and nothing to do."""

    def __new__(cls, *_: Any) -> "_Text":
        return object.__new__(cls)

    def __init__(self, environment: jinja2.Environment, text: str) -> None:
        self.environment = environment
        self._text = text

    def new_context(self, *_: Any) -> Any:
        return None

    def root_render_func(self, _: Any) -> Iterator[str]:
        yield self._text


class Renderer:
    """Renders pages of one site. `sites` has the shared view of every language of the interface."""

    def __init__(
        self, folders: tuple[Path, ...], sites: dict[str, SiteView], digits: str | None, calendar: SecondCalendar | None
    ) -> None:
        self._folders = folders
        self._sites = sites
        self._digits = digits
        self._calendar = calendar
        self._codes: dict[str, CodeType | jinja2.TemplateSyntaxError] = {}
        self._frames: dict[tuple[str, str], jinja2.Environment] = {}

    def render(self, template: str, page: PageView, view: View) -> bytes:
        """The bytes of a page. Raises `ContentError` with the template's file and line when the template fails."""
        environment = self._frame(page)
        try:
            return environment.get_template(template).render(page=page, view=view).encode()
        except jinja2.TemplateError as error:
            raise ContentError(self._problem(template, error)) from error
        except (TypeError, AttributeError, KeyError, LookupError, ValueError) as error:
            raise ContentError(self._problem(template, error)) from error

    def code(self, name: str) -> CodeType:
        """The compiled template `name`, wherever it was found. A mistake in it is found once and raised each time."""
        code = self._codes.get(name)
        if code is None:
            path = find(self._folders, name)
            try:
                code = _compiled(path.read_text("utf-8"), name, str(path))
            except jinja2.TemplateSyntaxError as error:
                code = error
            self._codes[name] = code
        if isinstance(code, jinja2.TemplateSyntaxError):
            raise code
        return code

    def _frame(self, page: PageView) -> jinja2.Environment:
        key = (page.language, page.root)
        environment = self._frames.get(key)
        if environment is None:
            words = language.load(page.language).with_digits(self._digits)
            environment = _environment()
            environment.loader = _Loader(self)
            environment.globals |= _functions(words, page.root, self._calendar)
            environment.globals["site"] = self._sites[page.language]
            environment.globals["page"] = Frame(page.language, page.direction, page.root)
            self._frames[key] = environment
        return environment

    def _problem(self, template: str, error: Exception) -> Problem:
        """Where in the templates an exception came from: the innermost frame of a template's file."""
        path, line = template, 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            path, line = error.filename or template, error.lineno
        else:
            ours = {str(find(self._folders, name)) for name in self._codes}
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename in ours:
                    path, line = frame.filename, frame.lineno or 0
        message = str(error) or type(error).__name__
        hint = "a template sees site, page, view and t; docs/theme.md lists what is in them"
        return Problem(_shown(path), line, 0, "template", message, hint)


def find(folders: tuple[Path, ...], name: str) -> Path:
    """The first file called `name` in `folders`. Raises `jinja2.TemplateNotFound`."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise jinja2.TemplateNotFound(name)


def _shown(path: str) -> str:
    """A template's path as the user knows it: from `templates/` or `theme/` on."""
    parts = Path(path).parts
    for name in ("templates", "theme"):
        if name in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(name) :])
    return path


def _environment() -> jinja2.Environment:
    environment = _Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    environment.filters["kind"] = kind  # asked of every block of every article: a filter costs a quarter of a call
    return environment


@lru_cache(maxsize=256)
def _compiled(source: str, name: str, path: str) -> CodeType:
    """A template's code. The preview builds again and again in one process, and few templates change from build to build."""
    return _environment().compile(source, name, path)


def _functions(words: Language, root: str, calendar: SecondCalendar | None) -> dict[str, Callable[..., Any]]:
    """The functions a template may call, for one language and depth."""

    def href(url: str) -> str:
        return relative(url, root)

    def date_words(date: ArticleDate) -> str:
        return dates.in_words(date, words)

    def second_calendar(date: ArticleDate) -> str | None:
        return dates.second_calendar(date, words, calendar) if calendar else None

    def month_name(month: int) -> str:
        return dates.month_name(month, words)

    return {
        "href": href,
        "t": Strings(words),
        "date_words": date_words,
        "second_calendar": second_calendar,
        "month_name": month_name,
        "inline": inline,
        "own_direction": own_direction,
        "kind": kind,
    }


def kind(block: Block) -> str:
    """The kind of a block: `paragraph`, `heading`, `figure`, ..."""
    return _KINDS[type(block)]


_KINDS = {one: str(one.__struct_config__.tag) for one in get_args(Block)}
