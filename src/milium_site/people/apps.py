from __future__ import annotations

from django.apps import AppConfig


class PeopleApp(AppConfig):
    """Accounts and specialists."""

    name = "milium_site.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
