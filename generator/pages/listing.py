"""The engine of numbered lists.

A list is cut from its oldest end: page 1 holds the oldest, every numbered page is full and stays as it is, and the
list's own address holds the newest. A new article so makes one page stale; newest-first numbering would make all.
The newest page holds between one and two pages' worth, so that it is never nearly empty.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from generator.pages.views import Pager
from generator.urls import part_url

Item = TypeVar("Item")
SEPARATOR = "\x1f"
SHOWN = 12
"""How many older pages the newest one links to by number."""


class Part(Struct, frozen=True):
    """Items `start` to `stop` of a list that is counted from its oldest. `number` is `None` for the newest page, and
    `full` the number of numbered pages."""

    number: int | None
    start: int
    stop: int
    full: int

    @property
    def newest_numbered(self) -> bool:
        """Whether the page after this one is the list's own address."""
        return self.number == self.full

    @property
    def told(self) -> int:
        """What a page says of how many there are: all on the newest page; on a numbered one those it holds, or another
        article in the list would make it stale."""
        return self.stop if self.number is None else self.stop - self.start


def parts(count: int, size: int) -> list[Part]:
    """The pages of a list of `count` items, newest page first. There is always a newest page, even an empty one."""
    full = max(0, count // size - 1)
    return [part_of(count, size, None), *(part_of(count, size, number) for number in range(full, 0, -1))]


def part_of(count: int, size: int, number: int | None) -> Part:
    """Page `number` of a list, or the newest."""
    full = max(0, count // size - 1)
    if number is None:
        return Part(None, full * size, count, full)
    return Part(number, (number - 1) * size, number * size, full)


def pager(url: str, part: Part) -> Pager:
    """The links of one page of the list at `url` to its neighbours. Only the newest page tells how many there are."""
    older = part.full if part.number is None else part.number - 1
    older_url = part_url(url, older) if older else None
    if part.number is None:
        shown = tuple((number, part_url(url, number)) for number in range(older, max(0, older - SHOWN), -1))
        return Pager(None, url, None, older_url, shown)
    newer = url if part.newest_numbered else part_url(url, part.number + 1)
    return Pager(part.number, url, newer, older_url)


def address(url: str, part: Part) -> str:
    return url if part.number is None else part_url(url, part.number)


def key_of(part: Part, *names: str) -> str:
    """The key of a list's page: the list's names and the page's number, the newest being empty."""
    return SEPARATOR.join((*names, "" if part.number is None else str(part.number)))


def names_of(key: str) -> tuple[list[str], int | None]:
    """What `key_of` was made from."""
    *names, number = key.split(SEPARATOR)
    return names, int(number) if number else None


def groups(items: Sequence[Item], key: Callable[[Item], str]) -> Iterator[tuple[str, list[Item]]]:
    """Neighbouring items with the same key."""
    group: list[Item] = []
    last: str | None = None
    for one in items:
        at = key(one)
        if group and at != last:
            yield last or "", group
            group = []
        group.append(one)
        last = at
    if group:
        yield last or "", group
