"""`roznama init`."""

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import click
import msgspec

from generator import language
from generator.cli.console import show_problems
from generator.cli.options import Place, json_option, site_options
from generator.config import FILE, Settings, Site, SiteErrors, read_settings
from generator.output import Foreign, write
from generator.pages.shell import title as title_of
from generator.problems import FSI, PDI
from generator.readers import SUFFIXES
from generator.starting import hosts, proposal
from generator.starting.proposal import Answers
from generator.starting.survey import Survey, content_of, papers, survey, walk

FEW = 6
"""Entries of a kind that are named; the rest is counted."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'@]+")


@click.command()
@site_options(output=False)
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder of articles that stand elsewhere.",
)
@click.option("--title", help="The archive's name.")
@click.option("--language", "code", metavar="CODE", help="The archive's own language: ur, ar, fa, ...")
@click.option("--base-url", metavar="URL", help="The public address.")
@click.option(
    "--host", type=click.Choice(list(hosts.RECIPES)), help="Write what this host needs to publish the archive, too."
)
@json_option
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take what was found.")
def init(
    place: Place, content: Path | None, title: str | None, code: str | None, base_url: str | None, host: str | None,
    as_json: bool, yes: bool,
) -> None:  # fmt: skip
    """Look at the articles in SITE and write a site.toml that fits them.

    Asks for the archive's name, language and public address at most, and nothing with --yes or without a terminal. A
    file that is there already is never changed. The exit code is 1 if nothing could be written.

    \b
    roznama init                           this folder
    roznama init archive --content dumps   articles that stand elsewhere
    roznama init --host github-pages       and a workflow that publishes it
    """
    folder = place.folder
    teller = _Teller(as_json)
    given = _checked(code, base_url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = _settings(place)
        if settings is None:
            ask = not yes and not as_json and sys.stdin.isatty()
            settings = _begin(teller, folder.resolve(), content, title, *given, host, ask)
        elif host is None:
            there = place.config or folder / FILE
            raise click.ClickException(f"{there} is there already, and stays as it is; --host adds a recipe to it")
        if host is not None:
            _recipe(teller, folder, host, settings)
    except SiteErrors as errors:
        show_problems(errors.problems)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from error
    where = "" if folder.resolve() == Path.cwd() else f' "{folder}"' if " " in str(folder) else f" {folder}"
    empty = not any(PurePosixPath(path).suffix.lower() in SUFFIXES for path in walk(folder / settings.content.replace("\\", "/")))
    teller.end(f'roznama new "A headline"{where}' if empty else f"roznama serve --open{where}")


class _Teller:
    """Says what was found and done: in lines, or at the end as one object."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._object: dict[str, Any] = {"written": [], "kept": [], "todo": []}

    def found(self, place: Path, found: Survey) -> None:
        self._object |= {"content": str(place), **as_object(found)}
        width = shutil.get_terminal_size().columns
        for line in () if self._json else _findings(place, found):
            click.echo(textwrap.fill(line, width, subsequent_indent=" " * 16, break_long_words=False, break_on_hyphens=False))

    def wrote(self, path: str) -> None:
        self._say("written", path, f"wrote {path}")

    def kept(self, path: str) -> None:
        self._say("kept", path, f"{path} is there already, and stays as it is")

    def todo(self, line: str) -> None:
        self._say("todo", line, f"then: {line}")

    def end(self, following: str) -> None:
        click.echo(msgspec.json.encode(self._object | {"next": following}) if self._json else f"next: {following}")

    def _say(self, key: str, value: str, line: str) -> None:
        self._object[key].append(value)
        if not self._json:
            click.echo(line)


def _settings(place: Place) -> Settings | None:
    """The settings that the site has already."""
    file = place.config or place.folder / FILE
    return read_settings(file) if file.exists() else None


def _checked(code: str | None, base_url: str | None) -> tuple[str | None, str | None]:
    """`--language` and `--base-url`. Raises `click.BadParameter` with what would be right."""
    if code is not None and not language.has(code):
        raise click.BadParameter(
            f"Roznama has no words in {code!r}; it has {', '.join(language.codes())}", param_hint="--language"
        )
    if base_url and not _ADDRESS.fullmatch(base_url):
        raise click.BadParameter(
            f"{base_url!r} is no web address; write it as https://archive.example/path", param_hint="--base-url"
        )
    return code, base_url.rstrip("/") if base_url is not None else None


