"""Workers: order, bounded work under way, and what becomes of a task whose worker dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from generator.workers import Here, Pool, chunks


def doubled(task: list[int]) -> list[int]:
    """Twice each number; 13 kills the process it is done in."""
    if 13 in task:
        os._exit(9)
    return [2 * number for number in task]


def singles(task: list[int]) -> list[list[int]]:
    return [[number] for number in task]


def test_results_come_in_the_order_of_the_tasks() -> None:
    with Pool(2) as pool:
        found = [future.result() for _, future in pool.stream(doubled, chunks(range(20, 60), 7), True)]
    assert [number for chunk in found for number in chunk] == list(range(40, 120, 2))


def leave_a_mark(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def test_processes_may_start_before_there_is_work(tmp_path: Path) -> None:
    with Pool(2) as pool:
        pool.start(partial(leave_a_mark, tmp_path))
        found = [number for _, future in pool.stream(doubled, [[1], [2]], True) for number in future.result()]
    assert found == [2, 4]
    started = {file.name for file in tmp_path.iterdir()}
    assert 0 < len(started) <= 2
    assert str(os.getpid()) not in started


def test_one_process_starts_no_other(tmp_path: Path) -> None:
    with Pool(1) as pool:
        pool.start(partial(leave_a_mark, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_no_more_is_taken_than_can_be_worked_on() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[list[int]]:
        for number in range(20, 60):
            taken.append(number)
            yield [number]

    with Pool(1) as pool:
        for _ in pool.stream(doubled, tasks(), True):
            assert len(taken) <= 2
            taken.clear()


def test_a_worker_that_dies_costs_its_item_and_no_other() -> None:
    with Pool(2) as pool:
        stream = pool.stream(doubled, chunks(range(30), 5), True)
        found = [result for _, part in pool.results(stream, singles, lambda task: -task[0]) for result in part]
    assert found == [-13 if number == 13 else 2 * number for number in range(30)]


@pytest.mark.parametrize("deadly", [False, True])
def test_work_whose_results_nobody_wants_goes_on_by_itself(deadly: bool) -> None:
    given: list[int] = []

    def tasks() -> Iterator[list[int]]:
        for number in range(10, 30):
            given.append(number)
            yield [number if number != 13 or deadly else 0]

    with Pool(2) as pool:
        stream = pool.stream(doubled, tasks(), True, ahead=1)
        stream.go_on()
        assert len(given) == 4, "no more than may be under way"

        def ended() -> bool:
            stream.go_on()
            return len(given) == 20

        assert deadly or until(ended)
        found = [result for _, part in pool.results(stream, singles, lambda task: -task[0]) for result in part]
    if deadly:
        assert -13 in found
    assert set(found) <= {-13, *range(20, 60, 2)}
    assert len(given) == 20


def sleep_long(folder: Path) -> None:
    leave_a_mark(folder)
    time.sleep(60)


def hold_processes(folder: str) -> None:
    """What the process does that is killed: it has two workers, one at work and one that waits for some."""
    with Pool(2) as pool:
        pool.start(partial(leave_a_mark, Path(folder)))
        pool.start(partial(sleep_long, Path(folder)))
        time.sleep(60)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")  # one that ended and that nobody has asked about
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def until(done: Callable[[], bool]) -> bool:
    """Whether it is so within half a minute."""
    end = time.monotonic() + 30
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system about processes as POSIX does")
def test_workers_end_when_their_build_is_killed(tmp_path: Path) -> None:
    folder = Path(__file__).parent
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import test_workers; test_workers.hold_processes({str(tmp_path)!r})"
    parent = subprocess.Popen([sys.executable, "-c", code])
    assert until(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(mark.name) for mark in tmp_path.iterdir()]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert until(lambda: not any(map(alive, workers)))


def test_work_is_done_beside_by_another_process_if_there_may_be_one() -> None:
    with Pool(2) as pool:
        found = pool.beside(doubled, [3])
        assert found is not None
        assert found.result() == [6]
    with Pool(1) as pool:
        assert pool.beside(doubled, [3]) is None
    with Pool(2, Here()) as pool:
        assert pool.beside(doubled, [3]) is None
