"""On which database these tests run: the one that was asked for, so that none is tested in name only."""

from __future__ import annotations

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_is_named() -> None:
    named = os.environ.get("MILIUM_TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or "sqlite"
    asked = "postgresql" if named.startswith("postgres") else "sqlite"

    version = {"postgresql": "SELECT version()", "sqlite": "SELECT 'SQLite ' || sqlite_version()"}
    with connection.cursor() as cursor:
        cursor.execute(version[asked])
        said = cursor.fetchone()[0]

    assert connection.vendor == asked
    assert said.lower().startswith(asked)
