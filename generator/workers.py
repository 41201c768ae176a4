"""Processes: chunks of work out, small results back, through the `concurrent.futures.Executor` interface.

The conductor hands chunks to any executor; here are the two that come with Python (this process, several processes).
Because a task is a plain function with plain arguments and no open handle, any other executor will do, an engine over
many machines included.

Processes are spawned, not forked: fork copies locks held by other threads (livereload runs some), and macOS and Windows
do not have it. What it costs is about 0.2 s of start-up, so small builds stay in this process.
"""

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


SELDOM = (10_000, 20, 20)
"""When a process of a build looks for objects that stand in a circle (`gc.set_threshold`). There are hardly any; looking for them
after every 700 new objects, as Python does, takes a tenth of the time."""


class Here(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 — it is raised again where the result is asked for
            future.set_exception(error)
        return future


def cores() -> int:
    """Processors this process may use, which in a container is fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """The executors of one build: this process for little work, others once there is more. They are started when first
    needed, and ended with the build."""

    def __init__(self, jobs: int, executor: Executor | None = None) -> None:
        """`jobs` processes, or `executor` for everything if there is one; the caller ends it."""
        self._jobs = jobs
        self._given = executor
        self.lost = executor is not None
        """Whether a worker may have died, which leaves what it was writing; an executor from outside does not always say."""
        self._here = Here()
        self._processes: Executor | None = None

    def __enter__(self) -> "Pool":
        self._usual = gc.get_threshold()
        gc.set_threshold(*SELDOM)
        return self

    def __exit__(self, *_: object) -> None:
        self.rest()
        gc.set_threshold(*self._usual)

    def rest(self) -> None:
        """End the processes; the next work starts others, which do not hold what these remember. Nor does this one."""
        if self._processes is not None:
            gc.collect()
            self._processes.shutdown(wait=True, cancel_futures=True)
            self._processes = None

    def start(self, first: Callable[[], None]) -> None:
        """Start the processes for the work to come, each of which does `first`, while this one goes on."""
        if self._given is None and self._jobs > 1:
            executor = self._executor(True)
            for _ in range(self._jobs):
                executor.submit(first)

    def beside(self, work: Callable[..., Result], *args: Any) -> Future[Result] | None:
        """Have a process of this machine do some work while this one goes on; `None` where there is to be no other."""
        if self._given is not None or self._jobs <= 1:
            return None
        return self.submit(True, work, *args)

    @property
    def running(self) -> bool:
        """Whether processes of this machine are there already."""
        return self._processes is not None

    def stream(
        self, work: Callable[[Task], Result], tasks: Iterable[Task], much: bool, ahead: int = 2
    ) -> "Stream[Task, Result]":
        """Hand out `tasks` and give back (task, finished future) in their order. For each worker only so many are under way as
        `ahead` says: neither tasks nor results pile up in memory, however long the list."""
        return Stream(self, work, tasks, much, ahead)

    def results(
        self,
        stream: "Stream[Task, list[Result]]",
        split: Callable[[Task], list[Task]],
        lost: Callable[[Task], Result],
    ) -> Iterator[tuple[Task, list[Result]]]:
        """(task, results) of the tasks of `stream` in their order, whatever becomes of the workers.

        A worker that dies (killed, out of memory, a crash in a library) takes the tasks under way with it. These are
        cut by `split` into tasks of one item and done again one by one; the item that kills its worker once more is
        given up, and `lost` says what stands in its place.
        """
        for task, future in stream:
            try:
                found = future.result()
            except BrokenExecutor:
                found = [result for single in split(task) for result in self._alone(stream.work, single, lost)]
            yield task, found

    def _alone(
        self, work: Callable[[Task], list[Result]], single: Task, lost: Callable[[Task], Result]
    ) -> list[Result]:
        try:
            return self.submit(True, work, single).result()
        except BrokenExecutor:
            self._renew()
        try:  # it may have died of another's doing: a second chance, with nobody else about
            return self.submit(True, work, single).result()
        except BrokenExecutor:
            self._renew()
            return [lost(single)]

    def _renew(self) -> None:
        """Put away processes of which one has died; the next task starts others."""
        self.lost = True
        if self._processes is not None:
            self._processes.shutdown(wait=False, cancel_futures=True)
            self._processes = None

    def _executor(self, much: bool) -> Executor:
        if self._given is not None:
            return self._given
        if not much or self._jobs <= 1:
            return self._here
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                self._jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
            )
        return self._processes

    def room(self, much: bool, ahead: int) -> int:
        """Tasks that may be under way."""
        return 1 if self._executor(much) is self._here else ahead * self._jobs + 2

    def submit(self, much: bool, work: Callable[..., Result], *args: Any) -> Future[Result]:
        """Hand out one task. A pool whose worker has died says so in the future."""
        try:
            return self._executor(much).submit(work, *args)
        except BrokenExecutor as error:
            future: Future[Result] = Future()
            future.set_exception(error)
            return future


class Stream(Iterator[tuple[Task, Future[Result]]]):
    """Tasks on their way; see `Pool.stream`."""

    def __init__(
        self, pool: Pool, work: Callable[[Task], Result], tasks: Iterable[Task], much: bool, ahead: int
    ) -> None:
        self._pool = pool
        self.work = work
        self._tasks = iter(tasks)
        self._much = much
        self._ahead = ahead
        self._waiting: deque[tuple[Task, Future[Result]]] = deque()

    def __next__(self) -> tuple[Task, Future[Result]]:
        self._hand_out()
        if not self._waiting:
            raise StopIteration
        task, future = self._waiting.popleft()
        future.exception()  # waits until it is done; the caller looks at what came of it
        return task, future

    def go_on(self) -> None:
        """Hand out more for what is done by now, without waiting. For work whose results nobody wants: what went well is
        dropped, and comes no more."""
        while self._waiting and self._waiting[0][1].done() and self._waiting[0][1].exception() is None:
            self._waiting.popleft()
        self._hand_out()

    def _hand_out(self) -> None:
        room = self._pool.room(self._much, self._ahead) - len(self._waiting)
        for task in islice(self._tasks, max(room, 0)):
            self._waiting.append((task, self._pool.submit(self._much, self.work, task)))


def _begin() -> None:
    """What a worker does first. Ctrl-C is for the parent, which ends its workers in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _end_with_parent() -> None:
    """End this process as soon as its parent is gone, killed perhaps: it would wait for tasks for ever, and put the page it is
    at over what the next build writes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def chunks(items: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """`items` in lists of at most `size`."""
    chunk: list[Task] = []
    for item in items:
        chunk.append(item)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
