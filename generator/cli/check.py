"""`roznama check`."""

import sys

import click
import msgspec

from generator.catalogue import Catalogue
from generator.checks import CHECKS, explained, run
from generator.checks.host_limit import HOSTS
from generator.checks.matter import Matter
from generator.cli.console import several, show_problem
from generator.cli.options import Place, json_option, quiet_option, site_options


@click.command()
@site_options()
@click.option("--host", type=click.Choice(list(HOSTS)), default="any", help="Compare with what this host takes.")
@json_option
@quiet_option
@click.option("--strict", is_flag=True, help="Warnings fail the check, too.")
@click.option("--rules", is_flag=True, help="Tell what each rule finds and why that is bad, and look at nothing.")
def check(place: Place, host: str, as_json: bool, quiet: bool, strict: bool, rules: bool) -> None:
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
    loaded = place.load()
    failed = count = 0
    unbuilt = click.UsageError(f"{loaded.output} has not been built here yet: roznama build comes first")
    if not loaded.state.is_dir():
        raise unbuilt
    with Catalogue.open(loaded.state) as catalogue:
        if catalogue.output_count() == 0:
            raise unbuilt
        for problem in run(Matter(loaded, catalogue, host)):
            count += 1
            failed += problem.severity == "error" or (strict and problem.severity == "warning")
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(problem) + b"\n")
            else:
                show_problem(problem)
    if not as_json and not quiet:
        click.echo(several(count, "finding") if count else "nothing to mend")
    sys.exit(1 if failed else 0)
