"""The article on a web page: its text found among menus, teasers and advertisements.

What lives here: choosing the element that holds the text and what in it is not the article's. What does not: what the page
states elsewhere (`pages_meta`), and turning the element into blocks (`body`), which keeps captions, lists and tables that
extractors flatten. Paragraphs vote for the elements around them; publishers' own marks (`articleBody`) and a site's recipe
come first. Where that finds little, trafilatura is asked: it knows more of the web's oddities and takes six times as long.

Everything visible that is left out is listed, so that nothing disappears unseen.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from generator.importing.body import Body, body_of, body_of_element
from generator.importing.figures import IMAGES, figure_of
from generator.importing.literal import plainly, spaced
from generator.importing.pages_meta import Facts, lead_image, stated
from generator.importing.records import Image, Missing, Part, Recipe, Record, Unreadable
from generator.importing.tree import parse_html

Element = etree._Element

ENOUGH = 250
"""Characters of text; less on a page that looks like an article, and a second opinion is asked."""

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:article-?_*(?:body|content|text|detail)|articlebody|story-?_*(?:body|content|text|detail)|storybody|entry-content|post-(?:content|body)"
    r"|news-?_*(?:body|content|text|detail)|td-post-content|single-content|content-?body|body-?content|rich-?text|item-text|itemfulltext)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)\w*|social\w*|related\w*|recommend\w*|read-?(?:more|also)|more-?(?:news|stories|on)|comments?|respond|disqus\w*|newsletter\w*|subscri\w*"
    r"|promo\w*|advert\w*|ads?|banner\w*|breadcrumbs?|sidebar|widget\w*|footer|menu|navbar|navigation|nav|pagination|pager|cookie\w*|consent|popup|modal|login|signup|print\w*"
    r"|tag-?(?:s|list|cloud)?|tags|toolbar|tools|skip\w*|screen-reader\w*|sr-only|visually-?hidden|outbrain|taboola|sponsored|most-?(?:read|popular|viewed)|trending|jp-relatedposts|sharedaddy|author-?(?:bio|box|info))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline\w*|author\w*|dateline|date|time|timestamp|published|post-?meta|entry-?meta|article-?meta|meta|posted-on|updated)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SKIPPED = frozenset(["script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "svg"])
_TEXTS = ("p", "div", "td", "section", "article", "li", "blockquote", "pre", "span", "h2", "h3")


def read_page(html: str, address: str, recipes: tuple[Recipe, ...] = (), *, legacy_base: str = "") -> Record:
    """The article on the page `html` that stood at `address` (empty when nobody knows). Raises `Unreadable` if there is
    none to be found."""
    root = parse_html(html)
    if root is None:
        raise Unreadable("the page is empty")
    record = Record(form="markdown")
    record.dropped, record.doubts, record.images, record.aliases, record.extra = [], [], [], [], {}
    facts = Facts(root)
    stated(root, facts, address, record)
    base = record.url or address or legacy_base
    recipe = _recipe(recipes, base)
    if recipe is not None:
        _by_recipe(root, recipe, record)
    content = _selected(root, recipe.content if recipe else None)
    article = content[0] if content else _content(root)
    body = _body(root, article, content[1:], record, base)
    length = sum(len(plainly(part)) for part in body.parts if isinstance(part, str))
    if length < ENOUGH and not content:
        body = _second_opinion(html, body, length, record)
        length = sum(len(plainly(part)) for part in body.parts if isinstance(part, str))
    if length < 40 and not facts.ld:
        raise Unreadable("no article is found on this page")
    if record.standfirst and any(
        isinstance(part, str) and record.standfirst.rstrip("….")[:80] in spaced(plainly(part))
        for part in body.parts[:4]
    ):
        record.standfirst = None  # the first words of the text, cut off for search engines
    parts = body.parts
    if not any(isinstance(part, Image) for part in parts) and (image := lead_image(facts, base)) is not None:
        parts = [image, *parts]
    record.dropped += body.dropped
    record.images = []
    record.text = ""
    record.extra = {}
    if record.url and (path := urlsplit(record.url).path) not in ("", "/"):
        record.aliases.append(path)
    record.parts = parts
    return record


def _recipe(recipes: tuple[Recipe, ...], address: str) -> Recipe | None:
    host = urlsplit(address).netloc.lower()
    fitting = [
        recipe for recipe in recipes if not recipe.host or host == recipe.host or host.endswith("." + recipe.host)
    ]
    return max(fitting, key=lambda recipe: len(recipe.host), default=None)


def _selected(root: Element, selector: str | None) -> list[Element]:
    if not selector:
        return []
    try:
        from cssselect import SelectorError
        from lxml.cssselect import CSSSelector
    except ImportError:
        raise Missing("recipes need the package cssselect: pip install 'roznama[html]'") from None
    try:
        return list(CSSSelector(selector, translator="html")(root))
    except SelectorError as error:
        raise Unreadable(f"`{selector}` in a recipe is no CSS selector: {error}") from None


def _by_recipe(root: Element, recipe: Recipe, record: Record) -> None:
    from generator.importing.records import Person

    for selector in recipe.remove:
        for element in _selected(root, selector):
            _drop(element, record.dropped)
    for name, where in (("headline", recipe.headline), ("standfirst", recipe.standfirst), ("published", recipe.date)):
        found = _selected(root, where)
        if found:
            value = found[0].get("datetime") or found[0].get("content") if name == "published" else None
            setattr(record, name, value or spaced("".join(found[0].itertext())).strip())
    if found := _selected(root, recipe.byline):
        record.bylines = [Person(spaced("".join(element.itertext())).strip()) for element in found]
    if found := _selected(root, recipe.topics):
        record.topics = [spaced("".join(element.itertext())).strip() for element in found]


def _content(root: Element) -> Element:
    """The element that holds the text."""
    body = root.find("body")
    body = root if body is None else body
    votes: dict[Element, float] = {}
    total = 0.0
    for paragraph in body.iter(*_TEXTS[:4]):
        length = _own_length(paragraph)
        if length < 30:
            continue
        parent = paragraph.getparent() if paragraph.tag == "p" else paragraph
        weight = length * _weight(parent)
        total += weight
        share = 1.0
        while parent is not None and parent is not body and share > 0.1:
            votes[parent] = votes.get(parent, 0.0) + weight * share
            share *= 0.7
            parent = parent.getparent()
    if not votes:
        return body
    marked = [element for element in votes if _is_marked(element)]
    if marked:
        best = max(marked, key=lambda element: votes[element])
        if votes[best] > 0.3 * max(votes.values()):
            return best
    return max(votes, key=lambda element: votes[element])


def _is_marked(element: Element) -> bool:
    return "articleBody" in (element.get("itemprop") or "") or any(
        _MARKED.search(element.get(name) or "") for name in ("class", "id")
    )


def _own_length(element: Element) -> int:
    """Characters of an element's own text and that of its inline children, links not counted."""
    length = len((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in ("b", "strong", "i", "em", "span", "font", "u", "bdi", "q", "cite"):
                length += _own_length(child)
            elif child.tag == "a":
                length += min(len("".join(child.itertext())), 10)
        length += len((child.tail or "").strip())
    return length


def _weight(element: Element | None) -> float:
    """How likely paragraphs here are the article's: 1, less below what is named after something else."""
    up = 0
    while element is not None and up < 6:
        if element.tag in ("aside", "footer", "nav", "header", "form"):
            return 0.2
        if _is_marked(element) or element.tag == "article":
            return 1.2
        if _NOT.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return 0.2
        element = element.getparent()
        up += 1
    return 1.0


def _body(root: Element, article: Element, more: list[Element], record: Record, base: str) -> Body:
    outside = list(_outside(root, article, record.headline or ""))
    lead = _lead_figures(article)
    parts: list[Part] = []
    for figure in lead:
        parts.extend(figure_of(figure, base))
    for element in (article, *more):
        _prune(element, record)
        found = body_of_element(element, base)
        parts += found.parts
        record.dropped += found.dropped
    shown = " ".join(plainly(part) for part in parts if isinstance(part, str))
    record.dropped += [text for text in outside if text not in shown and text != record.headline]
    return Body(parts, [])


def _lead_figures(article: Element) -> list[Element]:
    """Figures of the article that stand before the element with its text."""
    around = article
    for element in article.iterancestors("article", "main"):
        around = element
        break
    if around is article:
        return []
    figures: list[Element] = []
    for element in around.iter():
        if element is article:
            return figures
        if (
            element.tag == "figure"
            and next(element.iter(*IMAGES), None) is not None
            and next(element.iterancestors("figure"), None) is None
        ):
            figures.append(element)
    return figures


def _prune(article: Element, record: Record) -> None:
    """Take out what stands in the text and is not the article's: boxes of links, buttons, the headline again."""
    whole = max(len("".join(article.itertext())), 1)
    for element in list(article.iter("*")):
        if element is article or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        tag = element.tag
        if tag == "h1":
            if spaced("".join(element.itertext())).strip() == (record.headline or "").strip():
                _cut(element)
            continue
        if tag in _SKIPPED and tag not in ("script", "style", "noscript", "template"):
            _drop(element, record.dropped)
            continue
        if tag not in ("div", "section", "aside", "ul", "ol", "p", "span", "header", "address", "time"):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        named = len(names) > 1 and _NOT.search(names) is not None
        if tag == "time" or (len(names) > 1 and _BYLINE.search(names)):
            text = spaced("".join(element.itertext())).strip()
            if len(text) < 120 and next(element.iter("p", "figure"), None) is None:
                _drop(element, record.dropped)
            continue
        if not named and tag not in ("aside", "ul", "div", "section"):
            continue
        text = spaced("".join(element.itertext())).strip()
        if not text:
            continue
        linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
        if (
            (named and len(text) < 0.4 * whole and not _has_paragraph(element))
            or (linked > 0.7 * len(text) and (len(text) > 60 or tag == "aside") and tag != "div")
            or (tag == "aside" and len(text) < 0.3 * whole and linked > 0.3 * len(text))
        ):
            _drop(element, record.dropped)


def _has_paragraph(element: Element) -> bool:
    return any(_own_length(paragraph) > 250 for paragraph in element.iter("p"))


def _cut(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    before = element.getprevious()
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _drop(element: Element, dropped: list[str]) -> None:
    text = spaced(" ".join(element.itertext())).strip()
    if text:
        dropped.append(text)
    _cut(element)


def _outside(root: Element, article: Element, headline: str) -> Iterator[str]:
    """What is visible beside the article, a piece for each neighbour of it and of the elements around it."""
    element: Element | None = article
    while element is not None and element.tag not in ("body", "html"):
        parent = element.getparent()
        if parent is None:
            return
        for sibling in parent:
            if (
                sibling is not element
                and isinstance(sibling.tag, str)
                and sibling.tag not in ("script", "style", "noscript", "template", "head", "link", "meta")
            ):
                text = spaced(" ".join(part for part in sibling.itertext() if part.strip() and _seen(part))).strip()
                if text and text != headline:
                    yield text[:300]
        element = parent


def _seen(part: str) -> bool:
    """Whether a piece of text is to be seen: lxml gives scripts and styles their text too."""
    parent = part.getparent() if hasattr(part, "getparent") else None
    return parent is None or parent.tag not in ("script", "style", "noscript", "template")


def _second_opinion(html: str, body: Body, length: int, record: Record) -> Body:
    """What trafilatura finds, if it is installed and finds more."""
    try:
        from trafilatura import extract
    except ImportError:
        record.doubts.append("little text found")
        return body
    found = extract(
        html, output_format="html", include_images=False, include_tables=True, include_comments=False, fast=True
    )
    other = body_of(found) if found else Body([], [])
    if sum(len(plainly(part)) for part in other.parts if isinstance(part, str)) > length:
        record.doubts.append("text found by trafilatura")
        return other
    record.doubts.append("little text found")
    return body
