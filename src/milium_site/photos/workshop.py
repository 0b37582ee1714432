"""Photos are cleaned in processes of their own, few at a time, so that no file and no crowd can hurt the site.

A process lives for one photo: what a hostile file does to it ends with it. It is given neither the site's settings
nor its secrets. docs/adr/0024 says why.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milium_site.foundation.uploads import RECEIVED_AT_ONCE
from milium_site.photos.cleaning import Cleaned, Refused, Size
from milium_site.photos.limits import MOST_BYTES, MOST_WAITED
from milium_site.photos.quality import Quality


SOURCES = Path(__file__).resolve().parents[2]
MODULE = "milium_site.photos.cleaner"
# Of each web process: how many photos are cleaned at once, and how many requests may wait for their turn: as many as are
# received at once, for what came over a slow line should not have to come again. The other threads answer pages.
AT_ONCE = 1
AT_ONCE_OR_WAITING = RECEIVED_AT_ONCE
PATIENCE = 2 * MOST_WAITED
_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE_OR_WAITING)


class Busy(Exception):
    """Too many photos are being cleaned right now. Nothing was kept; the same photo can be sent again at once."""


def cleaned(data: bytes) -> Cleaned:
    """The photo, cleaned. Raises ``Refused`` for what cannot be kept and ``Busy`` when there is no room now."""
    if not data:
        raise Refused("empty")
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    with _turn():
        answer = _run(data)
    return _read(answer)


@contextmanager
def _turn() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def _run(data: bytes) -> bytes:
    command = [sys.executable, "-P", "-s", "-m", MODULE]
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command; the photo is its input)
            command,
            input=data,
            capture_output=True,
            timeout=MOST_WAITED,
            env=environment(),
            check=True,
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        # What a hostile file can use up is time of the processor, of which the process itself has little.
        raise Busy from error
    except (subprocess.SubprocessError, OSError) as error:
        # Killed by a limit, or crashed: closed.
        raise Refused("broken") from error
    return done.stdout


def environment() -> dict[str, str]:
    """What the process is told: where the code is, and none of the site's settings and secrets."""
    return {"PYTHONPATH": str(SOURCES), "LC_ALL": "C.UTF-8", "PATH": os.defpath}


def _read(answer: bytes) -> Cleaned:
    head, _, rest = answer.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        raise Refused("broken") from error
    if "refused" in told:
        raise Refused(told["refused"])
    sizes, at = {}, 0
    for name, width, height, length in told["sizes"]:
        sizes[name] = Size(data=rest[at : at + length], width=width, height=height)
        at += length
    if at != len(rest):
        raise Refused("broken")
    return Cleaned(sizes=sizes, quality=Quality(**told["quality"]))
