"""`roznama build`."""

import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.console import Progress, show_problems, summary, tell
from generator.cli.options import Place, jobs_option, json_option, quiet_option, site_options, verbose_option
from generator.problems import FSI, PDI
from generator.report import Report

if TYPE_CHECKING:
    from generator.build import Options
    from generator.config import Site

SHOWN = 100
"""Problems printed; the report has them all."""


@click.command()
@site_options()
@jobs_option
@click.option(
    "--cluster", metavar="ADDRESS", help="Let the workers of this Dask scheduler read and render: tcp://HOST:8786."
)
@click.option("--clean", is_flag=True, help="Forget what is known of earlier builds and make everything again.")
@click.option("--strict", is_flag=True, help="Warnings fail the build, too.")
@click.option("--base-url", metavar="URL", help="The public address of the site, instead of site.toml's base_url.")
@click.option(
    "--report",
    "record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what was done and every problem as JSON.",
)
@click.option("--drafts", is_flag=True, help="Show articles that are marked as drafts.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Build as on this day: later articles are not shown. Default: today.",
)
@click.option("--profile", is_flag=True, help="Print the seconds of each step and the slowest pages.")
@json_option
@verbose_option
@quiet_option
def build(
    place: Place, jobs: int, cluster: str | None, clean: bool, strict: bool, base_url: str | None,
    record: Path | None, drafts: bool, as_of: datetime | None, profile: bool, as_json: bool,
    verbose: bool, quiet: bool,
) -> None:  # fmt: skip
    """Build the archive in SITE, a folder with a site.toml or simply a folder of .txt and .md files.

    Only what changed since the last build is made again. The exit code is 0 if all went well, and 1 if there were
    errors (or, with --strict, warnings); what has no error is built all the same.

    \b
    roznama build                          the site in this folder
    roznama build dumps -o public          a folder of text, built into public/
    roznama build -v                       and why each page was made
    roznama build --json | jq .written     for a program
    """
    from generator.build import Options
    from generator.config import SiteErrors

    start = time.perf_counter()
    progress = Progress(quiet or as_json)
    today = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 — the editor's own day is meant
    options = Options(today=today, jobs=jobs, clean=clean, drafts=drafts, doubts=verbose or as_json or record is not None, reasons=verbose)
    try:
        report = _built(place.load(base_url), options, progress, cluster)
    except SiteErrors as errors:
        progress.close()
        show_problems(errors.problems)
        sys.exit(1)
    progress.close()
    if record is not None:
        record.write_bytes(report.json())
    failed = report.errors or report.failed or (strict and report.warnings)
    code = 3 if any(problem.code == "internal" for problem in report.problems) else 1 if failed else 0
    if as_json:
        sys.stdout.buffer.write(report.json())
        sys.exit(code)
    shown = [problem for problem in report.problems if verbose or problem.severity != "doubt"]
    show_problems(shown, None if verbose else SHOWN)
    for path, reason in report.made:
        click.echo(f"{FSI}{path}{PDI}: {reason}")
    if not quiet:
        for line in summary(report):
            tell(line)
        click.echo(f"done in {time.perf_counter() - start:.2f} s")
    if profile:
        _show_profile(report.seconds, report.slowest, report.peak_memory)
    sys.exit(code)


def _built(site: "Site", options: "Options", progress: Progress, cluster: str | None) -> Report:
    from msgspec.structs import replace

    from generator.build import build as build_site

    if cluster is None:
        return build_site(site, options, progress)
    from generator.cluster import connected

    with connected(cluster, site) as executor:
        return build_site(site, replace(options, jobs=executor.threads), progress, executor)


def _show_profile(seconds: dict[str, float], slowest: list[tuple[float, str]], memory: int) -> None:
    for step, taken in seconds.items():
        click.echo(f"  {step:<8}{taken:8.2f} s")
    click.echo(f"  memory  {memory / 1e6:8.0f} MB at most")
    for taken, path in slowest:
        click.echo(f"  {taken * 1000:8.1f} ms  {path}")
