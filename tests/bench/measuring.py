"""Runs a command and measures it: wall seconds, and the highest memory of all its processes together.

Memory is the sum of the processes' proportional set sizes (PSS), sampled a few times in the first quarter of a second, then four
times a second (asking takes 6 ms, and ten times a second made a build 3 per cent slower): a page of memory that several processes
share, as forked workers do, counts once in all, and not once for each as with resident sizes (RSS). Only Linux tells PSS;
elsewhere RSS is taken, which is never less.
"""

import contextlib
import platform
import re
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import psutil

AT_FIRST, EVERY, LONG = 0.05, 0.25, 0.25
"""Seconds between two looks, at first and once a command has run for `LONG`."""
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Measured(NamedTuple):
    """`memory` is in MB (10**6 bytes)."""

    seconds: float
    memory: float


def measured(command: list[str], folder: Path | None = None) -> Measured:
    """Run `command` in `folder`. Raises `SystemExit` with what it said when it fails."""
    start = time.perf_counter()
    process = psutil.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _together(process))
        with contextlib.suppress(psutil.TimeoutExpired):
            process.wait(EVERY if time.perf_counter() - start > LONG else AT_FIRST)
    seconds = time.perf_counter() - start
    _, errors = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {errors.decode()[-2000:]}")
    return Measured(seconds, peak / 1e6)


def _together(process: psutil.Process) -> int:
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(map(_memory, family))


def _memory(process: psutil.Process) -> int:
    """Bytes of one process; 0 if it has ended."""
    try:
        found = _PSS.search(Path(f"/proc/{process.pid}/smaps_rollup").read_text())
        return int(found[1]) * 1024 if found else 0
    except OSError:
        pass
    try:
        return 0 if platform.system() == "Linux" else int(process.memory_info().rss)
    except psutil.Error:
        return 0


def machine() -> str:
    """The machine in words, as tables name it."""
    memory = psutil.virtual_memory().total / 1e9
    info = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.+)$", info.read_text(), re.MULTILINE) if info.exists() else []
    model = names[0] if names else platform.processor()
    cores = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else psutil.cpu_count()
    return f"{cores} cores ({model}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"
