"""BagIt 1.0 (RFC 8493): files in a folder, a ZIP or a tar file, with the SHA-256 of each.

What lives here: the form, and nothing of what goes into it. The `bagit` library wants all files in place first and hashes
them there; here a file is read once, hashed on its way, and a bag may be written straight into one file, however large.
The same files give the same bytes: names in the order they are added, no times, no owners. (What deflating makes depends
on the machine's zlib, so a ZIP of another machine may differ; a tar file does not.)

A name in a manifest is written as it is. The RFC wants `%` to be `%25`; the library that most archives prove bags with
does not read that. Names that the two would read differently are refused.
"""

import hashlib
import io
import re
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from generator.output import TEMPORARY

_UNCLEAR = re.compile(r"[\r\n]|%(?:0[AaDd]|25)|[\ud800-\udfff]")
_DAY_ONE = 315532800
"""1980-01-01, the first day a ZIP file knows: the time of every file, so that time decides nothing."""


class UnclearName(Exception):
    """A file's name that two readers of a bag would not read alike; the argument is its path."""


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Container(Protocol):
    def add(self, path: str, data: _Readable, size: int) -> None: ...

    def close(self) -> None: ...


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place
        place.mkdir(parents=True)

    def add(self, path: str, data: _Readable, size: int) -> None:  # noqa: ARG002 — files of a folder find their size
        target = self._place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            shutil.copyfileobj(data, file, 1 << 20)

    def close(self) -> None:
        pass


class _Zip:
    def __init__(self, place: Path, root: str) -> None:
        self._root = root
        self._zip = zipfile.ZipFile(place, "x", zipfile.ZIP_DEFLATED)

    def add(self, path: str, data: _Readable, size: int) -> None:
        entry = zipfile.ZipInfo(f"{self._root}/{path}", (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system, entry.external_attr = 3, 0o100644 << 16
        entry.file_size = size  # tells whether the entry needs the form for more than 4 GB
        with self._zip.open(entry, "w") as file:
            shutil.copyfileobj(data, file, 1 << 20)

    def close(self) -> None:
        self._zip.close()


class _Tar:
    def __init__(self, place: Path, root: str) -> None:
        self._root = root
        self._tar = tarfile.open(place, "x", format=tarfile.PAX_FORMAT, encoding="utf-8")  # noqa: SIM115 — closed by `close`

    def add(self, path: str, data: _Readable, size: int) -> None:
        entry = tarfile.TarInfo(f"{self._root}/{path}")
        entry.size, entry.mtime, entry.mode = size, _DAY_ONE, 0o644
        self._tar.addfile(entry, data)

    def close(self) -> None:
        self._tar.close()


class Bag:
    """A bag while it is written. It has its name only when it is whole: until then it stands beside it under another."""

    def __init__(self, place: Path) -> None:
        """`place` ends in `.zip` or `.tar`, or is a folder. Raises `FileExistsError`."""
        if place.exists():
            raise FileExistsError(17, "is there already", str(place))
        self._place = place
        self._unfinished = place.with_name(f".{place.name}{TEMPORARY}")
        _remove(self._unfinished)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._container: _Container = _container(self._unfinished, place)
        self._manifest = tempfile.TemporaryFile("w+b")  # noqa: SIM115 — closed by `__exit__`
        self.files = self.bytes = 0

    def __enter__(self) -> "Bag":
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self._manifest.close()
        if kind is not None:
            self._container.close()
            _remove(self._unfinished)

    def add(self, path: str, file: Path) -> str:
        """Put a file into the bag's payload at `path`; its SHA-256. Raises `UnclearName`."""
        with file.open("rb") as data:
            return self._add(f"data/{path}", data, file.stat().st_size)

    def add_bytes(self, path: str, data: bytes) -> None:
        """Put a small file into the bag's payload."""
        self._add(f"data/{path}", io.BytesIO(data), len(data))

    def _add(self, path: str, data: BinaryIO, size: int) -> str:
        if _UNCLEAR.search(path):
            raise UnclearName(path)
        hashing = _Hashing(data)
        self._container.add(path, hashing, size)
        self._manifest.write(f"{hashing.digest.hexdigest()}  {path}\n".encode())
        self.files += 1
        self.bytes += hashing.count
        return hashing.digest.hexdigest()

    def finish(self, info: Iterable[tuple[str, str]]) -> None:
        """Write the bag's own files, `info` in `bag-info.txt` before what is counted, and give it its name."""
        lines = [*info, ("Payload-Oxum", f"{self.bytes}.{self.files}")]
        told = "".join(f"{label}: {' '.join(value.split())}\n" for label, value in lines)
        tags: list[tuple[str, BinaryIO]] = [
            ("bag-info.txt", io.BytesIO(told.encode())),
            ("bagit.txt", io.BytesIO(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")),
            ("manifest-sha256.txt", self._manifest),
        ]
        digests = []
        with ExitStack() as stack:
            for path, data in tags:
                stack.callback(data.close)
                size = data.seek(0, io.SEEK_END)
                data.seek(0)
                hashing = _Hashing(data)
                self._container.add(path, hashing, size)
                digests.append(f"{hashing.digest.hexdigest()}  {path}\n")
        tagged = "".join(digests).encode()
        self._container.add("tagmanifest-sha256.txt", io.BytesIO(tagged), len(tagged))
        self._container.close()
        self._unfinished.rename(self._place)


class _Hashing:
    """Reads a file, and hashes and counts what is read."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data
        self.digest = hashlib.sha256()
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        block = self._data.read(size)
        self.digest.update(block)
        self.count += len(block)
        return block


def _container(unfinished: Path, place: Path) -> _Container:
    if place.suffix.lower() == ".zip":
        return _Zip(unfinished, place.stem)
    if place.suffix.lower() == ".tar":
        return _Tar(unfinished, place.stem)
    return _Folder(unfinished)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
