"""`roznama init`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click

from generator import language
from generator.cli.console import show_problems
from generator.config import FILE, Settings, Site, SiteErrors, load_site, read_settings
from generator.output import Foreign, write
from generator.pages.shell import title as title_of
from generator.problems import FSI, PDI
from generator.readers import SUFFIXES
from generator.starting import hosts, proposal
from generator.starting.proposal import Answers
from generator.starting.survey import Survey, content_of, survey, walk

FEW = 6
"""Entries of a kind that are named; the rest is counted."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'@]+")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
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
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take what was found.")
def init(
    folder: Path, content: Path | None, title: str | None, code: str | None, base_url: str | None, host: str | None, yes: bool
) -> None:  # fmt: skip
    """Look at the articles in FOLDER and write a site.toml that fits them.

    Asks for the archive's name, language and public address at most, and nothing with --yes or without a terminal. A
    file that is there already is never changed. The exit code is 1 if nothing could be written.

    \b
    roznama init                           this folder
    roznama init archive --content dumps   articles that stand elsewhere
    roznama init --host github-pages       and a workflow that publishes it
    """
    try:
        given = _checked(code, base_url)
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / FILE).exists():
            if host is None:
                raise click.ClickException(
                    f"{folder / FILE} is there already, and stays as it is; --host adds a recipe to it"
                )
            settings = read_settings(folder / FILE)
        else:
            settings = _begin(folder.resolve(), content, title, *given, host, ask=not yes and sys.stdin.isatty())
        if host is not None:
            _recipe(folder, host, settings)
    except SiteErrors as errors:
        show_problems(errors.problems)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from error
    there = "" if folder.resolve() == Path.cwd() else f' "{folder}"' if " " in str(folder) else f" {folder}"
    empty = next(_articles(folder), None) is None
    click.echo(f'next: roznama new "A headline"{there}' if empty else f"next: roznama serve --open{there}")


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
    folder: Path, content: Path | None, title: str | None, code: str | None, base_url: str | None, host: str | None, ask: bool
) -> Settings:  # fmt: skip
    """Write `site.toml`, and the folder of articles where there is none."""
    place = content.resolve() if content is not None else content_of(folder)
    found = survey(place)
    for line in _findings(place, found):
        click.echo(line)
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
    _put(folder, FILE, proposal.settings(found, answers))
    return read_settings(folder / FILE)


def _language(text: str) -> str:
    if not language.has(text.strip()):
        raise click.UsageError(f"there are: {', '.join(language.codes())}")
    return text.strip()


def _address(text: str) -> str:
    if text.strip() and not _ADDRESS.fullmatch(text.strip()):
        raise click.UsageError("an address begins with https://, for instance https://archive.example")
    return text.strip().rstrip("/")


def _recipe(folder: Path, host: str, settings: Settings) -> None:
    """Write what `host` needs, and say what is left to do."""
    for path, text in hosts.recipe(host, settings.base_url):
        _put(folder, path, text)
    wanted = hosts.RECIPES[host].redirects
    if settings.host.redirects != wanted:
        click.echo(f'set redirects = "{wanted}" under [host] in {FILE}: it is "{settings.host.redirects}" there')
    for line in hosts.todo(host, settings.base_url):
        click.echo(f"then: {line}")


def _put(folder: Path, path: str, text: str) -> None:
    """Write a new file; one that is there stays, and is told of."""
    try:
        written = write(folder / path, text.encode(), ours=False)
        click.echo(f"{'wrote' if written else 'as it was:'} {path}")
    except Foreign:
        click.echo(f"{path} is there already, and stays as it is", err=True)


def _articles(folder: Path) -> Iterator[str]:
    """The articles of the site in `folder`."""
    return (path for path in walk(load_site(folder).content) if PurePosixPath(path).suffix.lower() in SUFFIXES)


def _findings(place: Path, found: Survey) -> Iterator[str]:
    """What was found, for the editor."""
    kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(found.suffixes.items()))
    yield (
        f"{place}: {found.files:,} article files" + (f" ({kinds})" if kinds else "") + f", {found.pictures:,} pictures"
    )
    if not found.files:
        return
    if len(found.sample) < found.files:
        yield f"  read here     {len(found.sample):,} of them, evenly spread"
    named = [f"{FSI}{language.autonym(code)}{PDI} ({code}) {count:,}" for code, count in found.languages()]
    yield f"  languages     {_listed(named) or 'none that can be told'}"
    encodings = [f"{name} {count:,}" for name, count in found.encodings()]
    yield f"  encodings     {_listed(encodings)}" + (f" ({found.decision.explanation})" if found.decision else "")
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
