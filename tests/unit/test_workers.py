"""Workers: order, bounded work under way, and what becomes of a task whose worker dies."""

import os
from collections.abc import Iterator

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
