"""Files that are whole or not there: written beside their name, readable by their owner alone, named at the end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


BUFFER = 1024 * 1024


@contextmanager
def beside(path: Path, *, what: str) -> Iterator[Path]:
    """Where to write ``path``, which gets its name when the block ends well; else nothing stays.

    Raises ``FileExistsError`` rather than write over anything; ``what`` names the kind of file there.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already: {what} is never written over another")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.rename(path)
        _settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def private(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, on the disk when the block ends."""
    with open(path, "xb", buffering=BUFFER, opener=_closed_to_others) as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _closed_to_others(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _settle(folder: Path) -> None:
    """The name too is on the disk, not only the content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
