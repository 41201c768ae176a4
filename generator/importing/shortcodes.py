"""WordPress shortcodes to HTML: `[caption]`, `[gallery]`, `[embed]` and their like; of the others their content stays.

What lives here: text to text. A bracket is a shortcode only if its name is known, if it has attributes, or if it is closed:
`[sic]` and `[1]` are words of the author.
"""

import html
import re
from collections.abc import Mapping

Attachment = tuple[str, str, str]
"""Address, caption and alternative text of an uploaded file."""

_CAPTION = re.compile(r"\[(caption|wp_caption)\b([^\]]*)\]((?:(?!\[(?:wp_)?caption\b).)*?)\[/\1\]", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'\]]+))""")
_PAIR = re.compile(
    r"\[(embed|youtube|vimeo|video|audio|playlist|tweet|soundcloud|dailymotion|facebook|instagram)\b([^\]]*)\](?:([^\[]*)\[/\1\])?"
)
_GALLERY = re.compile(r"\[gallery\b([^\]]*)\]")
_TAG = re.compile(r"\[(/?)([A-Za-z][\w-]*)((?:\s+[^\[\]]*)?)/?\]")
_ALONE = re.compile(r"(?m)^[ \t]*(?:<p>)?(https?://[^\s<>\"]+)(?:</p>)?[ \t]*$")
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
MAX_DEPTH = 20


def attributes(text: str) -> dict[str, str]:
    """The attributes of a shortcode; quotes may be straight, curly or missing, and escaped as HTML."""
    return {
        found[1].lower(): next(filter(None, found.groups()[1:]), "")
        for found in _ATTRIBUTE.finditer(html.unescape(text))
    }


def expanded(content: str, attachments: Mapping[str, Attachment], dropped: list[str]) -> str:
    """`content` with its shortcodes as HTML. What a shortcode would have shown and cannot any more is put into `dropped`."""
    for _ in range(MAX_DEPTH):  # a caption within a caption: from the innermost out
        content, count = _CAPTION.subn(_caption, content)
        if not count:
            break
    content = _GALLERY.sub(lambda found: _gallery(found, attachments), content)
    content = _PAIR.sub(_embed, content)
    closed = {found[2] for found in _TAG.finditer(content) if found[1]}

    def other(found: re.Match[str]) -> str:
        name, rest = found[2], found[3]
        if not (found[1] or name in closed or "=" in rest):
            return found[0]
        if not found[1] and name not in closed:
            dropped.append(found[0])
        values = attributes(rest)
        title = values.get("title") or values.get("heading") or ""
        return f"<p>{html.escape(title)}</p>" if title and not found[1] else "\n\n" if found[1] else ""

    content = _TAG.sub(other, content)
    return _ALONE.sub(
        lambda found: f'\n<p><a href="{html.escape(found[1])}">{html.escape(found[1])}</a></p>\n', content
    )


def _caption(found: re.Match[str]) -> str:
    image = _IMAGE.search(found[3])
    caption = attributes(found[2]).get("caption", "")
    if image is None:
        return found[3] + (f"<p>{caption}</p>" if caption else "")
    rest = (found[3][: image.start()] + found[3][image.end() :]).strip()
    words = rest or caption
    return f"\n\n<figure>{image[0]}" + (f"<figcaption>{words}</figcaption>" if words else "") + "</figure>\n\n"


def _gallery(found: re.Match[str], attachments: Mapping[str, Attachment]) -> str:
    ids = re.findall(r"\d+", attributes(found[1]).get("ids", "") or attributes(found[1]).get("include", ""))
    return "".join(figure(attachments[id_]) for id_ in ids if id_ in attachments)


def figure(attachment: Attachment) -> str:
    """An uploaded picture as HTML."""
    address, caption, alt = attachment
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'\n\n<figure><img src="{html.escape(address)}" alt="{html.escape(alt)}">{inside}</figure>\n\n'


def _embed(found: re.Match[str]) -> str:
    values = attributes(found[2])
    inside = (found[3] or "").strip()
    address = inside if inside.startswith("http") else ""
    for name in ("src", "url", "mp4", "mp3", "m4a", "ogg", "webm", "href", "link"):
        address = address or values.get(name, "")
    bare = re.search(r"https?://[^\s\"'\]]+", html.unescape(found[2]))
    address = address or (bare[0] if bare else "")
    if found[1] == "youtube" and not address:
        code = values.get("id") or inside or found[2].strip(" =")
        address = f"https://www.youtube.com/watch?v={code}" if code else ""
    if not address.startswith("http"):
        return found[0] if not address else ""
    words = html.escape(values.get("title") or values.get("caption") or address)
    return f'\n\n<p><a href="{html.escape(address)}">{words}</a></p>\n\n'
