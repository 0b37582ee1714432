"""``python -m benchmarks [--full] [NAME ...]``: one report, the machine and the date at its head."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time

from benchmarks import machine


NAMES = (
    "reading_speed",
    "reading_scaling",
    "distributed",
    "startup",
    "compare_panels",
    "streaming",
    "triage",
    "retrieval",
    "published_page",
    "deidentification",
    "photos",
    "serving",
    "slow_line",
    "queue_of_cases",
    "sealed_times",
    "exchange",
    "reading_review",
    "signing",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--full", action="store_true", help="all 1,000,000 opinions or cases")
    args = parser.parse_args()
    unknown = sorted(set(args.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; they are {', '.join(NAMES)}")
    print(machine.facts())
    for name in args.names or NAMES:
        run(name, full=args.full)
    return 0


def run(name: str, *, full: bool) -> None:
    print(f"\n## {name}\n", flush=True)
    if importlib.util.find_spec(f"benchmarks.{name}") is None:
        print("not there yet")
        return
    module = importlib.import_module(f"benchmarks.{name}")
    start, cores = time.perf_counter(), machine.cores()
    if name in ("streaming", "retrieval"):
        module.main(full=full)
    else:
        module.main()
    # One benchmark may keep to one core; the next starts free.
    machine.use(cores)
    print(f"\n({time.perf_counter() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
