"""Instances of a test's own, each standing in for the default one: one to keep, and an empty place to put it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, connections
from django.test import override_settings
from tests import factories as make

from milium_site.casebook.actions import erase_case
from milium_site.foundation.envelope import MasterKey, new_secret
from milium_site.notices.actions import subscribe
from milium_site.people.models import User


Database = dict[str, Any]
KEY = MasterKey.parse(new_secret())
PLANTED = "zyxplanted words about my rash. For 2 months it has itched on my neck."


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


def filled() -> None:
    """An instance as people leave it: answered, published, withdrawn and erased cases, photos, papers, subscriptions."""
    panel = [make.specialist("Dr One"), make.specialist("Dr Two")]
    asked = make.open_case(PLANTED)
    make.photo(asked.case)
    make.signed(asked.case, panel[0])
    make.draft(asked.case, panel[1])
    subscribe(
        about=f"case:{asked.case.key}",
        channel="email",
        address="asker@example.org",
        link=asked.link,
    )
    make.published(*panel)
    make.application()
    make.withdrawn_case()
    # More than a chunk of the sealed stream.
    storages["default"].save("papers/long.pdf", ContentFile(os.urandom(200_000)))
    erase_case(case=make.open_case().case)
    # The number of a row that is gone is never given out again.
    User.objects.get(pk=make.user("Gone").pk).delete()


def own(folder: Path) -> override_settings:
    """The settings of an instance in that folder."""
    return override_settings(
        MEDIA_ROOT=str(folder / "media"),
        MILIUM_RECORD_ANCHORS=folder / "anchors",
        ARCHIVE_HOME=folder / "archive",
        MILIUM_BACKUP_KEYS=(KEY,),
    )
