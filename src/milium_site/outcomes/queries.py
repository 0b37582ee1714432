"""Reading outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from milium_site.cases.models import Case, CaseEvent
from milium_site.outcomes.models import WEEKS, Outcome
from milium_site.outcomes.policies import FOLLOWED


def outcomes_of(case: Case) -> list[Outcome]:
    """The follow-ups that were asked, the first one first; those not answered too."""
    return list(Outcome.objects.filter(case=case))


def told_outcomes(case: Case) -> list[Outcome]:
    """What the asker reported back."""
    return [outcome for outcome in outcomes_of(case) if outcome.told_at]


def due(now: datetime) -> Iterator[tuple[Case, int, datetime]]:
    """The follow-ups to be asked by ``now`` and not asked yet: the case, after how many weeks, since when."""
    asked = set(Outcome.objects.values_list("case_id", "weeks"))
    # An asker may close a case before everybody has answered: what happened first counts.
    answered = CaseEvent.objects.filter(what__in=["answered", "closed"], case__state__in=FOLLOWED)
    for event in answered.select_related("case").order_by("case_id", "at"):
        for weeks in WEEKS:
            since = event.at + timedelta(weeks=weeks)
            if since <= now and (event.case_id, weeks) not in asked:
                asked.add((event.case_id, weeks))
                yield event.case, weeks, since
