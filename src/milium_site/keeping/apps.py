from __future__ import annotations

from django.apps import AppConfig


class KeepingApp(AppConfig):
    """Backups, moving between databases, and for how long things are kept; it has no models of its own."""

    name = "milium_site.keeping"
    label = "keeping"
