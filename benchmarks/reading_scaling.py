"""The reader on texts that grow: twice the text should take twice the time, whatever its shape."""

from __future__ import annotations

import gc
import time

from benchmarks.machine import one_core
from benchmarks.shapes import UNITS, prose, shaped
from milium import api


SHORT = 200_000
LONG = 4 * SHORT
LONGEST = 10_000_000
# Four times the text; what is beyond this is more than caches and noise explain.
MOST_RATIO = 6.0


def main() -> None:
    print(
        f"processor time to read one answer of {SHORT:,} and of {LONG:,} characters; {one_core()}\n"
    )
    print(f"  {'':22}{'short':>9}{'long':>9}{'ratio':>8}")
    # As the command runs: a collection of garbage would fall into one size and not the other.
    gc.disable()
    api.read_answer(prose(10_000))
    for name in UNITS:
        row(name, shaped(name, SHORT), shaped(name, LONG))
    row("real opinions", prose(SHORT), prose(LONG))
    print(f"\n  {LONGEST:,} characters of real opinions: {seconds(prose(LONGEST)):.1f} s")


def row(name: str, short: str, long: str) -> None:
    # The faster of two: a collection of garbage may fall into one of them.
    brief, lengthy = (min(seconds(text), seconds(text)) for text in (short, long))
    ratio = lengthy / max(brief, 1e-9)
    beyond = "   more than linear" if ratio > MOST_RATIO and lengthy > 0.2 else ""
    print(f"  {name:22}{brief:7.3f} s{lengthy:7.3f} s{ratio:8.1f}{beyond}", flush=True)


def seconds(text: str) -> float:
    gc.collect()
    start = time.process_time()
    api.read_answer(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
