"""Measures whole builds of synthetic archives: seconds, articles a second, peak memory of all processes, files written.

    python tests/bench/bench.py [SIZE ...] [--folder DIR] [--markdown] [--brief] [--again N] [--jobs N] [--keep] [--write FILE]

Each size is generated once below `--folder`, which must not be there yet, then built clean, unchanged, and after each kind
of edit, in processes of their own; `--brief` leaves out the edits that every page, or every day, shows. Nothing is removed
before the last build, for a disk that has just lost many files is slow with new ones; `--keep` leaves the archives there.
`--again N` builds each size so often once more, clean and in a fresh folder, the largest first and then the smallest by turns:
how time grows with size is told by the means, for the machine's speed may differ from one minute to the next.
Memory is measured as `measuring` says. `made` are the pages that were rendered, `written` those whose bytes changed.
`--write` puts the tables into a Markdown file between its markers, with the machine named. The time of `roznama --help`,
the best of ten, stands first.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import synthetic
from measuring import machine, measured

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


class Run(NamedTuple):
    name: str
    seconds: float
    memory: float
    report: dict[str, Any]


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


CONFIGURATION = 'title = "پیمائش"\nlanguage = "ur"\n'
DAY = '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}'


def edits(site: Path, suffix: str, brief: bool) -> list[tuple[str, Callable[[], None]]]:
    """One edit of each kind, on articles from the middle of the archive where nothing else is said."""
    files = articles(site, suffix)
    middle = files[len(files) // 2 : len(files) // 2 + 10]

    def edit(path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")

    def word() -> None:
        """A word in the longest paragraph gives way to another of its words."""
        text = middle[5].read_text("utf-8")
        paragraph = max(text.split("\n\n"), key=len)
        words = paragraph.split(" ")
        edit(middle[5], paragraph, " ".join([*words[:7], words[12], *words[8:]]))

    def body() -> None:
        """A last paragraph more; in a dump it stands before what the scraper left there."""
        parts = middle[0].read_text("utf-8").rstrip().split("\n\n")
        parts.insert(len(parts) if suffix == "md" else -1, "ایک اور پیرا جو بعد میں لکھا گیا۔")
        middle[0].write_text("\n\n".join(parts) + "\n", encoding="utf-8")

    def headline() -> None:
        first = middle[1].read_text("utf-8").split("\n", 1)[0]
        edit(middle[1], *(("headline: ", "headline: بدلی ") if suffix == "md" else (first, f"بدلی ہوئی {first}")))

    def added_last() -> None:
        """A day after the newest."""
        last = synthetic.day_of(len(files) - 1, len(files))
        name = files[-1].name.replace(last.isoformat(), (last + timedelta(days=1)).isoformat())
        text = files[-1].read_text("utf-8").replace(f"date: {last}", f"date: {last + timedelta(days=1)}", 1)
        files[-1].with_name(f"new-{name}").write_text(text, encoding="utf-8")

    def added_between() -> None:
        shutil.copy(middle[2], middle[2].with_name(middle[2].name.replace(f".{suffix}", f"-new.{suffix}")))

    def removed() -> None:
        middle[3].unlink()

    def topic() -> None:
        """Front matter names another topic; a dump gets front matter for it."""
        if suffix == "md":
            edit(middle[4], "topics: [", "topics: [نیا موضوع, ")
        else:
            middle[4].write_text(f"---\ntopics: [نیا موضوع]\n---\n{middle[4].read_text('utf-8')}", encoding="utf-8")

    def vocabulary() -> None:
        """A topic is renamed: the new name is the vocabulary's, the old one leads to it."""
        (site / "vocabulary.toml").write_text(
            '[[topic]]\nid = "new-topic"\nkind = "subject"\nlabel = { ur = "بہت نیا موضوع" }\naliases = { ur = ["نیا موضوع"] }\n',
            encoding="utf-8",
        )

    def template() -> None:
        (site / "templates").mkdir(exist_ok=True)
        (site / "templates" / "day.html").write_text(DAY)

    def restore() -> None:
        shutil.rmtree(site / "templates")

    def colour() -> None:
        (site / "site.toml").write_text(f'{CONFIGURATION}[theme]\naccent = "#884400"\n', encoding="utf-8")

    def title() -> None:
        (site / "site.toml").write_text(CONFIGURATION.replace("پیمائش", "بڑی پیمائش"), encoding="utf-8")

    return [
        ("one word of a body corrected", word), ("a paragraph added to a body", body), ("one headline edited", headline),
        ("one article added, the newest", added_last), ("one article added in the middle", added_between),
        ("one article removed", removed),
        ("one article has another topic", topic), ("a topic renamed in the vocabulary", vocabulary),
        *([] if brief else [
            ("a template edited (day)", template), ("the template restored", restore),
            ("site.toml: a colour", colour), ("site.toml: the title", title),
        ]),
    ]  # fmt: skip


