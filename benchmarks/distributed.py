"""Every opinion of the panels on one process and on a local Dask cluster: the same readings, and how much faster."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from dask import bag
from dask.distributed import Client, LocalCluster

from benchmarks.texts import opinions
from milium import api
from milium.api.distributed import read_answers


# One time over takes a second or two, of which handing out the work would be a large part.
TIMES = 4
PARTS = 16


def main() -> None:
    texts, whose = opinions()
    many = texts * TIMES
    api.read_answer(texts[0])
    alone, took = timed(lambda: [digest(api.read_answer(text)) for text in many])
    print(f"{whose}, {TIMES} times over\n\n  one process        {took:6.1f} s")
    for workers in (1, 2):
        row(workers, many, alone)


def row(workers: int, texts: list[str], alone: list[str]) -> None:
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster),
    ):
        # The workers have read their terms before anything is timed.
        read_answers(bag.from_sequence(texts[:8], npartitions=8)).compute()
        # What was read stays where it was read; what comes back tells whether it is the same.
        readings = read_answers(bag.from_sequence(texts, npartitions=PARTS)).map(digest)
        found, took = timed(readings.compute)
    same = "the same readings" if found == alone else "OTHER READINGS"
    print(
        f"  {workers} worker{'s' if workers > 1 else ' '}          {took:6.1f} s   {same}",
        flush=True,
    )


def digest(said: tuple[api.Statement, ...]) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


def timed(work: Callable[[], list[str]]) -> tuple[list[str], float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


if __name__ == "__main__":
    main()
