"""Whether a site and its sources are what they were when the site was made.

What lives here: the proof of `roznama verify`. It needs the output and, if there, the sources, and nothing else: no
catalogue and no configuration, so that it can be asked in fifty years of a copy on a disk. `manifest-sha256.txt` has the
SHA-256 of every file of the output; every article's page has the path and the SHA-256 of its source
(`<meta name="roznama.source">`, `roznama.sha256`).
"""

import hashlib
import html
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.ledger import INTENT, MANIFEST, RECORD, read_manifest
from generator.output import TEMPORARY
from generator.problems import Problem
from generator.readers import SUFFIXES
from generator.report import Listener, Silent

_META = re.compile(rb'<meta name="roznama\.(source|sha256)" content="([^"]*)"')


class NoManifest(Exception):
    """The folder has no `manifest-sha256.txt`, or one that cannot be read."""


def verify(output: Path, sources: Path | None, listener: Listener | None = None) -> Iterator[Problem]:
    """Every difference between the site in `output` and what is recorded of it, and between the files in `sources` and
    what its pages say of them. What is missing or changed is an error; a file that nothing is recorded of is a warning.
    Raises `NoManifest`."""
    recorded = read_manifest(output)
    if recorded is None:
        raise NoManifest(str(output / MANIFEST))
    listener = listener or Silent()
    with (output / MANIFEST).open("rb") as lines:
        listener.step("verify", sum(1 for _ in lines))
    paths: set[str] = set()
    known: dict[str, str] = {}
    for path, expected in recorded:
        listener.advance(1)
        paths.add(path)
        try:
            page = (output / path).read_bytes() if sources is not None and path.endswith(".html") else b""
            found = hashlib.sha256(page).hexdigest() if page else file_sha256(output / path)
        except OSError as error:
            yield Problem(path, 0, 0, "verify-missing", f"is in {MANIFEST} and cannot be read ({error.strerror})")
            continue
        if found != expected:
            yield Problem(path, 0, 0, "verify-changed", "is not as it was published", _REBUILD)
        elif page:
            said = {name.decode(): html.unescape(value.decode()) for name, value in _META.findall(page)}
            if len(said) == 2:
                known[said["source"]] = said["sha256"]
    yield from _strangers(output, paths)
    if sources is not None:
        yield from _sources(sources.absolute(), known, output.absolute())


_REBUILD = "build again, or fetch the file from a copy"


def _strangers(output: Path, known: set[str]) -> Iterator[Problem]:
    for here, below, names in os.walk(output):
        below.sort()
        folder = Path(here).relative_to(output).as_posix()
        for name in sorted(names):
            path = name if folder == "." else f"{folder}/{name}"
            if path not in known and path != MANIFEST and Path(here, name).is_file():
                yield Problem(path, 0, 0, "verify-unknown", f"is not in {MANIFEST}", None, "warning")


_NOT_SITE = frozenset({".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "desktop.ini", RECORD, INTENT})
"""Names in an output that are no part of a site."""


def own_files(output: Path, unknown: Iterable[str]) -> Iterator[tuple[str, str] | Problem]:
    """(path, SHA-256) of those of the `unknown` files of an output that are published with it. A symbolic link is left
    out, as it may lead anywhere, and comes back as a warning."""
    for path in unknown:
        file = output / path
        if not _NOT_SITE.isdisjoint(path.split("/")) or path.endswith(TEMPORARY):
            continue
        if any(part.is_symlink() for part in (file, *file.parents) if output in part.parents):
            yield Problem(path, 0, 0, "output-link", "is a symbolic link, and is left out",
                          "put the file itself there", "warning")  # fmt: skip
        else:
            yield path, file_sha256(file)


def file_sha256(file: Path) -> str:
    """In hex, of a file of any size. Raises `OSError`."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _sources(folder: Path, known: dict[str, str], output: Path) -> Iterator[Problem]:
    for path, expected in sorted(known.items()):
        try:
            data = (folder / path).read_bytes()
        except OSError as error:
            yield Problem(path, 0, 0, "verify-source-missing", f"the source cannot be read ({error.strerror})")
            continue
        if hashlib.sha256(data).hexdigest() != expected:
            message = "the source is not the one that was published"
            yield Problem(path, 0, 0, "verify-source-changed", message, "build again, or fetch the file from a copy")
    for path in sorted(_articles(folder, output)):
        if path not in known:
            message = "no page was made of this source"
            yield Problem(path, 0, 0, "verify-source-unpublished", message, "drafts and duplicates have none", "warning")


def _articles(folder: Path, output: Path) -> Iterator[str]:
    """Files that a build reads as articles. The output may stand among them, as do a site's own templates."""
    beside = {output, folder / "templates", folder / "static"}
    for here, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".") and Path(here, name) not in beside]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(here, name).relative_to(folder).as_posix()
