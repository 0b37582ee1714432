"""The same work on each of a stream, in order, by one process or several, never holding more than a few items."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar


Item = TypeVar("Item")
Result = TypeVar("Result")
# Items sent to a process at once: enough that sending costs little beside the work.
BATCH = 32


def each(work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int) -> Iterator[Result]:
    """``work(item)`` for every item, in the order of the items."""
    return map(work, items) if jobs == 1 else _by_processes(work, items, jobs)


def _by_processes(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[Result]:
    # Not needed, and slow to import, when one process does the work.
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415

    waiting: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        for batch in _batches(items):
            waiting.append(pool.submit(_all, work, batch))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _all(work: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [work(item) for item in batch]
