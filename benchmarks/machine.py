"""On what the figures were taken."""

from __future__ import annotations

import datetime
import os
import platform
from pathlib import Path

import milium


def facts() -> str:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return (
        f"# Milium {milium.__version__}, {today}\n\n"
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; load {_load()} at the start"
    )


def _line(file: str, start: str) -> str:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(start)), "")


def _processor() -> str:
    return _line("/proc/cpuinfo", "model name") or platform.processor() or "a processor"


def _memory() -> str:
    kilobytes = _line("/proc/meminfo", "MemTotal").split()
    return f"{int(kilobytes[0]) / 1024**2:.0f} GiB" if kilobytes else "memory unknown"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def cores() -> set[int]:
    """The cores this process may use; empty where the system does not say."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


def use(wanted: set[int]) -> None:
    """Keep this process to those cores where the system allows it."""
    if wanted:
        os.sched_setaffinity(0, wanted)


def one_core() -> str:
    """Keep this process to one core where the system allows it; says which."""
    if not cores():
        return "not bound to one core on this system; every program here uses one thread"
    core = max(cores())
    use({core})
    return f"bound to core {core}"