def _begin(
    teller: _Teller, folder: Path, content: Path | None, title: str | None, code: str | None, base_url: str | None,
    host: str | None, ask: bool,
) -> Settings:  # fmt: skip
    """Write `site.toml`, and the folder of articles where there is none."""
    place = content.resolve() if content is not None else content_of(folder)
    found = survey(place)
    teller.found(place, found)
    if not found.files and content is None:
        place = folder / "content"
        place.mkdir(exist_ok=True)
    main = code or proposal.main_language(found)
    if ask and code is None:
        main = click.prompt("Language of menus and lists", main, value_proc=_language)
    if title is None:
        title = title_of(Site(Settings(), folder, place, folder / "output", True), main)[0]
        title = click.prompt("Name of the archive", title) if ask else title
    if ask and base_url is None:
        base_url = click.prompt(
            "Public address, if it is known (https://…)", "", show_default=False, value_proc=_address
        )
    redirects = hosts.RECIPES[host].redirects if host is not None else "pages"
    answers = Answers(title, main, base_url or "", proposal.path_from(folder, place), redirects)
    for name in papers(place):
        teller.todo(f"move {name} away, if it is no article: it stands among them")
    _put(teller, folder, FILE, proposal.settings(found, answers))
    return read_settings(folder / FILE)


def _language(text: str) -> str:
    if not language.has(text.strip()):
        raise click.UsageError(f"there are: {', '.join(language.codes())}")
    return text.strip()


def _address(text: str) -> str:
    if text.strip() and not _ADDRESS.fullmatch(text.strip()):
        raise click.UsageError("an address begins with https://, for instance https://archive.example")
    return text.strip().rstrip("/")


def _recipe(teller: _Teller, folder: Path, host: str, settings: Settings) -> None:
    """Write what `host` needs, and say what is left to do."""
    for path, text in hosts.recipe(host, settings.base_url):
        _put(teller, folder, path, text)
    wanted = hosts.RECIPES[host].redirects
    if settings.host.redirects != wanted:
        teller.todo(f'set redirects = "{wanted}" under [host] in {FILE}, where it is "{settings.host.redirects}"')
    for line in hosts.todo(host, settings.base_url):
        teller.todo(line)


def _put(teller: _Teller, folder: Path, path: str, text: str) -> None:
    """Write a new file; one that is there stays, and is told of."""
    try:
        (teller.wrote if write(folder / path, text.encode(), ours=False) else teller.kept)(path)
    except Foreign:
        teller.kept(path)


def as_object(found: Survey) -> dict[str, Any]:
    """What was found, for `--json`. `looked_at` are the articles that were read; the counts below it are of them."""
    years = found.years()
    return {
        "files": found.files,
        "pictures": found.pictures,
        "looked_at": len(found.sample),
        "languages": dict(found.languages()),
        "encodings": dict(found.encodings()),
        "date_origins": dict(found.origins()),
        "years": list(years) if years else None,
        "front_matter": dict(found.keys()),
    }


def _findings(place: Path, found: Survey) -> Iterator[str]:
    """What was found, for the editor."""
    kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(found.suffixes.items()))
    yield str(place)
    yield f"  articles      {found.files:,} files" + (f" ({kinds})" if kinds else "") + f"; {found.pictures:,} pictures"
    if not found.files:
        return
    if len(found.sample) < found.files:
        yield f"  read here     {len(found.sample):,} of them, evenly spread"
    named = [f"{FSI}{language.autonym(code)}{PDI} ({code}) {count:,}" for code, count in found.languages()]
    yield f"  languages     {_listed(named) or 'none that can be told'}"
    guessed = {found.decision.encoding: f" ({found.decision.explanation})"} if found.decision else {}
    encodings = [f"{name} {count:,}{guessed.get(name, '')}" for name, count in found.encodings()]
    yield f"  encodings     {_listed(encodings)}"
    origins = [f"{origin} {count:,}" for origin, count in found.origins()]
    years = found.years()
    yield f"  dates         {_listed(origins)}" + (f"; {years[0]} to {years[1]}" if years else "")
    if keys := found.keys():
        yield f"  front matter  {_listed([f'{FSI}{key}{PDI} {count:,}' for key, count in keys])}"
    if unreadable := len(found.sample) - len(found.articles):
        yield f"  unreadable    {unreadable:,} (roznama inspect tells why)"


def _listed(entries: list[str]) -> str:
    more = f", and {len(entries) - FEW} more" if len(entries) > FEW else ""
    return ", ".join(entries[:FEW]) + more
