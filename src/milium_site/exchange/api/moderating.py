"""What a moderator reads and decides."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from milium_site.cases.models import Case
from milium_site.exchange.api.doors import BearerToken, user
from milium_site.exchange.api.presenters import urgency_of
from milium_site.exchange.api.schemas import HoldIn, KeyPath, StateOut, WaitingOut, WaitingRow
from milium_site.exchange.problems import Problem
from milium_site.moderation import actions, queries
from milium_site.moderation.policies import is_on_panel
from milium_site.record.actions import record


router = Router(tags=["moderating"])
WRITE = BearerToken("moderation:write")


@router.get("/moderation/cases", response=WaitingOut, auth=BearerToken("moderation:read"))
def waiting(request: HttpRequest, limit: Annotated[int, Field(ge=1, le=50)] = 20) -> WaitingOut:
    """What waits, the riskiest first."""
    who = user(request)
    cases = [case for case in queries.waiting_cases()[:limit] if not is_on_panel(who, case)]
    for case in cases:
        record(verb="read", kind="case", key=case.key, case=case.key, by="api")
    return WaitingOut(
        cases=[
            WaitingRow(
                key=case.key,
                state=case.state,
                urgency=urgency_of(case),
                submitted_at=case.submitted_at,
                risk=getattr(case, "risk", None),
                text=case.question,
            )
            for case in cases
        ]
    )


@router.post("/moderation/cases/{key}/open", response=StateOut, auth=WRITE)
def open_case(request: HttpRequest, key: KeyPath) -> StateOut:
    """Lets the panel see a case that waits."""
    return _state(actions.open_case(case=_case(request, key), by=user(request)))


@router.post("/moderation/cases/{key}/hold", response=StateOut, auth=WRITE)
def hold(request: HttpRequest, key: KeyPath, sent: HoldIn) -> StateOut:
    """Holds a case, with a reason that its asker reads."""
    case = _case(request, key)
    actions.move_case(case=case, what="hold", by=user(request), reason=sent.reason, seen=sent.seen)
    case.refresh_from_db()
    return _state(case)


def _case(request: HttpRequest, key: str) -> Case:
    try:
        case = queries.case_for_moderator(key)
    except Case.DoesNotExist as error:
        raise Http404 from error
    if is_on_panel(user(request), case):
        raise Problem(403, "You were asked to answer this case, so you do not moderate it.")
    return case


def _state(case: Case) -> StateOut:
    return StateOut(key=case.key, state=case.state)
