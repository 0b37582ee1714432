"""A small instance of every version that was tagged is restored, brought up to date, and read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from tests.site import instances
from tests.site.instances import standing_in

from milium_site.archive.models import PublishedCase
from milium_site.cases.queries import case_by_link
from milium_site.foundation.envelope import MasterKey
from milium_site.foundation.keyring import KEYRING
from milium_site.opinions.models import Opinion
from milium_site.photos.queries import photo_of, picture
from milium_site.record.verification import verify


pytestmark = pytest.mark.django_db

KEPT = sorted(p for p in (Path(__file__).parents[1] / "upgrades").iterdir() if p.is_dir())


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[None]:
    with ExitStack() as stack:
        if connection.vendor == "postgresql":
            name = f"{connection.settings_dict['NAME']}_upgraded"
            database = stack.enter_context(instances.empty_on_server(name))
        else:
            database = instances.on_sqlite(tmp_path / "milium.sqlite3")
        stack.enter_context(standing_in(database))
        stack.enter_context(override_settings(MEDIA_ROOT=str(tmp_path / "media")))
        KEYRING.forget()
        yield
    KEYRING.forget()


@pytest.mark.parametrize("version", KEPT, ids=lambda folder: folder.name)
def test_an_instance_of_an_earlier_version_is_restored_and_read(
    version: Path, empty: None, client: Client
) -> None:
    found = json.loads((version / "found.json").read_text("utf-8"))
    key = MasterKey.parse((version / "key").read_text("ascii").strip())
    with override_settings(MILIUM_ENCRYPTION_KEYS=(key,)):
        call_command("restore", str(version / "instance.backup"), stdout=StringIO())

        case = case_by_link(found["link"])
        assert case.text == found["text"]
        assert Opinion.objects.filter(case=case, state="signed").count() == found["answers"]
        assert picture(photo_of(case, found["photo"]), "view")
        assert PublishedCase.objects.count() == found["published"]
        assert verify().wrong == ()
        assert found["text"][:20] in client.get(f"/c/{found['link']}/").content.decode()


def test_there_is_a_version_to_restore() -> None:
    assert KEPT
