"""Writing a backup, and reading one: the database as it was at one moment and every stored file, sealed, in one file."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from django.core.files.storage import Storage
from django.db import connections
from django.utils import timezone

from milium_site.foundation.envelope import MasterKey, number_in_file
from milium_site.foundation.files import SealedFiles, behind
from milium_site.foundation.models import DataKey
from milium_site.foundation.sealed import stored_files
from milium_site.keeping.pieces import (
    END,
    FILE,
    ROWS,
    START,
    Piece,
    Tally,
    read_pieces,
    write_piece,
)
from milium_site.keeping.sealing import Damaged, SealedReader, SealedWriter
from milium_site.keeping.snapshot import next_number, one_moment
from milium_site.keeping.tables import Node, applied, tables_at
from milium_site.keeping.whole import BUFFER, beside, private


FORMAT = 1


class ChangedMeanwhile(Exception):
    """A backup begun now would not fit together. The message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a whole backup says of itself. ``tables`` holds for each its count, digest and next number."""

    start: dict[str, Any]
    end: dict[str, Any]

    @property
    def key(self) -> str:
        """Which backup it is."""
        return str(self.start["key"])

    @property
    def nodes(self) -> list[Node]:
        """The migrations that its tables are of."""
        return [(app, name) for app, name in self.start["migrations"]]

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What it holds of each table."""
        return cast("dict[str, dict[str, Any]]", self.end["tables"])

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table["count"] for table in self.tables.values())

    @property
    def files(self) -> int:
        """Stored files."""
        return int(self.end["files"]["count"])


def write_backup(
    path: Path, *, alias: str, storage: Storage, masters: tuple[MasterKey, ...]
) -> Contents:
    """Writes ``path``; nothing has that name before it is whole and was read back.

    Raises ``FileExistsError`` rather than write over anything, and ``ChangedMeanwhile``.
    """
    with beside(path, what="a backup") as part:
        with private(part) as stream:
            sealed = SealedWriter(stream, masters[0])
            for piece in pieces_of(alias, storage):
                write_piece(sealed, piece)
            sealed.finish()
        return verify(part, masters)


def pieces_of(alias: str, storage: Storage) -> Iterator[Piece]:
    """The whole instance, piece by piece."""
    with one_moment(alias):
        nodes = applied(alias)
        keys = DataKey.objects.using(alias)
        yield Piece(
            kind=START,
            about={
                "format": FORMAT,
                "key": secrets.token_hex(8),
                "milium": version("milium"),
                "made_at": timezone.now().isoformat(timespec="seconds"),
                "database": connections[alias].vendor,
                "migrations": nodes,
                "encryption_keys": sorted(set(keys.values_list("master", flat=True))),
            },
        )
        tables: dict[str, object] = {}
        yield from row_pieces(alias, nodes, tables)
        files = Tally()
        yield from _file_pieces(storage, set(keys.values_list("pk", flat=True)), files)
    yield Piece(kind=END, about={"tables": tables, "files": files.as_json()})


def row_pieces(alias: str, nodes: list[Node], tables: dict[str, object]) -> Iterator[Piece]:
    """The rows of every table; ``tables`` is told what each held."""
    for table in tables_at(alias, nodes):
        tally = Tally()
        for block in table.blocks(alias, tally):
            yield Piece(kind=ROWS, about={"table": table.name}, body=b"\n".join(block))
        tables[table.name] = tally.as_json()
        if number := table.number:
            largest = (
                table.model._base_manager.using(alias).order_by("-pk").values_list("pk", flat=True)
            )
            next_ = next_number(alias, table.name, number, largest.first() or 0)
            tables[table.name] = tally.as_json() | {"column": number, "next": next_}


def read_backup(path: Path, masters: Iterable[MasterKey]) -> Iterator[Piece]:
    """Every piece of a backup. Raises ``Damaged``, and ``Unreadable`` without the right key."""
    with path.open("rb", buffering=BUFFER) as stream:
        yield from read_pieces(io.BufferedReader(SealedReader(stream, masters), BUFFER))


def verify(path: Path, masters: Iterable[MasterKey]) -> Contents:
    """Reads all of it and counts. Raises ``Damaged`` where it is not whole or not what it says."""
    pieces = read_backup(path, masters)
    first = next(pieces, None)
    if first is None or first.kind != START:
        raise Damaged("it has no start")
    counted = _Counted(tables={}, files=Tally())
    last = first
    for last in pieces:
        if last.kind == END:
            break
        counted.take(last)
    if last.kind != END or next(pieces, None) is not None:
        raise Damaged("its parts are not in their order")
    counted.compare(last.about)
    return Contents(start=_understood(first.about), end=last.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What was met on the way through a backup."""

    tables: dict[str, Tally]
    files: Tally

    def take(self, piece: Piece) -> None:
        if piece.kind == FILE:
            _count_file(piece, self.files)
            return
        if piece.kind != ROWS:
            raise Damaged("its parts are not in their order")
        tally = self.tables.setdefault(piece.about["table"], Tally())
        for line in piece.body.split(b"\n"):
            tally.add(line)

    def compare(self, said: dict[str, Any]) -> None:
        empty = Tally().as_json()
        found = dict.fromkeys(said["tables"], empty) | {
            name: tally.as_json() for name, tally in self.tables.items()
        }
        told = {name: {what: held[what] for what in empty} for name, held in said["tables"].items()}
        if told != found or said["files"] != self.files.as_json():
            raise Damaged("it does not hold what its end says")


def _understood(start: dict[str, Any]) -> dict[str, Any]:
    if start["format"] != FORMAT:
        raise Damaged(f"it has format {start['format']}; this Milium reads {FORMAT}")
    return start


def _file_pieces(storage: Storage, keys: set[int], tally: Tally) -> Iterator[Piece]:
    for name in stored_files(behind(storage)):
        # A photo that its asker removes meanwhile is gone, and that is right.
        with suppress(FileNotFoundError):
            with behind(storage).open(name, "rb") as stream:
                content: bytes = stream.read()
            if isinstance(storage, SealedFiles) and number_in_file(content) not in keys:
                raise ChangedMeanwhile(
                    "keys were changed while the backup was made. Wait until rotate_keys is done and run it again"
                )
            piece = Piece(kind=FILE, about={"name": name}, body=content)
            _count_file(piece, tally)
            yield piece


def _count_file(piece: Piece, tally: Tally) -> None:
    tally.add(piece.about["name"].encode() + b"\0" + hashlib.sha256(piece.body).digest())
