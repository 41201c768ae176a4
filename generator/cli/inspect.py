"""`roznama inspect`: what is read from files, for a person or for a program.

For a person an outline: each block with its line, its kind and the beginning of its text; below it, in grey, why a line
without label was taken for what it is. With `--json` one object a line: `path`, `headline`, `language`, `direction`,
`published`, `bylines`, `blocks`, `set_aside`, `topics`, and what is wrong or doubtful under `problems`.

It reads as the build of the site around the files would: with the `[reading]` rules of the nearest `site.toml` above.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.text import Text

from generator.cli.console import show_problem
from generator.cli.options import Place, json_option, quiet_option, site_options
from generator.config import FILE, SiteErrors, load_site
from generator.gathering import reading_options
from generator.model import Article, Block, Figure, ItemList, ReadAlso, Table
from generator.problems import FSI, PDI
from generator.readers import SUFFIXES, Reading, ReadingOptions, Source, read
from generator.readers.encodings import decide_encoding
from generator.topics.reading import Naming, as_objects
from generator.topics.vocabulary import find, read_vocabulary

SAMPLES = 100
"""Files of unknown encoding that are looked at together before one is decided."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@site_options(argument=False, output=False)
@json_option
@quiet_option
def inspect(paths: tuple[Path, ...], place: Place, as_json: bool, quiet: bool) -> None:
    """Show what is read from PATH, files or folders: blocks, labels, doubts and the reasons of guesses.

    The exit code is 0 if every file could be read without error, and 1 otherwise.

    \b
    roznama inspect content/ur/x.txt       an outline with line numbers
    roznama inspect --json content         everything, for a program
    """
    out = sys.stdout.buffer
    console = Console(highlight=False, soft_wrap=True)
    failed = False
    for path, reading in _readings(paths, place):
        failed = failed or reading.article is None or any(p.severity == "error" for p in reading.problems)
        if as_json:
            out.write(msgspec.json.encode(as_object(path, reading)) + b"\n")
        elif quiet:
            for problem in reading.problems:
                if problem.severity != "doubt":
                    show_problem(problem)
        else:
            _outline(console, path, reading)
    out.flush()
    sys.exit(1 if failed else 0)


def _readings(paths: tuple[Path, ...], site: Place) -> Iterator[tuple[Path, Reading]]:
    for path in paths:
        files = sorted(_articles(path)) if path.is_dir() else [path]
        folder, options = _site_of(path, site)
        if options.encoding is None and (samples := _legacy(files, options)):
            options = msgspec.structs.replace(options, legacy_encoding=decide_encoding(samples).encoding)
        for file in files:
            place = file.resolve()
            name = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else file.name
            if file.suffix.lower() not in SUFFIXES:
                raise click.UsageError(f"{file} is no article; articles end in {', '.join(SUFFIXES)}")
            yield file, read(file.read_bytes(), Source(name), options)


