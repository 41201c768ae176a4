"""What of this installation decides the bytes of an output: Roznama's code and data, the libraries, Python.

What lives here: the digest with which a build knows that another installation made what is there, and what all workers of a
cluster must share. What does not: the theme, whose digest each template has for itself (`theme`).
"""

import sys
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from generator.digest import digest

LIBRARIES = (
    "babel", "charset-normalizer", "hijridate", "jdatetime", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pillow",
    "python-slugify", "pyyaml", "text-unidecode",
)  # fmt: skip
"""Distributions whose version may show in a page: what parses, transliterates, escapes, scales or formats."""


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Name → version of Python and of `LIBRARIES`; without version where a distribution cannot be told."""
    from importlib import metadata  # 25 ms, which what builds nothing need not wait

    found = {"Python": sys.version.split(maxsplit=1)[0]}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """A digest of Roznama itself, its data included and the theme not."""
    found: list[tuple[str, bytes]] = []

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                if entry.name not in ("theme", "__pycache__"):
                    walk(entry, f"{prefix}{entry.name}/")
            elif not entry.name.endswith(".pyc"):
                found.append((prefix + entry.name, entry.read_bytes()))

    walk(files("generator"), "")
    return digest(sorted(found))


@lru_cache(maxsize=1)
def installed_digest() -> bytes:
    """A digest of Roznama and of `versions`: others may read or render otherwise, Python among them, which brings the properties
    of Unicode's characters."""
    return digest(code_digest(), versions())


@lru_cache(maxsize=1)
def scaling_digest() -> bytes:
    """A digest of what scales pictures: a Roznama that does it as the last one did need not scale an archive's again."""
    return digest(files("generator").joinpath("pictures.py").read_bytes(), versions()["pillow"])
