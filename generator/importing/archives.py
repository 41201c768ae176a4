"""ZIP, tar and compressed files, opened as they are walked: each file in them is a `Leaf`, as one on disk is.

What lives here: how to open what is packed. What does not: the walk over folders (`sources`), and formats. Nothing is ever
unpacked to where an archive says: members are read, their names are only shown, so that `../../x` or a link in an archive leads
nowhere.
"""

import bz2
import gzip
import io
import lzma
import posixpath
import shutil
import tarfile
import tempfile
import weakref
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from generator.importing.beside import Aside, Folder, Pictures, Zipped, put_aside
from generator.pictures import SUFFIXES as PICTURES

MAX_DEPTH = 3
"""Archives within archives."""
MAX_RATIO = 2000
"""A member that grows more than this by unpacking is a bomb; text shrinks to a tenth, zeros to a thousandth."""
_OTHER = frozenset([
    ".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".svg", ".mp4", ".mp3", ".webm",
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".exe", ".dll", ".db", ".sqlite", ".py", ".rb",
    ".scss", ".less", ".yml", ".yaml", ".toml", ".lock", ".cdx", ".cdxj", ".idx",
])  # fmt: skip
"""Files that hold no article."""


class Leaf(Struct):
    """A file with records. `name` is what the user sees, `path` its place below the SOURCE; `problem` says why it cannot be
    read at all. `notes` opens a file that says more of its pages (a WACZ's `pages.jsonl`)."""

    name: str
    path: str
    size: int
    open: Callable[[], BinaryIO]
    pictures: Pictures
    problem: str = ""
    notes: Callable[[], BinaryIO] | None = None


def wanted(name: str) -> bool:
    """Whether a file of that name may hold an article."""
    return Path(name).suffix.lower() not in PICTURES | _OTHER


def opened(
    name: str, path: str, open_: Callable[[], BinaryIO], folders: Folder, depth: int, size: int
) -> Iterator[Leaf]:
    """The file itself, or what is in it if it is an archive."""
    lower = name.lower()
    with open_() as stream:
        head = stream.read(512)
    packed = next((kind for sign, kind in _SIGNS if head.startswith(sign)), None)
    if packed == "zip" and not lower.endswith((".docx", ".xlsx", ".odt", ".epub", ".jar")):
        if depth >= MAX_DEPTH:
            yield Leaf(name, path, size, open_, folders, f"an archive in {MAX_DEPTH} archives is not opened")
            return
        yield from _zip(name, open_, folders, depth)
    elif packed in ("gzip", "bz2", "xz") or _is_tar(head, lower):
        if lower.endswith((".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tbz2", ".txz")) or _is_tar(head, lower):
            yield from _tar(name, open_, folders, depth)
        elif lower.endswith((".warc.gz", ".arc.gz")):
            yield Leaf(name, path, size, open_, folders)
        else:
            unpack = _UNPACK[packed or "gzip"]
            inner = name[: name.rfind(".")] if lower.endswith((".gz", ".bz2", ".xz")) else name
            yield Leaf(inner, path, -1, lambda: _unpacked(unpack, open_), folders)
    else:
        yield Leaf(name, path, size, open_, folders)


