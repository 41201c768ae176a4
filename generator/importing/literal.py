"""Text as Markdown that says exactly this text, and a few questions about text.

What lives here: escaping, for the signs that Python-Markdown with tables, footnotes and attribute lists takes for
markup, and only those: an editor should still like to read the file. A property test reads random text back.
"""

import re

_SPACE = re.compile("[ \t\r\n\f\x0b\x1c-\x1e\x85\u2028\u2029]+")
_SIGNS = re.compile(r"[\\`*\[\]{<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_REPLACED = {"<": "&lt;", "&": "&amp;"}
# At the start of a line: headings, quotations, items, rules, underlined headings.
_START = re.compile(r"(?:[#>]|[-+](?=[ \t-]|$)|=|:(?=[ \t-])|\|)")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")
_TAGS = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|h[1-6]|ul|ol|li|table|td|blockquote|figure|font|u|center)>"
    r"|<br ?/?>|<(?:p|div)(?: [^<>]*)?>|<img [^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|quot|nbsp|lt|gt|apos|[lr][sd]quo|hellip|[mn]dash|zwnj|zwj|[lr]aquo|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
)


# What the longer patterns begin with: most lines have none of it, and are searched through in a tenth of the time.
_MAYBE_SPACE = re.compile("[\t\r\n\f\x0b\x1c-\x1e\x85\u2028\u2029]|  ")
_MAYBE_SIGN = re.compile(r"[\\`*\[\]{<&_]")
_MAYBE_MARKDOWN = re.compile(r"[\\`*\]<>#+\-.]")


def spaced(text: str) -> str:
    """`text` in one line, its white space collapsed as HTML does; spaces that do not break stay."""
    return _SPACE.sub(" ", text) if _MAYBE_SPACE.search(text) else text


def literal(text: str) -> str:
    """`text`, already in one line, so that Markdown shows it as it is, wherever in a line it stands."""
    return _SIGNS.sub(lambda found: _REPLACED.get(found[0]) or "\\" + found[0], text) if _MAYBE_SIGN.search(text) else text


def line_start(line: str) -> str:
    """A line of Markdown that begins with text so that its beginning is no mark of a heading, item or quotation."""
    if found := _START.match(line):
        sign = found[0]
        return f"&#{ord(sign)};{line[1:]}" if sign in "=:|" else "\\" + line
    if found := _NUMBER.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return line


def has_markup(text: str) -> bool:
    """Whether `text` is HTML: it has a tag that only markup has."""
    return "<" in text and _TAGS.search(text) is not None


def has_entities(text: str) -> bool:
    """Whether plain `text` still holds HTML's names of characters, as text taken out of pages often does."""
    return "&" in text and _ENTITY.search(text) is not None


_MARKDOWN = re.compile(
    r"\\([\\`*_{}\[\]#+\-.!>)])|</?[a-z][^<>]*>|\]\([^()\s]*(?: \"[^\"]*\")?\)|[*`]{1,2}|^(?:#{1,6}|>|[-+]|\d+\.)\s",
    re.MULTILINE,
)


def plainly(markdown: str) -> str:
    """Roughly the words of a block that this package wrote, for counting and comparing, never for showing."""
    if not _MAYBE_MARKDOWN.search(markdown):
        return markdown.replace("&lt;", "<").replace("&amp;", "&")
    return _MARKDOWN.sub(lambda found: found[1] or "", markdown).replace("&lt;", "<").replace("&amp;", "&")
