"""Reading a whole database as it was at one moment, while everybody else goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def one_moment(alias: str) -> Iterator[None]:
    """Every read inside sees the same state. Writers wait for nothing: PostgreSQL keeps the old rows, SQLite its log."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield
        return
    with connection.cursor() as cursor:
        # Django would take the writers' place in line; a reader of SQLite's log needs none.
        cursor.execute("BEGIN DEFERRED")
        try:
            # The moment is that of the first read.
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")


def next_number(alias: str, table: str, column: str, largest: int) -> int:
    """The number that the next row of the table would get: those of erased rows are never given out again."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column]
            )
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 (the database's own name)
            last, is_called = cursor.fetchone()
            return int(max(last + bool(is_called), largest + 1))
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return int(max(row[0] if row else 0, largest)) + 1