_SIGNS = ((b"PK\x03\x04", "zip"), (b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"))


_UNPACK: dict[str, Callable[[BinaryIO], object]] = {"gzip": gzip.open, "bz2": bz2.open, "xz": lzma.open}


def _unpacked(unpack: Callable[[BinaryIO], object], open_: Callable[[], BinaryIO]) -> BinaryIO:
    packed = open_()
    return _Prefixed(b"", unpack(packed), packed)  # type: ignore[arg-type, return-value]


def _is_tar(head: bytes, name: str) -> bool:
    return head[257:262] == b"ustar" or (name.endswith(".tar") and len(head) == 512)


def _zip(name: str, open_: Callable[[], BinaryIO], folders: Folder, depth: int) -> Iterator[Leaf]:
    stream = open_()
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        stream.close()
        yield Leaf(name, name, -1, open_, folders, f"this ZIP file cannot be opened: {error}")
        return
    pictures = Zipped(archive, folders)
    # Records are written some time after they were read, and their pictures with them: the archive stays open as long as
    # anything holds on to them.
    weakref.finalize(pictures, stream.close)
    names = {info.filename for info in archive.infolist()}
    notes = next((n for n in ("pages/pages.jsonl", "pages/extraPages.jsonl") if n in names), None)
    web = any(n.startswith("archive/") and n.endswith((".warc.gz", ".warc")) for n in names)
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        member = f"{name}!/{info.filename}"
        base = posixpath.basename(info.filename)
        if info.is_dir() or base.startswith(".") or not wanted(base) or "__MACOSX/" in info.filename:
            continue
        if web and not info.filename.startswith("archive/"):
            continue
        problem = ""
        if info.flag_bits & 1:
            problem = "this member is encrypted"
        elif info.file_size > 10_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            problem = "this member grows suspiciously when it is unpacked"
        elif info.external_attr >> 16 & 0o170000 == 0o120000:
            continue  # a link: what it points to is not in the archive
        opener = _member(archive, info)
        if problem:
            yield Leaf(member, info.filename, info.file_size, opener, pictures, problem)
            continue
        for leaf in opened(member, info.filename, _seekable(opener), folders, depth + 1, info.file_size):
            leaf.pictures = pictures if isinstance(leaf.pictures, Folder) else leaf.pictures
            if web and notes:
                leaf.notes = _member(archive, archive.getinfo(notes))
            yield leaf


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(info)  # type: ignore[return-value]


def _seekable(opener: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """A member as a stream; an archive in an archive is put on disk when it is opened, because a ZIP is read from its end."""

    def open_() -> BinaryIO:
        stream = opener()
        head = stream.read(4)
        if head != b"PK\x03\x04":
            return _Prefixed(head, stream)  # type: ignore[return-value]
        spool = tempfile.SpooledTemporaryFile(max_size=16 << 20)  # noqa: SIM115 — closed by whom it is given to
        with stream:
            spool.write(head)
            shutil.copyfileobj(stream, spool)
        spool.seek(0)
        return spool  # type: ignore[return-value]

    return open_


class _Prefixed(io.RawIOBase):
    """A stream of which the first bytes were read already; `under` is closed with it."""

    def __init__(self, head: bytes, rest: BinaryIO, under: BinaryIO | None = None) -> None:
        self._head = head
        self._rest = rest
        self._under = under

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._head[: len(view)] if self._head else self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            data, self._head = self._head + self._rest.read(), b""
            return data
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data + self._rest.read(size - len(data)) if len(data) < size else data
        return self._rest.read(size)

    def close(self) -> None:
        self._rest.close()
        if self._under is not None:
            self._under.close()
        super().close()


def _tar(name: str, open_: Callable[[], BinaryIO], folders: Folder, depth: int) -> Iterator[Leaf]:
    """The members of a tar file in their own order, which is the only one it can be read in; pictures are first put aside,
    because a text may come before its pictures."""
    aside = Path(tempfile.mkdtemp(prefix="roznama-pictures-"))
    try:
        put_aside(open_, aside)
        pictures = Aside(aside, folders)
        with open_() as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            for info in archive:
                base = posixpath.basename(info.name)
                if not info.isreg() or base.startswith(".") or not wanted(base):
                    continue
                file = archive.extractfile(info)
                if file is None:
                    continue
                spool = tempfile.SpooledTemporaryFile(max_size=16 << 20)  # noqa: SIM115 — closed by whom it is given to
                shutil.copyfileobj(file, spool)
                for leaf in opened(f"{name}!/{info.name}", info.name, _again(spool), folders, depth + 1, info.size):
                    leaf.pictures = pictures if isinstance(leaf.pictures, Folder) else leaf.pictures
                    yield leaf
                spool.close()
    except (tarfile.TarError, OSError, EOFError, lzma.LZMAError) as error:
        yield Leaf(name, name, -1, open_, folders, f"this tar file cannot be read to its end: {error}")


def _again(spool: "tempfile.SpooledTemporaryFile[bytes]") -> Callable[[], BinaryIO]:
    """The same bytes each time it is opened; closing leaves them."""

    class Kept(io.RawIOBase):
        def __init__(self) -> None:
            spool.seek(0)

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, at: int, whence: int = 0) -> int:
            return spool.seek(at, whence)

        def tell(self) -> int:
            return spool.tell()

        def read(self, size: int = -1) -> bytes:
            return spool.read(size)

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            data = spool.read(len(view))
            view[: len(data)] = data
            return len(data)

    return Kept  # type: ignore[return-value]
