"""`roznama import`."""

import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from generator.cli.console import show_problems
from generator.cli.options import Place, jobs_option, json_option, quiet_option, site_options
from generator.config import FILE, SiteErrors, read_settings
from generator.importing import FORMATS
from generator.importing.intake import Wish, plans, take_in
from generator.importing.mapping import stated_mapping
from generator.importing.outcomes import Report
from generator.importing.records import Missing, Options, Plan, Recipe, Unreadable
from generator.problems import FSI, PDI
from generator.workers import cores

SHOWN = 12
"""Lines of a list that are printed; the report has them all."""
NAMES = [module.NAME for module in FORMATS]


@click.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="SOURCE...")
@click.option(
    "--into",
    "content",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder that article files are written to; the site's content folder by default.",
)
@click.option(
    "-n", "--dry-run", "dry", is_flag=True, help="Write nothing; show three articles as they would be, and every count."
)
@click.option(
    "--map",
    "mapping",
    metavar="OURS=THEIRS,...",
    help="What the fields of records are: headline=title,text=body,date=day. `skip=field` leaves one out.",
)
@click.option(
    "--format", "format_", type=click.Choice(NAMES), help="Read every file as this format instead of recognising it."
)
@click.option("--encoding", help="The encoding of files that are not Unicode, instead of deciding it.")
@click.option("--language", help="The language of everything, instead of what records say or their text shows.")
@click.option("--publisher", help="The newspaper, where records do not name it.")
@click.option("--licence", help="The licence, where records do not name it.")
@click.option("--dates", "order", type=click.Choice(["dmy", "mdy"]), help="What 3/4/2017 means: day or month first.")
@click.option(
    "--collection", help="A name for the collection: ids of two collections may be equal without being one record."
)
@click.option(
    "--pictures",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="A folder with the pictures of the export; may be given again.",
)
@click.option(
    "--recipes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that tells where sites keep things on their pages.",
)
@click.option("--limit", type=click.IntRange(0), default=0, metavar="N", help="Only the first N records of each file.")
@jobs_option
@click.option(
    "--restart",
    is_flag=True,
    help="Forget earlier imports. Files that differ from what would be written are left alone.",
)
@click.option("-y", "--yes", is_flag=True, help="Use a guessed mapping without asking.")
@site_options(argument=False, output=False)
@json_option
@quiet_option
def import_(
    sources: tuple[Path, ...], content: Path | None, dry: bool, mapping: str | None, format_: str | None, encoding: str | None,
    language: str | None,
    publisher: str | None, licence: str | None, order: str | None, collection: str | None, pictures: tuple[Path, ...], recipes: Path | None,
    limit: int, jobs: int, restart: bool, yes: bool, place: Place, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Make article files of SOURCE: exports, crawls, feeds, tables, folders of text or pages, ZIP and tar files of any of
    them.

    What it is given is recognised. A second run changes what has changed in the source, never a file that was edited since,
    and a run that was killed goes on where it was. The exit code is 1 if records were rejected; docs/importing.md tells how
    to mend them.

    \b
    roznama import --dry-run export.xml        look before the leap
    roznama import export.xml crawl.wacz       into content/
    roznama import dump.csv --map headline=kop,text=tekst
    """
    start = time.perf_counter()
    listener = _Listener(quiet or as_json)
    content = content or _content(place)
    try:
        options = Options(
            mapping=stated_mapping(mapping) if mapping else {}, language=language, encoding=_encoding(encoding),
            publisher=publisher, licence=licence,
            collection=collection, date_order=order, recipes=_recipes(recipes) if recipes else (),  # type: ignore[arg-type]
        )  # fmt: skip
        wish = Wish(sources, content, options, format_, pictures, limit, jobs or cores(), dry, restart)
        if not dry and not yes:
            _confirm(wish)
        report = take_in(wish, listener)
    except (Unreadable, Missing) as error:
        listener.close()
        raise click.UsageError(str(error)) from None
    listener.close()
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(report, enc_hook=str) + b"\n")
        sys.exit(1 if report.failed else 0)
    if dry and not quiet:
        _samples(report)
    for line in told(report, wish, quiet):
        click.echo(line)
    if not quiet:
        click.echo(f"{'looked at' if dry else 'done'} in {time.perf_counter() - start:.1f} s")
    sys.exit(1 if report.failed else 0)


def _content(place: Place) -> Path:
    """The content folder of the site, or `content` where there is none yet."""
    if place.config is None and not (place.folder / FILE).is_file():
        return place.folder / "content"
    try:
        settings = read_settings(place.config or place.folder / FILE)
    except SiteErrors as errors:
        show_problems(errors.problems)
        sys.exit(1)
    return place.folder / settings.content


def _encoding(name: str | None) -> str | None:
    if name is not None:
        try:
            "".encode(name)
        except LookupError:
            raise click.BadParameter(f"there is no encoding called {name}") from None
    return name


def _recipes(path: Path) -> tuple[Recipe, ...]:
    """The `[[site]]` tables of a file. Raises `Unreadable`."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
        return msgspec.convert(data.get("site", []), tuple[Recipe, ...])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Unreadable(f"{path}: {error}") from None


def _confirm(wish: Wish) -> None:
    """Ask about mappings that were guessed by what values look like; without a terminal, refuse."""
    for name, plan in plans(wish):
        if plan.sure:
            continue
        click.echo(f"{name}: the names of its fields tell nothing sure; by their looks they would be read as")
        for line in _mapping(plan):
            click.echo(line)
        if not sys.stdin.isatty():
            raise Unreadable("confirm this reading with --yes, or tell another with --map")
        if not click.confirm("Read it so?"):
            raise Unreadable("tell how to read it with --map")


class _Listener:
    """Says what was recognised, and shows progress on a terminal."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._start = self._shown = time.monotonic()
        self._records = self._bytes = self._found = 0
        self._drawn = False

    def found(self, name: str, title: str, plan: Plan) -> None:
        self._found += 1
        if self._quiet or self._found > 20:
            return
        self._clear()
        facts = [plan.shape] if plan.shape else []
        if plan.encoding and plan.encoding != "utf-8":
            facts.append(plan.encoding + (f" ({plan.encoding_why})" if plan.encoding_why else ""))
        if plan.date_order:
            facts.append("day before month" if plan.date_order == "dmy" else "month before day")
        click.echo(f"{FSI}{name}{PDI}: {title}" + (f", {', '.join(facts)}" if facts else ""), err=True)
        for line in _mapping(plan):
            click.echo(line, err=True)

    def advance(self, records: int, size: int) -> None:
        self._records += records
        self._bytes += size
        now = time.monotonic()
        if self._quiet or not self._terminal or now - self._start < 1 or now - self._shown < 0.2:
            return
        self._shown, self._drawn = now, True
        rate = self._records / (now - self._start)
        sys.stderr.write(f"\r\x1b[2Kimporting  {self._records:,} records  {self._bytes / 1e6:,.0f} MB  {rate:,.0f}/s")
        sys.stderr.flush()

    def close(self) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._drawn = False


def _mapping(plan: Plan) -> list[str]:
    lines = [f"  {theirs} → {ours}" for theirs, ours in list(plan.mapping.items())[:40]]
    if plan.unmapped:
        shown = ", ".join(plan.unmapped[:20]) + (" …" if len(plan.unmapped) > 20 else "")
        lines.append(f"  kept as they are: {shown}")
    return lines


def _samples(report: Report) -> None:
    for sample in report.samples:
        click.echo(click.style(f"── {sample.leaf}, record {sample.number}", bold=True))
        lines = sample.file.splitlines()
        for line in lines[:40]:
            click.echo(f"   {FSI}{line[:200]}{'…' if len(line) > 200 else ''}{PDI}")
        if len(lines) > 40:
            click.echo(f"   … {len(lines) - 40} more lines")


def told(report: Report, wish: Wish, quiet: bool = False) -> list[str]:
    """What an import did, in a few lines."""
    lines = []
    would = "would be " if wish.dry else ""
    if not quiet:
        if report.resumed:
            lines.append("an import that did not end was taken up where it was")
        lines.append(f"{sum(report.records.values()):,} records: " + (_counts(report.status) or "no article in them"))
        for name, counts in (
            ("languages", report.languages),
            ("encodings", report.encodings),
            ("dates", report.dates),
            ("fields", report.fields),
            ("doubts", report.doubts),
        ):
            if counts and not (name == "encodings" and set(counts) == {"utf-8"}):
                lines.append(f"{name}: {_counts(counts)}")
        if report.skipped:
            lines.append(f"left out: {_counts(report.skipped)}")
        if report.groups:
            lines.append(f"{report.in_groups:,} articles are editions of {report.groups:,} stories")
        if report.dropped:
            lines.append(f"{report.dropped:,} pieces of text beside the articles {would}listed")
        lines.extend(
            f"{'wrote' if one.placed else 'a proposal to compare with yours:'} {one.path}" for one in report.proposals
        )
    for path, why in report.conflicts[:SHOWN]:
        lines.append(f"left alone: {FSI}{path}{PDI}: {why}")
    if len(report.conflicts) > SHOWN:
        lines.append(
            f"… and {len(report.conflicts) - SHOWN:,} more; the newer versions are in {wish.state / 'import' / 'newer'}"
        )
    for reason, count in list(report.rejected.items())[:SHOWN]:
        lines.append(f"rejected {count:,}: {FSI}{reason}{PDI}")
    if report.rejected and not wish.dry:
        lines.append(f"mend {wish.state / 'import' / 'rejects.jsonl'} and import it")
    if not wish.dry and not quiet:
        lines.append(f"reports: {wish.state / 'import'}")
    return lines


def _counts(counts: Mapping[str, int]) -> str:
    several = list(counts.items())
    shown = ", ".join(f"{count:,} {name}" for name, count in several[:SHOWN])
    return shown + (f", {len(several) - SHOWN} more kinds" if len(several) > SHOWN else "")
