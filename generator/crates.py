"""RO-Crate 1.1: what is in a package of an archive, as JSON-LD that machines and people of research repositories read.

What lives here: the words of `ro-crate-metadata.json`. Version 1.1 is the one that validators know best; 1.2 reads it as
well. Only what stands for something by itself is described file by file (tables, vocabulary, records); articles and
pages are parts of their folders, and the tables of the site have each of them.

https://www.researchobject.org/ro-crate/specification/1.1/
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from generator.targets.headers import TYPES

METADATA = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_TOOL, _PUBLISHER = "#roznama", "#publisher"


class Part(Struct, frozen=True):
    """A file or folder (its path ends in `/`) of the package, and what it is."""

    path: str
    name: str
    size: int | None = None


class Crate(Struct, frozen=True):
    """What is said of the whole; what is not known is empty. `published` is a day, `licence` a name and an address,
    `publisher` an organisation, `version` Roznama's; `made_of` and `made` are the paths of the sources and of the site."""

    name: str
    description: str
    language: str
    published: str
    licence: tuple[str, str]
    publisher: str
    address: str
    version: str
    made_of: str
    made: str
    parts: tuple[Part, ...]


def metadata(crate: Crate) -> bytes:
    """The bytes of `ro-crate-metadata.json`."""
    name, url = crate.licence
    holders = _holders(crate.parts)
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": crate.name,
        "description": crate.description,
        "datePublished": crate.published,
        "inLanguage": crate.language,
        "license": {"@id": url} if url else name or "No licence is stated.",
        "hasPart": [_reference(path) for path, holder in holders.items() if holder is None],
        "mentions": {"@id": "#build"},
    }
    if crate.address:
        root["identifier"] = crate.address
    graph: list[dict[str, Any]] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        root,
        *(_part(part, holders) for part in crate.parts),
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": "The site was built from its sources",
            "instrument": {"@id": _TOOL},
            "object": _reference(crate.made_of),
            "result": _reference(crate.made),
        },
        {
            "@id": _TOOL,
            "@type": "SoftwareApplication",
            "name": "Roznama",
            "description": "A static site generator for news archives, right-to-left first.",
            **({"version": crate.version} if crate.version else {}),
        },
    ]
    if crate.publisher:
        root["publisher"] = root["author"] = {"@id": _PUBLISHER}
        graph.append({"@id": _PUBLISHER, "@type": "Organization", "name": crate.publisher})
    if url:
        graph.append({"@id": url, "@type": "CreativeWork", "name": name, "description": f"The licence of the texts: {name}"})
    whole = {"@context": _CONTEXT, "@graph": graph}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _part(part: Part, holders: Mapping[str, str | None]) -> dict[str, Any]:
    if part.path.endswith("/"):
        held = [_reference(path) for path, holder in holders.items() if holder == part.path]
        return {**_reference(part.path), "@type": "Dataset", "name": part.name} | ({"hasPart": held} if held else {})
    file: dict[str, Any] = {**_reference(part.path), "@type": "File", "name": part.name}
    if part.size is not None:
        file["contentSize"] = str(part.size)
    suffix = part.path.rpartition(".")[2].lower()
    if suffix in TYPES:
        file["encodingFormat"] = TYPES[suffix].partition(";")[0]
    return file


def _holders(parts: Sequence[Part]) -> dict[str, str | None]:
    """The innermost described folder that each part is in."""
    folders = sorted((part.path for part in parts if part.path.endswith("/")), key=len, reverse=True)
    return {
        part.path: next((folder for folder in folders if folder != part.path and part.path.startswith(folder)), None)
        for part in parts
    }


def _reference(path: str) -> dict[str, str]:
    return {"@id": quote(path)}
