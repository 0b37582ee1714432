"""Every opinion of the panels on one process and on a local Dask cluster: the same readings, and how much faster."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from dask import bag
from dask.distributed import Client, LocalCluster

from benchmarks.texts import opinions
from milium import api
from milium.api.distributed import read_answers


# One time over takes less than a second, of which starting would be the larger part.
TIMES = 40
PARTS = 16


def main() -> None:
    texts, whose = opinions()
    many = texts * TIMES
    api.read_answer(texts[0])
    with TemporaryDirectory() as folder:
        files = written(many, Path(folder))
        alone, took = timed(lambda: [digest(map(api.read_answer, lines(file))) for file in files])
        print(
            f"{whose}, {TIMES} times over, in {PARTS} files\n\n  one process        {took:6.1f} s"
        )
        for workers in (1, 2):
            row(workers, files, alone)


def written(texts: list[str], folder: Path) -> list[Path]:
    files = [folder / f"{number:02}.jsonl" for number in range(PARTS)]
    for number, file in enumerate(files):
        file.write_text("".join(json.dumps(text) + "\n" for text in texts[number::PARTS]))
    return files


def lines(file: Path) -> Iterator[str]:
    with file.open() as texts:
        yield from map(json.loads, texts)


def row(workers: int, files: list[Path], alone: list[str]) -> None:
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,
    ):
        # The workers have read their terms before anything is timed.
        client.run(api.read_answer, "Use a retinoid.")
        # Each part is read where it lies, and what comes back tells whether it is the same.
        texts = bag.read_text([str(file) for file in files]).map(json.loads)
        readings = read_answers(texts).map_partitions(lambda part: [digest(part)])
        found, took = timed(readings.compute)
    same = "the same readings" if found == alone else "OTHER READINGS"
    print(
        f"  {workers} worker{'s' if workers > 1 else ' '}          {took:6.1f} s   {same}",
        flush=True,
    )


def digest(readings: Iterable[tuple[api.Statement, ...]]) -> str:
    whole = hashlib.sha256()
    for said in readings:
        whole.update(repr(said).encode())
    return whole.hexdigest()


def timed(work: Callable[[], list[str]]) -> tuple[list[str], float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


if __name__ == "__main__":
    main()
