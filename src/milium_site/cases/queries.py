"""Reading cases. A case is reached by its secret link, from the account that keeps it or by a seat on its panel, and in no other way."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from milium.api import History
from milium_site.cases.answers import Answers
from milium_site.cases.links import digest_of, key_in
from milium_site.cases.models import Case, CaseEvent, Holding, Seat
from milium_site.cases.questions import problem_of
from milium_site.cases.workflow import OPEN, WITH_PANEL, WITHDRAWN
from milium_site.foundation.values import history_from
from milium_site.people.models import Specialist
from milium_site.record.who import acting


def behind(link: str) -> QuerySet[Case]:
    """The case that a link opens to whoever acts now, withdrawn or not: the secret link to everybody who has it.

    An account's link opens it to one user, while they are signed in.
    """
    key, who = key_in(link), acting()
    if not key:
        return Case.objects.filter(link_digest=digest_of(link))
    if who.kind != "user":
        return Case.objects.none()
    return Case.objects.filter(key=key, holding__user=int(who.key))


def case_by_link(link: str) -> Case:
    """The asker's way in. Raises ``Case.DoesNotExist``, for a withdrawn case too."""
    return behind(link).exclude(state=WITHDRAWN).get()


def holding_of(case: Case) -> Holding | None:
    """In whose account the case is kept."""
    return Holding.objects.filter(case=case).first()


def held(now: datetime | None = None, *, through: str = "") -> Q:
    """Seats that are held: neither left nor out of time, whether or not anybody has swept up since.

    ``through`` leads to the seats from another model (``seats__``).
    """
    now = now or timezone.now()
    in_time = Q(**{f"{through}lapses_at__isnull": True}) | Q(**{f"{through}lapses_at__gt": now})
    return Q(**{f"{through}left_at__isnull": True}) & in_time


def case_for_specialist(key: str, specialist: Specialist) -> Case:
    """The panel's way in. Raises ``Case.DoesNotExist`` for a case that is not theirs, or not with its panel."""
    # Whoever took their answer back left their place, and still sees what they took back.
    seats = Seat.objects.filter(held() | Q(left_because="withdrew"), specialist=specialist)
    return Case.objects.get(key=key, state__in=WITH_PANEL, pk__in=seats.values("case"))


def cases_of_panellist(specialist: Specialist) -> QuerySet[Case]:
    """Every case of theirs: the most urgent first, then the one that has waited longest."""
    seats = Seat.objects.filter(held(), specialist=specialist)
    return Case.objects.filter(state__in=WITH_PANEL, pk__in=seats.values("case")).order_by(
        "urgency_rank", "submitted_at", "pk"
    )


def panel_of(case: Case) -> list[Specialist]:
    """Who holds a place, in the order in which they were first asked."""
    seats = case.seats.filter(held()).select_related("specialist")
    seats = seats.prefetch_related("specialist__credentials")
    return [seat.specialist for seat in seats.order_by("pk")]


def waiting_seats(specialists: list[Specialist]) -> dict[int, int]:
    """How many cases wait for an answer of each of them, by the specialist's primary key."""
    waits = Seat.objects.filter(
        left_at__isnull=True, lapses_at__gt=timezone.now(), case__state=OPEN
    )
    counted = dict(waits.values_list("specialist").annotate(Count("pk")))
    return {s.pk: counted.get(s.pk, 0) for s in specialists}


def last_event(case: Case, what: str) -> CaseEvent | None:
    """When this last happened to the case."""
    return case.events.filter(what=what).last()


def answers_of(case: Case) -> Answers:
    """What was asked beside the asker's own words, and what they answered."""
    return Answers.from_json(case.answers)


def problem_asked(case: Case) -> str:
    """The kind of problem the questions are chosen for: the asker's choice, else what their words point to."""
    return case.problem or problem_of(case.text, history_of(case))


def history_of(case: Case) -> History:
    """What the asker told, as the reader read it and they corrected it."""
    return history_from(case.history)
