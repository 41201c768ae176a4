"""What the user pointed at, as a stream of files: folders walked in order, archives opened on the way.

What lives here: the walk, which is the same whenever the files are, so that an import can take up where it was killed; and the
beginning of a file. What does not: archives (`archives`), pictures beside an export (`beside`), and formats.
"""

import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from generator.importing.archives import Leaf, opened, wanted
from generator.importing.beside import Folder
from generator.importing.records import HEAD, Sample

_SKIPPED = frozenset(["node_modules", "__pycache__", "__MACOSX", "vendor"])


def leaves(source: Path, pictures: Sequence[Path]) -> Iterator[Leaf]:
    """The files of a SOURCE, in an order that depends on names alone."""
    if source.is_dir():
        folders = Folder([*pictures, source])
        for path in _walk(source):
            name = f"{source.name or str(source)}/{path}"
            yield from opened(name, path, _opener(source / path), folders, 0, (source / path).stat().st_size)
    else:
        folders = Folder([*pictures, source.parent])
        yield from opened(source.name, source.name, _opener(source), folders, 0, source.stat().st_size)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _walk(root: Path) -> Iterator[str]:
    stack = [""]
    while stack:
        folder = stack.pop()
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        below = []
        for entry in entries:
            path = posixpath.join(folder, entry.name)
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if entry.is_symlink() and root.resolve() not in Path(entry.path).resolve().parents:
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif entry.is_file() and wanted(entry.name):
                yield path
        stack += reversed(below)


def sample_of(leaf: Leaf) -> Sample:
    """The beginning of a file."""
    with leaf.open() as stream:
        head = stream.read(HEAD)
        while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
            head += more
        size = leaf.size if leaf.size >= 0 else (len(head) if len(head) < HEAD else -1)
    return Sample(leaf.name, head, size)
