from __future__ import annotations

from django.apps import AppConfig


class CasesApp(AppConfig):
    """What askers tell, up to the panel."""

    name = "milium_site.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
