from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ExchangeApp(AppConfig):
    """What other programs read and write here: tokens, the JSON API, FHIR and webhooks."""

    name = "milium_site.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from milium_site.exchange import receivers  # noqa: F401, PLC0415 (models must be loaded)
