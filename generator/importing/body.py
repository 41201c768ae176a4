"""HTML bodies to Markdown blocks: what a person can read and edit, and what the reader of `.md` files gives back.

What lives here: the walk over an element and the blocks it makes: paragraphs, headings, lists, quotations, tables,
embeds as links. What does not: figures (`figures`), inline markup (`inline`), finding the article on a page (`page`).
What Markdown cannot say (tables with spans, definition lists, code) stays HTML, cleaned as the reader cleans it.
Whatever is visible and left out (forms, menus) is listed in `dropped`.

Not html2text or markdownify: neither escapes what only looks like markup, so that `*` or `1.` in a text would change it,
and neither keeps captions and credits with their pictures.
"""

import re

from lxml import etree
from msgspec import Struct

from generator.importing.figures import AUDIO, IMAGES, address_of, figure_of, image_of, inside_of
from generator.importing.inline import inline, link_address
from generator.importing.literal import line_start, literal, spaced
from generator.importing.records import Image, Part
from generator.importing.tree import BLOCKS, Element, holds_block, parse_html
from generator.readers.markup import sanitised

MAX_DEPTH = 120
"""Elements within elements. Deeper ones are taken for their text: markup of unknown origin may be as deep as it is long."""

_UNSEEN = frozenset(
    ["script", "style", "template", "head", "title", "meta", "link", "base", "noframes", "param", "source", "track"]
)
_CONTROLS = frozenset(["form", "button", "select", "textarea", "nav", "menu", "dialog", "input", "datalist"])
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LIST = re.compile(r"(?:- |\d+\. |> )")


class Body(Struct):
    """Blocks of Markdown and pictures, in order; `dropped` are visible texts that went into none."""

    parts: list[Part]
    dropped: list[str]


def body_of(html: str, base: str = "", *, newlines: bool = False) -> Body:
    """The blocks of `html`. `base` is the address that its links are relative to, if known; with `newlines`, line ends in
    the text mean what they mean in WordPress: one a break, two a paragraph."""
    root = parse_html(html)
    body = Body([], [])
    if root is not None:
        body = body_of_element(root, base, newlines=newlines)
    return body


def body_of_element(root: Element, base: str = "", *, newlines: bool = False) -> Body:
    """The blocks of an element and everything in it."""
    walk = _Walk(base, newlines)
    walk.children(root, 0)
    walk.flush()
    return Body(separated(walk.parts), walk.dropped)


