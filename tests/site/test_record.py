"""The record: kept with the write it tells of, never changed, and found out when somebody tampers with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from pytest_django import Settings

from milium_site.record.actions import chain_waiting, record
from milium_site.record.chain import digest_of
from milium_site.record.models import AppendOnly, Entry, Head, Link, Waiting
from milium_site.record.queries import opened
from milium_site.record.verification import verify
from milium_site.record.who import Actor, acting_as


TRIGGERS = import_module("milium_site.record.migrations.0003_append_only")


def note(count: int = 1) -> None:
    for number in range(count):
        record(verb="read", kind="case", key=str(number), case="cccccccccc", number=number)


@transaction.atomic
def note_and_fail() -> None:
    note()
    raise RuntimeError


def tamper(sql: str) -> None:
    """What somebody who owns the database can do: switch the guards off, write, switch them on again."""
    with connection.cursor() as cursor:
        for statement in TRIGGERS.RELEASE[connection.vendor]:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
        else:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = ON")
        else:
            cursor.execute("SET session_replication_role = DEFAULT")
        for statement in TRIGGERS.PROTECT[connection.vendor]:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_committed_entry_has_its_place_in_the_chain_and_the_record_is_sound() -> None:
    note(5)

    assert list(Link.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert not Waiting.objects.exists()
    assert verify().wrong == ()
    assert verify().number == 5


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_write_it_tells_of() -> None:
    with pytest.raises(RuntimeError):
        note_and_fail()

    assert not Entry.objects.exists()
    assert not Waiting.objects.exists()


CHANGES: dict[str, Callable[[], object]] = {
    "entries updated": lambda: Entry.objects.update(verb="x"),
    "entries deleted": lambda: Entry.objects.all().delete(),
    "entry saved": lambda: Entry.objects.get().save(),
    "entry deleted": lambda: Entry.objects.get().delete(),
    "entries updated in bulk": lambda: Entry.objects.bulk_update(list(Entry.objects.all()), ["verb"]),
    "links updated": lambda: Link.objects.update(digest="x"),
    "links deleted": lambda: Link.objects.all().delete(),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_program_can_neither_change_nor_remove_an_entry(change: str) -> None:
    note()
    chain_waiting()

    with pytest.raises(AppendOnly):
        CHANGES[change]()

    assert Entry.objects.get().verb == "read"


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["record_entry", "record_link"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_it_too(table: str, sql: str) -> None:
    note()
    chain_waiting()
    column = "verb" if table == "record_entry" else "digest"

    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table, column, column))

    assert Entry.objects.count() == Link.objects.count() == 1


# What is done to a record of ten entries, and what must be said of it. {3} is the key of the third.
TAMPERED = [
    ("UPDATE record_entry SET verb = 'wrote' WHERE id = {3}", "entry {3} was changed"),
    ("UPDATE record_entry SET at = '2020-01-01 00:00:00+00:00' WHERE id = {3}", "entry {3} was changed"),
    ("UPDATE record_entry SET actor_key = '7' WHERE id = {1}", "entry {1} was changed"),
    ("UPDATE record_entry SET detail = '{{}}' WHERE id = {10}", "entry {10} was changed"),
    ("UPDATE record_link SET digest = 'feed' WHERE number = 4", "entry {4} was changed, or its link 4"),
    ("DELETE FROM record_entry WHERE id = {3}", "entry {3} was removed"),
    ("DELETE FROM record_entry WHERE id = {10}", "entry {10} was removed"),
    ("DELETE FROM record_link WHERE number = 3", "entry {3} is not in the chain"),
    ("DELETE FROM record_link WHERE number > 7", "the end was cut off: the chain has 7 links"),
    ("UPDATE record_head SET number = 3", "the head in the database says 3"),
    ("DELETE FROM record_head", "the record is gone"),
    (
        "INSERT INTO record_entry (at, actor_kind, actor_key, verb, kind, key, case_key, detail)"
        " VALUES ('2020-01-01 00:00:00+00:00', 'user', '1', 'read', 'case', 'k', 'k', '{{}}')",
        "is not in the chain: it was added past Milium",
    ),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("sql", "said"), TAMPERED, ids=[sql[:60] for sql, _ in TAMPERED])
def test_tampering_is_found_and_named(sql: str, said: str) -> None:
    note(10)
    assert verify().wrong == ()
    keys = [0, *Entry.objects.order_by("pk").values_list("pk", flat=True)]

    tamper(sql.format(*keys))

    assert said.format(*keys) in "\n".join(verify().wrong)


def made_anew() -> None:
    """The last three entries removed with their links, and the whole chain calculated again: every digest fits."""
    for sql in (
        "DELETE FROM record_link WHERE number > 7",
        "DELETE FROM record_entry WHERE id > (SELECT MAX(entry_id) FROM record_link)",
        "UPDATE record_entry SET verb = 'wrote' WHERE id = (SELECT MIN(id) FROM record_entry)",
    ):
        tamper(sql)
    before = Head.objects.get().name
    for link in Link.objects.select_related("entry").order_by("number"):
        before = digest_of(before, link.number, link.entry)
        tamper(f"UPDATE record_link SET digest = '{before}' WHERE number = {link.number}")
    tamper(f"UPDATE record_head SET number = 7, digest = '{before}'")


@pytest.mark.django_db(transaction=True)
def test_a_chain_made_anew_is_found_by_the_anchor_outside_the_database(settings: Settings) -> None:
    note(10)
    end = verify()

    made_anew()

    assert "the anchor in the instance folder says 10" in "\n".join(verify().wrong)
    [file] = Path(settings.MILIUM_RECORD_ANCHORS).iterdir()
    file.unlink()
    # Whoever takes the anchor as well is found out by an end that was noted elsewhere.
    assert verify().wrong == ("the instance folder holds no anchor of this record",)
    assert "the end that was noted says 10" in "\n".join(
        verify(noted=(end.number, end.digest)).wrong
    )


@pytest.mark.django_db(transaction=True)
def test_an_anchor_that_this_installation_did_not_sign_is_not_believed(settings: Settings) -> None:
    note(3)
    [file] = Path(settings.MILIUM_RECORD_ANCHORS).iterdir()

    file.write_text(file.read_text().replace("3", "2"), encoding="ascii")

    assert "was not signed with this installation's secret" in "\n".join(verify().wrong)


@pytest.mark.django_db(transaction=True)
def test_the_command_says_sound_or_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    note(3)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "the record is sound: 3 entries" in out.getvalue()
    noted = out.getvalue().split()[-1]
    call_command("verify_audit", noted=noted, stdout=out)

    tamper("UPDATE record_entry SET verb = 'wrote'")

    with pytest.raises(CommandError, match="not sound: 3 found") as error:
        call_command("verify_audit", stdout=out, stderr=out)
    assert error.value.returncode == 2


@pytest.mark.usefixtures("many_at_once")
def test_many_writers_at_once_lose_nothing_and_link_everything_once() -> None:
    def write() -> None:
        try:
            for number in range(5):
                if number == 3:
                    with pytest.raises(RuntimeError):
                        note_and_fail()
                else:
                    note()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain_waiting()

    assert Entry.objects.count() == 24
    assert verify().number == 24
    assert verify().wrong == ()


@pytest.mark.django_db
def test_an_asker_can_ask_who_opened_their_case() -> None:
    with acting_as(Actor(kind="user", key="7")):
        record(verb="read", kind="case", key="one", case="one")
        record(verb="saved", kind="opinion", key="1", case="one")
        record(verb="read", kind="case", key="two", case="two")
    with acting_as(Actor(kind="asker")):
        record(verb="read", kind="case", key="one", case="one")

    assert [(o.actor_key, o.verb) for o in opened("one")] == [("7", "read")]
