"""HTML of unknown origin to blocks: sanitised first, then cut at its outermost elements.

What lives here: which elements and attributes an article may keep, and how an element becomes a block. What does not:
where the HTML comes from (`markdown`).

nh3 (Ammonia) decides what is safe, because it parses as browsers do. Its output is well formed, so that the cutting can
use the small parser of the standard library and take the inner markup of a block as a slice of the text.
"""

import html
import re
from html.parser import HTMLParser

import nh3
from msgspec import Struct

from generator.model import Block, Figure, Fragment, Heading, ItemList, Paragraph, Quotation, Table

_TAGS = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
        "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
    ]
)  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"}, "a": {"href", "title", "id"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "li": {"id"}, "sup": {"id"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "abbr": {"title"}, "q": {"cite"}, "blockquote": {"cite"},
}  # fmt: skip
# The footnotes' own ids: no others, because an id from outside could take the place of one of the page.
_NOTE_ID = re.compile(r"fn(?:ref\d*)?:[\w-]{1,40}")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_SPACE = re.compile(r"[ \t\n]+")
_IMAGE = re.compile(r'<img(?: [\w-]+="[^"]*")*>')
_VOID = frozenset(["br", "hr", "img"])
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s small span strong sub sup u".split()  # noqa: SIM905
)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if _NOTE_ID.fullmatch(value) else None
    if name == "lang":
        return value if _LANG.fullmatch(value) else None
    if name == "dir":
        return value if value in ("rtl", "ltr", "auto") else None
    if name in ("start", "colspan", "rowspan"):
        return value if value.isdecimal() and len(value) < 5 else None
    return value


_cleaner = nh3.Cleaner(
    tags=set(_TAGS), attributes=_ATTRIBUTES, attribute_filter=_attribute, url_schemes={"http", "https", "mailto"}, link_rel=None,
    strip_comments=True,
)  # fmt: skip


def sanitised(dirty: str) -> str:
    """`dirty` with nothing left that runs, loads or styles: no scripts, events, `javascript:`, ids, classes."""
    clean: str = _cleaner.clean(dirty)
    return clean


class _Node(Struct):
    """An element with the span of its inner markup; text nodes have no tag."""

    tag: str
    attributes: dict[str, str]
    children: "list[_Node]"
    text: str
    start: int
    end: int


