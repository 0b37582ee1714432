"""Whole comparisons of real cases: question and opinions read, rows made, notes found."""

from __future__ import annotations

import json
import statistics
import time

from benchmarks import texts
from benchmarks.machine import one_core
from milium import api


def main() -> None:
    if not texts.PANELS.exists():
        print(f"skipped: {texts.PANELS.name} is not there")
        return
    cases = [api.case_from_json(data, source=texts.PANELS.name) for data in texts.panels()]
    print(
        f"{len(cases)} cases, {sum(len(case.opinions) for case in cases):,} opinions; {one_core()}\n"
    )
    for case in cases[:20]:
        api.compare(case)
    times, characters = [], 0
    for case in cases:
        start = time.process_time()
        characters += len(json.dumps(api.to_dict(api.compare(case))))
        times.append(time.process_time() - start)
    print(f"  {len(cases) / sum(times):,.0f} cases/s of processor time, JSON made included")
    print(
        f"  a case: median {statistics.median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.1f} ms"
    )
    print(f"  {characters / len(cases) / 1000:.1f} kB of JSON a case")


if __name__ == "__main__":
    main()