def configure(site: Path) -> None:
    """Write the settings of a site whose content is there, and wait until all of it is on the disk."""
    (site / "site.toml").write_text(CONFIGURATION, encoding="utf-8")
    os.sync()


def bench(folder: Path, size: int, markdown: bool, brief: bool, jobs: int) -> list[Run]:
    suffix = "md" if markdown else "txt"
    site = folder / f"{size}-{suffix}"
    synthetic.write(site / "content", size, markdown)
    configure(site)
    options = ("--jobs", str(jobs))
    runs = [build(site, "clean", *options), build(site, "nothing changed", *options)]
    for name, edit in edits(site, suffix, brief):
        edit()
        runs.append(build(site, name, *options))
    return runs


def again(folder: Path, size: int, markdown: bool, jobs: int, number: int) -> Run:
    """One more clean build of a size that was measured, of the same files."""
    first = folder / f"{size}-{'md' if markdown else 'txt'}"
    site = folder / f"{first.name}-{number}"
    shutil.copytree(first / "content", site / "content", copy_function=os.link)
    configure(site)
    return build(site, f"clean, run {number}", "--jobs", str(jobs))


def growth(clean: dict[int, list[float]]) -> Iterator[str]:
    """How the time of a clean build grows from each size to the next."""
    for smaller, larger in pairwise(sorted(clean)):
        longer = mean(clean[larger]) / mean(clean[smaller])
        yield f"{larger:,} articles, {larger / smaller:g} times {smaller:,}, took {longer:.2f} times as long."


def startup() -> float:
    """Seconds of `roznama --help`, the best of ten."""
    best = 10.0
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "generator", "--help"], stdout=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - start)
    return best


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument(
        "--markdown", action="store_true", help="Markdown with front matter and topics instead of dumps"
    )
    parser.add_argument("--brief", action="store_true", help="without the edits that every page, or every day, shows")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--keep", action="store_true", help="leave the archives in the folder")
    parser.add_argument("--again", type=int, default=0, metavar="N", help="clean builds of each size once more, N times")
    parser.add_argument("--write", type=Path, metavar="FILE")
    args = parser.parse_args()
    if args.folder.exists():
        sys.exit(f"{args.folder} exists: remove it and wait some minutes, or name another --folder")
    random.seed(1)
    kind = "Markdown with front matter and plain paragraphs" if args.markdown else "plain dumps"
    started = f"`roznama --help` in {startup() * 1000:.0f} ms."
    parts = [f"{kind.capitalize()}, 3,400 characters in 16 paragraphs. Machine: {machine()}. {started}"]
    print(parts[0], flush=True)
    clean: dict[int, list[float]] = {}
    for size in dict.fromkeys(args.sizes):
        runs = bench(args.folder, size, args.markdown, args.brief, args.jobs)
        clean[size] = [runs[0].seconds]
        parts.append(table(size, runs))
        print(f"\n{parts[-1]}", flush=True)
    for number in range(args.again):
        for size in sorted(clean, reverse=number % 2 == 0):
            run = again(args.folder, size, args.markdown, args.jobs, number + 2)
            clean[size].append(run.seconds)
            parts.append(f"{size:,} articles, {run.name}: {run.seconds:.1f} s, {run.memory:,.0f} MB.")
            print(f"\n{parts[-1]}", flush=True)
    for line in growth(clean):
        print(f"\n{line}", flush=True)
        parts.append(line)
    if not args.keep:
        shutil.rmtree(args.folder)
    if args.write:
        text = args.write.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        args.write.write_text(f"{before}{BEGIN}\n" + "\n\n".join(parts) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
