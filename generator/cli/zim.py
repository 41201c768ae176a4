"""`roznama zim`."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.catalogue import Catalogue
from generator.cli.options import Place, site_options
from generator.pages import shell
from generator.zim import MissingLibrary, pack


@click.command()
@site_options()
@click.option(
    "-f", "--file", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="The file to write; archive.zim in the site's folder by default.",
)  # fmt: skip
def zim(place: Place, target: Path | None) -> None:
    """Write the built archive of SITE as one ZIM file, which Kiwix opens without a network.

    The file holds the site's pages as they are, and an index in which readers find words whatever keyboard they type
    them on. It needs pip install 'roznama[zim]'.

    \b
    roznama build && roznama zim
    roznama zim --file urdu-2024.zim
    """
    site = place.load()
    target = (target or site.folder / "archive.zim").resolve()
    with Catalogue.look(site.state) as catalogue:
        if catalogue is None or not catalogue.output_count():
            raise click.UsageError(f"{site.output} has not been built here yet: roznama build comes first")
        main, _ = shell.main_language(site, catalogue)
        title, _ = shell.title(site, main)
        try:
            with _without_chatter():
                packed = pack(target, site, catalogue, main, title)
        except MissingLibrary:
            raise click.UsageError("ZIM files need the package libzim: pip install 'roznama[zim]'") from None
        except OSError as error:
            click.echo(f"{error.filename or target} cannot be read or written: {error.strerror or error}", err=True)
            sys.exit(1)
    size = target.stat().st_size / 1e6
    click.echo(f"{target}: {packed.articles:,} articles, {packed.files:,} files, {size:,.1f} MB")


@contextlib.contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep what libzim prints of its own steps, below Python, from standard output."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
