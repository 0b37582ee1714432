"""For how long things are kept, and that what is erased leaves nothing."""

from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from tests import factories as make

from milium_site.archive.keeper import Keeper
from milium_site.casebook.actions import erase_case
from milium_site.cases.actions import move_case
from milium_site.cases.models import Case
from milium_site.foundation.sealed import stored_files
from milium_site.keeping.retention import erase_what_is_over
from milium_site.keeping.sealing import MARK
from milium_site.keeping.tables import applied, tables_at
from milium_site.notices.actions import subscribe, tell
from milium_site.record.models import Entry
from milium_site.threads.actions import ask_asker


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def closed_case() -> Case:
    asked = make.open_case()
    return move_case(case=asked.case, to="closed")


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("MILIUM_KEEP_DRAFTS_DAYS", lambda: make.draft_case().case),
        ("MILIUM_KEEP_CLOSED_DAYS", closed_case),
        ("MILIUM_KEEP_WITHDRAWN_DAYS", lambda: make.withdrawn_case().case),
    ],
)
def test_each_kind_has_a_term_of_its_own(setting: str, kind: object, settings: Settings) -> None:
    for each in ("DRAFTS", "CLOSED", "WITHDRAWN"):
        setattr(settings, f"MILIUM_KEEP_{each}_DAYS", 0)
    assert callable(kind)
    case = kind()
    now = timezone.now()

    assert erase_what_is_over(now=now + 1000 * DAY) == 0
    setattr(settings, setting, 10)
    assert erase_what_is_over(now=now + 9 * DAY) == 0
    assert erase_what_is_over(now=now + 11 * DAY) == 1
    assert not Case.objects.filter(pk=case.pk).exists()


def test_a_case_that_is_asked_or_answered_has_no_term(settings: Settings) -> None:
    settings.MILIUM_KEEP_CLOSED_DAYS = 1
    make.open_case()
    assert erase_what_is_over(now=timezone.now() + 1000 * DAY) == 0


def test_closed_cases_stay_until_the_operator_sets_a_term() -> None:
    closed_case()
    assert erase_what_is_over(now=timezone.now() + 10_000 * DAY) == 0


def test_a_case_in_the_archive_stays_as_long_as_its_page(settings: Settings) -> None:
    settings.MILIUM_KEEP_CLOSED_DAYS = 1
    case = make.published(make.specialist()).publication.case
    move_case(case=case, to="closed")
    assert erase_what_is_over(now=timezone.now() + 100 * DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_erasing_a_case_leaves_no_row_file_index_entry_job_or_subscription(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ARCHIVE_HOME = tmp_path / "archive"
    panel = [make.specialist("Dr One"), make.specialist("Dr Two")]
    page = make.published(*panel)
    case = page.publication.case
    make.photo(case)
    subscribe(about=f"case:{case.key}", channel="email", address="asker@example.org")
    ask_asker(case=case, specialist=panel[0], text="How long has it itched?")
    tell(about=f"case:{case.key}", kind="case-answered", event="one")
    index = Keeper(settings.ARCHIVE_HOME)
    index.refresh()
    assert index.archive is not None
    assert len(index.archive) == 1
    marks = {case.key, case.link_digest, f"case:{case.key}"}
    assert rows_with(case.key)

    erase_case(case=case)
    index.refresh()

    # The record keeps that it happened; the archive's count of changes names the page that went; the link says "gone".
    assert rows_with(case.key) <= {"record_entry"}
    assert rows_with(case.link_digest) <= {"casebook_erasedlink"}
    assert hanging_on(case.pk) == {}
    assert len(index.archive) == 0
    assert list(stored_files(storages["default"])) == []
    assert all(cache.get(mark) is None for mark in marks)
    assert Entry.objects.filter(verb="erase", case_key=case.key).count() == 1


def rows_with(word: str) -> set[str]:
    """The tables in which the word stands anywhere, jobs and counts among them."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(word in str(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def hanging_on(pk: int) -> dict[str, int]:
    """Rows of any table that name the case by its number."""
    found = {}
    for table in tables_at("default", applied("default")):
        for field in table.fields:
            if field.related_model and field.related_model._meta.db_table == "cases_case":
                count = table.model._base_manager.filter(**{field.attname: pk}).count()
                found |= {f"{table.name}.{field.column}": count} if count else {}
    return found


def test_old_backups_are_pruned_but_never_the_last(tmp_path: Path) -> None:
    for age in (1, 20, 40, 60, 80):
        file = tmp_path / f"{age}.backup"
        file.write_bytes(MARK + b"...")
        when = (timezone.now() - age * DAY).timestamp()
        os.utime(file, (when, when))
    (tmp_path / "notes.txt").write_text("mine")
    os.utime(tmp_path / "notes.txt", (0, 0))

    call_command("prune_backups", str(tmp_path), stdout=StringIO())
    assert {f.name for f in tmp_path.iterdir()} == {
        "1.backup",
        "20.backup",
        "40.backup",
        "notes.txt",
    }
    call_command("prune_backups", str(tmp_path), "--days", "1", "--least", "1", stdout=StringIO())
    assert {f.name for f in tmp_path.iterdir()} == {"1.backup", "notes.txt"}
