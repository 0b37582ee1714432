"""The process that cleans one photo: standard input -> standard output, with little memory, little time and no secrets.

The answer is a JSON line, then the bytes of each size in its order. Exit code 0 means that the answer is whole.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict

from milium_site.photos.cleaning import Refused, clean
from milium_site.photos.limits import MOST_BYTES, MOST_MEMORY, MOST_SECONDS


# Pages come first: whoever sends a photo waits a little longer than whoever reads.
NICENESS = 10


def main() -> int:
    """Cleans what stands on standard input."""
    _keep_within_limits()
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        cleaned = clean(data)
    except Refused as refusal:
        answer: dict[str, object] = {"refused": refusal.reason}
        parts: list[bytes] = []
    else:
        sizes = cleaned.sizes
        answer = {
            "quality": asdict(cleaned.quality),
            "sizes": [[name, s.width, s.height, len(s.data)] for name, s in sizes.items()],
        }
        parts = [size.data for size in sizes.values()]
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode("ascii") + b"\n")
    for part in parts:
        out.write(part)
    out.flush()
    return 0


def _keep_within_limits() -> None:
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
