from __future__ import annotations

from django.apps import AppConfig


class FoundationApp(AppConfig):
    """What every app stands on: the frame of pages, headers, workflows, stored values."""

    name = "milium_site.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
