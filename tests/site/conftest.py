"""The site's tests run on SQLite, and on PostgreSQL when MILIUM_TEST_DATABASE_URL (or DATABASE_URL) names one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import dj_database_url
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import Settings


ON_SERVER = os.environ.get("MILIUM_TEST_DATABASE_URL", "").startswith("postgres")
# A file is not refused as a server is: what happens then is tested where the tests run on one.
collect_ignore = [] if ON_SERVER else ["test_database_away.py"]
# What a test without a mark asks for to come to a database, by itself or through its fixtures.
OF_A_DATABASE = {"db", "transactional_db"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What comes to no database is the same on each: it ran on SQLite's round."""
    if not ON_SERVER:
        return
    without = [item for item in items if not _comes_to_a_database(item)]
    config.hook.pytest_deselected(items=without)
    left = set(without)
    items[:] = [item for item in items if item not in left]


def _comes_to_a_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & OF_A_DATABASE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """The server to test on is put in before the tests' own database on it is named, one for each process."""
    if named := os.environ.get("MILIUM_TEST_DATABASE_URL"):
        database = {"default": dict(dj_database_url.parse(named))}
        connections.settings["default"] = connections.configure_settings(database)["default"]
        del connections["default"]
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder: an instance that never collected any has none, and is warned of it."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests keep photos."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _plain_settings(
    settings: Settings,
    no_static_files: Path,
    pictures: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """No collected static files, folders of one's own, passwords that are quick to check: none is what is tested here."""
    settings.MEDIA_ROOT = str(pictures)
    settings.ARCHIVE_HOME = tmp_path_factory.getbasetemp() / "archive"
    settings.STATIC_ROOT = str(no_static_files)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]
    # Screening has tests of its own, which switch it on.
    settings.MILIUM_SCREENING = "none"
    # Whoever tests the second factor asks for it.
    settings.MILIUM_SECOND_FACTOR = "optional"
    settings.MILIUM_RECORD_ANCHORS = tmp_path / "anchors"


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """After a test that committed, Django empties every table; the record's own would refuse."""
    triggers = import_module("milium_site.record.migrations.0003_append_only")
    empty = TransactionTestCase._fixture_teardown

    def run(statements: dict[str, list[str]]) -> None:
        with connection.cursor() as cursor:
            for statement in statements[connection.vendor]:
                cursor.execute(statement)

    def emptied(test: TransactionTestCase) -> None:
        run(triggers.RELEASE)
        empty(test)
        run(triggers.PROTECT)

    # A TestCase rolls back and empties nothing: it has a teardown of its own.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture
def many_at_once(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads may use at the same instant: SQLite's tests keep theirs in memory, where writers do not queue."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, file = connections["default"], tmp_path / "many.sqlite3"
    in_memory.ensure_connection()
    with sqlite3.connect(file) as copy:
        in_memory.connection.backup(copy)
        # A file keeps its journal's kind: changing it takes the file alone, which six at once would not get.
        copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    named = connections.settings["default"]
    connections.settings["default"] = named | {"NAME": str(file)}
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"] = named
    connections["default"] = in_memory
