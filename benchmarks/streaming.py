"""Memory while opinions stream through ``milium read --format jsonl``: flat, whatever their number."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from benchmarks.texts import opinions


FEW, MANY = 50_000, 1_000_000
MOST_MEGABYTES = 300
SAMPLES = 10


def main(*, full: bool = False) -> None:
    count = MANY if full else FEW
    texts, source = opinions()
    print(f"{count:,} texts through a pipe, cycling {source}\n")
    if not Path("/proc/self/status").exists():
        print("skipped: memory is read from /proc, which this system does not have")
        return
    sizes, seconds = stream(texts, count)
    for read, megabytes in sizes:
        print(f"  after {read:9,} lines{megabytes:8.0f} MB")
    start, end = sizes[len(sizes) // 2][1], sizes[-1][1]
    print(f"\n  {count / seconds:,.0f} texts/s through the pipe, wall time")
    print(
        f"  grown by {end - start:.1f} MB over the second half; peak {peak(sizes):.0f} MB", end=""
    )
    print(f" (wanted: flat, under {MOST_MEGABYTES})")
    if not full:
        print(f"  python -m benchmarks --full streaming does all {MANY:,}")


def stream(texts: list[str], count: int) -> tuple[list[tuple[int, float]], float]:
    """Memory after each tenth of the lines, and the seconds it all took."""
    command = [sys.executable, "-m", "milium", "read", "--format", "jsonl"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        threading.Thread(target=feed, args=(process.stdin, texts, count)).start()
        sizes = []
        for number, _ in enumerate(process.stdout, 1):
            if number % (count // SAMPLES) == 0 and number < count:
                sizes.append((number, megabytes(process.pid)))
        # With its last line the process may be gone: the system has kept what it needed at most.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        sizes.append((number, usage.ru_maxrss / 1024))
        seconds = time.perf_counter() - start
    if process.returncode or number != count:
        raise SystemExit(f"milium read gave {number:,} lines and exit code {process.returncode}")
    return sizes, seconds


def feed(pipe: IO[bytes], texts: list[str], count: int) -> None:
    with pipe:
        for number, text in enumerate(itertools.islice(itertools.cycle(texts), count)):
            pipe.write(json.dumps({"id": number, "text": text}).encode() + b"\n")


def megabytes(pid: int) -> float:
    """The largest resident size the process has had."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the process ended before its memory could be read")


def peak(sizes: list[tuple[int, float]]) -> float:
    return max(megabytes for _, megabytes in sizes)


if __name__ == "__main__":
    main(full="--full" in sys.argv)
