from __future__ import annotations

from django.apps import AppConfig


class PhotosApp(AppConfig):
    """Pictures of the skin: cleaned before they are kept."""

    name = "milium_site.photos"
    label = "photos"
    default_auto_field = "django.db.models.BigAutoField"
