"""Edits archives at random for a while, and compares each incremental build with a clean one, byte for byte.

    python tests/bench/fuzz_incremental.py [--minutes 10] [--seed N] [--articles N] [--folder DIR]

Each seed is one archive and up to ten rounds of edits of every kind `tests/editor.py` knows: killed builds, two builds at
once, a damaged catalogue among them. With `--articles` each archive has so many, and thirty rounds of edits of articles
alone; what was planned again is compared with a whole plan after each, the bytes with a clean build's at the end. The
first difference ends it; the seed told makes it again.
"""

import argparse
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from editor import Editor
from replanning import mistakes
from small_site import SmallSite

MISTAKES = frozenset({"front-matter-syntax", "date-unreadable", "empty", "duplicate-id", "same-path"})
"""What the editor does wrong itself."""


def differences(site: SmallSite, clean: SmallSite) -> list[str]:
    ours, theirs = site.files(), clean.files()
    return sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))


def run(folder: Path, seed: int, edits: Counter[str]) -> str | None:
    """One archive; what went wrong, `None` if nothing did."""
    shutil.rmtree(folder, ignore_errors=True)
    site = SmallSite(folder / "site")
    editor = Editor(site, seed)
    for _ in range(editor.random.randint(3, 40)):
        editor.add()
    editor.configuration()
    site.build()
    for turn in range(10):
        names = editor.edit(editor.random.randint(1, 6))
        edits.update(names)
        report = site.build()
        where = f"seed {seed}, round {turn}, after {', '.join(names)}"
        errors = [str(problem) for problem in report.problems if problem.code not in MISTAKES and problem.severity == "error"]
        if errors:
            return f"{where}: {errors}"
        clean = site.twin(folder / "clean")
        clean.build()
        if found := differences(site, clean):
            return f"{where}: {len(found)} files differ: {', '.join(found[:10])}"
    return None


def run_large(folder: Path, seed: int, edits: Counter[str], articles: int) -> str | None:
    """One archive of many articles, of which few are edited."""
    shutil.rmtree(folder, ignore_errors=True)
    site = SmallSite(folder / "site")
    editor = Editor(site, seed)
    for _ in range(articles):
        editor.add()
    editor.configuration()
    site.build()
    for turn in range(30):
        names = editor.edit(editor.random.randint(1, 3), articles=True)
        edits.update(names)
        failed = site.build().failed
        if found := mistakes(site):
            return f"seed {seed}, round {turn}, after {', '.join(names)}: {len(found)} pages are planned otherwise: {found[:10]}"
        if failed:  # two articles on one address, which an edit now and then makes
            return None
    clean = site.twin(folder / "clean")
    clean.build()
    if found := differences(site, clean):
        return f"seed {seed}: {len(found)} files differ: {', '.join(found[:10])}"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    args = parser.parse_args()
    end, seed = time.monotonic() + args.minutes * 60, args.seed
    edits: Counter[str] = Counter()
    while time.monotonic() < end:
        many = args.articles
        wrong = run_large(args.folder, seed, edits, many) if many else run(args.folder, seed, edits)
        if wrong:
            sys.exit(wrong)
        seed += 1
    print(f"{seed - args.seed} archives, {edits.total():,} edits, no difference")
    print(", ".join(f"{name} {count}" for name, count in sorted(edits.items())))


if __name__ == "__main__":
    main()
