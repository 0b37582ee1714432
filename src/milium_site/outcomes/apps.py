from __future__ import annotations

from django.apps import AppConfig


class OutcomesApp(AppConfig):
    """What the asker reports back after 2 and 6 weeks."""

    name = "milium_site.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
