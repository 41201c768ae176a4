"""Fields of other people's records to ours: by name where the name is known, by what the values look like where not.

What lives here: the guess that is shown before anything is imported, the collections whose shape is known, and reading one
record by a mapping. What does not: JSON, tables, or how a value is cleaned. A guess made by looks alone is not `sure`:
the command asks before it is used.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from generator.importing.records import Image, Person, Record, Unreadable
from generator.readers.front_matter import NAMES

FIELDS = (
    "headline",
    "text",
    "published",
    "modified",
    "captured",
    "language",
    "standfirst",
    "authors",
    "role",
    "topic",
    "person",
    "place",
    "organisation",
    "desk",
    "publisher",
    "licence",
    "url",
    "id",
    "slug",
    "aliases",
    "images",
    "caption",
    "credit",
    "draft",
    "skip",
)
"""What a mapping may lead to. `skip` leaves a field out."""


class Shape(Struct, frozen=True):
    """A collection that many have: its name, the fields that only it has together, and what no record of it says."""

    name: str
    fields: frozenset[str]
    publisher: str | None = None
    licence: str | None = None


class _Names(Struct, frozen=True):
    text: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]
    shapes: tuple[Shape, ...]


_NAMES = msgspec.toml.decode(resources.files("generator.importing").joinpath("names.toml").read_bytes(), type=_Names)
_KNOWN: Mapping[str, str] = {**NAMES, **{name: field for field, names in _NAMES.fields.items() for name in names}}
_ALIASES = _NAMES.aliases
TEXTS = _NAMES.text
SHAPES = {shape.name: shape for shape in _NAMES.shapes}


class Guess(Struct, frozen=True):
    """`mapping` from paths of fields to ours; `sure` is false when looks and not names decided about headline or text."""

    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    sure: bool
    shape: str


def flat(value: Any, path: str = "", into: dict[str, Any] | None = None) -> dict[str, Any]:
    """A record's fields by path: tables are opened (`author.name`), lists stay."""
    into = {} if into is None else into
    if isinstance(value, dict) and path.count(".") < 4:
        for key, item in value.items():
            flat(item, f"{path}.{key}" if path else str(key), into)
    elif path and value is not None and value != "" and value != []:
        into[path] = value
    return into


def field_named(path: str) -> str | None:
    """Our field for a name, as far as names tell."""
    name = path.rsplit(".", 1)[-1]
    key = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(" ", "_").strip("_ ")
    found = _KNOWN.get(key) or _KNOWN.get(key.replace("_", ""))
    if "." not in path:
        return found
    outer = field_named(path.rsplit(".", 1)[0])
    if outer in ("authors", "publisher", "topic", "desk") and key in ("name", "title", "label", "display_name"):
        return outer
    if key == "rendered":
        return outer  # WordPress' own JSON: {"title": {"rendered": ...}}
    return None if outer else found


def guess(samples: Sequence[Mapping[str, Any]]) -> Guess:
    """What the fields of `samples`, flat records, most likely are."""
    paths = list(dict.fromkeys(path for sample in samples for path in sample))
    mapping: dict[str, str] = {}
    taken: set[str] = set()
    keys = {path.lower() for path in paths}
    shape = next((shape.name for shape in SHAPES.values() if shape.fields <= keys), "")
    text = _text_named(paths, samples)
    for path in paths:
        if path == text:
            mapping[path] = "text"
            continue
        field = field_named(path)
        if field == "id" and not _like_ids(path, samples):
            field = None
        if field == "publisher" and "url" not in taken and _share(path, samples, r"https?://\S+$") > 0.5:
            field = "url"
        if field == "topic" and _share(path, samples, r"-?\d+$") > 0.9:
            field = None
        if field is None or (field in taken and field not in _SEVERAL):
            continue
        mapping[path] = field
        taken.add(field)
    if text is None and "standfirst" in taken:
        path = next(path for path, field in mapping.items() if field == "standfirst")
        mapping[path] = "text"
        text = path
    sure = True
    if text is None or "headline" not in taken:
        sure = text is not None and "headline" in taken
        _by_looks(paths, samples, mapping, text is None, "headline" not in taken)
    if shape == "SaudiNewsNet":
        mapping["date_extracted"] = "captured"
    return Guess(mapping, tuple(path for path in paths if path not in mapping), sure or bool(shape), shape)


