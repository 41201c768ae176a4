"""What goes into the package of an archive, for those who keep it: sources, site, and the record of how one became the other.

```
data/ro-crate-metadata.json         what all of it is
data/record.json                    versions, counts, and the command that makes the same site again
data/source/NAME/site.toml …        as in the site's folder: configuration, ledger, vocabulary, theme
data/source/NAME/content/…          every file of the articles' folder that is not hidden
data/site/…                         the built site, files of one's own included
```

`NAME` is the folder's own, because an archive without a title is called by it. A content folder that stands elsewhere
stands in the package as far from `site.toml` as it did. What is packed is proven first: a site that is not what was
built, or sources that are not those it was built of, are no record of anything.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator import __version__
from generator.bags import Bag, UnclearName
from generator.catalogue import Catalogue
from generator.config import FILE, Site
from generator.crates import METADATA, Crate, Part, metadata
from generator.ledger import MANIFEST, MOVED, manifest_lines
from generator.problems import Problem
from generator.report import Listener, Made
from generator.topics.review import FILE as REVIEW
from generator.topics.vocabulary import CSV, TOML
from generator.verifying import file_sha256, own_files, verify

BESIDE = {
    MOVED: "Former addresses of articles",
    TOML: "Vocabulary of topics",
    CSV: "Vocabulary of topics",
    REVIEW: "Decisions about suggested topics",
}
"""Files beside `site.toml` that a build reads or that record decisions."""
FOLDERS = {"templates": "Templates of the site", "static": "Static files of the site"}


class Wrong(Exception):
    """The archive cannot be packed; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class Packed(Struct, frozen=True):
    """What a package holds. `problems` are warnings: links that were left out, sources without a page."""

    files: int
    bytes: int
    problems: tuple[Problem, ...]


