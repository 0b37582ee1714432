"""Which open cases a specialist may take, in the order of the queue, a page at a time.

The order is urgency, then how long a case has waited (in days), then how well it fits, then the moment it was sent. A page
is found by what stood last on the page before, never by counting: the thousandth page costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleGreaterThanOrEqual
from django.db.models.functions import Coalesce
from typing_extensions import override

from milium_site.cases.models import Case, CaseTopic, Seat
from milium_site.cases.queries import held
from milium_site.cases.topics import topics_of_concepts
from milium_site.cases.workflow import OPEN
from milium_site.people.models import Specialist
from milium_site.photos.models import Photo


PAGE = 20
FOR_GOOD = ("passed", "withdrew")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a specialist narrows the queue to; everything empty shows all. ``days``: waiting for at least so many."""

    urgency: int | None = None
    problem: str = ""
    days: int = 0
    photos: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ended: the order's own values of its last case."""

    urgency: int
    day: date
    fit: int
    sent: datetime
    pk: int

    @override
    def __str__(self) -> str:
        """As an address carries it."""
        sent = int(self.sent.timestamp() * 1_000_000)
        return f"{self.urgency}.{self.day.toordinal()}.{self.fit}.{sent}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place that an address names; None for anything else, which is the first page."""
        parts = text.split(".")
        if len(parts) != 5 or not all(p.isascii() and p.isdecimal() and len(p) < 18 for p in parts):
            return None
        urgency, day, fit, sent, pk = map(int, parts)
        try:
            return cls(
                urgency=urgency,
                day=date.fromordinal(day),
                fit=fit,
                sent=datetime.fromtimestamp(sent / 1_000_000, tz=UTC),
                pk=pk,
            )
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Primary keys of cases in order, how well each fits, and where the next page begins."""

    fits: dict[int, int]
    next: Place | None


def open_places(
    specialist: Specialist,
    *,
    now: datetime,
    filters: Filters = Filters(),
    after: Place | None = None,
    size: int = PAGE,
) -> Page:
    """The cases with a free place that the specialist may take. One query, from one index."""
    rows = list(
        _ordered(_narrowed(_takeable(specialist, now), filters, now), specialist, after)[: size + 1]
    )
    shown = rows[:size]
    last = shown[-1] if len(rows) > size else None
    return Page(
        fits={row["pk"]: row["fit"] for row in shown},
        next=Place(
            urgency=last["urgency_rank"],
            day=last["queued_on"],
            fit=last["fit"],
            sent=last["submitted_at"],
            pk=last["pk"],
        )
        if last
        else None,
    )


def _takeable(specialist: Specialist, now: datetime) -> QuerySet[Case]:
    """Cases with a place, without those that are theirs already or that they gave up for good."""
    seats = Seat.objects.filter(specialist=specialist)
    theirs = seats.filter(held(now) | Q(left_because__in=FOR_GOOD)).values("case")
    # "In" and not "is": SQLite finds a bare boolean column in no index, and would sort every open case.
    return Case.objects.filter(state=OPEN, has_place__in=[True]).exclude(pk__in=theirs)


def _narrowed(cases: QuerySet[Case], filters: Filters, now: datetime) -> QuerySet[Case]:
    if filters.urgency is not None:
        cases = cases.filter(urgency_rank=filters.urgency)
    if filters.problem:
        cases = cases.filter(problem=filters.problem)
    if filters.days:
        cases = cases.filter(queued_on__lte=(now - timedelta(days=filters.days)).date())
    if filters.photos:
        cases = cases.filter(Exists(Photo.objects.filter(case=OuterRef("pk"), waits=False)))
    return cases


def _ordered(
    cases: QuerySet[Case], specialist: Specialist, after: Place | None
) -> QuerySet[Any, dict[str, Any]]:
    ordered = cases.annotate(fit=_fit(specialist))
    if after:
        ordered = ordered.filter(_from(after), _behind(after))
    rows: QuerySet[Any, Any] = ordered
    return rows.order_by("urgency_rank", "queued_on", "-fit", "submitted_at", "pk").values(
        "pk", "fit", "urgency_rank", "queued_on", "submitted_at"
    )


def _fit(specialist: Specialist) -> Coalesce:
    # A case has a handful of topics, a specialist dozens: the case's are read once and looked up in the specialist's, never
    # the other way round. The sum keeps a planner from turning that about.
    chosen = sorted(topics_of_concepts(specialist.interests))
    topics = CaseTopic.objects.filter(case=OuterRef("pk")).annotate(named=F("topic") + 0)
    shared = topics.filter(named__in=chosen)
    counted = shared.order_by().values("case").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _from(place: Place) -> TupleGreaterThanOrEqual:
    # Both databases find the beginning of the page in the index by this alone.
    return TupleGreaterThanOrEqual(
        Tuple(F("urgency_rank"), F("queued_on")), (place.urgency, place.day)
    )


def _behind(place: Place) -> Q:
    # Within the day in one comparison: the fit is counted for every case of it, and only once.
    same_day = Q(urgency_rank=place.urgency, queued_on=place.day)
    later = TupleGreaterThan(
        Tuple(0 - F("fit"), F("submitted_at"), F("pk")), (-place.fit, place.sent, place.pk)
    )
    return ~same_day | Q(later)
