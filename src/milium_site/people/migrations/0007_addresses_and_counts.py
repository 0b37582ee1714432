from __future__ import annotations

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def vouch(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Accounts made before addresses had to be proven were all made by an operator, who vouched for them."""
    address = apps.get_model("account", "EmailAddress")
    for user in apps.get_model("people", "User").objects.all():
        if not address.objects.filter(user=user).exists():
            address.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def make_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The table in which attempts are counted; Django's own command knows its columns."""
    call_command(
        "createcachetable", "people_counts", database=schema_editor.connection.alias, verbosity=0
    )


def drop_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE people_counts")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(vouch, migrations.RunPython.noop),
        migrations.RunPython(make_table, drop_table),
    ]
