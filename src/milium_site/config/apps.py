from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ConfigApp(AppConfig):
    """Registers the system checks; it has no models of its own."""

    name = "milium_site.config"
    label = "milium_config"

    @override
    def ready(self) -> None:
        from milium_site.config import checks  # noqa: F401, PLC0415 (checks register on import)
