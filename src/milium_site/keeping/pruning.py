"""Old backups: with the last of them goes what people have erased since."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from milium_site.keeping.sealing import MARK


def prune(folder: Path, *, days: int, least: int, now: datetime) -> list[Path]:
    """Removes the backups in the folder that are older than ``days``, but never the newest ``least``; gives what went.

    A file that Milium did not write is left alone, whatever its name.
    """
    found = [file for file in folder.iterdir() if file.is_file() and _is_backup(file)]
    found.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    before = (now - timedelta(days=days)).timestamp()
    old = [file for file in found[least:] if file.stat().st_mtime < before]
    for file in old:
        file.unlink()
    return old


def _is_backup(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(MARK)) == MARK
