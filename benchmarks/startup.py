"""How long a command takes from process start to its last line, and what it imports on the way."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.texts import ROOT, SHARED


RUNS = 31
SAMPLE = SHARED / "samples" / "milia_en_plaque.case.json"
DEMO = ROOT / "src" / "milium_site" / "config" / "demo_cases" / "milia-behind-the-ears.case.json"


def main() -> None:
    case = SAMPLE if SAMPLE.exists() else DEMO
    print(
        f"wall time of {RUNS} runs after one that is not counted, and the median processor time; the case is {case.name}\n"
    )
    print(f"  {'':36}{'median':>10}{'fastest':>10}{'processor':>12}")
    bare = show("python alone", ["-c", "pass"])
    imported = show("import milium", ["-c", "import milium"])
    show("import milium.api", ["-c", "import milium.api"])
    compared = show("milium compare, one case", ["-m", "milium", "compare", str(case)])
    print(
        f"\n  import milium, without Python's own start: {imported - bare:.3f} s (wanted: under 0.150)"
    )
    print(f"  milium compare: {compared:.3f} s (wanted: under 0.500)")
    found = imported_packages(case)
    site = sorted(found & {"django", "milium_site", "httpx", "asyncio"})
    print(f"  packages among its imports that it should not need: {', '.join(site) or 'none'}")


def show(title: str, arguments: list[str]) -> float:
    runs = [seconds(arguments) for _ in range(RUNS + 1)][1:]
    wall = [run[0] for run in runs]
    median, processor = statistics.median(wall), statistics.median(run[1] for run in runs)
    print(f"  {title:36}{median:8.3f} s{min(wall):8.3f} s{processor:10.3f} s", flush=True)
    return median


def seconds(arguments: list[str]) -> tuple[float, float]:
    """Wall and processor time of one process."""
    start, used = time.perf_counter(), _used()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    times = os.times()
    return times.children_user + times.children_system


def imported_packages(case: Path) -> set[str]:
    """The top packages that one ``milium compare`` imports."""
    command = [sys.executable, "-X", "importtime", "-m", "milium", "compare", str(case)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


if __name__ == "__main__":
    main()
