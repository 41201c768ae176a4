"""What a folder of articles holds, told from an even sample of it in a few seconds however big it is.

What lives here: facts. What is made of them is elsewhere: settings in `proposal`, a new article in `article_file`. Every
file is counted, because counting costs 5 µs; only `SAMPLE` are opened, spread evenly over the folders in their order, so
that a collection of fifty years is not judged by its first.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct, structs

from generator.model import Article
from generator.pictures import SUFFIXES as PICTURES
from generator.readers import SUFFIXES as ARTICLES
from generator.readers import ReadingOptions, Source, read
from generator.readers.encodings import Decision, decide_encoding, decode
from generator.readers.front_matter_syntax import Broken, split, toml_fields, yaml_fields
from generator.readers.tongues import known_languages
from generator.text import clean

SAMPLE = 400
"""Articles that are read; 0.3 s of work."""
KNOWN = frozenset(ARTICLES) | PICTURES
TWICE = 3
"""Names given as examples of those that several files have."""
OURS = ("output", "templates", "static")
"""Folders of a site that hold no articles."""
PAPERS = ("readme", "license", "licence", "changelog", "contributing", "copying", "notes")
"""Stems of files that speak of a folder and are no articles of it."""


class Read(Struct, frozen=True):
    """A file of the sample: its path below the content folder, the keys of its front matter as they are written, and the
    article, if it is one."""

    path: PurePosixPath
    keys: tuple[str, ...]
    article: Article | None


class Survey(Struct, frozen=True):
    """What is in a content folder. `files` and `pictures` are counts of all; `stems` are folded stems of all files;
    `repeated` are stems that more than one file has. `encodings` counts files of the sample, `decision` says how those
    that are not Unicode were read."""

    files: int
    pictures: int
    suffixes: Counter[str]
    stems: frozenset[str]
    repeated: tuple[str, ...]
    sample: tuple[Read, ...]
    decision: Decision | None

    @property
    def articles(self) -> list[Article]:
        return [one.article for one in self.sample if one.article is not None]

    def languages(self) -> list[tuple[str, int]]:
        """(code, articles of the sample), the commonest first; texts of no known language are left out."""
        return _ranked(Counter(article.language for article in self.articles if article.language != "und"))

    def encodings(self) -> list[tuple[str, int]]:
        return _ranked(Counter(article.encoding for article in self.articles))

    def origins(self) -> list[tuple[str, int]]:
        """Where dates are known from, `undated` among them."""
        return _ranked(Counter(a.published.origin if a.published else "undated" for a in self.articles))

    def years(self) -> tuple[int, int] | None:
        found = [article.published.year for article in self.articles if article.published]
        return (min(found), max(found)) if found else None

    def keys(self) -> list[tuple[str, int]]:
        """Keys of front matter as they are written, the commonest first."""
        return _ranked(Counter(key for one in self.sample for key in one.keys))

    def fullest_month(self) -> int:
        """How many articles of one language the fullest month holds, estimated from the sample."""
        months = Counter(
            (a.language, a.published.year, a.published.month)
            for a in self.articles
            if a.published and a.published.month
        )
        return max(months.values(), default=0) * self.files // max(len(self.sample), 1)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def survey(content: Path, options: ReadingOptions | None = None) -> Survey:
    """What is in `content`. A folder that cannot be listed counts as empty."""
    options = options or ReadingOptions()
    suffixes: Counter[str] = Counter()
    stems: set[str] = set()
    repeated: list[str] = []
    pictures = 0
    kept: list[str] = []
    stride = 1
    for path in walk(content):
        stem, suffix = os.path.splitext(path.rpartition("/")[2])  # noqa: PTH122 — a million of them
        if suffix.lower() in PICTURES:
            pictures += 1
            continue
        if suffixes.total() % stride == 0:
            kept.append(path)
            if len(kept) == 2 * SAMPLE:
                kept, stride = kept[::2], 2 * stride
        suffixes[suffix.lower()] += 1
        folded = clean(stem).casefold()
        if folded in stems and len(repeated) < TWICE and folded not in repeated:
            repeated.append(folded)
        stems.add(folded)
    step = max(len(kept) / SAMPLE, 1.0)
    chosen = [kept[int(number * step)] for number in range(min(len(kept), SAMPLE))]
    sample, decision = _read(content, chosen, options)
    return Survey(suffixes.total(), pictures, suffixes, frozenset(stems), tuple(repeated), sample, decision)


def walk(content: Path) -> Iterator[str]:
    """Paths of articles and pictures below `content`, folder by folder in the order of names. Hidden entries, links to
    folders, and what a site keeps beside its articles are left out."""
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(content / folder) as found:
                entries = sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError:
            continue
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            if os.path.splitext(entry.name)[1].lower() in KNOWN and not entry.is_dir(follow_symlinks=False):  # noqa: PTH122
                yield prefix + entry.name
        below = [e.name for e in entries if e.is_dir(follow_symlinks=False) and (folder or e.name not in OURS)]
        stack += [prefix + name for name in reversed(below)]


def content_of(folder: Path) -> Path:
    """Where the articles of a site in `folder` are: in `content/`; in the one folder that has any, Python's own aside; or
    in `folder`."""
    if (folder / "content").is_dir():
        return folder / "content"
    holding: set[str] = set()
    for path in walk(folder):
        name = PurePosixPath(path)
        if name.suffix.lower() in ARTICLES and not ("/" not in path and name.stem.casefold() in PAPERS):
            top = path.partition("/")[0] if "/" in path else ""
            if top and (top in holding or (folder / top / "pyvenv.cfg").exists()):
                continue
            holding.add(top)
            if len(holding) > 1 or "" in holding:
                return folder
    # A folder that tells of language or year is a part of the archive's order, and belongs to its articles' paths.
    only = next(iter(holding), "")
    return folder if only in known_languages() or only.isdecimal() else folder / only


def papers(content: Path) -> list[str]:
    """Files at the top of `content` that a build would take for articles, and that hardly are."""
    files = sorted(path for path in content.iterdir() if path.suffix.lower() in ARTICLES and path.is_file())
    return [path.name for path in files if path.stem.casefold() in PAPERS]


def _read(content: Path, paths: Iterable[str], options: ReadingOptions) -> tuple[tuple[Read, ...], Decision | None]:
    texts: dict[str, bytes] = {}
    for path in paths:
        try:
            texts[path] = (content / path).read_bytes()
        except OSError:
            continue
    readings = {path: read(data, Source(path), options) for path, data in texts.items()}
    legacy = [path for path, reading in readings.items() if reading.legacy]
    decision = None
    if legacy and options.encoding is None:
        decision = decide_encoding([texts[path] for path in legacy])
        options = structs.replace(options, legacy_encoding=decision.encoding)
        readings |= {path: read(texts[path], Source(path), options) for path in legacy}
    return tuple(
        Read(PurePosixPath(path), _keys(texts[path], path, options), reading.article)
        for path, reading in readings.items()
    ), decision


def _keys(data: bytes, path: str, options: ReadingOptions) -> tuple[str, ...]:
    """The keys of a file's front matter."""
    text = decode(data, path, options).text or ""
    found = split(text)
    if not found.block:
        return ()
    try:
        return tuple(key for key, _ in (toml_fields if found.toml else yaml_fields)(found.block))
    except Broken:
        return ()
