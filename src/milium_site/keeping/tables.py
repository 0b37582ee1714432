"""The tables of a database as its applied migrations describe them, and their rows in a form that any database takes.

Sealed columns stand here as plain text columns: their values are carried as they are and never opened.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import DateField, Field, Model, TextField, TimeField
from django.utils.duration import duration_iso_string

from milium_site.foundation.private import Private
from milium_site.keeping.pieces import Tally


Node = tuple[str, str]
AT_ONCE = 500
BLOCK_BYTES = 1024 * 1024
# Django's own note of what was applied is written by applying it; attempts are counted anew.
NOT_CARRIED = frozenset({"django_migrations", "people_counts"})


class NewerDatabase(Exception):
    """The migrations named are none of this version's: it was written by a later Milium."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, by the model that its migrations make of it."""

    model: type[Model]

    @property
    def name(self) -> str:
        """As the database knows it."""
        return self.model._meta.db_table

    @property
    def fields(self) -> list[Field[Any, Any]]:
        """Its columns."""
        return list(self.model._meta.local_concrete_fields)

    @property
    def number(self) -> str:
        """The column that the database numbers by itself; empty where it has none."""
        field = self.model._meta.auto_field
        return (field.column or "") if field else ""

    def rows(self, alias: str) -> Iterator[bytes]:
        """Every row as a line of JSON, a few at a time from the database."""
        names = [field.attname for field in self.fields]
        found = self.model._base_manager.using(alias).order_by("pk").values_list(*names)
        for row in found.iterator(chunk_size=AT_ONCE):
            yield as_json(row)

    def blocks(self, alias: str, tally: Tally) -> Iterator[list[bytes]]:
        """The rows in blocks of about a megabyte at most, each row counted in ``tally``."""
        block: list[bytes] = []
        size = 0
        for row in self.rows(alias):
            tally.add(row)
            block.append(row)
            size += len(row)
            if size >= BLOCK_BYTES:
                yield block
                block, size = [], 0
        if block:
            yield block

    def tally(self, alias: str) -> Tally:
        """How many rows stand in the database now, and their digest."""
        tally = Tally()
        for row in self.rows(alias):
            tally.add(row)
        return tally

    def instances(self, lines: list[bytes]) -> Iterator[list[Model]]:
        """The rows of some lines again, ready to be written, a few at a time."""
        fields = self.fields
        rows = (
            self.model(
                **{f.attname: taken(f, v) for f, v in zip(fields, json.loads(line), strict=True)}
            )
            for line in lines
        )
        while some := list(islice(rows, AT_ONCE)):
            yield some


def applied(alias: str) -> list[Node]:
    """The last applied migration of every app. Raises ``NewerDatabase`` for one that this version does not know."""
    loader = MigrationLoader(connections[alias])
    done = set(loader.applied_migrations)
    _check_known(loader, done)
    return sorted(
        node
        for node in done & set(loader.graph.nodes)
        if not any(
            child.key[0] == node[0] and child.key in done
            for child in loader.graph.node_map[node].children
        )
    )


def tables_at(alias: str, nodes: list[Node]) -> list[Table]:
    """The tables that these migrations make, by name. Raises ``NewerDatabase``."""
    loader = MigrationLoader(connections[alias])
    _check_known(loader, set(nodes))
    state = loader.project_state(nodes)
    for model in state.models.values():
        for name, field in model.fields.items():
            model.fields[name] = _as_stored(field)
    models = state.apps.get_models(include_auto_created=True)
    kept = (m for m in models if m._meta.managed and not m._meta.proxy and not m._meta.swapped)
    return sorted(map(Table, kept), key=lambda table: table.name)


def _check_known(loader: MigrationLoader, nodes: set[Node]) -> None:
    if unknown := nodes - set(loader.graph.nodes) - set(loader.replacements):
        raise NewerDatabase(", ".join(sorted(".".join(node) for node in unknown)))


def _as_stored(field: Field[Any, Any]) -> Field[Any, Any]:
    if isinstance(field, Private):
        return TextField(null=field.null, db_column=field.db_column)
    if isinstance(field, DateField | TimeField) and (field.auto_now or field.auto_now_add):
        plain = field.clone()
        plain.auto_now = plain.auto_now_add = False
        return plain
    return field


def as_json(row: object) -> bytes:
    """A row on one line, in a form that any database takes.

    A lone surrogate, which a person can type, stays what it was.
    """
    # Keys are sorted because one database keeps their order and the other does not.
    return json.dumps(
        row, default=_portable, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8", "surrogatepass")


def _portable(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a backup has no form for values of the type {type(value).__name__}")


def taken(field: Field[Any, Any], value: object) -> object:
    """A value of such a line, as the column's own type has it. Raises ``ValidationError``."""
    return None if value is None else field.to_python(value)
