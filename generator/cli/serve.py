"""`roznama serve`."""

import contextlib
import sys
import webbrowser
from datetime import date
from pathlib import Path

import click

from generator.cli.console import Progress, show_problems, summary, tell
from generator.cli.options import Place, jobs_option, quiet_option, site_options
from generator.problems import Problem
from generator.report import Report


@click.command()
@site_options()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; the next free one if it is taken.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 lets a phone on the same network look.",
)
@jobs_option
@quiet_option
@click.option(
    "--drafts",
    is_flag=True,
    help="Show drafts and articles of the future in lists as well, in a folder of their own (.roznama/preview).",
)
@click.option("--open", "open_", is_flag=True, help="Open the archive in the browser.")
def serve(place: Place, port: int, host: str, jobs: int, quiet: bool, drafts: bool, open_: bool) -> None:
    """Build the archive in SITE, show it on this machine, and follow every change.

    What is already built is shown at once, while the rest is built behind it. A change of an article, a template, a
    static file or site.toml is shown when it is saved. Problems are shown in the page and here. The bar at the foot of a
    page tells what was read from its file; drafts and articles of the future are listed there. End it with Ctrl-C.

    \b
    roznama serve --open
    roznama serve --host 0.0.0.0 --port 9000
    """
    from generator.build import Options
    from generator.preview import Preview
    from generator.preview.server import address_in_network

    loaded = place.load()
    site, output = place.folder, place.output
    today = date.max if drafts else date.today()  # noqa: DTZ011 — the editor's own day is meant
    if drafts and output is None:
        output = loaded.folder / ".roznama" / "preview"
    progress = Progress()

    def reported(report: Report | None, problems: list[Problem]) -> None:
        progress.close()
        show_problems(problems, 20)
        if report is not None and not quiet:
            tell("; ".join(line for line in summary(report) if not line.startswith("assumed")))

    def ready(bound: int) -> None:
        address = f"http://localhost:{bound}/"
        click.echo(f"the archive is at {click.style(address, bold=True)} (Ctrl-C ends)")
        if host not in ("127.0.0.1", "::1", "localhost"):
            own = address_in_network() if host in ("0.0.0.0", "::") else host
            if own is not None:
                click.echo(f"on this network: {click.style(f'http://{own}:{bound}/', bold=True)} (whoever is in it sees drafts, too)")
        if open_:
            webbrowser.open(address)

    options = Options(today=today, jobs=jobs, drafts=drafts)
    preview = Preview(site, output, place.config, options, progress, reported, _open)
    try:
        with contextlib.suppress(KeyboardInterrupt):  # pressed before it serves
            preview.run(host, port, ready)
    except OSError as error:
        click.echo(f"cannot listen on {host}:{port}: {error.strerror or error}", err=True)
        sys.exit(1)
    click.echo("\nended")


def _open(path: Path) -> None:
    click.launch(str(path))