_SEVERAL = frozenset({"topic", "person", "place", "organisation", "authors", "images", "aliases"})


def _text_named(paths: list[str], samples: Sequence[Mapping[str, Any]]) -> str | None:
    """The field with the text: of those with such a name the one that says most; of near equals the likelier name."""
    found: list[tuple[float, int, str]] = []
    for path in paths:
        parts = path.lower().split(".")
        name = (
            re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path.rsplit(".", 1)[-1]).lower().replace("-", "_").replace(" ", "_")
        )
        name = parts[-2] if name in ("rendered", "value") and len(parts) > 1 else name
        if name in TEXTS:
            length = _average(path, samples)
            found.append((length, TEXTS.index(name), path))
    if not found:
        return None
    longest = max(length for length, _, _ in found)
    return min((rank, path) for length, rank, path in found if length >= 0.8 * longest)[1]


def _average(path: str, samples: Sequence[Mapping[str, Any]]) -> float:
    lengths = [len(words_in(sample[path])) for sample in samples if path in sample]
    return sum(lengths) / len(samples) if lengths else 0.0


def _share(path: str, samples: Sequence[Mapping[str, Any]], pattern: str) -> float:
    values = [words_in(sample[path]) for sample in samples if path in sample]
    return sum(re.match(pattern, value) is not None for value in values) / len(values) if values else 0.0


def _like_ids(path: str, samples: Sequence[Mapping[str, Any]]) -> bool:
    """Ids are short and differ."""
    values = [words_in(sample[path]) for sample in samples if path in sample]
    return len(set(values)) > 0.95 * len(values) and max(map(len, values), default=0) < 300


def _by_looks(
    paths: list[str], samples: Sequence[Mapping[str, Any]], mapping: dict[str, str], text: bool, headline: bool
) -> None:
    """Text and headline by what values look like: the longest; and of the rest the one of a headline's length."""
    left = [
        path for path in paths if path not in mapping and _share(path, samples, r"https?://\S+$|[\d.,:/ TZ+-]+$") < 0.5
    ]
    lengths = {path: _average(path, samples) for path in left}
    if text and left and (best := max(left, key=lambda path: lengths[path])) and lengths[best] >= 80:
        mapping[best] = "text"
        left.remove(best)
    if headline:
        fitting = [path for path in left if 12 <= lengths[path] <= 200]
        if fitting:
            mapping[max(fitting, key=lambda path: (len({words_in(s.get(path)) for s in samples}), lengths[path]))] = (
                "headline"
            )


def stated_mapping(text: str) -> dict[str, str]:
    """`--map headline=title,text=body` as field of theirs → ours. Raises `Unreadable` for what is neither."""
    out: dict[str, str] = {}
    for pair in re.split(r"\s*,\s*", text.strip()):
        if not pair:
            continue
        ours, equals, theirs = pair.partition("=")
        ours = _ALIASES.get(ours.strip(), ours.strip())
        if not equals or not theirs.strip():
            raise Unreadable(f"`{pair}` is not of the form field=name")
        if ours not in FIELDS:
            raise Unreadable(f"`{ours}` is no field of an article; fields are {', '.join(FIELDS)}")
        out[theirs.strip()] = ours
    return out


