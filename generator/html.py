"""Escaping, and the few pieces of HTML that Python makes. Nothing else makes `Markup`.

Templates are escaped by Jinja2's autoescape; what stands here is what they cannot say themselves: text that may hold
sanitised markup of its own, and interface strings with a `<bdi>` round every name and number in them.
"""

from collections.abc import Callable

from markupsafe import Markup, escape

from generator.language import Language
from generator.model import Direction
from generator.text import first_strong


def inline(text: str, html: str | None = None) -> Markup:
    """`text` escaped, or its sanitised `html` where the reader made some. Only readers set `html`, through nh3."""
    return escape(text) if html is None else Markup(html)


def isolated(value: object) -> Markup:
    """A name or number inside an interface string: `<bdi>` keeps its direction from reordering the words around it."""
    return value if isinstance(value, Markup) else Markup("<bdi>%s</bdi>") % value


class Strings:
    """The `t` of a template: `t("by", name=…)` and `t.n("articles", 12)` of one language, as markup.

    Every placeholder stands in a `<bdi>`. `t.plain` and `t.n_plain` are the same as text, for attributes and titles.
    """

    def __init__(self, language: Language, digits: str | None = None) -> None:
        self.language = language
        self._digits = digits

    def __call__(self, key: str, /, **values: object) -> Markup:
        return self._joined(self.language.parts(key), values)

    def n(self, key: str, count: int, /, **values: object) -> Markup:
        values["count"] = self.number(count)
        return self._joined(self.language.parts(key, count), values)

    def plain(self, key: str, /, **values: str | int) -> str:
        return self.language.text(key, **values)

    def n_plain(self, key: str, count: int, /, **values: str | int) -> str:
        return self.language.plural(key, count, **values)

    def number(self, value: int) -> str:
        return self.language.number(value, self._digits)

    def _joined(self, parts: tuple[str | tuple[str], ...], values: dict[str, object]) -> Markup:
        return Markup("").join(
            escape(part) if isinstance(part, str) else isolated(values[part[0]]) for part in parts
        )


def own_direction(text: str, fallback: Direction) -> Direction:
    """The direction a piece of text shows by its first strong letter; what `dir="auto"` would find, but known to print,
    feeds and tests."""
    return first_strong(text) or fallback


Href = Callable[[str], str]
