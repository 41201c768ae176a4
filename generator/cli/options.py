"""Options that commands share: the same word means the same everywhere.

A command about a site takes its folder as its last argument or with `--site`, another configuration with `--config`, the
built site with `--output`; it is given the three as one `Place`.
"""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from generator.config import Site

Command = Callable[..., None]

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program, and nothing else.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Print the details as well.")
jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, metavar="N",
    help="Processes to work with; 0, the default, takes all cores.",
)  # fmt: skip
_ARGUMENT = click.argument("site", type=click.Path(path_type=Path), required=False)
_SITE = click.option(
    "--site", "folder", type=click.Path(path_type=Path), metavar="DIR", help="The site's folder; this one by default."
)
_CONFIG = click.option(
    "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="A configuration instead of the folder's site.toml.",
)  # fmt: skip
_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
    help="The built site, instead of where site.toml says.",
)  # fmt: skip


class Place(NamedTuple):
    """Which site is meant: its folder, and its configuration and output where they are not the usual ones. `given` says
    that the folder was named."""

    folder: Path
    config: Path | None = None
    output: Path | None = None
    given: bool = False

    def load(self, base_url: str | None = None) -> "Site":
        """The site. What is wrong with it is printed, and ends the command with exit code 1."""
        # Imported when it is asked for, as much else in the commands: help and completion should not wait for it.
        from generator.cli.console import show_problems
        from generator.config import SiteErrors, load_site

        try:
            return load_site(self.folder, self.output, base_url, self.config)
        except SiteErrors as errors:
            show_problems(errors.problems)
            sys.exit(1)


def site_options(argument: bool = True, output: bool = True) -> Callable[[Command], Command]:
    """Give a command the options of a site as one `place`; SITE as its last `argument`, and `--output`, if wanted."""

    def decorated(command: Command) -> Command:
        @wraps(command)
        def placed(
            *given: Any, site: Path | None = None, folder: Path | None = None, config: Path | None = None,
            output: Path | None = None, **named: Any,
        ) -> None:  # fmt: skip
            if site is not None and folder is not None:
                raise click.UsageError("SITE and --site say the same; give one of them")
            found = site or folder
            here = found or (config.parent if config else Path())
            command(*given, place=Place(here, config, output, found is not None), **named)

        wanted = [*([_ARGUMENT] if argument else []), _SITE, _CONFIG, *([_OUTPUT] if output else [])]
        for option in reversed(wanted):
            placed = option(placed)
        return placed

    return decorated
