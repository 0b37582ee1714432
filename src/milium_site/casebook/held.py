"""The cases that an account keeps, each in a line: where it stands and what waits for its asker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from milium_site.casebook.standing import Facts, standing
from milium_site.cases.links import account_link
from milium_site.cases.models import Case
from milium_site.cases.presenters import headline
from milium_site.cases.queries import held
from milium_site.cases.workflow import DRAFT, RETURNED, STOPPED, WITHDRAWN
from milium_site.opinions.workflow import STANDING
from milium_site.people.models import User


# A case that never got further has no standing of its own on the case page.
BEFORE = {
    DRAFT: "You have not sent it yet.",
    STOPPED: "It was not sent, because it may need help now.",
    WITHDRAWN: "You took it back.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCase:
    """One case: ``link`` opens it while its user is signed in, ``waits`` is what they are asked to do, if anything."""

    link: str
    title: str
    started_at: datetime
    line: str
    waits: str


def cases_of(user: User) -> QuerySet[Case]:
    """What the account keeps, the latest first."""
    return Case.objects.filter(holding__user=user).order_by("-started_at", "-pk")


def held_cases(user: User, now: datetime) -> list[HeldCase]:
    """What the account keeps, in one query."""
    unanswered = Q(
        messages__specialist__isnull=False,
        messages__answered_by__isnull=True,
        messages__moderated="",
    )
    counted = cases_of(user).annotate(
        panel_size=Count("seats", filter=held(now, through="seats__"), distinct=True),
        answers_in=Count("opinions", filter=Q(opinions__state__in=STANDING), distinct=True),
        questions=Count("messages", filter=unanswered, distinct=True),
        due=Count("outcomes", filter=Q(outcomes__told_at__isnull=True), distinct=True),
    )
    return [_row(case, _facts(case), now) for case in counted]


def _facts(case: Case) -> Facts:
    counted = vars(case)
    return Facts(
        state=case.state,
        opened_at=case.opened_at,
        panel=counted["panel_size"],
        answers=counted["answers_in"],
        questions=counted["questions"],
        follow_up=bool(counted["due"]),
    )


def _row(case: Case, facts: Facts, now: datetime) -> HeldCase:
    return HeldCase(
        link=account_link(case.key),
        title=headline(case),
        started_at=case.submitted_at or case.started_at,
        line=BEFORE.get(case.state) or standing(facts, now).line,
        waits=_waits(facts),
    )


def _waits(facts: Facts) -> str:
    if facts.state == DRAFT:
        return "Finish it and send it."
    if facts.state == STOPPED:
        return "Read where to go now."
    if facts.state == RETURNED:
        return "Change what the moderator asks for and send it again."
    if facts.state == WITHDRAWN:
        return ""
    if facts.questions:
        s = "" if facts.questions == 1 else "s"
        return f"{facts.questions} question{s} from your panel."
    return "Tell how it went." if facts.follow_up else ""
