"""How the site is doing. No case and no person is in here."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from milium_site.exchange.api.doors import BearerToken
from milium_site.exchange.api.schemas import StandingOut
from milium_site.exchange.models import Delivery
from milium_site.exchange.workflow import DEAD
from milium_site.jobs.queries import dead_jobs, due_jobs, waiting_jobs


router = Router(tags=["operating"])


@router.get("/operator/standing", response=StandingOut, auth=BearerToken("operator:read"))
def standing(request: HttpRequest) -> StandingOut:
    """Figures that an operator watches."""
    return StandingOut(
        jobs_due=due_jobs().count(),
        jobs_waiting=waiting_jobs().count(),
        jobs_dead=dead_jobs().count(),
        deliveries_dead=Delivery.objects.filter(state=DEAD).count(),
    )
