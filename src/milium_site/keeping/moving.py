"""Moving an instance's rows into another database, such as from SQLite to PostgreSQL. Stored files stay where they are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.utils import timezone

from milium_site.jobs.models import Worker
from milium_site.keeping.backup import row_pieces
from milium_site.keeping.restore import check_empty, fill
from milium_site.keeping.tables import applied, tables_at


SOURCE, TARGET = "default", "moved_to"
# A worker says every ten seconds that it lives.
LATELY = timedelta(seconds=45)


class StillRunning(Exception):
    """Somebody still writes to the database that is to be left."""


class NotUpToDate(Exception):
    """The two databases do not have the same tables. The message says what to do."""


def move(url: str) -> dict[str, dict[str, Any]]:
    """Copies every row into the empty database at ``url``, in one transaction; gives each table's count and digest.

    The tables there are made by this version's migrations. Writers to the old database are held off meanwhile. Raises
    ``StillRunning``, ``NotEmpty``, ``NotUpToDate`` and ``NotTheSame``; then no row is kept there.
    """
    check_stopped()
    with opened_as(TARGET, url):
        check_empty(TARGET)
        _make_tables(url)
        nodes = applied(SOURCE)
        if nodes != applied(TARGET):
            raise NotUpToDate("the old database is not up to date. Run: milium manage migrate")
        said: dict[str, Any] = {}
        # The old one first: nobody may write there between the reading and the new one's commit.
        with held(SOURCE), transaction.atomic(using=TARGET):
            fill(TARGET, tables_at(TARGET, nodes), row_pieces(SOURCE, nodes, said), said)
    return said


def check_stopped() -> None:
    """Raises ``StillRunning`` where a worker was heard of lately."""
    if Worker.objects.filter(heard_at__gt=timezone.now() - LATELY).exists():
        raise StillRunning(
            "a worker was heard of less than a minute ago. Stop the site and its workers, wait a minute, run it again"
        )


@contextmanager
def opened_as(alias: str, url: str) -> Iterator[None]:
    """The database at ``url``, under a name of its own, for as long as it is needed."""
    try:
        named = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(
            "this is no address such as postgres://user:password@host/name"
        ) from error
    connections.settings[alias] = connections.configure_settings({"default": named})["default"]
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def held(alias: str) -> Iterator[None]:
    """One moment of a database to which nobody writes: SQLite lets in one writer, and this is it."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL statement_timeout = 0")
            names = connections[alias].introspection.table_names(cursor)
            quoted = ", ".join(map(connections[alias].ops.quote_name, names))
            cursor.execute(f"LOCK TABLE {quoted} IN SHARE MODE")
        yield


def _make_tables(url: str) -> None:
    """In a process of its own: a migration may read the default database, and there it is the new one."""
    ours = {k: v for k, v in os.environ.items() if k != "DATABASE_URL_FILE"}
    done = subprocess.run(
        [sys.executable, "-m", "milium", "manage", "migrate", "--verbosity", "0", "--skip-checks"],
        env=ours | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotUpToDate(f"the tables could not be made there: {done.stderr.strip()[-500:]}")
