"""The output folder: every write, every removal, and the lock.

A page is replaced, never half written: bytes go to a file beside the target, which then takes its name (atomic on every
system the standard library knows). What equals what is there is left alone, so that uploads by time or size send
nothing for nothing. What Roznama did not write is neither overwritten nor removed.
"""

import contextlib
import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.config import SiteErrors
from generator.digest import digest_bytes
from generator.problems import Problem

TEMPORARY = ".roznama-new"
_MACHINE = os.urandom(4).hex()
"""Two workers may make one page, if one was taken for dead: a process number may occur on both of their machines."""


class Foreign(Exception):
    """A file stands in the way that Roznama did not write."""


def write(target: str | Path, data: bytes, *, ours: bool) -> bool:
    """Put `data` at `target`; tells whether anything was written. `ours` says that the manifest knows the file.

    Raises `Foreign` when a file is there that is not ours and holds other bytes, `OSError` when the disk refuses.
    """
    path = os.fspath(target)
    try:
        with open(path, "rb", 0) as file:  # noqa: PTH123 — making a Path costs more than the call
            present: bytes | None = file.read()
    except FileNotFoundError:
        present = None
    except (IsADirectoryError, NotADirectoryError) as error:
        raise Foreign(path) from error
    if present == data:
        return False
    if present is not None and not ours:
        raise Foreign(path)
    temporary = _beside(path)
    _put(path, temporary, lambda: _fill(temporary, data))
    return True


def _beside(path: str) -> str:
    """The path of the file that is to take the place of `path`, in its folder."""
    name = os.path.basename(path)  # noqa: PTH119 — as above
    return f"{path[: len(path) - len(name)]}.{name[:40]}{_MACHINE}{os.getpid()}{TEMPORARY}"


def _fill(path: str, data: bytes) -> None:
    with open(path, "wb", 0) as file:  # noqa: PTH123 — as above
        done = file.write(data)
        while done < len(data):  # as much as a full disk takes, then its error
            done += file.write(data[done:])


def stream(path: Path, lines: Iterable[bytes]) -> bool:
    """Put what `lines` give at `path`, a file of ours, without holding it in memory; tells whether it is another than before.
    Raises `OSError`."""
    temporary = Path(_beside(str(path)))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            file.writelines(lines)
        same = path.is_file() and filecmp.cmp(temporary, path, shallow=False)
        if not same:
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    return not same


def copy(source: Path, path: Path) -> None:
    """Put a copy of `source` at `path`, whatever is there. Raises `OSError`. What a killed copy leaves is replaced and
    gone with the next one to the same path: the name is made of the path's alone."""
    temporary = path.with_name(f".{digest_bytes(path.name.encode()).hex()}{TEMPORARY}")
    _put(str(path), str(temporary), lambda: shutil.copyfile(source, temporary))


def _put(path: str, temporary: str, fill: Callable[[], object]) -> None:
    try:
        try:
            fill()
        except FileNotFoundError:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            fill()
        os.replace(temporary, path)  # noqa: PTH105 — as above
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def remove(output: Path, path: str) -> bool:
    """Remove a file that the manifest says is ours, and folders it leaves empty. Tells whether it was there."""
    target = output / path
    try:
        target.unlink()
    except FileNotFoundError:
        return False
    for folder in target.parents:
        if folder == output or (folder not in output.parents and output not in folder.parents):
            break
        try:
            folder.rmdir()
        except OSError:
            break  # not empty: others still live here
    return True


def rename(output: Path, old: str, new: str) -> None:
    """Give a file of ours a new name. One that is gone already is made anew by who wants it."""
    with contextlib.suppress(FileNotFoundError):
        (output / old).replace(output / new)


class Looked(NamedTuple):
    """Paths in an output: files that are not as they were written, and what killed builds left half written."""

    unlike: list[str]
    leftovers: list[str]


def look(output: str, states: Iterable[tuple[str, str, str]]) -> Looked:
    """Look at the files of the folder `output`. `states` are what the manifest knows, as `Manifest.output_states` gives it.
    Raises `OSError`.

    Nothing is removed: another process may look, and live for a moment longer than the one that asked, while the next build
    writes already.
    """
    unlike: list[str] = []
    leftovers: list[str] = []
    for folder, names, written in states:
        place = f"{folder}/" if folder else ""
        known = dict(zip(names.split("/"), written.split("/"), strict=True))
        try:
            entries = os.scandir(f"{output}/{folder}")
        except OSError:  # it is not there, or cannot be listed
            unlike += [place + name for name in known]
            continue
        with entries:
            for entry in entries:
                expected = known.pop(entry.name, None)
                if expected is not None:
                    state = entry.stat(follow_symlinks=False)
                    if f"{state.st_size} {state.st_mtime_ns}" != expected or entry.is_dir(follow_symlinks=False):
                        unlike.append(place + entry.name)
                elif entry.name.endswith(TEMPORARY):
                    leftovers.append(place + entry.name)
        unlike += [place + name for name in known]
    return Looked(unlike, leftovers)


@contextlib.contextmanager
def locked(state: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a site's catalogue: a second build of the same output waits, after `waiting` has said so."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        handle = (state / "lock").open("a+b")
    except OSError as error:
        raise SiteErrors([Problem(str(state), 0, 0, "state-unwritable", f"the catalogue cannot be kept here ({error.strerror})",
                                  "choose an output folder you may write beside, with --output")]) from error  # fmt: skip
    with handle:
        if sys.platform == "win32":
            import msvcrt

            try:
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                waiting()
                while True:
                    with contextlib.suppress(OSError):  # LK_LOCK gives up after ten seconds; a build may take longer
                        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                        break
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
