from __future__ import annotations

from django.apps import AppConfig


class ModerationApp(AppConfig):
    """Screening, review and reports."""

    name = "milium_site.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
