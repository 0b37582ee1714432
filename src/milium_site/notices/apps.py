from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class NoticesApp(AppConfig):
    """Telling people, discreetly, that something waits for them."""

    name = "milium_site.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from milium_site.notices import receivers  # noqa: F401, PLC0415 (they connect on import)
