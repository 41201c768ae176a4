"""Measures whole builds of synthetic archives: seconds, articles a second, peak memory of all processes, files written.

    python tests/bench/bench.py [SIZE ...] [--folder DIR] [--markdown] [--jobs N] [--write FILE]

Each size is generated once below `--folder` (kept for the next run), then built clean, unchanged, and after each kind of
edit, in processes of their own. Memory is the highest sum of the resident memory of the command and all its children,
sampled every 30 ms; pages that processes share are counted once for each. `--write` puts the tables into a Markdown file
between its markers, with the machine named.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import synthetic

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


class Run(NamedTuple):
    name: str
    seconds: float
    memory: float
    report: dict[str, Any]


def measured(command: list[str]) -> tuple[float, float]:
    """(wall seconds, peak MB of all processes together) of a command. Raises `SystemExit` when it fails."""
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
        except psutil.Error:
            break
        resident = 0
        for member in family:
            try:
                resident += member.memory_info().rss
            except psutil.Error:
                continue
        peak = max(peak, resident)
        time.sleep(0.03)
    _, errors = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {errors.decode()[-2000:]}")
    return time.perf_counter() - start, peak / 1e6


def build(site: Path, name: str, *options: str) -> Run:
    record = site / "report.json"
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        str(site),
        "--quiet",
        "--as-of",
        "2026-01-01",
        "--report",
        str(record),
    ]
    seconds, memory = measured([*command, *options])
    return Run(name, seconds, memory, json.loads(record.read_text("utf-8")))


def articles(site: Path, suffix: str) -> list[Path]:
    return sorted((site / "content").rglob(f"*.{suffix}"))


def edits(site: Path, suffix: str) -> list[tuple[str, Callable[[], None]]]:
    """One edit of each kind, on articles from the middle of the archive."""
    files = articles(site, suffix)
    middle = files[len(files) // 2 : len(files) // 2 + 10]

    def body() -> None:
        middle[0].write_text(
            middle[0].read_text("utf-8").rstrip() + "\n\nایک اور پیرا جو بعد میں لکھا گیا۔\n", encoding="utf-8"
        )

    def headline() -> None:
        text = middle[1].read_text("utf-8")
        text = text.replace("headline: ", "headline: بدلی ", 1) if suffix == "md" else "بدلی ہوئی " + text
        middle[1].write_text(text, encoding="utf-8")

    def added() -> None:
        target = middle[2].with_name(middle[2].name.replace(f".{suffix}", f"-new.{suffix}"))
        shutil.copy(middle[2], target)

    def removed() -> None:
        middle[3].unlink()

    def template() -> None:
        (site / "templates").mkdir(exist_ok=True)
        (site / "templates" / "day.html").write_text(
            '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}'
        )

    def restore() -> None:
        shutil.rmtree(site / "templates")

    return [
        ("one body edited", body), ("one headline edited", headline), ("one article added", added),
        ("one article removed", removed), ("a template edited (day)", template), ("the template restored", restore),
    ]  # fmt: skip


def bench(folder: Path, size: int, markdown: bool, jobs: int) -> list[Run]:
    suffix = "md" if markdown else "txt"
    site = folder / f"{size}-{suffix}"
    shutil.rmtree(site, ignore_errors=True)
    synthetic.write(site / "content", size, markdown)
    (site / "site.toml").write_text('title = "پیمائش"\nlanguage = "ur"\n', encoding="utf-8")
    options = ("--jobs", str(jobs))
    runs = [build(site, "clean", *options), build(site, "nothing changed", *options)]
    for name, edit in edits(site, suffix):
        edit()
        runs.append(build(site, name, *options))
    shutil.rmtree(site)
    return runs


def table(size: int, runs: list[Run]) -> str:
    lines = [
        f"**{size:,} articles**, {runs[0].report['planned']:,} files",
        "",
        "| build | seconds | articles/s | read | plan | write | peak MB | made | written |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for run in runs:
        steps = run.report["seconds"]
        rate = f"{size / run.seconds:,.0f}" if run.name == "clean" else ""
        lines.append(
            f"| {run.name} | {run.seconds:.2f} | {rate} | {steps.get('read', 0):.2f} | {steps.get('plan', 0):.2f}"
            f" | {steps.get('write', 0):.2f} | {run.memory:,.0f} | {run.report['rendered']:,} | {run.report['written']:,} |"
        )
    return "\n".join(lines)


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = psutil.virtual_memory().total / 1e9
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.processor(),
    ) if Path("/proc/cpuinfo").exists() else platform.processor()  # fmt: skip
    return f"{cores} cores ({model}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument(
        "--markdown", action="store_true", help="Markdown with front matter and topics instead of dumps"
    )
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--write", type=Path, metavar="FILE")
    args = parser.parse_args()
    random.seed(1)
    kind = "Markdown with front matter and plain paragraphs" if args.markdown else "plain dumps"
    parts = [f"{kind.capitalize()}, 3,400 characters in 16 paragraphs. Machine: {machine()}."]
    print(parts[0], flush=True)
    for size in args.sizes:
        part = table(size, bench(args.folder, size, args.markdown, args.jobs))
        print(f"\n{part}", flush=True)
        parts.append(part)
    if args.write:
        text = args.write.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        args.write.write_text(f"{before}{BEGIN}\n" + "\n\n".join(parts) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
