"""`roznama verify`."""

import sys
from pathlib import Path

import click
import msgspec

from generator.cli.console import Progress, show_problem
from generator.cli.options import Place, json_option, quiet_option, site_options
from generator.ledger import MANIFEST
from generator.verifying import NoManifest
from generator.verifying import verify as proof


@click.command()
@site_options()
@click.option(
    "--sources", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="The folder of the articles, for a built site that stands alone.",
)  # fmt: skip
@json_option
@quiet_option
@click.option("--strict", is_flag=True, help="Files that nothing is recorded of fail the proof, too.")
def verify(place: Place, sources: Path | None, as_json: bool, quiet: bool, strict: bool) -> None:
    """Prove that a built site, and the sources it was made of, are as they were when it was built.

    SITE is a site, or a built site alone (a folder with a manifest-sha256.txt). Every file is read and compared with
    the manifest; every source with the SHA-256 that its article's page tells. The exit code is 0 if all is as it was,
    and 1 if something is missing or changed, all of which is named.

    \b
    roznama verify                          the site in this folder and its sources
    roznama verify /media/copy/output --sources /media/copy/content
    """
    folder, output = place.folder.resolve(), place.output
    if output is None and (folder / MANIFEST).is_file():
        output = folder
    else:
        site = place.load()
        output, sources = site.output, sources or site.content
    errors_, warnings = 0, 0
    progress = Progress(quiet or as_json)
    try:
        for problem in proof(output, sources.resolve() if sources else None, progress):
            errors_ += problem.severity == "error"
            warnings += problem.severity == "warning"
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(problem) + b"\n")
            else:
                progress.clear()
                show_problem(problem)
    except NoManifest:
        raise click.UsageError(f"{output} has no {MANIFEST} that can be read: it is no built site") from None
    progress.close()
    if not as_json and not quiet:
        click.echo(f"{errors_:,} differences, {warnings:,} files of which nothing is recorded")
    sys.exit(1 if errors_ or (strict and warnings) else 0)
