"""What every page's frame needs to know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from milium_site.foundation.glossary import Glossary


def site(request: HttpRequest) -> dict[str, object]:
    """``demo``: the frame says that nobody here is real. ``glossary``: the medical words of this page."""
    return {"demo": not settings.PRODUCTION, "glossary": Glossary()}