def merged(guessed: Guess, stated: Mapping[str, str]) -> Guess:
    """The user's mapping over the guess: a field that the user maps is not guessed too."""
    if not stated:
        return guessed
    ours = set(stated.values()) - _SEVERAL
    mapping = {path: field for path, field in guessed.mapping.items() if field not in ours and path not in stated}
    mapping.update({path: field for path, field in stated.items() if field != "skip"})
    seen = [*guessed.mapping, *guessed.unmapped]
    unmapped = tuple(path for path in seen if path not in mapping and stated.get(path) != "skip")
    mapping.update({path: "skip" for path, field in stated.items() if field == "skip"})
    told = {"headline", "text"} <= set(stated.values())
    return Guess(mapping, unmapped, guessed.sure or told, guessed.shape)


def record_by(fields: Mapping[str, Any], mapping: Mapping[str, str]) -> Record:
    """A record from flat fields. Raises `Unreadable` if nothing of a text is in it."""
    record = Record()
    record.topics, record.people, record.places, record.organisations = [], [], [], []
    record.bylines, record.images, record.aliases, record.extra = [], [], [], {}
    caption, credit, role = "", "", None
    for path, value in fields.items():
        field = mapping.get(path)
        if field is None:
            record.extra[path] = words_in(value)
        elif field == "skip":
            continue
        elif field == "text":
            record.text = _paragraphs(value)
        elif field in _LISTS:
            getattr(record, _LISTS[field]).extend(_listed(value))
        elif field == "authors":
            record.bylines.extend(Person(name) for name in _listed(value, r"[,;؛،]| and | و (?=\w+ \w)"))
        elif field == "images":
            record.images.extend(_images(value))
        elif field == "caption":
            caption = words_in(value)
        elif field == "credit":
            credit = words_in(value)
        elif field == "role":
            role = words_in(value)
        elif field == "draft":
            record.draft = words_in(value).lower() in ("true", "1", "yes", "draft")
        else:
            setattr(record, field, words_in(value))
    if role and record.bylines:
        record.bylines[0] = Person(record.bylines[0].name, role)
    if record.images and (caption or credit):
        first = record.images[0]
        record.images[0] = Image(first.address, first.alt, first.caption or caption, first.credit or credit)
    if not record.text.strip() and not (record.headline or "").strip():
        raise Unreadable("neither headline nor text")
    return record


_LISTS = {
    "topic": "topics",
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "aliases": "aliases",
}


def words_in(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else str(value)
    if isinstance(value, dict):
        return _named(value) or ", ".join(text for item in value.values() if (text := words_in(item)))
    return ", ".join(text for item in value if (text := words_in(item)))


def _named(value: Mapping[str, Any]) -> str:
    for name in ("name", "title", "label", "headline", "text", "value", "display_name", "slug"):
        if isinstance(value.get(name), str) and value[name]:
            return str(value[name])
    return ""


def _paragraphs(value: Any) -> str:
    if isinstance(value, list):
        return "\n\n".join(text for item in value if (text := _paragraphs(item)))
    return words_in(value)


def _listed(value: Any, separators: str = r"[,;؛،|]") -> list[str]:
    if isinstance(value, str):
        text = value.strip()
        if text[:1] == "[" and text[-1:] == "]":  # a list as Python or JSON prints it, in a cell of a table
            return [item for pair in re.findall(r"'([^']*)'|\"([^\"]*)\"", text) for item in pair if item] or _split(
                text[1:-1], separators
            )
        return _split(text, separators)
    if isinstance(value, list):
        return [text for item in value if (text := words_in(item))]
    return [text] if (text := words_in(value)) else []


def _split(text: str, separators: str) -> list[str]:
    return [part.strip() for part in re.split(separators, text) if part.strip()]


def _images(value: Any) -> Iterable[Image]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield Image(item.strip())
        elif isinstance(item, dict):
            address = next(
                (item[name] for name in ("url", "src", "href", "file", "address") if isinstance(item.get(name), str)),
                "",
            )
            if address:
                yield Image(
                    address,
                    words_in(item.get("alt")),
                    words_in(item.get("caption") or item.get("title")),
                    words_in(item.get("credit")),
                )
