from __future__ import annotations

from django.apps import AppConfig


class ThreadsApp(AppConfig):
    """What specialists ask the asker, and what they answer."""

    name = "milium_site.threads"
    label = "threads"
    default_auto_field = "django.db.models.BigAutoField"
