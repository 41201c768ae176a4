"""How the commands print: problems as compilers print them, progress on a terminal, plain lines elsewhere.

Progress appears only after a second of work. Colours follow the terminal and `NO_COLOR`; quoted right-to-left text is
isolated by `problems.quoted`, and excerpts of sources are isolated here, so that paths and punctuation stay in place.
"""

import shutil
import sys
import textwrap
import time
from collections.abc import Iterable
from typing import TextIO

import click

from generator.problems import FSI, PDI, Problem
from generator.report import Report

PATIENCE = 1.0
"""Seconds of work before progress is shown."""
_COLOURS = {"error": "red", "warning": "yellow", "doubt": "cyan"}
_STEPS = {
    "scan": "looking for changes", "read": "reading", "plan": "planning", "write": "writing", "verify": "reading", "send": "sending",
    "pack": "packing",
}  # fmt: skip


def tell(line: str, stream: TextIO | None = None, **style: bool) -> None:
    """Print a line; on a terminal it breaks between words, not in them."""
    stream = stream or sys.stdout
    if stream.isatty():
        width = shutil.get_terminal_size().columns
        indent = " " * (len(line) - len(line.lstrip()))
        line = textwrap.fill(
            line, width, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
    click.echo(click.style(line, **style) if style else line, file=stream)


def show_problem(problem: Problem, stream: TextIO | None = None) -> None:
    """Print a problem with its line of source and its hint below it."""
    place, _, rest = str(problem).partition(f": {problem.severity}: ")
    label = click.style(f"{problem.severity}:", fg=_COLOURS[problem.severity], bold=True)
    click.echo(f"{click.style(place, bold=True)}: {label} {rest}", file=stream or sys.stderr)
    if problem.excerpt:
        excerpt = problem.excerpt.strip()
        click.echo(f"    {FSI}{excerpt[:160]}{PDI}" + ("…" if len(excerpt) > 160 else ""), file=stream or sys.stderr)
    if problem.hint:
        first, *more = problem.hint.splitlines()
        tell(f"    hint: {first}", stream or sys.stderr, dim=True)
        for line in more:  # the lines of a traceback stay as they are
            click.echo(click.style(f"    {line}", dim=True), file=stream or sys.stderr)


def show_problems(problems: Iterable[Problem], limit: int | None = None) -> None:
    """Print problems in their order, at most `limit` of them; say how many are left."""
    listed = list(problems)
    for problem in listed[:limit]:
        show_problem(problem)
    if limit is not None and len(listed) > limit:
        click.echo(f"… and {len(listed) - limit:,} more; --report FILE lists them all", err=True)


class Progress:
    """A listener that shows a bar on a terminal: what is done, how much of it, rate and time left. Elsewhere a line for
    each long step when it ends."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._start = self._shown = time.monotonic()
        self._step, self._total, self._done = "", 0, 0
        self._drawn = False

    def step(self, name: str, total: int | None) -> None:
        self._end()
        self._step, self._total, self._done = name, total or 0, 0
        self._start = self._shown = time.monotonic()

    def advance(self, count: int) -> None:
        self._done += count
        now = time.monotonic()
        if self._quiet or not self._terminal or now - self._start < PATIENCE or now - self._shown < 0.1:
            return
        self._shown, self._drawn = now, True
        share = self._done / max(self._total, 1)
        rate = self._done / (now - self._start)
        left = (self._total - self._done) / rate if rate else 0
        label = _STEPS.get(self._step, self._step)
        facts = f" {self._done:,} of {self._total:,}  {rate:,.0f}/s  {_clock(left)} left"
        # A line that wraps cannot be drawn over: the bar takes what is left of the terminal's width.
        room = min(24, shutil.get_terminal_size().columns - len(facts) - 12)
        bar = "█" * round(room * share) + "░" * (room - round(room * share))
        sys.stderr.write(f"\r\x1b[2K{label:<10} {bar}{facts}"[: shutil.get_terminal_size().columns + 4])
        sys.stderr.flush()

    def note(self, message: str) -> None:
        self.clear()
        if not self._quiet:
            click.echo(message, err=True)

    def close(self) -> None:
        self._end()

    def _end(self) -> None:
        self.clear()
        seconds = time.monotonic() - self._start
        if not self._quiet and not self._terminal and self._done and seconds >= PATIENCE:
            label = _STEPS.get(self._step, self._step)
            click.echo(f"{label}: {self._done:,} in {seconds:.1f} s ({self._done / seconds:,.0f}/s)", err=True)
        self._done = 0

    def clear(self) -> None:
        """Take the bar away, before something is printed."""
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._drawn = False


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def several(count: int, word: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def summary(report: Report) -> list[str]:
    """What a build did, in a few lines."""
    lines = [f"assumed {assumed}" for assumed in report.assumed]
    changes = [
        f"{count:,} {word}"
        for count, word in ((report.added, "new"), (report.changed, "changed"), (report.removed, "removed"))
        if count
    ]
    lines.append(several(report.articles, "article") + (f" ({', '.join(changes)})" if changes else " (none changed)"))
    hidden = [f"{count:,} {why}" for why, count in sorted(report.hidden.items())]
    if hidden:
        lines.append(f"not shown: {', '.join(hidden)}")
    if report.written or report.pruned or report.failed:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in report.stale.items())
        pruned = f", {report.pruned:,} removed" if report.pruned else ""
        failed = f", {report.failed:,} failed" if report.failed else ""
        lines.append(
            f"{several(report.planned, 'file')}: {report.written:,} written, {report.unchanged:,} unchanged{pruned}{failed}"
        )
        if kinds and report.rendered:
            lines.append(f"made: {kinds}")
        if report.why and set(report.why) != {"new"}:
            lines.append(f"why: {'; '.join(f'{count:,} {why}' for why, count in sorted(report.why.items(), key=lambda one: -one[1]))}")
    else:
        lines.append(f"{several(report.planned, 'file')}, nothing to write")
    if report.doubts:
        were = "was" if report.doubts == 1 else "were"
        lines.append(f"{several(report.doubts, 'doubtful line')} {were} read with a guess (roznama inspect shows them)")
    counts = [several(report.errors, "error")] if report.errors else []
    counts += [several(report.warnings, "warning")] if report.warnings else []
    if counts:
        lines.append(" and ".join(counts))
    return lines