def separated(parts: list[Part]) -> list[Part]:
    """`parts` with a comment between two lists or quotations in a row, which Markdown would take for one."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if (
            isinstance(part, str)
            and isinstance(last, str)
            and _LIST.match(part)
            and _LIST.match(last)
            and (part[0] == ">") == (last[0] == ">")
        ):
            out.append("<!-- -->")
        out.append(part)
    return out


class _Walk:
    def __init__(self, base: str, newlines: bool) -> None:
        self.base = base
        self.newlines = newlines
        self.parts: list[Part] = []
        self.dropped: list[str] = []
        self.line: list[str] = []
        self.after: list[Image] = []

    def flush(self) -> None:
        """End the paragraph that is being gathered. Pictures that stood in it follow it."""
        if not self.line and not self.after:
            return
        text = "".join(self.line)
        self.line = []
        for paragraph in _EMPTY_LINES.split(text) if "\n" in text else (text,):
            if block := self.paragraph(paragraph):
                self.parts.append(block)
        for image in self.after:
            self.picture(image)
        self.after = []

    @staticmethod
    def paragraph(text: str) -> str:
        if "\n" not in text:
            return line_start(line) if (line := text.strip(" \t\u00a0")) else ""
        lines = [line.strip(" \t\u00a0") for line in text.split("\n")]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        return "  \n".join(line_start(line) for line in lines if line)

    def picture(self, image: Image) -> None:
        """Add a picture; the same one twice in a row is a lazy loader's stand-in."""
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Image) and image.address and last.address == image.address and not image.caption:
            return
        self.parts.append(image)

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self.newlines:
            parts = re.split(r"(\r?\n(?:[ \t\u00a0]*\r?\n)*)", text)
            for i, part in enumerate(parts):
                if i % 2:
                    self.line.append("\n\n" if part.count("\n") > 1 else "\n")
                elif part:
                    self.line.append(literal(spaced(part)))
        else:
            self.line.append(literal(spaced(text)))

    def children(self, element: Element, depth: int) -> None:
        self.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, depth + 1)
            self.text(child.tail)

    def element(self, element: Element, depth: int) -> None:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag in _UNSEEN:
            return
        if depth > MAX_DEPTH:
            self.text(spaced("".join(element.itertext())))
        elif tag == "br":
            self.line.append("\n")
        elif tag in _CONTROLS or element.get("hidden") is not None or tag == "svg":
            self.drop(element)
        elif tag in IMAGES:
            self.image(element)
        elif tag not in BLOCKS and not holds_block(element):
            self.line.append(inline(element, self.base))
        elif (handler := getattr(self, f"on_{_NAMES.get(tag, tag)}", None)) is not None and tag in _HANDLED:
            if tag != "picture":
                self.flush()
            handler(element, depth)
        else:
            block = tag in BLOCKS
            if block:
                self.flush()
            self.children(element, depth)
            if block:
                self.flush()

    def drop(self, element: Element) -> None:
        text = spaced(" ".join(element.itertext())).strip()
        if text:
            self.dropped.append(text)

    def image(self, element: Element) -> None:
        image = image_of(element, self.base)
        if image is None:
            alt = element.get("alt") or ""
            if "emoji" in (element.get("class") or "") or "smiley" in (element.get("class") or ""):
                self.text(alt)
            return
        if "".join(self.line).strip():
            self.after.append(image)
        else:
            self.picture(image)

    def on_heading(self, element: Element, depth: int) -> None:
        text = self.inline_of(element).replace("\n", " ").strip()
        if text:
            self.parts.append("#" * max(2, int(str(element.tag)[1])) + " " + re.sub(r"(?<!\\)#", r"\\#", text))
        self.pictures_in(element)

    def inline_of(self, element: Element) -> str:
        """The inline markup of an element, whatever is in it."""
        return inline(element, self.base, outer=False)

    def pictures_in(self, element: Element) -> None:
        for found in element.iter("img", "amp-img"):
            image = image_of(found, self.base)
            if image is not None:
                self.picture(image)

    def on_hr(self, element: Element, depth: int) -> None:
        self.parts.append("* * *")

    def on_figure(self, element: Element, depth: int) -> None:
        inside = inside_of(element)
        if inside != "figure":
            self.children(element, depth)
            self.flush()
            return
        for part in figure_of(element, self.base):
            if isinstance(part, Image):
                self.picture(part)
            else:
                self.parts.append(part)

    def on_list(self, element: Element, depth: int) -> None:
        if element.tag == "ol" and (element.get("start") or "1") != "1":
            self.raw(element)  # Python-Markdown counts every list from 1
            self.pictures_in(element)
            return
        lines = self.items(element, 0, depth)
        if lines:
            self.parts.append("\n".join(lines))
        self.pictures_in(element)

    def items(self, element: Element, indent: int, depth: int) -> list[str]:
        ordered = element.tag == "ol"
        number = 1
        lines: list[str] = []
        for item in element:
            if not isinstance(item.tag, str) or item.tag in _UNSEEN:
                continue
            nested: list[str] = []
            if item.tag in ("ul", "ol"):
                nested = self.items(item, indent + 4, depth + 1)
                text = ""
            else:
                text = self.item_text(item)
                if depth < MAX_DEPTH:
                    for below in self.lists_below(item):
                        nested += self.items(below, indent + 4, depth + 1)
            if text:
                lines.append(" " * indent + (f"{number}. " if ordered else "- ") + line_start(text))
                number += 1
            elif nested and not lines:
                nested = [line[4:] for line in nested]
            lines += nested
        return lines

    @staticmethod
    def lists_below(item: Element) -> list[Element]:
        found: list[Element] = []
        todo = list(reversed(item))
        while todo:
            child = todo.pop()
            if child.tag in ("ul", "ol"):
                found.append(child)
            elif isinstance(child.tag, str):
                todo.extend(reversed(child))
        return found

    def item_text(self, item: Element) -> str:
        text = inline(item, self.base, outer=False, without=("ul", "ol"))
        return "<br>".join(line.strip() for line in text.split("\n") if line.strip())

    def on_blockquote(self, element: Element, depth: int) -> None:
        inner = _Walk(self.base, self.newlines)
        inner.children(element, depth)
        inner.flush()
        self.dropped += inner.dropped
        quoted = [part for part in separated(inner.parts) if isinstance(part, str)]
        if quoted:
            lines = "\n\n".join(quoted).split("\n")
            self.parts.append("\n".join(f"> {line}" if line else ">" for line in lines))
        for part in inner.parts:
            if isinstance(part, Image):
                self.picture(part)

    def on_pre(self, element: Element, depth: int) -> None:
        text = "".join(element.itertext()).strip("\r\n")
        if text.strip():
            escaped = text.replace("&", "&amp;").replace("<", "&lt;")
            self.parts.append(f"<pre>{escaped}</pre>")

    def on_dl(self, element: Element, depth: int) -> None:
        self.raw(element)

    def on_table(self, element: Element, depth: int) -> None:
        rows = [row for row in element.iter("tr") if row.getparent() is not None]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        cells = [row for row in cells if row]
        layout = any(holds_block(cell, _LAYOUT) for row in cells for cell in row) or max(map(len, cells), default=0) < 2
        if layout:
            self.children(element, depth)
            self.flush()
            return
        for caption in element.iter("caption"):
            text = self.inline_of(caption).strip()
            if text:
                self.parts.append(self.paragraph(text))
            caption.clear()
        spans = any(cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for row in cells for cell in row)
        if (
            spans
            or len({len(row) for row in cells}) > 1
            or any(cell.tag != "th" for cell in cells[0])
            or len(cells) < 2
        ):
            self.raw(element)
        else:
            lines = ["| " + " | ".join(self.cell(cell) for cell in row) + " |" for row in cells]
            lines.insert(1, "|" + "---|" * len(cells[0]))
            self.parts.append("\n".join(lines))
        self.pictures_in(element)

    def cell(self, cell: Element) -> str:
        lines = [line.strip() for line in self.inline_of(cell).split("\n") if line.strip()]
        return "<br>".join(lines).replace("|", "&#124;")

    def raw(self, element: Element) -> None:
        """Keep the element as HTML, as clean as the reader would make it."""
        html = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        clean = spaced(re.sub(r"<img[^>]*>", "", sanitised(html))).strip()
        if re.sub(r"<[^>]*>", "", clean).strip():
            self.parts.append(clean)

    def on_embed(self, element: Element, depth: int) -> None:
        address = link_address(address_of(element, self.base), self.base)
        words = element.get("title") or element.get("aria-label") or ""
        inner = spaced("".join(element.itertext())).strip() if element.tag in AUDIO else ""
        text = literal(spaced(words or inner or address or "").strip())
        if address:
            self.parts.append(f"[{text}]({address})")
        elif text:
            self.parts.append(self.paragraph(text))

    def on_noscript(self, element: Element, depth: int) -> None:
        self.pictures_in(element)


_NAMES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "ul": "list",
    "ol": "list",
    "dir": "list",
    **dict.fromkeys(("iframe", "embed", "object", "video", "audio", "amp-video", "amp-iframe"), "embed"),
}
_HANDLED = frozenset((*_NAMES, "hr", "figure", "blockquote", "pre", "dl", "table", "noscript"))
_LAYOUT = BLOCKS - {"p", "div", "tr", "td", "th"}
