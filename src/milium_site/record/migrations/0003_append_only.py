"""The database itself refuses to change or remove an entry or a link, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

TABLES = ("record_entry", "record_link")
WHY = "the record is only ever added to"

PROTECT = {
    "sqlite": [
        f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        for table in TABLES
        for what in ("update", "delete")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION record_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
        *(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION record_only_grows()"
            for table in TABLES
        ),
    ],
}
RELEASE = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {table}_no_{what}"
        for table in TABLES
        for what in ("update", "delete")
    ],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}" for table in TABLES),
        "DROP FUNCTION IF EXISTS record_only_grows()",
    ],
}


def run(statements: dict[str, list[str]]) -> Callable[[Any, Any], None]:
    def step(apps: Any, editor: Any) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("record", "0002_chain")]

    operations = [migrations.RunPython(run(PROTECT), run(RELEASE))]
