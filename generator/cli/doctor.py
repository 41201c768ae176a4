"""`roznama doctor`: looks for what would keep Roznama from working here, and says what to do about it.

A finding is `ok`, a `note` (it works, but something is missing or could be better) or a `problem`. It writes nothing but
one file in each folder that a build writes to, which it removes at once.
"""

import importlib.metadata as metadata
import locale
import os
import platform
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click
import msgspec
from msgspec import Struct

from generator import __file__ as package
from generator import __version__
from generator.catalogue import Catalogue
from generator.cli.options import Place, json_option, site_options
from generator.config import Site, SiteErrors, load_site
from generator.problems import FSI, PDI
from generator.readers import SUFFIXES
from generator.starting.survey import walk
from generator.workers import cores

STORE = "catalogue.sqlite"
ROOM = 200_000_000
"""Bytes below which a disk counts as nearly full."""
PYTHON = (3, 11)
_COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}


class Finding(Struct, frozen=True):
    """What was looked at, what was found, and what to do about it if anything."""

    name: str
    state: Literal["ok", "note", "problem"]
    found: str
    advice: str | None = None


@click.command()
@site_options()
@json_option
def doctor(place: Place, as_json: bool) -> None:
    """Look for what would keep Roznama from working here: Python, libraries, the site, folders, the catalogue, the terminal.

    The exit code is 1 if there is a problem. What is printed is what a report of a mistake should hold.

    \b
    roznama doctor
    roznama doctor --json | jq '.[] | select(.state == "problem")'
    """
    findings = [*_machine(), *_libraries(), *_site(place), *_terminal()]
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(findings) + b"\n")
    else:
        for one in findings:
            click.echo(f"{click.style(f'{one.state:<8}', fg=_COLOURS[one.state])}{one.name:<12}{one.found}")
            if one.advice:
                click.echo(f"{'':20}{click.style(one.advice, dim=True)}")
    sys.exit(1 if any(one.state == "problem" for one in findings) else 0)


def _machine() -> Iterator[Finding]:
    yield Finding("roznama", "ok", f"{__version__} in {Path(package or '').parent}")
    version = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info < PYTHON:
        yield Finding("python", "problem", version, "Roznama needs Python 3.11 or newer")
    else:
        yield Finding("python", "ok", version)
    yield Finding("machine", "ok", f"{platform.platform()}, {cores()} cores")


def _libraries() -> Iterator[Finding]:
    """Every library that the package asks for, those of its extras among them."""
    try:
        wanted = metadata.requires("roznama") or []
    except metadata.PackageNotFoundError:
        advice = "install it with pip to have its libraries looked at"
        yield Finding("libraries", "note", "Roznama runs from a folder, not installed", advice)
        return
    missing: defaultdict[str, list[str]] = defaultdict(list)
    extras: set[str] = set()
    present = []
    for one in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", one)[0]
        extra = found[1] if (found := re.search(r"extra == ['\"]([\w-]+)['\"]", one)) else ""
        extras.add(extra)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing[extra].append(name)
            continue
        if not extra:
            present.append(f"{name} {version}")
    if missing[""]:
        advice = "install Roznama again: pip install --force-reinstall roznama"
        yield Finding("libraries", "problem", f"missing: {', '.join(missing[''])}", advice)
    else:
        yield Finding("libraries", "ok", f"all {len(present)} are here")
    for extra in sorted(extras - {"", "dev"}):
        if missing[extra]:
            advice = f"only if you need it: pip install 'roznama[{extra}]'"
            yield Finding(f"[{extra}]", "note", f"not here: {', '.join(missing[extra])}", advice)
        else:
            yield Finding(f"[{extra}]", "ok", "here")


def _site(place: Place) -> Iterator[Finding]:
    try:
        site = load_site(place.folder, place.output, config=place.config)
    except SiteErrors as errors:
        for problem in errors.problems:
            yield Finding("site", "problem", str(problem), problem.hint)
        return
    named = "site.toml" if site.configured else "a folder without site.toml"
    yield Finding("site", "ok", f"{named} in {FSI}{site.folder}{PDI}")
    count = sum(path.lower().endswith(SUFFIXES) for path in walk(site.content))
    where = f"{count:,} files in {FSI}{site.content}{PDI}"
    if count:
        yield Finding("articles", "ok", where)
    else:
        yield Finding("articles", "note", where, f"articles are files that end in {' or '.join(SUFFIXES)}")
    yield _writable("output", site.output)
    yield _writable("state", site.state)
    yield _room(site.output)
    yield _catalogue(site)
    yield from _watches(site)


def _writable(name: str, folder: Path) -> Finding:
    """Whether files can be made in `folder`, or in the nearest folder above that is there."""
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".roznama-"):
            pass
    except OSError as error:
        advice = "change its permissions, or build elsewhere with --output"
        return Finding(name, "problem", f"{FSI}{folder}{PDI} cannot be written: {error.strerror or error}", advice)
    return Finding(name, "ok", f"{FSI}{folder}{PDI} can be written")


def _room(folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    free = shutil.disk_usage(there).free
    if free < ROOM:
        return Finding("disk", "problem", f"{free / 1e6:,.0f} MB free", "make room: an archive takes about 40 kB an article")
    return Finding("disk", "ok", f"{free / 1e9:,.1f} GB free")


def _catalogue(site: Site) -> Finding:
    file = site.state / STORE
    if not file.is_file():
        return Finding("catalogue", "note", "none yet", "roznama build makes it")
    size = f"{file.stat().st_size / 1e6:,.1f} MB"
    with Catalogue.look(site.state) as catalogue:
        if catalogue is None:
            return Finding("catalogue", "note", f"{size}, damaged or of another version", "nothing to do: the next build makes it anew")
        return Finding("catalogue", "ok", f"{catalogue.article_count():,} articles, {catalogue.output_count():,} files, {size}")


def _watches(site: Site) -> Iterator[Finding]:
    """Linux gives each user so many watches of folders, and `serve` needs one for each folder."""
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if limit.is_file():
        allowed = int(limit.read_text())
        folders = sum(1 for _ in os.walk(site.content))
        if folders > allowed // 2:
            advice = f"roznama serve may miss changes: sudo sysctl fs.inotify.max_user_watches={4 * folders}"
            yield Finding("watching", "note", f"{folders:,} folders, {allowed:,} can be watched", advice)
        else:
            yield Finding("watching", "ok", f"{folders:,} folders, {allowed:,} can be watched")


def _terminal() -> Iterator[Finding]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "")
    named = f"{sys.stdout.encoding}, locale {locale.setlocale(locale.LC_CTYPE)}"
    if encoding != "utf8":
        yield Finding("encoding", "problem", named, "set PYTHONUTF8=1, or a UTF-8 locale; text cannot be printed otherwise")
    else:
        yield Finding("encoding", "ok", named)
    size = shutil.get_terminal_size()
    if not sys.stdout.isatty():
        yield Finding("terminal", "ok", "none: plain lines, no progress bar")
        return
    colours = "without colours (NO_COLOR)" if os.environ.get("NO_COLOR") else "with colours"
    yield Finding("terminal", "ok", f"{size.columns}×{size.lines} {colours}")
