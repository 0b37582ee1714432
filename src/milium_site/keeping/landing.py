"""Taking a portable archive into an empty instance: everything is checked before anything is written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import Model

from milium_site.foundation.sealed import stored_files
from milium_site.keeping import actions
from milium_site.keeping.portable import (
    AT_ONCE,
    FILES,
    FORMAT,
    MANIFEST,
    carried,
    columns,
    entry_of,
)
from milium_site.keeping.restore import NotEmpty
from milium_site.keeping.sealing import Damaged
from milium_site.keeping.tables import applied, taken


MOST_MANIFEST = 64 * 1024 * 1024
MOST_LINE = 64 * 1024 * 1024
# Rows pack to a twentieth or so. What unpacks to this much more is made to fill a disk.
MOST_PACKED = 500


class OtherVersion(Exception):
    """The archive was made by a Milium with other tables. The message says what to do."""


def import_export(path: Path, *, storage: Storage) -> dict[str, Any]:
    """Puts the archive's rows and files into this instance, which has its tables and nothing in them; the manifest.

    Raises ``Damaged`` with the entry and the reason, ``OtherVersion``, ``NotEmpty``, and ``IntegrityError`` when a row
    points at nothing; then no row and no file stays.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            manifest = checked(pack)
            check_empty(storage)
            try:
                with transaction.atomic():
                    _put_rows(pack)
                    _put_files(pack, manifest, storage)
                    actions.note_import(
                        of=manifest["of"], sha256=_digest_of(manifest), milium=manifest["milium"]
                    )
            except BaseException:
                for name in list(stored_files(storage)):
                    actions.drop_file(storage=storage, name=name)
                raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise Damaged(f"this is no whole archive: {error}") from error
    return manifest


def checked(pack: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest of an archive whose every entry is as it says. Raises ``Damaged`` and ``OtherVersion``."""
    manifest = _manifest(pack)
    said: dict[str, dict[str, Any]] = manifest["entries"]
    there = [info.filename for info in pack.infolist()]
    if sorted(there) != sorted([*said, MANIFEST]):
        raise Damaged("the entries of the archive are not those that its manifest lists")
    if unknown := {n for n in said if not n.startswith(FILES)} - set(map(entry_of, carried())):
        raise Damaged(f"{min(unknown)}: there is no such entry in an archive of ours")
    for name, of in said.items():
        _check(pack, name, of)
    return manifest


def _manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    try:
        info = pack.getinfo(MANIFEST)
    except KeyError as error:
        raise Damaged(f"it has no {MANIFEST}") from error
    if info.file_size > MOST_MANIFEST:
        raise Damaged(f"{MANIFEST} is larger than {MOST_MANIFEST:,} bytes")
    try:
        manifest = json.loads(pack.read(info))
        version, nodes = manifest["milium"], [tuple(node) for node in manifest["migrations"]]
        is_ours = manifest["format"] == FORMAT and nodes == applied("default")
        # Read here, so that what is missing is missed now.
        entries = [(of["bytes"], of["sha256"]) for of in manifest["entries"].values()]
        told = f"{manifest['of']} of {manifest['made_at']}, {len(entries)} entries"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(f"{MANIFEST} cannot be read") from error
    if not is_ours:
        raise OtherVersion(
            f"{told}, was made by Milium {version}, whose tables are not those of this one. Bring both to the same "
            "version: take it in where it was made for, upgrade there first and export again"
        )
    return dict(manifest)


def _check(pack: zipfile.ZipFile, name: str, of: dict[str, Any]) -> None:
    info = pack.getinfo(name)
    if info.file_size > MOST_PACKED * max(info.compress_size, 1) or info.file_size != of["bytes"]:
        raise Damaged(f"{name}: it does not have the size that the manifest says")
    digest = hashlib.sha256()
    with pack.open(info) as entry:
        while piece := entry.read(AT_ONCE * 1024):
            digest.update(piece)
    if digest.hexdigest() != of["sha256"]:
        raise Damaged(f"{name}: its content is not what the manifest says")


def check_empty(storage: Storage) -> None:
    """Raises ``NotEmpty``."""
    for model in carried():
        rows = model._base_manager.all()
        if model._meta.label == "record.Entry":
            rows = rows.exclude(kind="instance")
        if rows.exists():
            raise NotEmpty(
                f"this instance holds rows of {model._meta.label} already. Name a new one: set MILIUM_HOME to an empty "
                "folder, or DATABASE_URL to an empty database, and run milium manage migrate"
            )
    if name := next(stored_files(storage), None):
        raise NotEmpty(f"the store of files holds {name} already. Name an empty folder or bucket")


def _put_rows(pack: zipfile.ZipFile) -> None:
    for model in carried():
        rows = _rows(pack, model)
        while some := list(islice(rows, AT_ONCE)):
            actions.take_in_rows(model=model, rows=some)
    actions.number_on(models=carried())
    connection.check_constraints()


def _rows(pack: zipfile.ZipFile, model: type[Model]) -> Iterator[Model]:
    with pack.open(entry_of(model)) as entry:
        number = 0
        while line := entry.readline(MOST_LINE):
            number += 1
            try:
                yield _row(model, line)
            except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as error:
                raise Damaged(f"{entry_of(model)}:{number}: {error}") from error


def _row(model: type[Model], line: bytes) -> Model:
    values = json.loads(line.decode("utf-8", "surrogatepass"))
    return model(**{f.attname: taken(f, values[f.attname]) for f in columns(model)})


def _put_files(pack: zipfile.ZipFile, manifest: dict[str, Any], storage: Storage) -> None:
    for name in manifest["entries"]:
        if name.startswith(FILES):
            actions.take_in_file(
                storage=storage, name=name.removeprefix(FILES), content=pack.read(name)
            )


def _digest_of(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest["entries"], sort_keys=True).encode()).hexdigest()
