"""Pictures of an HTML body: the address behind lazy loading, the caption, and whose picture it is.

What lives here: `<img>`, `<figure>`, and their cousins of WordPress and AMP, as `Image`. What does not: whether the file
is at hand (`pictures`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from generator.importing.literal import line_start, literal, spaced
from generator.importing.records import Image
from generator.readers.labels import FIGURE_KINDS, Label, Lexicon, lexicon
from generator.readers.markup import sanitised
from generator.readers.source import Rules

Element = etree._Element

IMAGES = frozenset(("img", "amp-img"))
AUDIO = frozenset(("video", "audio", "amp-video"))
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url", "data-img-url")
_CREDIT = re.compile(
    r"(?:^|[-_\s])(?:credits?|copyright|photographer|attribution|img-?source|image-?source|photo-?by|byline)(?:$|[-_\s])|creditText|copyrightHolder",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[(\[]?\s*(?:photos?|pictures?|images?|foto|credit|image source|photo by|picture by|تصویر|عکس|تصوير|الصورة|مصدر الصورة|צילום|קרדיט)"
    r"(?:\s+(?:credit|source|by))?\s*(?:[:：/]|(?<=by)\s)\s*([^()\[\]]{2,80}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_CREDITS = ("credit", "glued_credit")


@lru_cache(maxsize=1)
def _labels() -> Lexicon:
    return lexicon(Rules())


def address_of(element: Element, base: str) -> str:
    """Where the thing itself is: behind a lazy loader's stand-in, the widest of a set; absolute when `base` is known."""
    address = element.get("src") or element.get("data") or ""
    if not address or address.startswith("data:") or "placeholder" in address or "blank.gif" in address:
        address = next((value for name in _LAZY if (value := element.get(name))), "") or address
    if not address or address.startswith("data:"):
        address = _widest(element.get("srcset") or element.get("data-srcset") or "") or ""
    if not address:
        below = element.find("source")
        address = "" if below is None else below.get("src") or _widest(below.get("srcset") or "") or ""
    address = address.strip()
    if base and address and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        try:
            return urljoin(base, address)
        except ValueError:
            return ""
    return "" if address.startswith(("javascript:", "data:", "blob:")) else address


def _widest(srcset: str) -> str | None:
    best: tuple[float, str] | None = None
    for found in re.finditer(r"(\S+?)(?:\s+([\d.]+)[wx])?\s*(?:,\s|,?$)", srcset):
        width = float(found[2]) if found[2] and found[2].count(".") < 2 and found[2] != "." else 0.0
        if found[1] and (best is None or width > best[0]):
            best = (width, found[1])
    return best[1] if best else None


def image_of(element: Element, base: str) -> Image | None:
    """The picture of an `<img>`; `None` for counters, smileys and stand-ins."""
    classes = element.get("class") or ""
    if "emoji" in classes or "smiley" in classes:
        return None
    if any((element.get(side) or "").strip() in ("0", "1", "2") for side in ("width", "height")):
        return None
    address = address_of(element, base)
    alt = spaced(element.get("alt") or "").strip()
    if not address and not alt:
        return None
    return Image(address, alt, _title(element, alt))


def _title(element: Element, alt: str) -> str:
    """A title says what a caption says, unless it repeats the alternative text or is the file's name."""
    title = spaced(element.get("title") or "").strip()
    if not title or title == alt or " " not in title or re.search(r"\.(?:jpe?g|png|gif|webp)$", title, re.IGNORECASE):
        return ""
    return title


def inside_of(element: Element) -> str:
    """What a `<figure>` is: `figure` around pictures, or a `box` around something else (quotations, tables, videos, or
    figures of its own)."""
    inner = {below.tag for below in element.iterdescendants() if isinstance(below.tag, str)}
    if inner & {"figure", "table", "blockquote", "iframe", "video", "audio", "pre", "ul", "ol"}:
        return "box"
    return "figure" if inner & IMAGES else "box"


