"""The instance folder: everything one installation keeps beside its settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def made(path: Path) -> Path:
    """The folder, made where it was missing and closed to other users."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def own_secret(file: Path) -> str:
    """The installation's own secret, drawn at the first start and kept in ``file``.

    Two processes may start at once: the one that creates the file draws, the other reads.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    drawn = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(drawn)
    return drawn
