from __future__ import annotations

from django.apps import AppConfig


class RecordApp(AppConfig):
    """Who read and wrote what: the append-only record."""

    name = "milium_site.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
