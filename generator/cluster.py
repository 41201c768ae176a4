"""Workers on other machines: a build handed to Dask, through the same door as processes of this machine.

The conductor stays here: it alone opens the catalogue, plans, and says what was done. Reading and rendering go to the
workers of a Dask scheduler through `Client.get_executor`. They see the site's folders at the same paths, and must have
what this machine has: other code, or another version of a library that makes bytes, would write other pages. That is
looked at before the build, and again in every worker before its first task, because workers may join later.

Dask gives the tasks of a worker that dies to others, and gives up a task that several died of (`KilledWorker`); here
that becomes the `BrokenExecutor` of Python's own executors, so that `workers.Pool` finds out which item it was.
"""

import contextlib
import logging
import os
import platform
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator import __version__, theme
from generator.config import Site, SiteErrors
from generator.digest import digest
from generator.problems import Problem
from generator.versions import code_digest, versions

if TYPE_CHECKING:
    from distributed import Client

CONNECT, PATIENCE, LOOK = 10.0, 60.0, 5.0
"""Seconds to wait for the scheduler; for a worker, at the start and whenever there is none; between looks."""

Result = TypeVar("Result")


@contextlib.contextmanager
def connected(address: str, site: Site) -> Iterator["Cluster"]:
    """The executor that hands work to the Dask scheduler at `address` (`tcp://HOST:8786`). Raises `SiteErrors` when it
    is not reached, has no worker, or a worker differs from this machine or does not see the folders of `site`."""
    try:
        from distributed import Client
    except ImportError as error:
        message = f"Dask is not installed ({error.name})"
        raise SiteErrors([Problem(address, 0, 0, "cluster-extra", message, "pip install 'roznama[cluster]'")]) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what happens to the cluster is said here, without tracebacks
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = f"no Dask scheduler answers here ({error})"
        hint = "start one with `dask scheduler`; see docs/cluster.md"
        raise SiteErrors([Problem(address, 0, 0, "cluster-unreachable", message, hint)]) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise _lost(address, "the scheduler has no worker") from error
        _compare(client, site)
        with contextlib.closing(Cluster(client, address)) as cluster:
            yield cluster


class Cluster(Executor):
    """The workers of a scheduler; `threads` of them all together were there when the build began."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client = client
        self._address = address
        self._given = client.get_executor(pure=False)
        self._expected = _digest()
        self._open: set[Future[Any]] = set()
        self._ended = threading.Event()
        self.threads = sum(client.nthreads().values())
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        ours: Future[Result] = Future()
        self._open.add(ours)
        given = self._given.submit(_work, self._expected, fn, *args, **kwargs)
        given.add_done_callback(lambda done: self._pass_on(done, ours))
        return ours

    def close(self) -> None:
        self._ended.set()
        self._given.shutdown(wait=False)

    def _pass_on(self, done: "Future[Result]", ours: "Future[Result]") -> None:
        """What became of Dask's future, for ours."""
        from distributed import KilledWorker

        error = _lost(self._address, "the scheduler ended") if done.cancelled() else done.exception()
        if isinstance(error, KilledWorker):
            error = BrokenExecutor(str(error))
        elif isinstance(error, ImportError):
            error = _differs(self._address, f"a worker cannot do what it is given ({error})")
        self._open.discard(ours)
        with contextlib.suppress(InvalidStateError):  # it was given up meanwhile
            if error is None:
                ours.set_result(done.result())
            else:
                ours.set_exception(error)

    def _watch(self) -> None:
        """Give up what is under way once there has been no worker for some time: none may come again."""
        without = 0.0
        while not self._ended.wait(LOOK):
            try:
                there = bool(self._client.scheduler_info(n_workers=1)["workers"])
            except Exception:  # noqa: BLE001 — whatever it is, nobody answers
                there = False
            without = 0.0 if there else without + LOOK
            if without >= PATIENCE:
                for future in list(self._open):
                    with contextlib.suppress(InvalidStateError):
                        future.set_exception(_lost(self._address, "no worker is left"))


def _differs(worker: str, message: str) -> SiteErrors:
    hint = "install the same versions everywhere, at the same path; see docs/cluster.md"
    return SiteErrors([Problem(worker, 0, 0, "cluster-version", message, hint)])


def _lost(address: str, why: str) -> SiteErrors:
    hint = "start workers and build again: what was made stays"
    return SiteErrors([Problem(address, 0, 0, "cluster-lost", why, hint)])


# ── what workers must have ───────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1)
def facts() -> dict[str, str]:
    """What of this process decides the bytes it would write, by name."""
    own = theme.folder()
    templates = sorted((path.relative_to(own).as_posix(), path.read_bytes()) for path in own.rglob("*") if path.is_file())
    return {
        "Roznama": f"{__version__} ({code_digest().hex()[:12]})",
        "the theme": f"{own} ({digest(templates).hex()[:12]})",
        **versions(),
    }


@lru_cache(maxsize=1)
def _digest() -> bytes:
    return digest(facts())


def _look(folders: tuple[Path, ...], mark: Path, token: str) -> tuple[dict[str, str], list[str]]:
    """Of a worker: its facts, and what it does not see of the site."""
    missing = [f"{folder} is not there" for folder in folders if not folder.is_dir()]
    try:
        if mark.read_text() != token:
            missing.append(f"{mark.parent} is another folder there")
        elif not os.access(mark.parent, os.W_OK):
            missing.append(f"{mark.parent} may not be written there")
    except OSError as error:
        missing.append(f"{mark.parent} is not shared ({error.strerror})")
    return facts(), missing


def _compare(client: "Client", site: Site) -> None:
    """Raises `SiteErrors` with each worker that is not as it must be."""
    mark, token = site.state / "cluster", os.urandom(16).hex()
    try:
        site.state.mkdir(parents=True, exist_ok=True)
        mark.write_text(token)
    except OSError as error:
        message = f"the catalogue cannot be kept here ({error.strerror})"
        hint = "choose an output folder you may write beside"
        raise SiteErrors([Problem(str(site.state), 0, 0, "state-unwritable", message, hint)]) from error
    try:
        answers = client.run(_look, (site.folder, site.content), mark, token, on_error="return")
    finally:
        mark.unlink(missing_ok=True)
    here = facts()
    problems: list[Problem] = []
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):
            problems += _differs(worker, f"this worker cannot run Roznama ({answer})").problems
            continue
        there, missing = answer
        other = [f"{name} is {there.get(name)}, here {here[name]}" for name in here if there.get(name) != here[name]]
        if other:
            problems += _differs(worker, f"of this worker, {'; '.join(other)}").problems
        if missing:
            hint = "share the site's folder at the same path; see docs/cluster.md"
            problems.append(Problem(worker, 0, 0, "cluster-folder", f"for this worker, {'; '.join(missing)}", hint))
    if problems:
        raise SiteErrors(problems)


# ── in a worker ──────────────────────────────────────────────────────────────────────────────────────────────────────

_turn = threading.Lock()
"""A worker with several threads takes tasks in turn: what one keeps for the next (`tasks`, `shards`) is for one thread."""


def _work(expected: bytes, work: Callable[..., Result], *args: Any) -> Result:
    """Do a task, if this worker is as the conductor is."""
    with _turn:
        if _digest() != expected:
            raise _differs(platform.node(), "a worker that joined later has other versions")
        return work(*args)
