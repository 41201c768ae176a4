"""Where an imported article goes and under which id, and when its file may be written.

What lives here: the rules that keep what people did since: a file is overwritten only if it holds the very bytes that an
import wrote. Folders are `{language}/{year}/{month}`, or `{language}/undated/{shard}`; a full one goes on in `part-2`, a name
that no reader takes for a day.
"""

import hashlib
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from generator.importing.beside import Pictures
from generator.importing.composing import Placed, compose
from generator.importing.ledger import Known, Ledger
from generator.importing.records import Image, Outcome
from generator.model import ArticleDate
from generator.output import TEMPORARY
from generator.pictures import SUFFIXES, measure
from generator.urls import shard

PER_FOLDER = 900
"""Files of a folder; with the folders of what does not fit, `part-2` to `part-99`, it holds less than 1,000 entries."""
Status = Literal["new", "changed", "unchanged", "edited", "removed", "repeated"]


class Taken(Struct, frozen=True):
    """A picture that goes with an article: its file, its bytes, its size in pixels."""

    address: str
    name: str
    data: bytes
    size: tuple[int, int]


class Placing:
    """Writes articles below `content`; with `dry`, only decides. `newer` is where versions go that would overwrite an edited
    file."""

    def __init__(self, content: Path, newer: Path, ledger: Ledger, *, dry: bool) -> None:
        self._content = content
        self._newer = newer
        self._ledger = ledger
        self._dry = dry
        self.last = b""
        """The file last composed."""

    def place(self, outcome: Outcome, pictures: Pictures, path: str) -> Status:
        """Put an article where it belongs, unless it is there. `path` is where its record stands in its source."""
        ledger, key = self._ledger, outcome.key
        known = ledger.known(key)
        times = 1
        while known is not None and known.run == ledger.run:
            if known.substance == outcome.substance:
                return "repeated"
            times += 1  # the same address with another text: another edition
            key = f"{outcome.key}#{times}"
            known = ledger.known(key)
        if known is None:
            return self._new(outcome, key, pictures, path)
        if known.substance == outcome.substance:
            status: Status = "unchanged" if self._dry or (self._content / known.path).exists() else "removed"
            ledger.see(known, status)
            self.last = b""
            return status
        return self._changed(known, outcome, key, pictures, path)

    def _new(self, outcome: Outcome, key: str, pictures: Pictures, path: str) -> Status:
        for id_ in self._ids(outcome):
            folder = self._folder(outcome)
            file = f"{folder}/{id_}{outcome.suffix}"
            taken = self._pictures(outcome, id_, pictures, path)
            data = self._composed(outcome, key, id_, taken)
            present = self._present(file)
            status: Status = "new"
            if present is not None and present != data:
                if f"key: {key}\n".encode() not in present and f'key: "{key}"\n'.encode() not in present:
                    continue  # somebody else's file of this name
                status = "edited"
                self._ledger.conflict(
                    file, "it differs from what would be written, and nothing is known of its history"
                )
                self._put_newer(id_, outcome.suffix, data)
            elif not self._dry:
                self._put(file, data, taken)
            self._ledger.add(outcome, key, id_, file, _sha256(data), status, len(taken))
            self._ledger.fill(folder, 1 + len(taken))
            return status
        raise AssertionError("ids do not run out")

    def _changed(self, known: Known, outcome: Outcome, key: str, pictures: Pictures, path: str) -> Status:
        taken = self._pictures(outcome, known.id, pictures, path)
        file = known.path
        data = self._composed(outcome, key, known.id, taken)
        present = self._present(file)
        if present is None and not self._dry:
            self._ledger.see(known, "removed")
            return "removed"
        if present is not None and present != data and _sha256(present) != known.written:
            self._ledger.see(known, "edited")
            self._ledger.conflict(file, "it was edited since it was imported, and its source has changed too")
            self._put_newer(known.id, outcome.suffix, data)
            return "edited"
        if not file.endswith(outcome.suffix):
            # Plain text has become HTML, or the other way round: another ending, the same id.
            new = file[: file.rindex(".")] + outcome.suffix
            if not self._dry:
                self._put(new, data, taken)
                (self._content / file).unlink(missing_ok=True)
            self._ledger.move(known, new)
        elif not self._dry:
            self._put(file, data, taken)
        self._ledger.change(known, outcome, _sha256(data), "changed", len(taken))
        return "changed"

    def _ids(self, outcome: Outcome) -> Iterator[str]:
        """Ids to try: those that the record suggests, then the first of them numbered."""
        for name in outcome.names:
            if not self._ledger.is_taken(name):
                yield name
        while True:
            name = f"{outcome.names[0]}-{self._ledger.next_suffix(outcome.names[0])}"
            if not self._ledger.is_taken(name):
                yield name

    def _folder(self, outcome: Outcome) -> str:
        base = folder_of(outcome.language, outcome.date, outcome.names[0])
        folder, number = base, 1
        pictures = sum(isinstance(part, Image) for part in outcome.parts)
        while self._ledger.entries(folder) + 1 + pictures > PER_FOLDER and self._ledger.entries(folder):
            number += 1
            folder = f"{base}/part-{number}"
        return folder

    @staticmethod
    def _pictures(outcome: Outcome, id_: str, pictures: Pictures, path: str) -> list[Taken]:
        """The pictures of an article that are at hand and are pictures."""
        found: dict[str, Taken] = {}
        for part in outcome.parts:
            if not isinstance(part, Image) or part.address in found or not part.address:
                continue
            data = pictures.find(part.address, path)
            if data is None:
                continue
            try:
                size = measure(data)
            except ValueError:
                continue  # no picture, whatever it is called
            suffix = posixpath.splitext(part.address.split("?")[0].split("#")[0])[1].lower()
            if suffix in SUFFIXES:
                found[part.address] = Taken(part.address, f"{id_}-{len(found) + 1}{suffix}", data, size)
        return list(found.values())

    def _composed(self, outcome: Outcome, key: str, id_: str, taken: list[Taken]) -> bytes:
        placed = Placed({one.address: one.name for one in taken}, {one.address: one.size for one in taken})
        origin = {**outcome.origin, "key": key}
        self.last = compose(outcome.front, id_, origin, outcome.parts, placed, markdown=outcome.suffix == ".md")
        return self.last

    def _present(self, file: str) -> bytes | None:
        try:
            return (self._content / file).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _put(self, file: str, data: bytes, taken: list[Taken]) -> None:
        target = self._content / file
        for one in taken:
            picture = target.with_name(one.name)
            if not picture.exists():
                write(picture, one.data)
        write(target, data)

    def _put_newer(self, id_: str, suffix: str, data: bytes) -> None:
        if not self._dry:
            write(self._newer / f"{id_}{suffix}", data)


def write(target: Path, data: bytes) -> None:
    """Replace a file in one step, so that a kill leaves the old one or the new one."""
    folder, name = os.path.split(target)
    temporary = f"{folder}/.{name[:60]}{TEMPORARY}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o644)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, flags, 0o644)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    os.replace(temporary, target)  # noqa: PTH105 — making a Path costs more than the call


def folder_of(language: str, date: ArticleDate | None, name: str) -> str:
    """The folder of an article below the content: `ur/2017/11`, `ur/2017`, `ur/undated/3f`."""
    if date is None:
        return f"{language}/undated/{shard(name)}"
    return f"{language}/{date.year:04d}" + (f"/{date.month:02d}" if date.month else "")


def counted_folders(content: Path) -> Iterator[tuple[str, int]]:
    """The folders below `content` and how many entries each has."""
    for folder, below, files in os.walk(content):
        below[:] = sorted(name for name in below if not name.startswith("."))
        path = Path(folder).relative_to(content).as_posix()
        yield path, len(below) + sum(not name.startswith(".") for name in files)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
