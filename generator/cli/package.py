"""`roznama package`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from generator.cli.console import Progress, show_problem, show_problems
from generator.cli.options import Place, json_option, quiet_option, site_options
from generator.config import FILE
from generator.packing import Wrong, pack
from generator.verifying import NoManifest

SHOWN = 20
"""Warnings printed."""


class _Line(click.ParamType[tuple[str, str]]):
    """`Label=value`, as bag-info.txt has it."""

    name = "LABEL=VALUE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        label, sign, text = value.partition("=")
        if not sign or not label.strip() or ":" in label or not label.isprintable():
            self.fail(f"{value!r} is not a label and a value with = between them", param, ctx)
        return label.strip(), text


@click.command()
@click.argument("bag", type=click.Path(path_type=Path), required=False)
@site_options()
@click.option("--info", type=_Line(), multiple=True, help="A line for bag-info.txt; may be given again.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of packing, instead of today."
)
@json_option
@quiet_option
def package(
    bag: Path | None, place: Place, info: tuple[tuple[str, str], ...], day: datetime | None, as_json: bool, quiet: bool
) -> None:
    """Pack sources, built site, vocabulary and build record of SITE into BAG, for an archive to keep.

    BAG is a folder, or one file if its name ends in .zip or .tar; without it, NAME-bag beside the site's folder. It is
    BagIt with RO-Crate metadata; `bagit.py --validate` and other validators prove it. The site and its sources are
    proven first, as `roznama verify` does. What is packed has all that is needed to build the same site again.

    \b
    roznama package
    roznama package archive-2026.zip --info "Source-Organization=The Musalman" --info Contact-Name=Editor
    """
    site = place.load()
    target = (bag or site.folder.parent / f"{site.folder.name}-bag").absolute()
    resolved = target.resolve()
    if any(folder in resolved.parents for folder in (site.content, site.output)):
        raise click.UsageError(f"{target} is among the articles or in the built site; name another place")
    today = day.date() if day is not None else date.today()  # noqa: DTZ011 — the packer's own day is meant
    progress = Progress(quiet or as_json)
    try:
        packed = pack(site, place.config or site.folder / FILE, target, today.isoformat(), info, progress)
    except NoManifest:
        raise click.UsageError(f"{site.output} is no built site: roznama build comes first") from None
    except FileExistsError:
        raise click.UsageError(f"{target} is there already; name another place, or remove it") from None
    except Wrong as wrong:
        progress.close()
        show_problems(wrong.problems)
        click.echo("nothing was packed; roznama build makes site and sources agree", err=True)
        sys.exit(1)
    progress.close()
    for problem in packed.problems[:SHOWN]:
        show_problem(problem)
    if len(packed.problems) > SHOWN:
        click.echo(f"… and {len(packed.problems) - SHOWN:,} more", err=True)
    if as_json:
        line = {"bag": str(target), "files": packed.files, "bytes": packed.bytes, "warnings": len(packed.problems)}
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    elif not quiet:
        click.echo(f"{packed.files:,} files, {packed.bytes / 1e6:,.1f} MB: {target}")
