"""HTML to a tree, however broken, and which of its elements are blocks."""

import re

from lxml import etree

from generator.importing.figures import IMAGES
from generator.text import CONTROLS

Element = etree._Element

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "li", "main", "menu", "nav", "noscript", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "audio", "iframe", "object", "embed", "amp-img",
    "amp-video", "amp-iframe",
])  # fmt: skip
_NESTING = re.compile(r"</?(?!(?:p|br|hr|img|h[1-6]|li|tr|figcaption|title|meta|script|style)\b)[A-Za-z][^<>]*>")


def parse_html(html: str) -> Element | None:
    """The tree of a page or of a part of one; `None` when there is nothing in it.

    libxml2 stops at 2,048 elements within one another and forgets the rest; then what only groups is taken out first.
    """
    data = CONTROLS.sub("", html)
    if not data.strip():
        return None
    root, whole = _parsed(data)
    return root if whole else _parsed(_NESTING.sub(" ", data))[0]


def _parsed(html: str) -> tuple[Element | None, bool]:
    """The tree, and whether it holds all of `html`."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def holds_block(element: Element, blocks: frozenset[str] = BLOCKS) -> bool:
    """Whether a block or a picture stands anywhere inside."""
    return any(
        isinstance(below.tag, str) and (below.tag in blocks or below.tag in IMAGES)
        for below in element.iterdescendants()
    )

