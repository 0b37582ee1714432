from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def days_to_rows(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The day on which a register was checked becomes a check that counts for a year from it."""
    credential = apps.get_model("people", "Credential")
    for specialist in apps.get_model("people", "Specialist").objects.filter(
        checked_on__isnull=False
    ):
        day = specialist.checked_on
        last = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
        credential.objects.create(
            specialist=specialist, checked_on=day, expires_on=last.replace(year=last.year + 1)
        )


def rows_to_days(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The latest check's day goes back into the specialist's row."""
    for credential in apps.get_model("people", "Credential").objects.order_by("checked_on"):
        credential.specialist.checked_on = credential.checked_on
        credential.specialist.save()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_credentials")]

    operations = [migrations.RunPython(days_to_rows, rows_to_days)]
