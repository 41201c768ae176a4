"""Escaping, and the few pieces of HTML that Python makes. Nothing else makes `Markup`.

Templates are escaped by Jinja2's autoescape; what stands here is what they cannot say themselves: text that may hold
sanitised markup of its own, and interface strings with a `<bdi>` round every name and number in them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import markupsafe
import msgspec
from markupsafe import Markup, escape

from generator.language import Language, LanguageError, Slot
from generator.model import Direction
from generator.text import first_strong

escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""Text as markup, as `escape` makes it, but not marked as such, which takes three times as long as looking through it."""


def inline(text: str, html: str | None = None) -> Markup:
    """`text` escaped, or its sanitised `html` where the reader made some. Only readers set `html`, through nh3."""
    return escape(text) if html is None else Markup(html)


def isolated(value: object) -> Markup:
    """A name or number inside an interface string: `<bdi>` keeps its direction from reordering the words around it."""
    return value if isinstance(value, Markup) else Markup(f"<bdi>{escaped(str(value))}</bdi>")


_BREAKING = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def script_json(value: Any) -> Markup:
    """`value` as JSON that may stand in a `<script>`: no text in it ends the script (`</script>`), opens a comment in it
    (`<!--`) or ends a line of JavaScript (U+2028). Inside JSON all of these can only stand in strings."""
    text = msgspec.json.encode(value).decode()
    for sign, written in _BREAKING:  # five searches for nothing are five times as fast as one `translate`
        text = text.replace(sign, written)
    return Markup(text)


_NOT_IN_LINK = re.compile(
    "[^-A-Za-z0-9._~:/?=;,@!$*+()%\u00a1-\u167f\u1681-\u1fff\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd]"
)
_OFTEN = tuple((sign, quote(sign, safe="")) for sign in "% \r\n{}[]\"'\\|<>#&^`")


def data_link(media: str, text: str) -> str:
    """`text` as a link that holds it. Letters of other scripts stay as they are, which HTML allows and which is a third
    of their length in per cent."""
    for sign, written in _OFTEN:  # the per cent first; so many searches take a quarter of the time of one expression
        text = text.replace(sign, written)
    return f"data:{media};charset=utf-8,{_NOT_IN_LINK.sub(lambda found: quote(found[0], safe=''), text)}"


class Strings:
    """The `t` of a template: `t("by", name=…)` and `t.n("articles", 12)` of one language, as markup.

    Every placeholder stands in a `<bdi>`. `t.plain` and `t.n_plain` are the same as text, for attributes and titles.
    A key or placeholder that does not exist raises `LanguageError`.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known: dict[str | tuple[object, ...], Markup] = {}
        self._plain: dict[str, str] = {}
        self.n_plain = language.plural
        self.number = language.number
        self.year = language.numerals

    def __call__(self, key: str, /, **values: str | int) -> Markup:
        # A page asks for some thirty strings: most without a placeholder and the same on every page, most others with the
        # name of somebody who is often named.
        asked = (key, *values.items(), *map(type, values.values())) if values else key  # markup equals its text
        known = self._known.get(asked)
        if known is None:
            if len(self._known) > 10_000:
                self._known.clear()
            known = self._known[asked] = self._joined(key, self.language.parts(key), values)
        return known

    def plain(self, key: str, /, **values: str | int) -> str:
        if values:
            return self.language.text(key, **values)
        known = self._plain.get(key)
        if known is None:
            known = self._plain[key] = self.language.text(key)
        return known

    def n(self, key: str, count: int, /, **values: str | int) -> Markup:
        return self._joined(key, self.language.parts(key, count), {"count": count, **values})

    def _joined(self, key: str, parts: tuple[str, ...], values: Mapping[str, str | int]) -> Markup:
        pieces: list[str] = []
        for part in parts:
            if not isinstance(part, Slot):
                pieces.append(escaped(part))
                continue
            if part not in values:
                raise LanguageError(f"the string {key!r} of {self.language.code!r} needs {{{part}}}")
            value = values[part]
            pieces.append(isolated(self.language.number(value) if isinstance(value, int) else value))
        return Markup("".join(pieces))


def own_direction(text: str, fallback: Direction) -> Direction:
    """The direction of a text by its first strong letter: what `dir="auto"` finds, but known to print and to tests."""
    return first_strong(text) or fallback
