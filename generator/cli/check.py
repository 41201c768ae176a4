"""`roznama check`."""

import sys
from pathlib import Path

import click
import msgspec

from generator.catalogue import Catalogue
from generator.checks import CHECKS, explained, run
from generator.checks.host_limit import HOSTS
from generator.checks.matter import Matter
from generator.cli.console import show_problem, show_problems
from generator.config import SiteErrors, load_site


@click.command()
@click.argument("site", type=click.Path(path_type=Path), default=".")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The built site, instead of where site.toml says."
)
@click.option("--host", type=click.Choice(list(HOSTS)), default="any", help="Compare with what this host takes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--strict", is_flag=True, help="Warnings fail the check, too.")
@click.option("--rules", is_flag=True, help="Tell what each rule finds and why that is bad, and look at nothing.")
def check(site: Path, output: Path | None, host: str, as_json: bool, strict: bool, rules: bool) -> None:
    """Look at the built archive of SITE before it is published: links, duplicates, pictures, letters, names, the host's
    limits.

    `[checks]` in site.toml changes the severity of a rule. The exit code is 0 if there are no errors, and 1 otherwise.

    \b
    roznama check --host cloudflare-pages
    roznama check --json | jq .code
    roznama check --rules
    """
    if rules:
        click.echo("\n".join(explained(rule) for rule in CHECKS))
        return
    try:
        loaded = load_site(site, output)
    except SiteErrors as errors:
        show_problems(errors.problems)
        sys.exit(1)
    failed = 0
    unbuilt = click.UsageError(f"{loaded.output} has not been built here yet: roznama build comes first")
    if not loaded.state.is_dir():
        raise unbuilt
    with Catalogue.open(loaded.state) as catalogue:
        if catalogue.output_count() == 0:
            raise unbuilt
        for problem in run(Matter(loaded, catalogue, host)):
            failed += problem.severity == "error" or (strict and problem.severity == "warning")
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(problem) + b"\n")
            else:
                show_problem(problem)
    sys.exit(1 if failed else 0)