def pack(site: Site, config: Path, place: Path, day: str, info: Sequence[tuple[str, str]], listener: Listener) -> Packed:
    """Write the package of `site` to `place`; `config` is its configuration, `day` the day of packing, `info` more lines
    for `bag-info.txt`. Raises `Wrong`, `NoManifest`, `FileExistsError`, and `OSError` when the disk refuses."""
    found = list(verify(site.output, site.content, listener))
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise Wrong(errors)
    unpublished = [problem.path for problem in found if problem.code == "verify-source-unpublished"]
    problems = [problem for problem in found if problem.code == "verify-source-unpublished"]
    manifest = (site.output / MANIFEST).read_bytes()
    paths = [path for path, _ in manifest_lines(manifest)]
    with Bag(place) as bag:
        listener.step("pack", len(paths))
        for path in (*paths, MANIFEST):
            _add(bag, f"site/{path}", site.output / path)
            listener.advance(1)
        for own in own_files(site.output, [p.path for p in found if p.code == "verify-unknown"]):
            if isinstance(own, Problem):
                problems.append(own)
            else:
                _add(bag, f"site/{own[0]}", site.output / own[0])
        named: list[Part] = []
        listener.step("pack", None)
        for path, file in _sources(site, config, problems):
            _add(bag, f"source/{path}", file)
            listener.advance(1)
            if (name := _name(site, path)) is not None:
                named.append(Part(f"source/{path}", name, file.stat().st_size))
        made = _made(site)
        record = _record(site, made, unpublished)
        bag.add_bytes("record.json", msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
        crate = _crate(site, day, made, dict(info).get("Source-Organization", ""), (*named, *_tables(site, paths)))
        bag.add_bytes(METADATA, metadata(crate))
        bag.finish((*_info(crate, day), *info))
        return Packed(bag.files, bag.bytes, tuple(problems))


def _add(bag: Bag, path: str, file: Path) -> None:
    try:
        bag.add(path, file)
    except UnclearName:
        message = "a name with a line break, with %0A, %0D or %25, or not in UTF-8 is not read alike by all who read a bag"
        raise Wrong([Problem(str(file), 0, 0, "package-name", message.encode("utf-8", "replace").decode(), "rename the file")]) from None


def _base(site: Site) -> Path:
    """The folder that paths of sources are told from: the one that holds the site's folder, or site and content both."""
    common = Path(os.path.commonpath([site.folder, site.content]))
    return site.folder.parent if common == site.folder else common


def _sources(site: Site, config: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """(path in the package, file) of everything a build reads, by path."""
    base = _base(site)
    home = site.folder.relative_to(base).as_posix()
    beside = {name: site.folder / name for name in BESIDE} | ({FILE: config} if site.configured else {})
    for name, file in sorted(beside.items()):
        if file.is_file():
            yield f"{home}/{name}", file
    skipped = {site.output, site.state.parent, *(site.folder / name for name in FOLDERS)} - {site.content}
    folders = [site.folder / name for name in FOLDERS] if site.configured else []
    for folder in (site.content, *folders):
        for file in _files(folder, skipped - {folder}, problems):
            if file != config and not (file.parent == site.folder and file.name in beside):
                yield file.relative_to(base).as_posix(), file


def _files(folder: Path, skipped: set[Path], problems: list[Problem]) -> Iterator[Path]:
    """The files below `folder` by path, without hidden ones. A link to a file elsewhere is left out with a warning."""
    for here, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(here, name) not in skipped)
        for name in sorted(names):
            file = Path(here, name)
            if name.startswith("."):
                continue
            if file.is_symlink() and folder not in file.resolve().parents:
                problems.append(
                    Problem(str(file), 0, 0, "package-link", "is a link to a file elsewhere, and is left out",
                            "put the file itself there", "warning")
                )  # fmt: skip
            elif file.is_file():
                yield file


def _name(site: Site, path: str) -> str | None:
    """What a source is, if it is described by itself."""
    name = path.rpartition("/")[2]
    if path != f"{site.folder.relative_to(_base(site)).as_posix()}/{name}":
        return None
    return "Configuration of the site" if name == FILE else BESIDE.get(name)


def _tables(site: Site, paths: Iterable[str]) -> Iterator[Part]:
    """The site's data, file by file."""
    for path in (MANIFEST, *(path for path in paths if path.startswith("data/"))):
        name = "SHA-256 of every file of the site" if path == MANIFEST else f"Data of the archive: {path.partition('/')[2]}"
        yield Part(f"site/{path}", name, (site.output / path).stat().st_size)


def _made(site: Site) -> Made | None:
    """How the site was built; `None` if no catalogue knows."""
    with Catalogue.look(site.state) as catalogue:
        kept = catalogue.remembered(Made.KEY) if catalogue is not None else None
    return msgspec.json.decode(kept, type=Made) if kept else None


def _home(site: Site) -> str:
    return f"source/{site.folder.relative_to(_base(site)).as_posix()}/"


def _record(site: Site, made: Made | None, unpublished: list[str]) -> dict[str, Any]:
    """`record.json`. What only the catalogue knows is `null` without it."""
    command = ["roznama", "build", f"data/{_home(site)}", "--output", "site-again"]
    if made is not None:
        command += ["--as-of", made.as_of, *(["--drafts"] if made.drafts else [])]
        command += ["--base-url", made.base_url] if made.base_url != site.settings.base_url else []
    return {
        "roznama": made.version if made is not None else None,
        "packed_with": __version__,
        "rebuild": command,
        "manifest_sha256": file_sha256(site.output / MANIFEST),
        "errors": made.errors if made is not None else None,
        "sources_without_page": unpublished,
    }


def _crate(site: Site, day: str, made: Made | None, publisher: str, parts: Iterable[Part]) -> Crate:
    settings = site.settings
    told = msgspec.json.decode((site.output / "site.webmanifest").read_bytes())
    sources = _home(site)
    return Crate(
        name=told["name"],
        description=settings.tagline or f"{told['name']}: a news archive, its sources, and the record of how it was built",
        language=told["lang"],
        published=day,
        licence=(settings.licence.name, settings.licence.url) if settings.licence else ("", ""),
        publisher=publisher,
        address=made.base_url if made is not None else settings.base_url,
        version=made.version if made is not None else "",
        made_of=sources,
        made="site/",
        parts=(
            Part(sources, "Sources: the site's folder"),
            *(Part(f"source/{path.relative_to(_base(site)).as_posix()}/", name) for path, name in _described(site)),
            Part("site/", "The built site: open index.html"),
            Part("record.json", "How the site was built, and how to build it again"),
            *parts,
        ),
    )


def _described(site: Site) -> Iterator[tuple[Path, str]]:
    """Folders of sources that are described by themselves, and what they are."""
    if site.content != site.folder:
        yield site.content, "Articles, each a file, and their pictures"
    for name, what in FOLDERS.items() if site.configured else ():
        if (site.folder / name).is_dir():
            yield site.folder / name, what


def _info(crate: Crate, day: str) -> Iterator[tuple[str, str]]:
    """The lines of `bag-info.txt` that Roznama knows."""
    yield "Bag-Software-Agent", f"Roznama {__version__}"
    yield "Bagging-Date", day
    yield "External-Description", crate.name
    if crate.address:
        yield "External-Identifier", crate.address