class _Tree(HTMLParser):
    """Builds nodes without recursion: markup of unknown origin may be nested as deep as it is long."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.root = _Node("", {}, [], "", 0, len(text))
        self._open = [self.root]
        self.feed(text)
        self.close()

    def _at(self) -> int:
        line, offset = self.getpos()
        return self._starts[line - 1] + offset

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at() + len(self.get_starttag_text() or "")
        node = _Node(tag, {name: value or "" for name, value in attrs}, [], "", start, start)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop().end = self._at()

    def handle_data(self, data: str) -> None:
        at = self._at()
        self._open[-1].children.append(_Node("", {}, [], data, at, at + len(data)))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&#{name};"))


_END = _Node("/", {}, [], "", 0, 0)


def blocks_of(clean: str) -> list[Block]:
    """The blocks of sanitised markup, in order; their lines are 0."""
    blocks: list[Block] = []
    loose: list[_Node] = []
    todo = list(reversed(_Tree(clean).root.children))
    while todo:
        node = todo.pop()
        if not node.tag or node.tag in _INLINE:
            loose.append(node)
            continue
        _flush(loose, blocks, clean)
        if node.tag == "div" and node.children and not any(child.tag == "hr" for child in node.children):
            todo.append(_END)
            todo.extend(reversed(node.children))
        elif node is not _END:
            blocks.extend(_block(node, clean))
    _flush(loose, blocks, clean)
    return blocks


def _flush(loose: list[_Node], blocks: list[Block], source: str) -> None:
    if loose:
        outer = _Node("p", {}, list(loose), "", _outer_start(loose[0], source), _outer_end(loose[-1], source))
        blocks.extend(_paragraph(outer, source))
        loose.clear()


def _outer_start(node: _Node, source: str) -> int:
    return source.rfind("<", 0, node.start) if node.tag else node.start


def _outer_end(node: _Node, source: str) -> int:
    if not node.tag:
        semicolon = source.find(";", node.start) if source[node.start : node.start + 1] == "&" else -1
        return semicolon + 1 if semicolon >= 0 else node.end
    return node.end if node.tag in _VOID else source.find(">", node.end) + 1


def _block(node: _Node, source: str) -> list[Block]:
    text = _text(node)
    inner = _inner(node, source)
    tag = node.tag
    if tag == "p":
        return _paragraph(node, source)
    if tag[0] == "h" and tag[1:].isdigit():
        return [Heading(text, 0, int(tag[1:]), html=_marked(inner, text))] if text else []
    if tag == "blockquote":
        return [Quotation(text, 0, html=_marked(inner, text, outer="p"))] if text else []
    if tag == "figure":
        return _figure(node, source)
    if tag in ("ul", "ol") and (listed := _list(node, source)) is not None:
        return [listed]
    if tag == "table" and (table := _table(node, source)) is not None:
        return [table]
    outer = _IMAGE.sub("", source[_outer_start(node, source) : _outer_end(node, source)])
    pictures: list[Block] = [_picture(image) for image in _images(node)]
    return [Fragment(text, outer, 0), *pictures] if text else pictures


def _paragraph(node: _Node, source: str) -> list[Block]:
    """A paragraph and, after it, the pictures that stood in it."""
    text = _text(node)
    inner = _IMAGE.sub("", _inner(node, source)).strip()
    pictures: list[Block] = [_picture(image) for image in _images(node)]
    return [Paragraph(text, 0, html=_marked(inner, text)), *pictures] if text else pictures


def _picture(image: _Node) -> Figure:
    """`![alt](file "caption")`. A picture elsewhere in the web is named, not loaded: no request leaves the site."""
    source = image.attributes.get("src", "")
    caption = _SPACE.sub(" ", image.attributes.get("title", "")).strip()
    return Figure(
        line=0,
        alt=_SPACE.sub(" ", image.attributes.get("alt", "")).strip() or None,
        caption=caption or None,
        src=source or None,
    )


def _figure(node: _Node, source: str) -> list[Block]:
    caption = next((child for child in node.children if child.tag == "figcaption"), None)
    images = _images(node)
    if not images:
        return _paragraph(node, source)
    text, inner, credit = "", "", None
    if caption is not None:
        text, inner = _text(caption), _inner(caption, source)
        last = caption.children[-1] if caption.children else None
        if last is not None and last.tag == "cite" and (credit := _text(last) or None):
            # `<figcaption>caption <cite>credit</cite></figcaption>`
            caption.children.pop()
            text, inner = _text(caption), source[caption.start : _outer_start(last, source)].strip(" \n")
    figures: list[Block] = []
    for image in images:
        figure = _picture(image)
        figures.append(
            Figure(line=0, alt=figure.alt, caption=text or figure.caption, src=figure.src, credit=credit,
                   caption_html=_marked(inner, text) if inner else None)
        )  # fmt: skip
    return figures


def _list(node: _Node, source: str) -> ItemList | None:
    items = [child for child in node.children if child.tag == "li"]
    if not items or any(
        _holds(item, ("ul", "ol", "table", "pre", "blockquote", "img")) or "id" in item.attributes for item in items
    ):
        return None
    texts = tuple(_text(item) for item in items)
    marked = [_marked(_inner(item, source), text, outer="p") for item, text in zip(items, texts, strict=True)]
    shown = None
    if any(mark is not None for mark in marked):
        shown = tuple(
            mark if mark is not None else html.escape(text, quote=False)
            for mark, text in zip(marked, texts, strict=True)
        )
    start = node.attributes.get("start", "1")
    return ItemList(texts, 0, node.tag == "ol", int(start) if start.isdecimal() else 1, items_html=shown)


def _table(node: _Node, source: str) -> Table | None:
    rows = [row for row in _descendants(node) if row.tag == "tr"]
    cells = [[cell for cell in row.children if cell.tag in ("td", "th")] for row in rows]
    if not rows or any("colspan" in cell.attributes or "rowspan" in cell.attributes for row in cells for cell in row):
        return None
    width = max(len(row) for row in cells)
    texts = tuple(tuple(_text(cell) for cell in row) + ("",) * (width - len(row)) for row in cells)
    marked = [[_marked(_inner(cell, source), _text(cell)) for cell in row] for row in cells]
    shown = None
    if any(mark is not None for row in marked for mark in row):
        shown = tuple(
            tuple(
                mark if mark is not None else html.escape(text, quote=False)
                for mark, text in zip([*row, *[None] * width], line, strict=False)
            )
            for row, line in zip(marked, texts, strict=True)
        )
    return Table(texts, 0, bool(cells[0]) and all(cell.tag == "th" for cell in cells[0]), rows_html=shown)


def _descendants(node: _Node) -> list[_Node]:
    found: list[_Node] = []
    todo = list(reversed(node.children))
    while todo:
        child = todo.pop()
        found.append(child)
        todo.extend(reversed(child.children))
    return found


def _images(node: _Node) -> list[_Node]:
    return [child for child in _descendants(node) if child.tag == "img"]


def _holds(node: _Node, tags: tuple[str, ...]) -> bool:
    return any(child.tag in tags for child in _descendants(node))


_BREAKS = frozenset("br p li div tr td th dt dd h1 h2 h3 h4 h5 h6 pre blockquote".split())  # noqa: SIM905


def _text(node: _Node) -> str:
    """What a reader sees of `node`, its white space collapsed; blocks inside are kept apart by a space."""
    parts: list[str] = []
    for child in _descendants(node):
        if child.tag in _BREAKS:
            parts.append(" ")
        elif not child.tag:
            parts.append(child.text)
    return _SPACE.sub(" ", "".join(parts)).strip(" ")


def _inner(node: _Node, source: str) -> str:
    return source[node.start : node.end].strip(" \n")


def _marked(inner: str, text: str, outer: str | None = None) -> str | None:
    """`inner` if it says more than `text`, else `None`."""
    if outer and inner.startswith(f"<{outer}>") and inner.endswith(f"</{outer}>") and inner.count(f"<{outer}>") == 1:
        inner = inner[len(outer) + 2 : -len(outer) - 3]
    if "<" not in inner and _SPACE.sub(" ", html.unescape(inner)).strip(" ") == text:
        return None
    return inner