def figure_of(element: Element, base: str) -> Iterator[Image | str]:
    """The pictures of a figure; the first carries caption and credit."""
    captions = list(element.iter("figcaption"))
    pieces: list[str] = []
    marked = ""
    credits_: list[str] = []
    for outside in _outside(element):
        credits_ += _credit_or(outside, pieces)
    for caption in captions:
        for below in list(caption.iterdescendants()):
            if isinstance(below.tag, str) and _is_credit(below) and (text := _words(below)):
                credits_.append(_unlabelled(text))
                _remove(below)
        last = caption[-1] if len(caption) else None
        if (
            last is not None
            and last.tag in ("cite", "small")
            and not (last.tail or "").strip()
            and (text := _words(last))
        ):
            credits_.append(_unlabelled(text))
            _remove(last)
        text = _words(caption)
        label = _labels().find(text) if text else None
        if isinstance(label, Label) and label.kind in FIGURE_KINDS and label.value:
            (credits_ if label.kind in _CREDITS else pieces).append(label.value)
        elif (
            text
            and (found := _NAMED.search(text))
            and (found.start() == 0 or text[found.start()] in "([" or text[found.start() - 1] in " .۔|")
        ):
            credits_.append(found[1])
            if found.start() > 0:
                pieces.append(text[: found.start()].rstrip(" |-–—"))
        elif text:
            pieces.append(text)
            marked = _markup(caption, text)
    caption_text = " ".join(dict.fromkeys(pieces))
    credit = " / ".join(dict.fromkeys(credits_))
    first = True
    for found_image in element.iter(*IMAGES):
        image = image_of(found_image, base)
        if image is None:
            continue
        if first:
            markup = marked if len(pieces) == 1 else ""
            image = Image(image.address, image.alt, caption_text or image.caption, credit, markup)
        yield image
        if first and not image.address and not image.alt:
            continue
        first = False
    if first and (caption_text or credit):
        text = " ".join(filter(None, (caption_text, credit)))
        yield line_start(literal(text))


def _words(element: Element) -> str:
    return spaced("".join(element.itertext())).strip()


def _is_credit(element: Element) -> bool:
    return any(_CREDIT.search(element.get(name) or "") for name in ("class", "itemprop", "id"))


def _unlabelled(text: str) -> str:
    label = _labels().find(text)
    if isinstance(label, Label) and label.kind in _CREDITS and label.value:
        return label.value
    found = _NAMED.fullmatch(text)
    return found[1] if found else text


def _outside(element: Element) -> list[str]:
    """The texts of a figure that are not in its caption, one for each innermost box."""
    texts: list[str] = []
    todo = [element]
    while todo:
        part = todo.pop()
        if part.tag in ("figcaption", "noscript", "script", "style"):
            continue
        boxes = [child for child in part if isinstance(child.tag, str)]
        own = bool((part.text or "").strip()) or any((child.tail or "").strip() for child in boxes)
        if own or (part.get("role") == "text" and _words(part)) or (_is_credit(part) and _words(part)):
            texts.append(_words(part))
        else:
            todo.extend(reversed(boxes))
    return [text for text in texts if text]


def _credit_or(text: str, pieces: list[str]) -> list[str]:
    label = _labels().find(text)
    if isinstance(label, Label) and label.kind in FIGURE_KINDS and label.value and label.kind not in _CREDITS:
        pieces.append(label.value)
        return []
    return [_unlabelled(text)]


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _markup(caption: Element, text: str) -> str:
    """The caption's markup if it says more than its text (a link, emphasis), else nothing."""
    if not any(
        isinstance(below.tag, str) and below.tag in ("a", "b", "strong", "i", "em", "sub", "sup")
        for below in caption.iterdescendants()
    ):
        return ""
    html = etree.tostring(caption, encoding="unicode", method="html", with_tail=False)
    clean = spaced(sanitised(re.sub(r"</?figcaption[^>]*>", "", html))).strip()
    return clean if "<" in clean else ""