def _articles(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file():
            yield file


def _legacy(files: list[Path], options: ReadingOptions) -> list[bytes]:
    """The files among `files` whose encoding has to be decided, at most `SAMPLES`."""
    found: list[bytes] = []
    for file in files:
        data = file.read_bytes()
        if not data.isascii() and read(data, Source(file.name), options).legacy:
            found.append(data)
            if len(found) == SAMPLES:
                break
    return found


def _site_of(path: Path, site: Place) -> tuple[Path, ReadingOptions]:
    """The content folder that `path` stands in and how its site wants files read: the site named, else the nearest above;
    without one, `path` itself."""
    place = path.resolve()
    folders = (place, *place.parents) if not site.given and site.config is None else ()
    nearest = next((folder for folder in folders if (folder / FILE).is_file()), None)
    if nearest is not None:
        site = Place(nearest)
    elif folders:
        return (place if place.is_dir() else place.parent), ReadingOptions()
    loaded = site.load()
    return loaded.content, reading_options(loaded)


@lru_cache(maxsize=64)
def _naming(folder: Path) -> Naming:
    """What names topics in the site around `folder`: its vocabulary and settings, or Roznama's own names alone."""
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            try:
                settings = load_site(place).settings.topics
            except SiteErrors:
                return Naming()
            return Naming(read_vocabulary(place)[0], settings.packs, settings.suggestions)
        if find(place) is not None:
            return Naming(read_vocabulary(place)[0])
    return Naming()


def _naming_of(path: Path) -> Naming:
    return _naming(path.resolve().parent)


def as_object(path: Path, reading: Reading) -> dict[str, Any]:
    """The object that `--json` prints."""
    article = reading.article
    found: dict[str, Any] = {"path": str(path)}
    if article is not None:
        found |= {
            "id": article.id,
            "headline": article.headline,
            "standfirst": article.standfirst,
            "language": article.language,
            "language_origin": article.language_origin,
            "direction": article.direction,
            "published": article.published.iso if article.published else None,
            "published_origin": article.published.origin if article.published else None,
            "modified": article.modified.iso if article.modified else None,
            "encoding": article.encoding,
            "bylines": msgspec.to_builtins(article.bylines),
            "blocks": [_block(block) for block in article.body],
            "set_aside": msgspec.to_builtins(article.set_aside),
            "topics": as_objects(article, _naming_of(path)),
            "extra": dict(article.extra),
        }  # fmt: skip
    found["problems"] = msgspec.to_builtins(reading.problems)
    found["guesses"] = msgspec.to_builtins(reading.guesses)
    return found


def _block(block: Block) -> dict[str, Any]:
    fields = msgspec.to_builtins(block)
    return {"kind": fields.pop("type"), **fields}


_COLOURS = {
    "heading": "bold green",
    "figure": "magenta",
    "list": "blue",
    "read_also": "yellow",
    "table": "blue",
    "quotation": "cyan",
}


def _outline(console: Console, path: Path, reading: Reading) -> None:
    article = reading.article
    console.print(Text(str(path), "bold underline"))
    if article is not None:
        _head(console, article, path)
        reasons = {guess.line: guess for guess in reading.guesses}
        for block in article.body:
            kind = type(block).__struct_config__.tag
            line = Text(f"{block.line or '':>6} ", "dim")
            line.append(f"{kind:<10}", _COLOURS.get(str(kind), ""))
            line.append(f" {_words(block)}")
            if block.language:
                line.append(f" [{block.language}]", "dim")
            console.print(line)
            if (guess := reasons.get(block.line)) is not None:
                console.print(Text(f"{'':17} guessed by {guess.margin:.1f}: {'; '.join(guess.reasons[:4])}", "dim"))
        for aside in article.set_aside:
            console.print(Text(f"{aside.line:>6} set aside  ({aside.reason}) {_shown(aside.text)}", "dim yellow"))
    for problem in reading.problems:
        if not problem.code.startswith("doubtful-"):
            show_problem(problem, sys.stdout)
    console.print()


def _head(console: Console, article: Article, path: Path) -> None:
    console.print(Text(f"{article.headline_line:>6} ", "dim").append(_shown(article.headline), "bold"))
    facts = [f"id {article.id}", f"{article.language} ({article.language_origin}), {article.direction}"]
    if article.published is not None:
        facts.append(f"{article.published.iso} ({article.published.origin})")
    else:
        facts.append("undated")
    facts.extend(
        f"by {_shown(byline.name)}" + (f", {_shown(byline.role)}" if byline.role else "") for byline in article.bylines
    )
    facts.extend(f"{topic['kind']} {_shown(topic['label'])}" for topic in as_objects(article, _naming_of(path)))
    if article.encoding != "utf-8":
        facts.append(article.encoding)
    console.print(Text(f"{'':7}{' · '.join(facts)}", "dim"))


def _words(block: Block) -> str:
    if isinstance(block, Figure):
        parts = {"alt": block.alt, "credit": block.credit, "caption": block.caption, "file": block.src}
        return f"{block.medium}  " + "  ".join(f"{name}: {_shown(part)}" for name, part in parts.items() if part)
    if isinstance(block, (ItemList, ReadAlso)):
        items = [item if isinstance(item, str) else item.text for item in block.items]
        head = [block.text] if isinstance(block, ReadAlso) else []
        return "  ".join(_shown(text, 40) for text in [*head, *items])
    if isinstance(block, Table):
        return "  ".join(_shown(text, 30) for text in block.rows[0])
    return _shown(block.text)


def _shown(text: str, limit: int = 90) -> str:
    """`text` cut to `limit` characters, isolated so that its direction stays its own."""
    short = " ".join(text.split())
    return f"{FSI}{short[: limit - 1] + '…' if len(short) > limit else short}{PDI}"
