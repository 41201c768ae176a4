"""What a build did and why: the numbers that are printed, and the record that `--report` writes as JSON."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Protocol

import msgspec
from msgspec import Struct

from generator.problems import Problem


class Listener(Protocol):
    """Who hears how a build goes on: the command line, the preview, or nobody."""

    def step(self, name: str, total: int | None) -> None: ...

    def advance(self, count: int) -> None: ...

    def note(self, message: str) -> None: ...


class Silent:
    """A listener that does not listen."""

    def step(self, name: str, total: int | None) -> None:
        pass

    def advance(self, count: int) -> None:
        pass

    def note(self, message: str) -> None:
        pass


class Made(Struct, frozen=True):
    """How the last build was made, as far as `site.toml` does not say; the catalogue remembers it under `KEY`."""

    KEY: ClassVar[str] = "made"
    version: str
    as_of: str
    drafts: bool
    base_url: str
    errors: int


class Report(Struct):
    """Filled in while a build goes on, and given away when it has ended. Pages that are made are counted
    by kind in `stale` and by reason in `why`; `made` has the path and the reason of each, if it was asked for.
    Memory is in bytes, of all processes together."""

    articles: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    planned: int = 0
    rendered: int = 0
    written: int = 0
    unchanged: int = 0
    pruned: int = 0
    failed: int = 0
    stale: dict[str, int] = {}
    why: dict[str, int] = {}
    made: list[tuple[str, str]] = []
    assumed: list[str] = []
    hidden: dict[str, int] = {}
    problems: list[Problem] = []
    doubts: int = 0
    seconds: dict[str, float] = {}
    peak_memory: int = 0
    slowest: list[tuple[float, str]] = []

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        return sum(problem.severity == "warning" for problem in self.problems)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = round(self.seconds.get(step, 0.0) + time.perf_counter() - start, 4)

    def json(self) -> bytes:
        """The whole report, for machines. Doubts are in it when they were asked for."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def peak_memory() -> int:
    """Peak resident bytes of this process and of its finished children; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Linux counts kilobytes, macOS bytes; Linux gives the largest child, not their sum.
    unit = 1 if Path("/System/Library").exists() else 1024
    return int(own + children) * unit
