"""Every write of keeping: rows put into empty tables as they were elsewhere, and what is over taken away."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.models import Model

from milium_site.foundation.files import behind
from milium_site.keeping.tables import Table
from milium_site.record.actions import record, record_again


@transaction.atomic
def empty_tables(*, alias: str, tables: list[Table]) -> None:
    """Removes what the migrations themselves put into new tables."""
    for table in tables:
        rows = table.model._base_manager.using(alias)
        if rows.exists():
            rows.all()._raw_delete(alias)  # noqa: SLF001 (rows go as they are, without asking their models)


@transaction.atomic
def put_rows(*, alias: str, table: Table, lines: list[bytes]) -> int:
    """Writes rows as they were; how many."""
    done = 0
    for some in table.instances(lines):
        table.model._base_manager.using(alias).bulk_create(some)
        done += len(some)
    return done


@transaction.atomic
def put_next_number(*, alias: str, table: str, column: str, number: int) -> None:
    """Makes the next row of the table get this number."""
    database = connections[alias]
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                [connection.ops.quote_name(table), column, number],
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1]
        )


@transaction.atomic
def put_file(*, storage: Storage, name: str, content: bytes) -> None:
    """Writes a stored file as it was, sealed as it was. Raises ``FileExistsError``."""
    kept = behind(storage).save(name, ContentFile(content))
    if kept != name:
        behind(storage).delete(kept)
        raise FileExistsError(f"{name} is in the store already")


@transaction.atomic
def drop_file(*, storage: Storage, name: str) -> None:
    """Takes away a file of a restore that did not come to its end."""
    behind(storage).delete(name)


@transaction.atomic
def note_backup(*, key: str, rows: int, files: int) -> None:
    """Records that everything was read."""
    record(verb="backed-up", kind="instance", key=key, rows=rows, files=files)


@transaction.atomic
def note_restore(*, key: str, made_at: str) -> None:
    """Records that everything is as it was in a backup. Everybody signs in anew: some may have signed out since."""
    Session.objects.all().delete()
    record(verb="restored", kind="instance", key=key, made_at=made_at)


@transaction.atomic
def take_in_rows(*, model: type[Model], rows: list[Model]) -> None:
    """Writes rows of another instance under their own numbers; their private words are sealed with this one's key."""
    model._base_manager.bulk_create(rows)
    if model._meta.label == "record.Entry":
        record_again(entries=[row.pk for row in rows])


@transaction.atomic
def number_on(*, models: list[type[Model]]) -> None:
    """Makes the next row of each table get a number after the last."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@transaction.atomic
def take_in_file(*, storage: Storage, name: str, content: bytes) -> None:
    """Writes a stored file under its name, sealed with this instance's key. Raises ``FileExistsError``."""
    kept = storage.save(name, ContentFile(content))
    if kept != name:
        storage.delete(kept)
        raise FileExistsError(f"{name} is in the store already")


@transaction.atomic
def note_export(*, of: str, files: int, case: str = "") -> None:
    """Records that everything of the instance, or of one case, was read and given out."""
    kind, key = ("case", case) if case else ("instance", of)
    record(verb="exported", kind=kind, key=key, case=case, files=files)


@transaction.atomic
def note_import(*, of: str, sha256: str, milium: str) -> None:
    """Records where the rows of this instance came from; what the record tells of before was written elsewhere."""
    record(verb="imported", kind="instance", key=of, sha256=sha256, milium=milium)
