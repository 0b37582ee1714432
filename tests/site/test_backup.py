"""Backups: whole or refused, restored the same into an empty instance of either database."""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings
from tests import factories as make
from tests.site import instances
from tests.site.instances import KEY, PLANTED, Database, filled, own, standing_in

from milium_site.cases.models import Case
from milium_site.foundation.envelope import MasterKey, Unreadable, new_secret
from milium_site.foundation.keyring import KEYRING
from milium_site.jobs.actions import beat, leave
from milium_site.keeping import backup as backups
from milium_site.keeping.backup import Contents, verify, write_backup
from milium_site.keeping.moving import move
from milium_site.keeping.sealing import MARK, Damaged, SealedWriter
from milium_site.keeping.tables import NOT_CARRIED, applied, tables_at
from milium_site.people.models import User
from milium_site.photos.models import Photo
from milium_site.photos.queries import picture
from milium_site.record.verification import verify as verify_record


# The tests' own database is there; each of these works on another that stands in for it.
pytestmark = pytest.mark.django_db

ON_SERVER = (os.environ.get("MILIUM_TEST_DATABASE_URL") or "").startswith("postgres")
# What it is restored into: on a server both kinds come from it, and SQLite's own run has SQLite alone.
WAYS = [("server", "server"), ("file", "server")] if ON_SERVER else [("file", "file")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An instance with something of everything, and a backup of it."""

    database: Database
    folder: Path
    backup: Path
    contents: Contents


@pytest.fixture(scope="module", params=sorted({source for source, _ in WAYS}))
def kept(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("instance")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if request.param == "server":
            connection.close()
            name = connection.settings_dict["NAME"]
            database = stack.enter_context(instances.empty_on_server(f"{name}_kept", like=name))
        elif connection.vendor == "sqlite":
            database = instances.copy_of_the_tests_own(folder / "milium.sqlite3")
        else:
            database = instances.on_sqlite(folder / "milium.sqlite3")
        with standing_in(database), own(folder):
            KEYRING.forget()
            if connection.vendor == "sqlite" and not connection.introspection.table_names():
                call_command("migrate", verbosity=0)
            filled()
            file = folder / "kept.backup"
            contents = write_backup(
                file, alias="default", storage=storages["default"], masters=(KEY,)
            )
        yield Kept(database=database, folder=folder, backup=file, contents=contents)
        KEYRING.forget()


@pytest.fixture
def empty(kept: Kept, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """An empty place of the run's own kind, standing in for the default database."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if connection.vendor == "postgresql":
            name = f"{connection.settings_dict['NAME']}_empty"
            database = stack.enter_context(instances.empty_on_server(name))
        else:
            database = instances.on_sqlite(tmp_path / "empty.sqlite3")
        stack.enter_context(standing_in(database))
        stack.enter_context(own(tmp_path / "restored"))
        KEYRING.forget()
        yield database
        KEYRING.forget()


def told(command: str, *arguments: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def hashes() -> dict[str, object]:
    return {t.name: t.tally("default").as_json() for t in tables_at("default", applied("default"))}


def planted() -> Case:
    """The case made first: its number is whatever the server's sequence had come to."""
    return Case.objects.earliest("pk")


def test_a_backup_restores_to_the_same_rows_files_and_numbers(
    kept: Kept, empty: Database, tmp_path: Path
) -> None:
    said = told("restore", kept.backup)

    assert f"{kept.contents.rows} rows" in said
    now = hashes()
    before = {
        name: {"count": t["count"], "sha256": t["sha256"]}
        for name, t in kept.contents.tables.items()
    }
    # Sessions are ended, and the restoring itself is put on record.
    changed = {name for name in before if now[name] != before[name]}
    assert changed <= {
        "django_session",
        "record_entry",
        "record_link",
        "record_head",
        "django_content_type",
        "auth_permission",
    }
    assert planted().text == PLANTED
    assert picture(Photo.objects.get(case=planted()), "view")
    files = {
        f.relative_to(kept.folder / "media"): f.read_bytes()
        for f in (kept.folder / "media").rglob("*.*")
    }
    restored = tmp_path / "restored" / "media"
    assert files == {f.relative_to(restored): f.read_bytes() for f in restored.rglob("*.*")} != {}
    assert verify_record().wrong == ()
    last = max(User.objects.values_list("pk", flat=True))
    assert make.user("Next").pk == last + 2


def test_every_table_is_in_a_backup_or_known_not_to_be(
    kept: Kept, django_db_blocker: DjangoDbBlocker
) -> None:
    with standing_in(kept.database):
        names = set(connection.introspection.table_names())
    assert names - set(kept.contents.tables) == NOT_CARRIED


def test_a_backup_shows_no_word_and_no_picture(kept: Kept) -> None:
    content = kept.backup.read_bytes()

    assert content.startswith(MARK)
    assert [
        w
        for w in (b"zyxplanted", b"example.org", b"Dr One", b"cases_case", b"RIFF")
        if w in content
    ] == []


def test_a_backup_is_refused_into_what_is_not_empty(kept: Kept, empty: Database) -> None:
    told("restore", kept.backup)
    before = hashes()
    with pytest.raises(CommandError, match="tables already"):
        told("restore", kept.backup)
    assert hashes() == before


def test_a_store_with_files_is_not_empty(kept: Kept, empty: Database, tmp_path: Path) -> None:
    (tmp_path / "restored" / "media").mkdir(parents=True)
    (tmp_path / "restored" / "media" / "a.webp").write_bytes(b"x")
    with pytest.raises(CommandError, match=r"holds a\.webp already"):
        told("restore", kept.backup)
    assert connection.introspection.table_names() == []


@pytest.mark.parametrize("cut", [0, 10, 200, 70_000, -1, -17])
def test_a_backup_that_was_cut_short_is_refused(cut: int, kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(kept.backup.read_bytes()[:cut])
    with pytest.raises(Damaged):
        verify(tmp_path / "cut", (KEY,))


@pytest.mark.parametrize("seed", range(12))
def test_a_backup_in_which_one_byte_was_changed_is_refused(
    seed: int, kept: Kept, tmp_path: Path
) -> None:
    content = bytearray(kept.backup.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 1 + seed
    (tmp_path / "changed").write_bytes(content)
    with pytest.raises((Damaged, Unreadable)):
        verify(tmp_path / "changed", (KEY,))


def test_chunks_that_changed_places_are_refused(kept: Kept, tmp_path: Path) -> None:
    whole = kept.backup.read_bytes()
    head = len(b"".join(whole.splitlines(keepends=True)[:3]))
    one, two, rest = (
        whole[head : head + 65_552],
        whole[head + 65_552 : head + 131_104],
        whole[head + 131_104 :],
    )
    (tmp_path / "turned").write_bytes(whole[:head] + two + one + rest)
    with pytest.raises(Damaged):
        verify(tmp_path / "turned", (KEY,))


def test_without_its_key_a_backup_says_which_one_it_needs(kept: Kept) -> None:
    with pytest.raises(Unreadable, match=KEY.name):
        verify(kept.backup, (MasterKey.parse(new_secret()),))


def test_a_backup_whose_private_words_could_not_be_opened_is_not_restored(
    kept: Kept, empty: Database, settings: Settings
) -> None:
    with override_settings(MILIUM_ENCRYPTION_KEYS=(MasterKey.parse(new_secret()),)):
        with pytest.raises(CommandError, match="MILIUM_ENCRYPTION_KEY_FILE"):
            told("restore", kept.backup)
        with pytest.raises(CommandError, match="MILIUM_ENCRYPTION_KEY_FILE"):
            told("verify_backup", kept.backup)
    assert connection.introspection.table_names() == []


def test_a_backup_that_fails_in_the_middle_leaves_no_file(
    kept: Kept, tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, done = backups.write_piece, []

    def full(sink: SealedWriter, piece: backups.Piece) -> None:
        done.append(piece)
        if len(done) == 5:
            raise OSError(28, "No space left on device")
        write(sink, piece)

    monkeypatch.setattr(backups, "write_piece", full)
    (tmp_path / "to").mkdir()
    with (
        standing_in(kept.database),
        own(kept.folder),
        pytest.raises(CommandError, match="No space left"),
    ):
        told("backup", tmp_path / "to" / "b")
    assert list((tmp_path / "to").iterdir()) == []


def test_a_backup_is_never_written_over_another(kept: Kept) -> None:
    before = kept.backup.read_bytes()
    with (
        standing_in(kept.database),
        own(kept.folder),
        pytest.raises(CommandError, match="there already"),
    ):
        told("backup", kept.backup)
    assert kept.backup.read_bytes() == before


def test_a_backup_is_of_one_moment_while_people_go_on_writing(
    kept: Kept, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each writer adds a case with its event in one transaction: a backup with one and not the other was of two moments."""
    stop, errors = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                make.draft_case()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    with standing_in(kept.database), own(kept.folder):
        threads = [threading.Thread(target=write) for _ in range(2)]
        for thread in threads:
            thread.start()
        counted = []
        for number in range(3):
            made = write_backup(
                tmp_path / f"{number}", alias="default", storage=storages["default"], masters=(KEY,)
            )
            counted.append(
                (made.tables["cases_case"]["count"], made.tables["record_entry"]["count"])
            )
        stop.set()
        for thread in threads:
            thread.join()
        entries = (
            made.tables["record_entry"]["count"] - kept.contents.tables["record_entry"]["count"]
        )
        cases = made.tables["cases_case"]["count"] - kept.contents.tables["cases_case"]["count"]
    assert errors == []
    assert counted[-1] > counted[0] > (kept.contents.tables["cases_case"]["count"], 0)
    assert entries == cases


def test_an_instance_moves_to_another_database_by_one_command(
    kept: Kept, tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILIUM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if connection.vendor == "postgresql":
            name = f"{connection.settings_dict['NAME']}_moved"
            target = stack.enter_context(instances.empty_on_server(name))
        else:
            target = instances.on_sqlite(tmp_path / "moved.sqlite3")
        with standing_in(kept.database), own(kept.folder):
            before = hashes()
            said = told("move_to", instances.address_of(target))
            with pytest.raises(CommandError, match="tables already"):
                told("move_to", instances.address_of(target))
        assert "each table compared" in said
        KEYRING.forget()
        with standing_in(target), own(kept.folder):
            assert hashes() == before
            assert planted().text == PLANTED
            assert verify_record().wrong == ()
            last = max(User.objects.values_list("pk", flat=True))
            assert make.user("Next").pk == last + 2


def test_nothing_is_moved_while_a_worker_lives(
    kept: Kept, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with standing_in(kept.database), own(kept.folder):
        beat(worker="one")
        with pytest.raises(Exception, match="Stop the site"):
            move(f"sqlite:///{tmp_path / 'moved.sqlite3'}")
        leave(worker="one")
    assert not (tmp_path / "moved.sqlite3").exists()
