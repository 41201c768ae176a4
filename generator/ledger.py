"""The two records of a site that outlive its catalogue.

`moved.tsv`, beside `site.toml` and meant for version control: addresses that articles had before, so that a page that
moves leaves a redirect even after the catalogue is lost. `manifest-sha256.txt`, in the output: every file with its
SHA-256, as `sha256sum -c` reads it; it also tells a build without a catalogue which files are its own.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from generator import output
from generator.catalogue import Catalogue
from generator.config import Site
from generator.problems import Problem

MOVED = "moved.tsv"
MANIFEST = "manifest-sha256.txt"
RECORD, INTENT = "published-sha256.txt", "publishing-sha256.txt"
"""What `publishing` keeps on a target, and what no site holds."""
_LINE = re.compile(r"([0-9a-f]{64})  ([^/].*)")
_HEAD = (
    "# Former addresses of articles, written by roznama build. Keep this file under version control.\n# address\tid\n"
)


def read_moves(site: Site, catalogue: Catalogue) -> list[Problem]:
    """Put the ledger's addresses into the catalogue, in place of what was there. The lines that cannot be read."""
    problems: list[Problem] = []
    moves: dict[str, str] = {}
    try:
        text = (site.folder / MOVED).read_text("utf-8")
    except FileNotFoundError:
        text = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        old, tab, id_ = line.partition("\t")
        if not tab or not old.startswith("/") or not old.endswith(".html") or ".." in old.split("/") or not id_:
            problems.append(
                Problem(
                    MOVED,
                    number,
                    1,
                    "moved-line",
                    "not an address and an id with a tab between them",
                    "mend or remove the line",
                    excerpt=line,
                )
            )
            continue
        moves[old] = id_
    catalogue.replace_moves(moves)
    return problems


def write_moves(site: Site, catalogue: Catalogue) -> list[Problem]:
    """Write the ledger if articles moved since the last build. A folder that cannot be written is a warning: the
    redirects of this build are made all the same."""
    if not catalogue.settle_moves():
        return []
    text = _HEAD + "".join(f"{old}\t{id_}\n" for old, id_ in catalogue.all_moves())
    try:
        output.write(site.folder / MOVED, text.encode(), ours=True)
    except OSError as error:
        message = f"the ledger of moved pages cannot be written: {error.strerror}"
        return [
            Problem(
                MOVED, 0, 0, "moved-unwritable", message, "without it a clean build forgets the redirects", "warning"
            )
        ]
    return []


def read_manifest(folder: Path) -> Iterator[tuple[str, str]] | None:
    """(path, SHA-256 in hex) of the files of the output in `folder`; `None` without a manifest that can be read."""
    try:
        data = (folder / MANIFEST).read_bytes()
        data.decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return manifest_lines(data)


def manifest_lines(data: bytes) -> Iterator[tuple[str, str]]:
    """(path, SHA-256 in hex) of the lines of a manifest that can be read and stay below its folder. One at a time: the
    manifest of a large archive is large."""
    for line in io.BytesIO(data):
        found = _LINE.fullmatch(line.decode("utf-8", "replace").rstrip("\r\n"))
        if found and ".." not in found[2].split("/"):
            yield found[2], found[1]


def recover(folder: Path, catalogue: Catalogue) -> int:
    """Enter the files that an earlier catalogue wrote, by the manifest in the output; how many there are."""
    sound = [(path, bytes.fromhex(sha256)) for path, sha256 in read_manifest(folder) or ()]
    catalogue.adopt_outputs(sound)
    return len(sound)


def write_manifest(folder: Path, catalogue: Catalogue) -> bool:
    """Write the manifest if it would differ; whether it was written."""
    lines = (f"{sha256}  {path}\n".encode() for path, sha256 in catalogue.checksums())
    return output.stream(folder / MANIFEST, lines)
