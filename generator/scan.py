"""Walking the content folder: what is new, changed or gone since the last build.

A file whose size, times and inode are as they were is not opened: git and every build tool do so, because opening
100,000 files costs two seconds and asking about them half of one. Times alone are not trusted: the time of the last
change of the inode and its number count as well, a file changed within the clock's grain of the scan counts as unknown,
and where the state differs (a fresh checkout) the digest of the bytes decides.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.catalogue import Catalogue, Change
from generator.pictures import SUFFIXES as PICTURES
from generator.problems import Problem
from generator.readers import SUFFIXES as ARTICLES
from generator.text import composed

GRAIN = 50_000_000
"""Nanoseconds: the coarsest clock of a common file system is a tick of 10 ms; five of them are safe."""
_SUFFIXES = dict.fromkeys(ARTICLES, False) | dict.fromkeys(PICTURES, True)
"""Whether a file of such a name is a picture. Paths are cut by hand here: `pathlib` would take half the time of a scan."""
_NATURAL = re.compile(r"(\d+)")
_NUMBERED = re.compile(r"(.+)-(\d+)\.\w+")

Entry = os.DirEntry[str]


class Scan:
    """One walk. After `changes` is used up, `gone` and `problems` are complete, and `files` counts the article files."""

    def __init__(
        self,
        content: Path,
        skipped: frozenset[Path],
        catalogue: Catalogue,
        reading: Callable[[tuple[str, ...], bool], bytes],
        now: int,
    ) -> None:
        """`skipped` are folders inside the content that hold no articles; `reading` makes the digest of how a file would
        be read, from the pictures beside it and whether it is of a legacy encoding; `now` is the time in ns."""
        self._content = content
        self._skipped = {str(path) for path in skipped}
        self._catalogue = catalogue
        self._reading = reading
        self._settled = now - GRAIN
        self.files = 0
        self.gone: list[str] = []
        self.gone_pictures: list[str] = []
        self.problems: list[Problem] = []

    def changes(self) -> Iterator[Change]:
        unvisited = self._catalogue.known_folders()
        stack = [""]
        while stack:
            folder = stack.pop()
            unvisited.discard(folder)
            entries = self._entries(folder)
            if entries is None:  # what was known of it stays
                unvisited -= {one for one in unvisited if not folder or one.startswith(f"{folder}/")}
                continue
            below = [e.name for e in entries if e.is_dir(follow_symlinks=False) and e.path not in self._skipped]
            stack += [f"{folder}/{name}" if folder else name for name in reversed(below)]
            articles: list[Entry] = []
            pictures: list[Entry] = []
            for entry in entries:
                kind = _SUFFIXES.get(entry.name[entry.name.rfind(".") :].lower())
                if kind is not None and not entry.is_dir(follow_symlinks=False) and self._ours(folder, entry):
                    (pictures if kind else articles).append(entry)
            yield from self._articles(folder, articles, pictures, {composed(name): name for name in below})
            yield from self._pictures(folder, pictures)
        for folder in sorted(unvisited):
            self.gone += [_join(folder, name) for name in self._catalogue.known_sources(folder)]
            self.gone_pictures += [_join(folder, name) for name in self._catalogue.known_pictures(folder)]

    def _entries(self, folder: str) -> list[Entry] | None:
        """The entries of a folder by name, without hidden ones; `None` if it cannot be listed."""
        try:
            with os.scandir(self._content / folder) as found:
                return sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            self.problems.append(
                Problem(
                    folder or ".",
                    0,
                    0,
                    "folder-unreadable",
                    f"cannot be listed: {error.strerror}",
                    "check its permissions; what was built of it stays",
                )
            )
            return None

    def _ours(self, folder: str, entry: Entry) -> bool:
        """Whether a file is to be looked at. What cannot be is said, once."""
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(entry.name).decode("utf-8", "replace")
            self.problems.append(
                Problem(_join(folder, shown), 0, 0, "file-name", "the file's name is not UTF-8", "rename the file")
            )
            return False
        if entry.is_symlink() and self._content not in Path(entry.path).resolve().parents:
            self.problems.append(
                Problem(_join(folder, entry.name), 0, 0, "link-outside", "a link to a file outside the content folder is not followed",
                        "put the file itself here", "warning")
            )  # fmt: skip
            return False
        return True

    def _articles(
        self, folder: str, files: list[Entry], pictures: list[Entry], below: dict[str, str]
    ) -> Iterator[Change]:
        known = self._catalogue.known_sources(folder)
        numbered: dict[str, list[str]] = {}
        for entry in pictures:
            if found := _NUMBERED.fullmatch(entry.name):
                numbered.setdefault(composed(found[1]), []).append(composed(_join(folder, entry.name)))
        alone = not numbered and not below
        self.files += len(files)
        for entry in files:
            name = entry.name
            seen = self._seen(entry)
            if seen is None:
                continue
            beside = () if alone else self._beside(folder, name[: name.rfind(".")], numbered, below)
            row = known.pop(name, None)
            if row is None:
                yield Change(_join(folder, name), False, seen, beside)
                continue
            as_before = row[2] == self._reading(beside, row[3])
            if row[0] != seen or not as_before or not seen:
                yield Change(_join(folder, name), False, seen, beside, row[1] if as_before else None)
        self.gone += [_join(folder, name) for name in known]

    def _pictures(self, folder: str, files: list[Entry]) -> Iterator[Change]:
        known = self._catalogue.known_pictures(folder)
        forms: set[str] = set()
        for entry in files:
            if not entry.name.isascii():
                form = composed(entry.name)
                if form in forms:
                    message = "another picture has this name, with its letters composed otherwise"
                    self.problems.append(Problem(_join(folder, entry.name), 0, 0, "file-name", message, "rename one of them"))
                    continue
                forms.add(form)
            seen = self._seen(entry)
            if seen is not None and (known.pop(entry.name, None) != seen or not seen):
                yield Change(_join(folder, entry.name), True, seen)
        self.gone_pictures += [_join(folder, name) for name in known]

    def _seen(self, entry: Entry) -> str | None:
        """The state of a file; empty when it changed so lately that the same state may yet hide another change; `None`
        when it is gone or a broken link."""
        try:
            state = entry.stat()
        except FileNotFoundError:
            return None
        except OSError:
            return ""  # reading it will say why
        if state.st_mtime_ns > self._settled or state.st_ctime_ns > self._settled:
            return ""
        return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"

    def _beside(self, folder: str, stem: str, numbered: dict[str, list[str]], below: dict[str, str]) -> tuple[str, ...]:
        """Pictures that belong to an article by name: `stem-1.jpg` beside it, `stem/1.jpg` in a folder of its name. Names
        are compared, and given, in composed form."""
        stem = composed(stem)
        found = list(numbered.get(stem, ()))
        if stem in below:
            inside = _join(folder, below[stem])
            found += [
                composed(_join(inside, e.name))
                for e in self._entries(inside) or ()
                if Path(e.name).suffix.lower() in PICTURES and Path(e.name).stem.isdecimal()
            ]
        return tuple(sorted(found, key=_natural)) if found else ()


def _natural(path: str) -> list[tuple[int, str]]:
    """`x-2` before `x-10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NATURAL.split(path)]


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
