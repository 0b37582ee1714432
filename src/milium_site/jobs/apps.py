from __future__ import annotations

from django.apps import AppConfig


class JobsApp(AppConfig):
    """Work that is done later, by a worker."""

    name = "milium_site.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
