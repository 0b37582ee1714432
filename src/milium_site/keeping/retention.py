"""For how long cases are kept. What is over is erased as its asker would erase it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, QuerySet

from milium_site.casebook.actions import erase_case
from milium_site.cases.models import Case
from milium_site.cases.workflow import CLOSED, DRAFT, RETURNED, WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Cases in these states are kept for so many days after what last happened to them; 0 is for good."""

    setting: str
    states: tuple[str, ...]

    def over(self, now: datetime) -> QuerySet[Case]:
        """The cases whose term is over. One that stands in the archive stays for as long as its page does."""
        days = getattr(settings, self.setting)
        if not days:
            return Case.objects.none()
        cases = Case.objects.filter(state__in=self.states, publication__page=None)
        dated = cases.annotate(last=Max("events__at"))
        before = now - timedelta(days=days)
        return (
            dated.filter(last__lt=before) | dated.filter(last=None, started_at__lt=before)
        ).distinct()


TERMS = (
    Term(setting="MILIUM_KEEP_DRAFTS_DAYS", states=(DRAFT, RETURNED)),
    Term(setting="MILIUM_KEEP_CLOSED_DAYS", states=(CLOSED,)),
    Term(setting="MILIUM_KEEP_WITHDRAWN_DAYS", states=(WITHDRAWN,)),
)


def erase_what_is_over(*, now: datetime) -> int:
    """Erases every case whose term is over, each for itself; how many."""
    erased = 0
    for term in TERMS:
        for case in list(term.over(now)):
            erase_case(case=case)
            erased += 1
    return erased
