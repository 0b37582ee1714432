"""Stored files: sealed before they leave the process, and whole or not there at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.deconstruct import deconstructible
from django.utils.module_loading import import_string
from typing_extensions import override

from milium_site.foundation.keyring import opened_file, sealed_file


class StoreAway(Exception):
    """The store of files cannot be reached, or could not do what it was asked. Nothing is wrong with what was sent."""


@deconstructible
class WholeFiles(FileSystemStorage):
    """Files of this machine, written beside and moved into place: a process that dies leaves no half of one."""

    puts_whole: ClassVar[bool] = True

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = target.parent / f".{secrets.token_hex(8)}.part"
        try:
            with beside.open("xb") as stream:
                for chunk in content.chunks():
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        return name


@deconstructible
class SealedFiles(Storage):
    """Any other storage, given sealed content only. ``BACKEND`` and ``OPTIONS`` name the one that keeps the files.

    A file is read whole: photos are at most a few megabytes.
    """

    def __init__(self, *, BACKEND: str, OPTIONS: Mapping[str, Any] | None = None) -> None:  # noqa: N803 (as Django names them)
        self.kept_in = cast("Storage", import_string(BACKEND)(**(OPTIONS or {})))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with self.kept_in.open(name, "rb") as stored:
            return File(BytesIO(opened_file(stored.read())), name=name)

    def _save(self, name: str, content: File[Any]) -> str:
        content.seek(0)
        return self.kept_in.save(name, ContentFile(sealed_file(content.read())))

    def replace(self, name: str, content: File[Any]) -> None:
        """New content under the same name. Readers meet the old or the new, where the storage behind can do so."""
        whole = ContentFile(sealed_file(content.read()))
        if getattr(self.kept_in, "puts_whole", False):
            self.kept_in._save(name, whole)  # type: ignore[attr-defined]  # noqa: SLF001 (Django has no public name for "store under this very name")
        else:
            self.kept_in.delete(name)
            self.kept_in.save(name, whole)

    @override
    def delete(self, name: str) -> None:
        self.kept_in.delete(name)

    @override
    def exists(self, name: str) -> bool:
        return self.kept_in.exists(name)

    @override
    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self.kept_in.listdir(path)

    @override
    def size(self, name: str) -> int:
        """Bytes as stored, a few more than the content has."""
        return self.kept_in.size(name)

    @override
    def get_modified_time(self, name: str) -> datetime:
        return self.kept_in.get_modified_time(name)


def behind(storage: Storage) -> Storage:
    """The store that keeps the files as they are: for a sealed one, the one that holds the sealed content."""
    return getattr(storage, "kept_in", storage)
