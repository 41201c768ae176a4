"""Markup within a paragraph: links, emphasis, signs, as Markdown where it can say them and as plain tags where not.

What lives here: text of an element in one line (a line break stays a line end). What does not: blocks, pictures.
`javascript:` and `data:` links leave their text; relative ones are made absolute, or leave their text when nobody knows
to what.
"""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from generator.importing.literal import literal, spaced

Element = etree._Element

_TAGS = {
    tag: tag
    for tag in [
        "abbr",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "sub",
        "sup",
        "u",
    ]
} | {"strike": "s", "samp": "code", "tt": "code", "var": "i"}
_STRONG = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_MARKS = {"strong": "**", "em": "*"}
_UNSEEN = frozenset(["script", "style", "template", "title", "noscript", "img", "svg", "source", "track", "param"])
_BREAKING = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "article",
        "figure",
        "figcaption",
        "header",
        "footer",
    ]
)
_DEPTH = 60
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_UNSAFE = re.compile(r"[\s<>\"'()\\`\[\]{}|\x00-\x1f]")


def link_address(address: str | None, base: str = "") -> str | None:
    """`address` as a link may carry it: absolute, http, https or mailto, and nothing in it that ends a Markdown link.
    `None` for every other one."""
    if not address:
        return None
    address = re.sub(
        r"[\x00-\x20\u2028\u2029]+",
        lambda found: "" if "\n" in found[0] or "\t" in found[0] else "%20",
        address.strip(),
    )
    try:
        if base and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
            if address.startswith("#"):
                return None
            address = urljoin(base, address)
        elif address.startswith("//"):
            address = "https:" + address
        scheme, host = urlsplit(address)[:2]
    except ValueError:
        return None
    if scheme.lower() not in ("http", "https", "mailto") or (scheme.lower() != "mailto" and not host):
        return None
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), address)


def inline(element: Element, base: str = "", *, outer: bool = True, without: tuple[str, ...] = ()) -> str:
    """The markup of `element` in Markdown: with its own tag (`outer`) or only what is inside. Elements named `without`
    are left out. Blocks inside stand on lines of their own."""
    return _element(element, base, 0, without) if outer else _inside(element, base, 0, without)


def _inside(element: Element, base: str, depth: int, without: tuple[str, ...]) -> str:
    parts = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in without:
            parts.append(_element(child, base, depth + 1, without))
        parts.append(_text(child.tail))
    return _joined(parts)


def _text(text: str | None) -> str:
    return literal(spaced(text)) if text else ""


def _joined(parts: list[str]) -> str:
    """`parts` in a row; where two marks of emphasis would meet, tags keep them apart."""
    out = ""
    for part in parts:
        out += _as_tags(part) if part[:1] == "*" and out[-1:] == "*" else part
    return out


def _as_tags(part: str) -> str:
    found = re.fullmatch(r"(\*\*?)(.+?)\1", part, re.DOTALL)
    if not found:
        return part
    tag = "strong" if found[1] == "**" else "em"
    return f"<{tag}>{found[2]}</{tag}>"


def _element(element: Element, base: str, depth: int, without: tuple[str, ...]) -> str:
    tag = element.tag.lower() if isinstance(element.tag, str) else ""
    if tag == "img" and ("emoji" in (element.get("class") or "") or "smiley" in (element.get("class") or "")):
        return _text(element.get("alt"))
    if tag in _UNSEEN:
        return ""
    if tag == "br":
        return "\n"
    if depth > _DEPTH:
        return _text("".join(element.itertext()))
    inside = _inside(element, base, depth, without)
    if tag in _BREAKING:
        return f"\n{inside}\n"
    body = inside.strip(" ")
    if not body.strip():
        return inside
    before = inside[: len(inside) - len(inside.lstrip(" "))]
    after = inside[len(inside.rstrip(" ")) :]
    return before + _marked(tag, element, body, base) + after


def _marked(tag: str, element: Element, body: str, base: str) -> str:
    if tag == "a":
        address = link_address(element.get("href"), base)
        if address is None or "](" in body:
            return body
        return f"[{_one_line(body)}]({address})"
    if name := _STRONG.get(tag):
        mark = _MARKS[name]
        simple = "*" not in body and "<" not in body and "\n" not in body and not body.endswith("\\")
        return f"{mark}{body}{mark}" if simple else f"<{name}>{_one_line(body)}</{name}>"
    if name := _TAGS.get(tag):
        return f"<{name}{_language(element)}>{_one_line(body)}</{name}>"
    if attributes := _language(element):
        return f"<span{attributes}>{_one_line(body)}</span>"
    return body


def _one_line(body: str) -> str:
    """Inline markup cannot hold a blank line; a break inside it is written as one."""
    return re.sub(r"\s*\n\s*", "<br>", body.strip("\n"))


def _language(element: Element) -> str:
    out = ""
    lang = element.get("lang") or ""
    if _LANG.fullmatch(lang):
        out += f' lang="{lang}"'
    direction = (element.get("dir") or "").lower()
    if direction in ("rtl", "ltr", "auto"):
        out += f' dir="{direction}"'
    return out
