"""How long cleaning a photo takes, and how much memory. What ten at once do to the pages is in benchmarks/serving.py.

The photos are made here: noise of several sizes on a skin tone, which is harder to decode and to encode than skin.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys

from PIL import Image

from benchmarks import machine
from benchmarks.texts import ROOT


RUNS = 9
ONE = """
import json, sys, time
from pathlib import Path
from milium_site.photos.cleaning import clean
data = sys.stdin.buffer.read()
start = time.process_time()
sizes = clean(data).sizes
used = time.process_time() - start
# The most memory of this process alone; what getrusage tells begins with that of the process that started it.
status = Path("/proc/self/status").read_text(encoding="ascii")
most = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps([used, most, [len(s.data) for s in sizes.values()]]))
"""


def main() -> None:
    print(f"{machine.one_core()}; {RUNS} runs, each in a process of its own: processor time\n")
    print(f"  {'':34}{'median':>9}{'slowest':>9}{'memory':>9}{'kept':>9}")
    for title, size, kind in (
        ("12 megapixel JPEG", (4000, 3000), "JPEG"),
        ("12 megapixel JPEG of an iPhone", (4032, 3024), "JPEG"),
        ("48 megapixel JPEG", (8064, 6048), "JPEG"),
        ("12 megapixel PNG", (4000, 3000), "PNG"),
        ("12 megapixel WebP", (4000, 3000), "WEBP"),
    ):
        show(title, made(size, kind))
    print("\n  wanted of the 12 megapixel JPEG: under 0.5 s and 150 MB")


def made(size: tuple[int, int], kind: str) -> bytes:
    width, height = size
    grain = Image.effect_noise((width // 4, height // 4), 40).resize(size)
    image = Image.blend(
        Image.merge("RGB", [grain] * 3), Image.new("RGB", size, (224, 172, 140)), 0.6
    )
    file = io.BytesIO()
    image.save(file, kind, quality=90)
    return file.getvalue()


def show(title: str, data: bytes) -> None:
    runs = [one(data) for _ in range(RUNS)]
    used = [run[0] for run in runs]
    most, kept = max(run[1] for run in runs), sum(runs[0][2]) // 1024
    print(
        f"  {title:34}{statistics.median(used):7.2f} s{max(used):7.2f} s{most:6.0f} MB{kept:6} kB"
    )


def one(data: bytes) -> tuple[float, float, list[int]]:
    done = subprocess.run(
        [sys.executable, "-c", ONE],
        input=data,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    used, most, sizes = json.loads(done.stdout)
    return used, most, sizes


if __name__ == "__main__":
    main()
