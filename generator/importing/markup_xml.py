"""XML of exports, however broken: parsed element by element, with nothing loaded and nothing expanded.

What lives here: bytes of one element to a tree, and reading it by the names as written (`wp:post_id`), whether or not the
prefix was declared. A document type is cut off before parsing, so that no entity is ever defined: a bomb of entities has
no fuse. Control characters, which XML cannot hold and databases do, are removed; HTML's names of characters are understood.
"""

import html
import html.entities
import re
from collections.abc import Iterator

from lxml import etree

from generator.importing.records import Unreadable

Element = etree._Element

_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_OWN = frozenset([b"amp", b"lt", b"gt", b"quot", b"apos"])
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_NAMESPACE = re.compile(rb"xmlns:[\w.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>")


def _parser(encoding: str) -> etree.XMLParser:
    return etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )


def encoding_of(head: bytes) -> str:
    """The encoding that the declaration names; UTF-8 without one."""
    found = _DECLARED.search(head[:400])
    name = found[1].decode() if found else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return "utf-8" if name.lower().replace("_", "-") in ("utf8", "utf-16", "utf-32", "ucs-2") else name.lower()


def namespaces(head: bytes) -> bytes:
    """The prefixes that the root declares, for elements that are parsed without it."""
    return b" ".join(dict.fromkeys(_NAMESPACE.findall(head)))


def parse_part(data: bytes, declared: bytes, encoding: str) -> Element:
    """The tree of an element cut out of a document whose root declares `declared`. Raises `Unreadable`."""
    root = _parsed(b"<roznama " + declared + b">" + _clean(_utf8(data, encoding)) + b"</roznama>")
    if len(root) == 0:
        raise Unreadable("no XML element can be made out")
    return root[0]


def parse_document(data: bytes) -> Element:
    """The tree of a whole document. Raises `Unreadable`."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
        encoding = "utf-8"
    else:
        encoding = encoding_of(data)
    text = _DECLARATION.sub(b"", _utf8(data, encoding).removeprefix(b"\xef\xbb\xbf"), count=1)
    return _parsed(_clean(_DOCTYPE.sub(b"", text, count=1)).lstrip())


def _utf8(data: bytes, encoding: str) -> bytes:
    """`data` in UTF-8. A declaration is not believed against bytes that are UTF-8 already."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace").encode("utf-8", "replace")
    return data


def _clean(data: bytes) -> bytes:
    data = _CONTROL.sub(b"", data)
    if b"&" not in data:
        return data
    parts = _CDATA.split(data)
    return b"".join(part if i % 2 else _ENTITY.sub(_named, part) for i, part in enumerate(parts))


def _named(found: re.Match[bytes]) -> bytes:
    if found[1] in _OWN:
        return found[0]
    char = html.entities.html5.get(found[1].decode() + ";")
    return char.encode() if char else b"&amp;" + found[1] + b";"


def _parsed(data: bytes) -> Element:
    try:
        root = etree.fromstring(data, _parser("utf-8"))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"not XML: {error.msg}") from None
    if root is None:
        raise Unreadable("not XML")
    return root


def name_of(element: Element) -> str:
    """The name as the document writes it, with its prefix."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    local = tag.rsplit("}", 1)[-1]
    return f"{element.prefix}:{local}" if element.prefix and ":" not in local else local


def local_name(element: Element) -> str:
    """The name without namespace and prefix."""
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of `names`, as written or local."""
    for child in element:
        if isinstance(child.tag, str) and (name_of(child) in names or local_name(child) in names):
            yield child


def below(element: Element, *names: str) -> Iterator[Element]:
    """The descendants with one of the local `names`, in document order."""
    for child in element.iterdescendants():
        if isinstance(child.tag, str) and local_name(child) in names:
            yield child


def text_of(element: Element | None) -> str:
    """All text in an element."""
    return "" if element is None else "".join(element.itertext())


def child_text(element: Element, *names: str) -> str:
    """The text of the first child that has one of `names` and is not empty."""
    for name in names:
        for child in element:
            if isinstance(child.tag, str) and name_of(child) == name and (text := text_of(child).strip()):
                return text
    return ""


class Fields:
    """The children of an element by their names as written: for elements of dozens of fields, each asked for by name."""

    def __init__(self, element: Element) -> None:
        self._by_name: dict[str, list[Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._by_name.setdefault(name_of(child), []).append(child)

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return self._by_name.get(name, [])

    def text(self, *names: str) -> str:
        """The text of the first child that has one of `names` and is not empty."""
        return next((text for name in names for child in self.all(name) if (text := text_of(child).strip())), "")


def inner_markup(element: Element) -> str:
    """What is inside an element as markup without namespaces: XHTML in a feed, paragraphs of NITF."""
    parts = [_escaped(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            tag = local_name(child)
            attributes = "".join(
                f' {name.rsplit("}", 1)[-1]}="{_escaped(value, True)}"' for name, value in child.attrib.items()
            )
            inside = inner_markup(child)
            parts.append(f"<{tag}{attributes}>" + ("" if tag in ("br", "hr", "img") else f"{inside}</{tag}>"))
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _escaped(text: str | None, quotes: bool = False) -> str:
    return html.escape(text, quote=quotes) if text else ""
