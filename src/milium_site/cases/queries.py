"""Reading cases. A case is reached by its secret link or by a seat on its panel, and in no other way."""

from __future__ import annotations

from django.db.models import QuerySet

from milium.api import History
from milium_site.cases.links import digest_of
from milium_site.cases.models import Case, CaseEvent, Seat
from milium_site.cases.workflow import OPEN, WITH_PANEL, WITHDRAWN
from milium_site.foundation.values import history_from
from milium_site.people.models import Specialist


def case_by_link(link: str) -> Case:
    """The asker's way in. Raises ``Case.DoesNotExist``, for a withdrawn case too."""
    return Case.objects.exclude(state=WITHDRAWN).get(link_digest=digest_of(link))


def case_for_specialist(key: str, specialist: Specialist) -> Case:
    """The panel's way in. Raises ``Case.DoesNotExist`` for a case that is not theirs, or not with its panel."""
    return Case.objects.get(key=key, state__in=WITH_PANEL, seats__specialist=specialist)


def cases_of_panellist(specialist: Specialist) -> QuerySet[Case]:
    """Every case of theirs: the most urgent first, then the one that has waited longest."""
    return Case.objects.filter(state__in=WITH_PANEL, seats__specialist=specialist).order_by(
        "urgency_rank", "submitted_at", "pk"
    )


def panel_of(case: Case) -> list[Specialist]:
    """Who was invited, in the order of invitation."""
    return [seat.specialist for seat in case.seats.select_related("specialist").order_by("pk")]


def waiting_seats(specialists: list[Specialist]) -> dict[int, int]:
    """How many open cases each of them sits on, by the specialist's primary key."""
    counts = dict.fromkeys((s.pk for s in specialists), 0)
    for seat in Seat.objects.filter(specialist__in=specialists, case__state=OPEN):
        counts[seat.specialist_id] += 1
    return counts


def last_event(case: Case, what: str) -> CaseEvent | None:
    """When this last happened to the case."""
    return case.events.filter(what=what).last()


def history_of(case: Case) -> History:
    """What the asker told, as the reader read it and they corrected it."""
    return history_from(case.history)
