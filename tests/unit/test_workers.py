"""Workers: order, bounded work under way, and what becomes of a task whose worker dies."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.workers import Pool, chunks


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
        found = [result for _, part in pool.results(doubled, chunks(range(30), 5), True, singles, lambda task: -task[0]) for result in part]
    assert found == [-13 if number == 13 else 2 * number for number in range(30)]
