from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override


class ArchiveApp(AppConfig):
    """Published cases, and finding them."""

    name = "milium_site.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Listens for deleted pages."""
        import_module("milium_site.archive.receivers")
