"""Days as pages write them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import formats


register = template.Library()


@register.filter
def day(iso: str) -> str:
    """An ISO date in words: ``22 November 2026``. Raises ``ValueError`` when it is none."""
    return str(formats.date_format(date.fromisoformat(iso), "j F Y"))
