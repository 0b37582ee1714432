"""What a moderator decided of something, for its author's page."""

from __future__ import annotations

from dataclasses import replace

from django import template

from milium_site.cases.models import Case
from milium_site.moderation.queries import Told, masks_of, reason_for, told_of


register = template.Library()


@register.inclusion_tag("moderation/_decision.html")
def moderator_said(kind: str, key: object) -> dict[str, object]:
    """The standing decision about an opinion or a specialist; draws nothing where there is none."""
    return {"told": told_of(kind, str(key))}


@register.inclusion_tag("moderation/_decision.html")
def moderator_said_of(case: Case) -> dict[str, object]:
    """Why a case is held, given back or removed; else why words of it were covered, where they were."""
    return {"told": reason_for(case) or _of_masks(case), "case": case}


def _of_masks(case: Case) -> Told | None:
    masks = masks_of(case)
    reasons = " ".join(dict.fromkeys(mask.reason for mask in reversed(masks)))
    return replace(masks[0], reason=reasons) if masks else None
