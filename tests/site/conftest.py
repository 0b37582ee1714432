"""The site's tests run on SQLite, and on PostgreSQL when MILIUM_TEST_DATABASE_URL (or DATABASE_URL) names one."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import pytest
from django.db import connections
from pytest_django import Settings


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


@pytest.fixture(autouse=True)
def _plain_settings(settings: Settings, no_static_files: Path) -> None:
    """No collected static files, and passwords that are quick to check: neither is what is tested here."""
    settings.STATIC_ROOT = str(no_static_files)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]
