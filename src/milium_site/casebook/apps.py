from __future__ import annotations

from django.apps import AppConfig


class CasebookApp(AppConfig):
    """The asker's own pages of a case that was sent."""

    name = "milium_site.casebook"
    label = "casebook"
    default_auto_field = "django.db.models.BigAutoField"
