"""What a moderator decided of something, for its author's page."""

from __future__ import annotations

from django import template

from milium_site.cases.models import Case
from milium_site.moderation.queries import reason_for, told_of


register = template.Library()


@register.inclusion_tag("moderation/_decision.html")
def moderator_said(kind: str, key: object) -> dict[str, object]:
    """The standing decision about an opinion or a specialist; draws nothing where there is none."""
    return {"told": told_of(kind, str(key))}


@register.inclusion_tag("moderation/_decision.html")
def moderator_said_of(case: Case) -> dict[str, object]:
    """Why a case is held, given back or removed; draws nothing where it is not."""
    return {"told": reason_for(case), "case": case}
