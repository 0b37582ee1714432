"""Databases of a test's own, each standing in for the default one: an instance to keep, and an empty place to put it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections


Database = dict[str, Any]


@contextmanager
def standing_in(database: Database) -> Iterator[None]:
    """The default database is this one inside."""
    before, held = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": database})[
        "default"
    ]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = held


def on_sqlite(file: Path) -> Database:
    """A database in a file, opened as an installation opens it."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": dict(settings.SQLITE_OPTIONS),
    }


def on_server(name: str) -> Database:
    """A database of that name beside the tests' own."""
    return dict(connection.settings_dict) | {"NAME": name}


@contextmanager
def empty_on_server(name: str, *, like: str = "template0") -> Iterator[Database]:
    """A new database on the tests' server, taken away at the end."""
    settings_ = on_server(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    try:
        yield settings_
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy_of_the_tests_own(file: Path) -> Database:
    """SQLite's test database, which is in memory, in a file."""
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    return on_sqlite(file)


def address_of(database: Database) -> str:
    """As DATABASE_URL names it."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
