"""Reading people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from milium_site.people.models import Specialist, User
from milium_site.people.policies import may_answer


def specialist_of(user: User | AnonymousUser) -> Specialist | None:
    """The specialist that ``user`` is, when they may answer; else ``None``."""
    if not isinstance(user, User):
        return None
    found = Specialist.objects.select_related("user").filter(user=user).first()
    return found if may_answer(found) else None


def answering_specialists() -> QuerySet[Specialist]:
    """Everybody who may answer."""
    return Specialist.objects.filter(
        is_active=True, user__is_active=True, checked_on__isnull=False
    ).order_by("pk")


def demo_specialists() -> QuerySet[Specialist]:
    """The demo's panel."""
    return Specialist.objects.filter(is_demo=True).select_related("user").order_by("pk")
