"""What every page's frame needs to know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """``demo``: the frame says that nobody here is real."""
    return {"demo": not settings.PRODUCTION}
