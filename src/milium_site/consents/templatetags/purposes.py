"""The boxes by which an asker says what may be done with their case: ``{% load purposes %}{% purposes %}``."""

from __future__ import annotations

from collections.abc import Collection

from django import template

from milium_site.consents.texts import CARE, PURPOSES, wording_of


register = template.Library()


@register.inclusion_tag("consents/_purposes.html")
def purposes(ticked: Collection[str] = (), error: str = "") -> dict[str, object]:
    """Every purpose with today's wording; nothing is ticked that the asker has not ticked."""
    return {
        "rows": [(wording_of(p), p in ticked, p == CARE) for p in PURPOSES],
        "error": error,
        "more": any(p != CARE for p in ticked),
    }
