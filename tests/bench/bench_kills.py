"""Kills builds at random moments, and looks at what they leave and at what the next build makes of it.

    python tests/bench/bench_kills.py [--kills 200] [--articles 80] [--seed N] [--folder DIR]

Each round edits a small archive (`tests/editor.py`), starts `roznama build --jobs 2` (every fourth time with `--clean`) and
kills all of its processes with SIGKILL at a moment of the time it would take. Then:

- every file of the output is as it was before the build or as it will be after it, and every page ends with `</html>`;
- the catalogue is sound or made anew, and the next build ends without an error;
- what that build leaves is, byte for byte, what an undisturbed build of a copy leaves, and what a clean build makes.
"""

import argparse
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from editor import Editor
from small_site import SmallSite

from generator.config import load_site
from generator.output import TEMPORARY


class Round:
    """One killed build of `site`. `wrong` collects what should not be."""

    def __init__(self, site: SmallSite, folder: Path, clean: bool, delay: float) -> None:
        self.site = site
        self.wrong: list[str] = []
        self.before = site.files() if site.output.exists() else {}
        copy = SmallSite.__new__(SmallSite)
        copy.folder = folder / "undisturbed"
        shutil.rmtree(copy.folder, ignore_errors=True)
        shutil.copytree(site.folder, copy.folder)
        self.ended = self.kill(clean, delay)
        self.left = site.files() if site.output.exists() else {}
        self.look()
        report = site.build()
        if report.failed:
            self.wrong += [str(problem) for problem in report.problems if problem.severity == "error"]
        self.after = site.files()
        copy.build(clean=clean)
        other = site.twin(folder / "clean")
        other.build()
        self.compare("an undisturbed build", copy.files())
        self.compare("a clean build", other.files())
        for path, found in self.left.items():
            if found not in (self.before.get(path), self.after.get(path)) and not path.endswith(TEMPORARY):
                self.wrong.append(f"{path} was neither as before nor as after")

    def kill(self, clean: bool, delay: float) -> bool:
        """Whether the build had ended before it was to be killed."""
        command = [sys.executable, "-m", "generator", "build", str(self.site.folder), "--jobs", "2", "--as-of", "2026-01-01"]
        quiet = subprocess.DEVNULL
        build = subprocess.Popen([*command, *(["--clean"] if clean else [])], stdout=quiet, stderr=quiet, start_new_session=True)
        time.sleep(delay)
        ended = build.poll() is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        return ended

    def look(self) -> None:
        """Look at what the killed build left."""
        for path in self.left:
            if path.endswith(".html") and not (self.site.output / path).read_bytes().rstrip().endswith(b"</html>"):
                self.wrong.append(f"{path} is not complete")
        catalogue = load_site(self.site.folder).state / "catalogue.sqlite"
        if catalogue.exists():
            with contextlib.closing(sqlite3.connect(catalogue)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchone()
            if found != ("ok",):
                self.wrong.append(f"the catalogue is damaged: {found}")

    def compare(self, what: str, files: dict[str, str]) -> None:
        other = sorted(path for path in files.keys() | self.after.keys() if files.get(path) != self.after.get(path))
        if other:
            self.wrong.append(f"{len(other)} files are not those of {what}: {', '.join(other[:5])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path("build/kills"))
    args = parser.parse_args()
    shutil.rmtree(args.folder, ignore_errors=True)
    site = SmallSite(args.folder / "site")
    editor = Editor(site, args.seed)
    for _ in range(args.articles):
        editor.add()
    harmless = [editor.add, editor.remove, editor.rename, editor.retitle, editor.rewrite, editor.redate, editor.retopic, editor.picture]
    harmless += [editor.configuration, editor.vocabulary, editor.template, editor.state_a_field, editor.change_language, editor.static]
    counts: Counter[str] = Counter()
    longest = 3.0
    start = time.monotonic()
    for turn in range(args.kills):
        clean = turn % 4 == 0
        names = []
        for edit in editor.random.sample(harmless, 3):
            edit()
            names.append(edit.__name__)
        began = time.monotonic()
        one = Round(site, args.folder, clean, editor.random.uniform(0.1, longest))
        if one.wrong:
            sys.exit(f"round {turn}, after {', '.join(names)}{' and --clean' if clean else ''}: " + "; ".join(one.wrong[:10]))
        # The times of the machine change: most moments should be within a build.
        longest = max(1.0, longest * 0.95) if one.ended else min(20.0, longest * 1.02)
        written = sum(found != one.before.get(path) for path, found in one.left.items())
        stage = "it had ended" if one.ended else "before the first page" if not written else "while pages were written"
        counts[stage] += 1
        if turn % 20 == 19:
            print(f"{turn + 1} builds killed, {time.monotonic() - began:.1f} s the last round", flush=True)
    told = ", ".join(f"{count} {stage}" for stage, count in sorted(counts.items()))
    print(f"{args.kills} builds of {args.articles} articles killed in {time.monotonic() - start:.0f} s: {told}; nothing wrong")


if __name__ == "__main__":
    main()
