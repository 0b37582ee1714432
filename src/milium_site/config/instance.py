"""The instance folder: everything one installation keeps beside its settings."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def made(path: Path) -> Path:
    """The folder, made where it was missing and closed to other users."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def own_secret(file: Path, draw: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """A secret of the installation's own, drawn at the first start and kept in ``file``.

    Two processes may start at once: both draw, one of the drawings becomes the file, whole, and both read it.
    """
    if not file.exists():
        drawn = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        drawn.touch(mode=0o600)
        drawn.write_text(draw(), encoding="ascii")
        with suppress(FileExistsError):
            file.hardlink_to(drawn)
        drawn.unlink()
    return file.read_text(encoding="ascii").strip()
