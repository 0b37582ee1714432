"""Where the pictures are: the one place that reads, writes and removes their files.

Django's default storage decides the rest: a folder of the instance, or an S3-compatible store by settings. A case has a
folder; a photo has a file for each size, under its key. Files are written before their row and removed after it, so that a
row never lacks its files; what a crash leaves over, ``milium manage sweep_photos`` removes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from milium_site.photos.cleaning import Size


FOLDER = "photos"


class Missing(Exception):
    """The store holds no such picture, or not the one its row speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file of the store, by its name, the key of its photo, and when it was written."""

    name: str
    photo: str
    written: datetime


def write(case: str, photo: str, sizes: Mapping[str, Size]) -> dict[str, dict[str, object]]:
    """Keeps every size; gives back what a row remembers of each. On a failure nothing stays."""
    try:
        return {name: _written(_name(case, photo, name), size) for name, size in sizes.items()}
    except Exception:
        remove(case, photo, sizes)
        raise


def _written(name: str, size: Size) -> dict[str, object]:
    kept = default_storage.save(name, ContentFile(size.data))
    if kept != name:
        # Something of that name was there already, and the storage chose another.
        default_storage.delete(kept)
        raise FileExistsError(f"{name} is in the store already")
    return {
        "width": size.width,
        "height": size.height,
        "bytes": len(size.data),
        "sha256": hashlib.sha256(size.data).hexdigest(),
    }


def read(case: str, photo: str, size: str, *, sha256: str) -> bytes:
    """One size of a photo. Raises ``Missing`` when it is gone or is not what was written."""
    try:
        with default_storage.open(_name(case, photo, size)) as file:
            data: bytes = file.read()
    except OSError as error:
        raise Missing(f"{photo} {size} is not in the store") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Missing(f"{photo} {size} is not what was written")
    return data


def remove(case: str, photo: str, sizes: Mapping[str, object]) -> None:
    """Removes a photo's files; those that are gone already are no trouble."""
    for size in sizes:
        default_storage.delete(_name(case, photo, size))
    _remove_if_empty(f"{FOLDER}/{case}")


def delete(kept: Kept) -> None:
    """Removes one file."""
    default_storage.delete(kept.name)
    _remove_if_empty(kept.name.rpartition("/")[0])


def every_file() -> Iterator[Kept]:
    """All that is in the store."""
    for case in _listed(FOLDER)[0]:
        for file in _listed(f"{FOLDER}/{case}")[1]:
            name = f"{FOLDER}/{case}/{file}"
            yield Kept(
                name=name,
                photo=file.partition(".")[0],
                written=default_storage.get_modified_time(name),
            )


def names(case: str, photo: str, sizes: Mapping[str, object]) -> set[str]:
    """The names of a photo's files."""
    return {_name(case, photo, size) for size in sizes}


def _name(case: str, photo: str, size: str) -> str:
    return f"{FOLDER}/{case}/{photo}.{size}.webp"


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _remove_if_empty(folder: str) -> None:
    # A folder of files is a place on a disk; in an object store there are only names, and nothing is listed.
    if _listed(folder) == ([], []) and default_storage.exists(folder):
        default_storage.delete(folder)
