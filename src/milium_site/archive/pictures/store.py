"""The published copies of photos: files of their own, apart from the originals.

Only the two smaller sizes are published. Files are written before their row and removed after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


FOLDER = "published"
SIZES = ("view", "thumb")


class Missing(Exception):
    """The store holds no such picture, or not the one its row speaks of."""


def write(key: str, pictures: Mapping[str, bytes]) -> None:
    """Keeps every size of a picture; on a failure nothing stays."""
    try:
        for size, data in pictures.items():
            _write(_name(key, size), data)
    except Exception:
        remove(key)
        raise


def _write(name: str, data: bytes) -> None:
    kept = default_storage.save(name, ContentFile(data))
    if kept != name:
        # Something of that name was there already, and the storage chose another.
        default_storage.delete(kept)
        raise FileExistsError(f"{name} is in the store already")


def read(key: str, size: str, *, sha256: str) -> bytes:
    """One size of a picture. Raises ``Missing`` when it is gone or is not what was written."""
    try:
        with default_storage.open(_name(key, size)) as file:
            data: bytes = file.read()
    except OSError as error:
        raise Missing(f"{key} {size} is not in the store") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Missing(f"{key} {size} is not what was written")
    return data


def remove(key: str) -> None:
    """Removes a picture's files; those that are gone already are no trouble."""
    for size in SIZES:
        default_storage.delete(_name(key, size))


def every_file() -> Iterator[tuple[str, datetime]]:
    """The key of each picture that has a file, and when that was written."""
    try:
        files = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    for file in files:
        yield file.partition(".")[0], default_storage.get_modified_time(f"{FOLDER}/{file}")


def _name(key: str, size: str) -> str:
    return f"{FOLDER}/{key}.{size}.webp"
