from __future__ import annotations

from django.apps import AppConfig


class ConsentsApp(AppConfig):
    """What the asker agreed to, purpose by purpose."""

    name = "milium_site.consents"
    label = "consents"
    default_auto_field = "django.db.models.BigAutoField"
