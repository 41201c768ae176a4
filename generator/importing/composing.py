"""A record to the text of an article file: front matter in YAML, and the body.

What lives here: how values are written so that `readers.front_matter` reads the same values back, and how pictures are
named in a body. What does not: which values an article has (`finishing`).

Not `yaml.dump`: it writes right-to-left text in escapes or folds lines in the middle of a name, and takes 1 ms a record,
as much as everything else together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.importing.literal import literal
from generator.importing.records import Image, Part, Person

# A value that YAML reads as this very text without quotes: letters first, and no sign that means something further on.
_PLAIN = re.compile(r"[^\W\d_][^\x00-\x1f\x7f-\x9f:#\[\]{},\"\\&*!|>%@`?\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?")
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s\x00-\x1f\"'#\[\]{},\u0080-\u009f\u2028\u2029\ufeff]*[^\s:\"'#\[\]{},]")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_KEY = re.compile(r"[A-Za-z_][\w.-]*")


def scalar(text: str) -> str:
    """A text as a YAML value in one line."""
    if _DATE.fullmatch(text):
        return text
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text[-1] not in " \u00a0" and len(text) < 1000:
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(char) or f"\\u{ord(char):04x}"


def line(name: str, value: str | Sequence[str]) -> str:
    """One field, with its line end."""
    key = (
        name
        if _KEY.fullmatch(name)
        else scalar(name)
        if _PLAIN.fullmatch(name)
        else '"' + _ESCAPED.sub(_escape, name) + '"'
    )
    if isinstance(value, str):
        if _ADDRESS.fullmatch(value) and ": " not in value:
            return f"{key}: {value}\n"
        return f"{key}: {scalar(value)}\n"
    if len(value) > 12 or sum(map(len, value)) > 100:
        return f"{key}:\n" + "".join(f"- {scalar(item)}\n" for item in value)
    return f"{key}: [{', '.join(map(scalar, value))}]\n"


def people(name: str, persons: Iterable[Person]) -> str:
    """A field of names; those with a role are tables."""
    several = list(persons)
    if any(person.role for person in several):
        items = "".join(
            f"- name: {scalar(person.name)}\n" + (f"  role: {scalar(person.role)}\n" if person.role else "")
            for person in several
        )
        return f"{name}:\n{items}"
    return line(name, several[0].name if len(several) == 1 else [person.name for person in several])


def table(name: str, values: Mapping[str, str]) -> str:
    """A field that is a table of texts."""
    return f"{name}:\n" + "".join("  " + line(key, value) for key, value in values.items())


class Placed(Struct, frozen=True):
    """Addresses of pictures, and the files beside the article that they became; their sizes in pixels."""

    files: Mapping[str, str] = {}
    sizes: Mapping[str, tuple[int, int]] = {}


NOTHING_PLACED = Placed()


def compose(
    front: str, id_: str, origin: Mapping[str, str], parts: Sequence[Part], placed: Placed, *, markdown: bool
) -> bytes:
    """The whole file, in UTF-8."""
    text = f"---\n{front}id: {scalar(id_)}\n{_images(parts, placed)}{table('imported', origin)}---\n"
    body = "\n\n".join(_part(part, placed, markdown) for part in parts)
    return f"{text}\n{body}\n".encode("utf-8", "replace") if body else text.encode("utf-8", "replace")


def _images(parts: Sequence[Part], placed: Placed) -> str:
    """`images:` for pictures that are at hand: their credit, where they came from, and their size in pixels."""
    lines = []
    for part in parts:
        if isinstance(part, Image) and part.address in placed.files:
            lines.append("- file: " + scalar(placed.files[part.address]) + "\n")
            if part.credit:
                lines.append("  credit: " + scalar(part.credit) + "\n")
            if re.match(r"https?:", part.address):
                lines.append("  " + line("address", part.address))
            if size := placed.sizes.get(part.address):
                lines.append(f"  width: {size[0]}\n  height: {size[1]}\n")
    return "images:\n" + "".join(lines) if lines else ""


_ATTRIBUTE = str.maketrans({"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"})
_TITLE = str.maketrans({'"': "&quot;"})


def _part(part: Part, placed: Placed, markdown: bool) -> str:
    if isinstance(part, str):
        return part
    if not markdown:
        return "\n".join(filter(None, (part.alt, part.caption, part.credit)))
    file = placed.files.get(part.address)
    if file is not None and not part.markup:
        title = f' "{literal(part.caption).translate(_TITLE)}"' if part.caption else ""
        return f"![{literal(part.alt)}]({file}{title})"
    source = f' src="{file}"' if file is not None else ""
    if file is None and part.address:
        source = f' data-original="{part.address.translate(_ATTRIBUTE)}"'
    caption = part.markup or part.caption.translate(_ATTRIBUTE)
    cite = f"<cite>{part.credit.translate(_ATTRIBUTE)}</cite>" if part.credit and file is None else ""
    inside = " ".join(filter(None, (caption, cite)))
    described = f' alt="{part.alt.translate(_ATTRIBUTE)}"' if part.alt else ""
    return f"<figure><img{source}{described}>" + (f"<figcaption>{inside}</figcaption>" if inside else "") + "</figure>"
