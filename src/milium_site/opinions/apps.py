from __future__ import annotations

from django.apps import AppConfig


class OpinionsApp(AppConfig):
    """Sealed answers and the comparison of them."""

    name = "milium_site.opinions"
    label = "opinions"
    default_auto_field = "django.db.models.BigAutoField"
