from __future__ import annotations

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate, pre_migrate
from typing_extensions import override


class FoundationApp(AppConfig):
    """What every app stands on: the frame of pages, headers, workflows, stored values."""

    name = "milium_site.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        pre_migrate.connect(migrations_take_their_time, sender=self)
        post_migrate.connect(there_is_a_data_key, sender=self)


def migrations_take_their_time(using: str, **_: object) -> None:
    """A statement of a page has a limit; one that changes a large table has none."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def there_is_a_data_key(using: str, **_: object) -> None:
    """After every migration and every emptying of the database: without a data key nothing private can be kept."""
    from milium_site.foundation.actions import make_first_data_key  # noqa: PLC0415 (models load after apps)
    from milium_site.foundation.keyring import KEYRING  # noqa: PLC0415 (as above)
    from milium_site.foundation.models import DataKey  # noqa: PLC0415 (as above)

    KEYRING.forget()
    tables = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and DataKey._meta.db_table in tables:
        make_first_data_key()
