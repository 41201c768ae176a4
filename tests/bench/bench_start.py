"""Measures how long one waits for a command that does nothing yet: `--help` and `--version` as whole processes.

    python tests/bench/bench_start.py [--rounds N] [--limit MS]

Each is run in turn, so that a busy moment of the machine falls on all. Least, median and most milliseconds; the exit code is
1 if the median of `roznama --help` is above the limit. `python -c pass` is what Python itself takes.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time

COMMANDS: dict[str, list[str]] = {
    "python -c pass": ["-c", "pass"],
    "roznama --help": ["-m", "generator", "--help"],
    "roznama --version": ["-m", "generator", "--version"],
    "roznama build --help": ["-m", "generator", "build", "--help"],
}


def _worked() -> float:
    """Seconds of processor that the processes which ended have taken: what a busy machine does not change much."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--limit", type=float, default=150, metavar="MS")
    args = parser.parse_args()
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    worked: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(args.rounds + 1):
        for name, arguments in COMMANDS.items():
            start, before = time.perf_counter(), _worked()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
            taken[name].append(1000 * (time.perf_counter() - start))
            worked[name].append(1000 * (_worked() - before))
    for name, all_of_them in taken.items():
        times = all_of_them[1:]  # the first fills the disk's cache
        spent = statistics.median(worked[name][1:])
        print(f"{name:<22} {min(times):7.0f} {statistics.median(times):7.0f} {max(times):7.0f} ms, {spent:5.0f} ms of processor")
    sys.exit(statistics.median(taken["roznama --help"][1:]) > args.limit)


if __name__ == "__main__":
    main()
