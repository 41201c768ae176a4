"""`roznama publish`."""

import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import click
import msgspec

from generator import publishing
from generator.cli.console import Progress, show_problem
from generator.cli.options import Place, json_option, quiet_option, site_options
from generator.config import FILE, STATE, SiteErrors
from generator.ledger import MANIFEST
from generator.output import locked
from generator.problems import Problem
from generator.publishing import GONE, ChangedFile, Plan, Step, Upload
from generator.targets import Target, TargetError, open_target
from generator.targets.folder import Folder
from generator.verifying import NoManifest, own_files, verify

PASSWORD = "ROZNAMA_SFTP_PASSWORD"


@click.command()
@click.argument("target", required=False)
@site_options()
@click.option("-n", "--dry-run", is_flag=True, help="Send nothing; list what would be sent and removed.")
@click.option("--at-once", type=click.IntRange(1, 64), default=8, show_default=True, metavar="N", help="Files sent at a time.")
@click.option("--despite-errors", is_flag=True, help="Publish although the last build ended with errors.")
@json_option
@quiet_option
def publish(
    target: str | None, place: Place, dry_run: bool, at_once: int, despite_errors: bool, as_json: bool, quiet: bool
) -> None:
    """Upload the built site of SITE to TARGET, only what changed since the last upload.

    TARGET is a folder, sftp://user@host/folder, s3://bucket/folder, or another address that fsspec knows; without it,
    `target` in the table [publish] of site.toml. Keys and passwords come from the environment: see docs/publishing.md.
    Files are removed last, and only if an earlier upload put them there. What was broken off goes on where it was.

    \b
    roznama publish --dry-run /var/www/archive
    roznama publish sftp://editor@archive.example/~/public_html
    roznama publish s3://archive-example
    """
    built, state, content, address, base = _site(place, target)
    if not address:
        raise click.UsageError(f"name a TARGET, or set `target` in [publish] of {FILE}")
    progress = Progress(quiet or as_json)
    try:
        there = open_target(address, base, os.environ.get(PASSWORD))
        _refuse_inside(there, built, content)
        own = _proven(built, state, despite_errors, progress)
        with nullcontext() if dry_run else locked(state / "publish", lambda: progress.note(_WAITING)):
            plan = publishing.plan_upload(built, own, there, state / "publish")
            if not quiet and not as_json:
                _announce(plan, there)
            for step in plan.steps if dry_run else ():
                _show(step, as_json, quiet)
            if not dry_run and not plan.idle:
                start = time.perf_counter()
                _carry_out(Upload(built, there, state / "publish", at_once, progress), plan, as_json)
                if not quiet and not as_json:
                    click.echo(f"published to {there.name} in {time.perf_counter() - start:.1f} s")
    except SiteErrors as errors:
        _end(errors.problems[0])
    except TargetError as error:
        _end(Problem(address, 0, 0, "publish-target", error.message, error.hint or _CHECK))
    except ChangedFile as error:
        _end(Problem(str(error), 0, 0, "publish-changed", "changed while it was uploaded", _AGAIN))
    finally:
        progress.close()


def _carry_out(upload: Upload, plan: Plan, as_json: bool) -> None:
    for step in upload.run(plan):
        if as_json:
            _show(step, as_json, quiet=True)


_WAITING = "another upload of this site is running; waiting for it to end"
_AGAIN = "run it again: what was sent is not sent twice"
_CHECK = f"check address, keys and network, and {_AGAIN}"


def _site(place: Place, target: str | None) -> tuple[Path, Path, Path | None, str, Path]:
    """(built site, folder of its state, articles if they are known, address, folder that a relative address is below).
    A TARGET that is typed is relative to where it is typed."""
    folder = place.folder.resolve()
    if place.output is None and (folder / MANIFEST).is_file():
        return folder, folder.parent / STATE / folder.name, None, target or "", Path.cwd()
    site = place.load()
    return site.output, site.state, site.content, target or site.settings.publish.target, Path.cwd() if target else site.folder


def _refuse_inside(target: Target, built: Path, content: Path | None) -> None:
    """A folder in the site would be published itself; one among the articles would be read as articles."""
    if isinstance(target, Folder):
        around = (target.folder, *target.folder.parents)
        if built in around or content in around or target.folder in (*built.parents, content):
            raise TargetError(f"{target.folder} holds the site or its articles, or is in one of them", "name another folder")


def _proven(built: Path, state: Path, despite_errors: bool, progress: Progress) -> list[tuple[str, str]]:
    """The files of one's own in the output, once it is proven to be what was built. Ends the program if it is not."""
    if not despite_errors and (problem := publishing.last_build(state)) is not None:
        _end(problem)
    unknown, wrong = [], False
    try:
        for problem in verify(built, None, progress):
            if problem.severity == "error":
                show_problem(problem)
                wrong = True
            else:
                unknown.append(problem.path)
    except NoManifest:
        raise click.UsageError(f"{built} has no {MANIFEST} that can be read: roznama build comes first") from None
    finally:
        progress.close()
    if wrong:
        click.echo("nothing was sent: the output is not what was built; roznama build makes it so", err=True)
        sys.exit(1)
    own = []
    for found in own_files(built, unknown):
        if isinstance(found, Problem):
            show_problem(found)
        else:
            own.append(found)
    return own


def _announce(plan: Plan, target: Target) -> None:
    if plan.stranger:
        click.echo(f"{target.name} holds files, and nothing tells that they were published from here:")
        click.echo("all of the site is sent, in place of files of the same names; nothing else is touched or removed")
    if plan.broken:
        click.echo(f"an earlier upload was broken off, or another one is running; {len(plan.done):,} files of it are done")
    sent = [step for step in plan.steps if step.sha256 != GONE]
    new = sum(step.new for step in sent)
    size = sum(step.size for step in sent)
    gone = len(plan.steps) - len(sent)
    if plan.steps:
        click.echo(
            f"{new:,} new files, {len(sent) - new:,} changed ({size / 1e6:,.1f} MB), {gone:,} to remove,"
            f" {plan.unchanged:,} unchanged"
        )
    else:
        click.echo(f"{target.name} is up to date: {plan.unchanged:,} files")


def _show(step: Step, as_json: bool, quiet: bool) -> None:
    action = "remove" if step.sha256 == GONE else "new" if step.new else "change"
    if as_json:
        line = {"action": action, "path": step.path, "bytes": step.size}
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        sys.stdout.buffer.flush()
    elif not quiet:
        click.echo(f"{action:<7} {step.path}")


def _end(problem: Problem) -> None:
    show_problem(problem)
    sys.exit(1)
