"""Escaping, and the few pieces of HTML that Python makes. Nothing else makes `Markup`.

Templates are escaped by Jinja2's autoescape; what stands here is what they cannot say themselves: text that may hold
sanitised markup of its own, and interface strings with a `<bdi>` round every name and number in them.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

from generator.language import Language, LanguageError, Slot
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
    A key or placeholder that does not exist raises `LanguageError`.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.plain = language.text
        self.n_plain = language.plural
        self.number = language.number
        self.year = language.numerals

    def __call__(self, key: str, /, **values: str | int) -> Markup:
        return self._joined(key, self.language.parts(key), values)

    def n(self, key: str, count: int, /, **values: str | int) -> Markup:
        return self._joined(key, self.language.parts(key, count), {"count": count, **values})

    def _joined(self, key: str, parts: tuple[str, ...], values: Mapping[str, str | int]) -> Markup:
        pieces = []
        for part in parts:
            if not isinstance(part, Slot):
                pieces.append(escape(part))
                continue
            if part not in values:
                raise LanguageError(f"the string {key!r} of {self.language.code!r} needs {{{part}}}")
            value = values[part]
            pieces.append(isolated(self.language.number(value) if isinstance(value, int) else value))
        return Markup("").join(pieces)


def own_direction(text: str, fallback: Direction) -> Direction:
    """The direction of a text by its first strong letter: what `dir="auto"` finds, but known to print and to tests."""
    return first_strong(text) or fallback
