"""Putting an instance together from a backup, in an empty place; and from another database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from milium_site.foundation.envelope import MasterKey
from milium_site.foundation.files import behind
from milium_site.foundation.keyring import KEYRING
from milium_site.foundation.sealed import stored_files
from milium_site.keeping import actions
from milium_site.keeping.backup import Contents, read_backup, verify
from milium_site.keeping.pieces import FILE, ROWS, Piece
from milium_site.keeping.tables import Node, Table, tables_at


class NotEmpty(Exception):
    """There is something already where an instance is to be put."""


class MissingKey(Exception):
    """The instance could not open the private words that it is given."""


class NotTheSame(Exception):
    """What stands in the database is not what was read. Nothing of it was kept."""


def restore(
    path: Path, *, storage: Storage, masters: tuple[MasterKey, ...], keys: Iterable[MasterKey]
) -> Contents:
    """Puts what the backup holds into the empty default database and store, at the migrations it was made with.

    ``keys`` are the instance's own for its private words. Everything is checked before anything is written; where it
    fails in the middle, no row and no file stays. Raises ``Damaged``, ``Unreadable``, ``NotEmpty``, ``MissingKey``,
    ``NewerDatabase``.
    """
    contents = verify(path, masters)
    check_keys(contents, keys)
    check_empty("default", storage)
    tables = tables_at("default", contents.nodes)
    migrate_to("default", contents.nodes)
    try:
        with transaction.atomic():
            rows = _with_files(read_backup(path, masters), storage)
            fill("default", tables, rows, contents.tables)
    except BaseException:
        for name in list(stored_files(behind(storage))):
            actions.drop_file(storage=storage, name=name)
        raise
    KEYRING.forget()
    return contents


def fill(
    alias: str, tables: list[Table], pieces: Iterable[Piece], said: dict[str, dict[str, Any]]
) -> None:
    """Writes rows into new tables, inside a transaction of the caller's, and reads them back.

    ``said`` is filled by the time the pieces end. Raises ``NotTheSame`` when a table is not as it says, and
    ``IntegrityError`` when a row points at nothing.
    """
    by_name = {table.name: table for table in tables}
    actions.empty_tables(alias=alias, tables=tables)
    for piece in pieces:
        lines = piece.body.split(b"\n")
        actions.put_rows(alias=alias, table=by_name[piece.about["table"]], lines=lines)
    for name, held in said.items():
        found = by_name[name].tally(alias).as_json()
        if any(found[what] != held[what] for what in found):
            raise NotTheSame(
                f"the table {name} has {found['count']} rows, not the {held['count']} that were read"
            )
        if "next" in held:
            actions.put_next_number(
                alias=alias, table=name, column=held["column"], number=held["next"]
            )
    connections[alias].check_constraints()


def check_keys(contents: Contents, keys: Iterable[MasterKey]) -> None:
    """Raises ``MissingKey``."""
    missing = set(contents.start["encryption_keys"]) - {key.name for key in keys}
    if missing:
        raise MissingKey(
            f"the private words of this backup are sealed with the key {', '.join(sorted(missing))}, "
            "which is in no backup. Give that key in MILIUM_ENCRYPTION_KEY_FILE"
        )


def check_empty(alias: str, storage: Storage | None = None) -> None:
    """Raises ``NotEmpty``."""
    if names := connections[alias].introspection.table_names():
        raise NotEmpty(
            f"the database has {len(names)} tables already. Name one without any: a new file for SQLite, "
            "one made by createdb for PostgreSQL"
        )
    if storage and (name := next(stored_files(behind(storage)), None)):
        raise NotEmpty(f"the store of files holds {name} already. Name an empty folder or bucket")


def migrate_to(alias: str, nodes: list[Node]) -> None:
    """Makes the tables as those migrations make them."""
    MigrationExecutor(connections[alias]).migrate(nodes)


def _with_files(pieces: Iterator[Piece], storage: Storage) -> Iterator[Piece]:
    """Puts files where they belong on the way, and gives the rows."""
    for piece in pieces:
        if piece.kind == FILE:
            actions.put_file(storage=storage, name=piece.about["name"], content=piece.body)
        elif piece.kind == ROWS:
            yield piece
