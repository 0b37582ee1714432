from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class PeopleApp(AppConfig):
    """Accounts and specialists."""

    name = "milium_site.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from milium_site.people import receivers  # noqa: F401, PLC0415 (they connect on import)
