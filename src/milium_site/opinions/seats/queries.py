"""Reading the places of panels: a specialist's own, and for the coordinator who has how much and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from milium_site.cases.models import Case, CaseTopic, Seat
from milium_site.cases.queries import held
from milium_site.cases.topics import topic_of
from milium_site.cases.workflow import OPEN
from milium_site.opinions.models import Opinion
from milium_site.opinions.workflow import COMMITTED
from milium_site.people.models import Specialist
from milium_site.people.professions import name_of
from milium_site.people.queries import answering_specialists
from milium_site.photos.models import Photo


# Figures are of this many days; a case waits too long when nobody took it for the first, or it has no answer after the second.
DAYS = 30
TAKEN_WITHIN = timedelta(hours=4)
ANSWERED_WITHIN = timedelta(hours=24)
MOST_SHOWN = 50


def places_of(specialist: Specialist, cases: Iterable[Case], now: datetime) -> dict[int, Seat]:
    """The specialist's own places among these cases, by the case's primary key."""
    seats = Seat.objects.filter(held(now), specialist=specialist, case__in=list(cases))
    return {seat.case_id: seat for seat in seats}


def had_place(key: str, specialist: Specialist) -> bool:
    """Whether the specialist was ever asked to answer this case, or took it."""
    return Seat.objects.filter(case__key=key, specialist=specialist).exists()


def photos_by_case(cases: Iterable[Case]) -> dict[int, int]:
    """How many photos of each case its panel sees."""
    counted = Photo.objects.filter(case__in=list(cases), waits=False).order_by().values_list("case")
    return dict(counted.annotate(Count("pk")))


def chosen_topics(specialist: Specialist, cases: Iterable[Case]) -> dict[int, tuple[str, ...]]:
    """What the specialist chose to be asked about, by name, as far as each case is of it."""
    chosen = {topic_of(concept): name_of(concept) for concept in specialist.interests}
    found: dict[int, list[str]] = {case.pk: [] for case in cases}
    of_cases = CaseTopic.objects.filter(case__in=found, topic__in=chosen)
    for case, topic in of_cases.values_list("case", "topic"):
        found[case].append(chosen[topic])
    return {case: tuple(sorted(names)) for case, names in found.items()}


def colleagues_of(specialist: Specialist) -> list[Specialist]:
    """Everybody else who may answer, by name. Whether they sit on a case is not said."""
    return list(answering_specialists().exclude(pk=specialist.pk).order_by("name", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much one specialist has: places not answered yet, since when, and what the last days brought."""

    specialist: Specialist
    waiting: int
    oldest: datetime | None
    signed: int
    lapsed: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Medians of the last days; None where nothing was measured. ``measured`` says of how many cases or answers."""

    allocation: timedelta | None
    allocated: int
    answer: timedelta | None
    answered: int
    writing: timedelta | None
    written: int


def loads(now: datetime, *, sealed_for: Specialist | None) -> list[Load]:
    """Who has how much, the most loaded first."""
    since = now - timedelta(days=DAYS)
    seats = _but_sealed(Seat.objects.all(), sealed_for, now)
    by_specialist = {
        row["specialist"]: row
        for row in seats.order_by()
        .values("specialist")
        .annotate(
            waiting=Count("pk", filter=held(now) & Q(lapses_at__isnull=False, case__state=OPEN)),
            oldest=Min(
                "invited_at", filter=held(now) & Q(lapses_at__isnull=False, case__state=OPEN)
            ),
            lapsed=Count("pk", filter=Q(left_because="lapsed", left_at__gte=since)),
            passed=Count("pk", filter=Q(left_because="passed", left_at__gte=since)),
        )
    }
    opinions = _but_sealed(
        Opinion.objects.filter(state__in=COMMITTED, signed_at__gte=since), sealed_for, now
    )
    signed = dict(opinions.order_by().values_list("specialist").annotate(Count("pk")))
    found = [
        _load(s, by_specialist.get(s.pk, {}), signed.get(s.pk, 0)) for s in answering_specialists()
    ]
    return sorted(found, key=lambda load: (-load.waiting, load.specialist.name))


def _load(specialist: Specialist, row: dict[str, object], signed: int) -> Load:
    return Load(
        specialist=specialist,
        waiting=int(str(row.get("waiting", 0))),
        oldest=row.get("oldest"),  # type: ignore[arg-type] # a column's own type
        signed=signed,
        lapsed=int(str(row.get("lapsed", 0))),
        passed=int(str(row.get("passed", 0))),
    )


def waiting_too_long(now: datetime, *, sealed_for: Specialist | None) -> list[Case]:
    """Open cases that nobody took, or that have no answer, for too long: the most urgent and oldest first."""
    answers = Opinion.objects.filter(state__in=COMMITTED).values("case")
    taken = Seat.objects.filter(taken_at__isnull=False).values("case")
    late = Q(opened_at__lte=now - ANSWERED_WITHIN) & ~Q(pk__in=answers)
    untaken = Q(opened_at__lte=now - TAKEN_WITHIN) & ~Q(pk__in=taken)
    cases = Case.objects.filter(late | untaken, state=OPEN)
    if sealed_for:
        cases = cases.exclude(pk__in=_sealed(sealed_for, now))
    held_seats = Count("seats", filter=held(now, through="seats__"), distinct=True)
    took = Min("seats__taken_at")
    ordered = cases.annotate(places_held=held_seats, first_taken=took)
    return list(ordered.order_by("urgency_rank", "opened_at", "pk")[:MOST_SHOWN])


def times(now: datetime, *, sealed_for: Specialist | None) -> Times:
    """How long it takes until somebody takes a case, until its first answer, and to write one."""
    since = now - timedelta(days=DAYS)
    cases = Case.objects.filter(opened_at__gte=since)
    if sealed_for:
        cases = cases.exclude(pk__in=_sealed(sealed_for, now))
    allocated = cases.annotate(until=Min("seats__taken_at")).filter(until__isnull=False)
    answered = cases.annotate(
        until=Min("opinions__signed_at", filter=Q(opinions__state__in=COMMITTED))
    ).filter(until__isnull=False)
    written = _but_sealed(
        Opinion.objects.filter(state__in=COMMITTED, signed_at__gte=since), sealed_for, now
    ).filter(case__seats__specialist=F("specialist"), case__seats__taken_at__isnull=False)
    allocation, number_allocated = _median(allocated, F("until") - F("opened_at"))
    answer, number_answered = _median(answered, F("until") - F("opened_at"))
    writing, number_written = _median(written, F("signed_at") - F("case__seats__taken_at"))
    return Times(
        allocation=allocation,
        allocated=number_allocated,
        answer=answer,
        answered=number_answered,
        writing=writing,
        written=number_written,
    )


def _median(rows: QuerySet, took: CombinedExpression) -> tuple[timedelta | None, int]:  # type: ignore[type-arg] # of any model
    number = rows.count()
    if not number:
        return None, 0
    span = ExpressionWrapper(took, output_field=DurationField())
    ordered = rows.annotate(span=span).order_by("span").values_list("span", flat=True)
    return ordered[(number - 1) // 2], number


def _sealed(specialist: Specialist, now: datetime) -> QuerySet[Seat, int]:
    """The cases on whose panel the specialist still writes."""
    signed = Opinion.objects.filter(specialist=specialist, state__in=COMMITTED).values("case")
    seats = Seat.objects.filter(specialist=specialist).exclude(case__in=signed)
    return seats.values_list("case", flat=True)


def _but_sealed(rows: QuerySet, specialist: Specialist | None, now: datetime) -> QuerySet:  # type: ignore[type-arg] # of any model
    return rows.exclude(case__in=_sealed(specialist, now)) if specialist else rows
