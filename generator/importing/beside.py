"""The pictures that lie beside an export: in folders of this machine, in the same ZIP, or put aside from a tar file.

What lives here: finding one by any end of its address. What does not: what becomes of it (`placing`). A picture is looked for
only below what the user named, and by names that cannot lead out of it.
"""

import posixpath
import shutil
import tarfile
import weakref
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from generator.pictures import SUFFIXES as PICTURES

MAX_PICTURE = 50_000_000


class Pictures(Protocol):
    """Where pictures named by a record are looked for."""

    def find(self, address: str, path: str) -> bytes | None:
        """The bytes of the picture at `address`, as the file `path` names it, or `None`."""


class Folder:
    """Pictures in folders of this machine: what the user named, and the folder of the source."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = [root.resolve() for root in roots]

    def find(self, address: str, path: str) -> bytes | None:
        for candidate in _candidates(address, path):
            for root in self._roots:
                file = root / candidate
                try:
                    if file.is_file() and root in file.resolve().parents and file.stat().st_size <= MAX_PICTURE:
                        return file.read_bytes()
                except (OSError, ValueError):
                    continue
        return None


class Zipped:
    """Pictures in the same ZIP file, and in folders."""

    def __init__(self, archive: zipfile.ZipFile, folders: Folder) -> None:
        self._archive = archive
        self._names = {
            info.filename
            for info in archive.infolist()
            if Path(info.filename).suffix.lower() in PICTURES and info.file_size <= MAX_PICTURE
        }
        self._folders = folders

    def find(self, address: str, path: str) -> bytes | None:
        for candidate in _candidates(address, path):
            if candidate in self._names:
                try:
                    return self._archive.read(candidate)
                except (OSError, zipfile.BadZipFile, RuntimeError):
                    return None
        return self._folders.find(address, path)


def _candidates(address: str, path: str) -> Iterator[str]:
    """Where a picture may lie: beside the file that names it, then every end of its address, the longest first."""
    try:
        split = urlsplit(address)
    except ValueError:
        return
    name = unquote(split.path)
    if Path(name).suffix.lower() not in PICTURES or "\x00" in name or "\\" in name:
        return
    folder = posixpath.dirname(path)
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not split.scheme and not name.startswith("/"):
        beside = posixpath.normpath(posixpath.join(folder, name))
        if not beside.startswith("../"):
            yield beside
    parts = [part for part in parts if part != ".."]
    if split.netloc:
        yield "/".join([split.netloc, *parts])
    for i in range(len(parts)):
        tail = "/".join(parts[i:])
        if folder:
            yield f"{folder}/{tail}"
        yield tail


def put_aside(open_: Callable[[], BinaryIO], folder: Path) -> None:
    """Pictures of a tar file, numbered, with a list of their names: the names themselves lead nowhere on this machine."""
    with (
        open_() as stream,
        tarfile.open(fileobj=stream, mode="r|*") as archive,
        (folder / "names").open("w", encoding="utf-8", errors="replace") as names,
    ):
        number = 0
        for info in archive:
            if info.isreg() and Path(info.name).suffix.lower() in PICTURES and info.size <= MAX_PICTURE:
                file = archive.extractfile(info)
                if file is not None:
                    (folder / str(number)).write_bytes(file.read())
                    names.write(info.name.removeprefix("./").replace("\n", " ") + "\n")
                    number += 1


class Aside:
    """Pictures put aside from a tar file, and in folders."""

    def __init__(self, folder: Path, folders: Folder) -> None:
        self._folder = folder
        weakref.finalize(self, shutil.rmtree, folder, True)
        names = (folder / "names").read_text("utf-8").split("\n")
        self._numbers = {name: number for number, name in enumerate(names) if name}
        self._folders = folders

    def find(self, address: str, path: str) -> bytes | None:
        for candidate in _candidates(address, path):
            if candidate in self._numbers:
                return (self._folder / str(self._numbers[candidate])).read_bytes()
        return self._folders.find(address, path)
