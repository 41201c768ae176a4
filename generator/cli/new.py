"""`roznama new`."""

import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path, PurePosixPath

import click
import msgspec

from generator.cli.console import show_problems
from generator.cli.options import Place, json_option, site_options
from generator.config import SiteErrors
from generator.gathering import reading_options
from generator.language import script_of
from generator.model import ArticleDate
from generator.readers.article import SURE
from generator.readers.dates import read_date
from generator.readers.tongues import script_of_text, tongue_of
from generator.starting import article_file
from generator.starting.article_file import UNDATED, Draft
from generator.starting.survey import survey
from generator.text import clean
from generator.urls import article_id


@click.command()
@click.argument("headline")
@site_options(output=False)
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="The day of publication, as front matter has it, or “undated”. Default: today.",
)
@click.option(
    "--language", "code", metavar="CODE", help="The article's language. Default: the headline's, or the site's."
)
@click.option("--topics", metavar="NAMES", help="Topics, with commas between them.")
@click.option("--author", metavar="NAME", help="Who wrote it.")
@click.option("--id", "id_", metavar="ID", help="The article's id, instead of one made from the headline.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder below the content folder, instead of the archive's own order.",
)
@click.option("--draft", is_flag=True, help="Mark it as a draft: builds leave it out.")
@json_option
@click.option("--open", "open_", is_flag=True, help="Open it in the editor that $EDITOR names.")
def new(
    headline: str, place: Place, day: str | None, code: str | None, topics: str | None, author: str | None, id_: str | None,
    into: Path | None, draft: bool, as_json: bool, open_: bool,
) -> None:  # fmt: skip
    """Make the file of a new article with HEADLINE in the archive in SITE, and print its path.

    Folder, name, ending and the names of fields follow the articles that are there. A file that is there already is
    never changed.

    \b
    roznama new "سیلاب کا پانی اتر گیا"
    roznama new "Floods recede" --date 2022-09-01 --topics "floods, Sindh" --open
    """
    if not clean(headline).strip():
        raise click.BadParameter("a headline needs letters", param_hint="HEADLINE")
    if code is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise click.BadParameter(f"{code!r} is no code of a language; write ur or zh-Hans", param_hint="--language")
    site = place.load()
    try:
        options = reading_options(site)
    except SiteErrors as errors:
        show_problems(errors.problems)
        sys.exit(1)
    found = survey(site.content, options)
    present = tuple(known for known, _ in found.languages())
    main = site.settings.language or next(iter(present), "en")
    code = code or _language(headline, tuple(dict.fromkeys((*options.languages, main, *present))))
    published = _published(day, code)
    stated = code if len({*present, code, main}) > 1 else None
    article = Draft(
        article_id(id_) if id_ else article_file.headline_id(headline), code, published,
        _fields(headline, published, stated, topics, author, draft),
    )  # fmt: skip
    stem = article_file.stem_of(found, article)
    if stem.casefold() in found.stems and options.ids == "stem":
        raise click.ClickException(f"there is an article {stem} already; choose another name with --id")
    folder = article_file.folder_of(found, code, published) if into is None else into.as_posix().replace("\\", "/")
    target = site.content / PurePosixPath(folder) / f"{stem}{article_file.suffix_of(found)}"
    if site.content not in target.resolve().parents:
        raise click.BadParameter(f"{folder} is outside {site.content}", param_hint="--into")
    _write(target, article_file.text_of(found, article))
    here = Path.cwd()
    shown = str(target.relative_to(here) if target.is_relative_to(here) else target)
    if as_json:
        iso = published.iso if published else None
        click.echo(msgspec.json.encode({"path": shown, "id": article.id, "language": code, "published": iso}))
    else:
        click.echo(shown)
    if open_:
        _edit(target)


def _write(target: Path, text: str) -> None:
    """Write a new file. Raises `click.ClickException` if there is one already or the disk refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(text.encode())
    except FileExistsError:
        raise click.ClickException(f"{target} is there already, and stays as it is") from None
    except OSError as error:
        raise click.ClickException(f"{target}: {error.strerror}") from error


def _language(headline: str, known: tuple[str, ...]) -> str:
    """The language of a headline among those of the archive, its own first. A few words tell the script at least."""
    script = script_of_text(headline)
    near = tuple(code for code in known if script_of(code) == script)
    tongue = tongue_of(headline, near)
    if tongue is not None and tongue.margin >= SURE and (tongue.code in near or not near):
        return tongue.code
    return (near or known)[0]


def _published(day: str | None, code: str) -> ArticleDate | None:
    if day is None:
        today = date.today()  # noqa: DTZ011 — the editor's own day is meant
        return ArticleDate(today.year, today.month, today.day)
    if day == UNDATED:
        return None
    found = read_date(day, code)
    if found is None:
        raise click.BadParameter(
            f"{day!r} is no date that can be told for sure; write it as 2017-11-30", param_hint="--date"
        )
    return found


def _fields(
    headline: str, published: ArticleDate | None, code: str | None, topics: str | None, author: str | None, draft: bool
) -> dict[str, str | tuple[str, ...]]:  # fmt: skip
    fields: dict[str, str | tuple[str, ...]] = {"headline": headline}
    if published is not None:
        fields["published"] = published.iso
    if code is not None:
        fields["language"] = code
    if topics:
        fields["topic"] = tuple(name.strip() for name in re.split("[,،;؛]", topics) if name.strip())
    if author:
        fields["authors"] = author
    if draft:
        fields["draft"] = "true"
    return fields


def _edit(target: Path) -> None:
    """Open `target` in `$VISUAL` or `$EDITOR`."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise click.UsageError("--open needs the name of an editor in $EDITOR")
    try:
        subprocess.run([*shlex.split(editor, posix=os.name != "nt"), str(target)], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"{editor}: {error}") from error
