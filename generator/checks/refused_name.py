"""What it finds: names in the output that some systems refuse: those Windows keeps for itself (`con`, `nul.html`) or does
not take (`a:b`, a dot or space at the end), two that differ only in case or in how a letter is composed, and paths that are
too long for programs on Windows (260 characters, of which 60 are left for the folder that holds the site).

Why it is bad: the site cannot be unpacked, copied to a disk or uploaded from such a system, and GitHub's upload refuses
some as well; of two names that are one there, one file is lost. Roznama's own names are safe; those of pictures and of
files in `static/` are the archive's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "refused-name", "warning"
LONGEST, LONGEST_NAME = 200, 255
"""Characters of a path; bytes of one name, as most file systems count."""
_KEPT = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_SIGNS = re.compile(r'[<>:"\\|?*\x00-\x1f]')


def check(matter: Matter) -> Iterator[Problem]:
    paths = (path for path, _, _ in matter.catalogue.outputs())
    folders: dict[str, None] = {}
    for folder, names in groupby((path.rpartition("/")[::2] for path in paths), key=lambda pair: pair[0]):
        while folder and folder not in folders:
            folders[folder] = None
            folder = folder.rpartition("/")[0]
        yield from _wrong(f"{folder}/{name}".lstrip("/") for folder, name in names)
    yield from _wrong(sorted(folders))


def _wrong(paths: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the last names of some paths, and which of them are one where case is not told apart."""
    first: dict[str, str] = {}
    for path in paths:
        why = refused(path.rpartition("/")[2])
        if why is None and len(path) > LONGEST:
            why = f"this path has {len(path)} characters, and programs on Windows take 260 with what stands before it"
        if why:
            yield Problem(path, 0, 0, CODE, why, "rename the file it comes from")
        earlier = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if earlier != path:
            message = f"is {earlier} where capitals or composed letters are not told apart"
            yield Problem(path, 0, 0, CODE, message, "rename one of the files they come from")


def refused(name: str) -> str | None:
    """Why some system refuses a name, or `None`."""
    if _KEPT.fullmatch(name):
        return "Windows keeps this name for itself"
    if found := _SIGNS.search(name):
        return f"Windows takes no {found[0]!r} in a name"
    if name.endswith((".", " ")):
        return "Windows drops a dot or space at the end of a name"
    if len(name.encode()) > LONGEST_NAME:
        return f"the name has {len(name.encode())} bytes, and most file systems take {LONGEST_NAME}"
    return None
