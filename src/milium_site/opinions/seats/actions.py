"""Every write to the places of a panel: taking one, passing it on, giving it back when its time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from milium_site.cases.actions import count_places, mark_answered, note, seat_somebody, tell_invited
from milium_site.cases.models import Case, Seat
from milium_site.cases.queries import held
from milium_site.cases.workflow import OPEN
from milium_site.notices.actions import tell
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import NoPlace, Refused
from milium_site.opinions.workflow import COMMITTED, DRAFT, STANDING
from milium_site.people.models import Specialist
from milium_site.people.queries import answering_specialists
from milium_site.record.actions import record
from milium_site.record.queries import read_as_moderator


# Who writes is not thrown out in the middle of a sentence: every save keeps the place for this long at least.
WRITING = timedelta(hours=1)
# How many seats one sweep looks at: the next one takes the rest.
MOST_AT_ONCE = 500


@transaction.atomic
def take_case(*, case: Case, specialist: Specialist, now: datetime | None = None) -> Seat:
    """A place for the specialist. Taking it twice is taking it once.

    Raises ``NoPlace`` when somebody else got the last one, ``Refused`` when the case takes no answer any more.
    """
    now = now or timezone.now()
    case = lock_case(case)
    if case.state != OPEN:
        raise Refused("This case is not open any more, so no answer is needed.")
    if Opinion.objects.filter(case=case, specialist=specialist, state__in=COMMITTED).exists():
        raise Refused("You have answered this case already.")
    seat = case.seats.filter(held(now), specialist=specialist).first()
    if seat and seat.taken_at:
        return seat
    if seat is None:
        if _read_others(case, specialist):
            raise Refused(
                "You have opened this case as a moderator, so you can't answer it as well."
            )
        _check_place(case, now)
    seat = seat_somebody(case=case, specialist_id=specialist.pk, now=now, taken=True)
    count_places(case=case, now=now)
    note(case=case, what="seat-taken", specialist=specialist.pk)
    record(verb="take", kind="case", key=case.key, case=case.key)
    return seat


@transaction.atomic
def pass_case_on(
    *, case: Case, specialist: Specialist, because: str, to: Specialist | None = None
) -> None:
    """Gives the place back with a reason, and asks ``to``, where they may be asked. Passing on twice is once.

    Whether ``to`` was already on the panel is not said: the place is then open to everybody. Raises ``Refused`` when the
    specialist has answered.
    """
    now = timezone.now()
    case = lock_case(case)
    seat = case.seats.filter(held(now), specialist=specialist).first()
    if seat is None:
        return
    if Opinion.objects.filter(case=case, specialist=specialist, state__in=COMMITTED).exists():
        raise Refused("You have answered this case. It cannot be passed on now.")
    _leave(seat, because="passed", note_of_author=because, now=now)
    seated = to and case.seats.filter(specialist=to).exists()
    if to and case.state == OPEN and not seated and not _read_others(case, to):
        seat_somebody(case=case, specialist_id=to.pk, now=now)
        tell_invited(case=case, specialist=to)
    _settle(count_places(case=case, now=now), now)


@transaction.atomic
def keep_place(*, case: Case, specialist: Specialist, now: datetime | None = None) -> None:
    """The specialist writes: their place is taken, and theirs for a while yet."""
    now = now or timezone.now()
    seats = Seat.objects.filter(held(now), case=case, specialist=specialist)
    seats.filter(taken_at__isnull=True).update(taken_at=now)
    seats.filter(lapses_at__lt=now + WRITING).update(lapses_at=now + WRITING)


@transaction.atomic
def keep_for_good(*, case: Case, specialist: Specialist, now: datetime) -> None:
    """The specialist signed: the place is theirs. The caller holds the case.

    Raises ``NoPlace`` when its time was over and somebody else has it.
    """
    if not case.seats.filter(held(now), specialist=specialist).exists():
        _check_place(case, now)
        seat_somebody(case=case, specialist_id=specialist.pk, now=now, taken=True)
    seats = case.seats.filter(specialist=specialist)
    seats.filter(taken_at__isnull=True).update(taken_at=now)
    seats.update(lapses_at=None)
    _settle(count_places(case=case, now=now), now)


@transaction.atomic
def free_place_of_withdrawn(*, case: Case, specialist: Specialist, now: datetime) -> None:
    """Who took their answer back leaves the place to another while the case is open. The caller holds the case."""
    case.seats.filter(specialist=specialist).update(left_at=now, left_because="withdrew")
    _settle(count_places(case=case, now=now), now)


@transaction.atomic
def release_lapsed_seats(*, now: datetime | None = None, most: int = MOST_AT_ONCE) -> int:
    """Gives back the places whose time is over, and lets cases go that waited long enough; how many places.

    For a periodic job, and before a queue is shown. One query where there is nothing to do.
    """
    now = now or timezone.now()
    lapsed = Seat.objects.filter(left_at__isnull=True, lapses_at__lte=now, case__state=OPEN)
    cases = set(lapsed.order_by("lapses_at").values_list("case", flat=True)[:most])
    return sum(_release(Case(pk=pk), now) for pk in sorted(cases))


@transaction.atomic
def settle_waiting_cases(*, now: datetime | None = None, most: int = MOST_AT_ONCE) -> int:
    """Lets open cases go whose time is over and that have an answer: how many. For a periodic job."""
    now = now or timezone.now()
    answers = Opinion.objects.filter(case=OuterRef("pk"), state__in=STANDING)
    over = now - timedelta(hours=settings.MILIUM_ANSWER_HOURS)
    waiting = Case.objects.filter(Exists(answers), state=OPEN, opened_at__lte=over)
    return sum(_settle(lock_case(case), now) for case in waiting.order_by("opened_at")[:most])


def lock_case(case: Case) -> Case:
    """The case's row, held until the end: whoever takes, signs, holds or withdraws goes one after the other.

    SQLite holds the whole database already (IMMEDIATE).
    """
    return Case.objects.select_for_update().get(pk=case.pk)


def _release(case: Case, now: datetime) -> int:
    case = lock_case(case)
    seats = list(case.seats.filter(left_at__isnull=True, lapses_at__lte=now))
    for seat in seats:
        _leave(seat, because="lapsed", note_of_author="", now=now)
    _settle(count_places(case=case, now=now), now)
    return len(seats)


def _leave(seat: Seat, *, because: str, note_of_author: str, now: datetime) -> None:
    seat.left_at, seat.left_because, seat.left_note = now, because, note_of_author
    seat.save(update_fields=["left_at", "left_because", "left_note"])
    note(case=seat.case, what=f"seat-{because}", specialist=seat.specialist_id)
    record(verb=because, kind="seat", key=str(seat.pk), case=seat.case.key)


def _read_others(case: Case, specialist: Specialist) -> bool:
    # Signed answers stand on the moderators' page: whoever has been there can't answer on their own any more.
    return read_as_moderator(case.key, str(specialist.user_id))


def _check_place(case: Case, now: datetime) -> None:
    if case.seats.filter(held(now)).count() >= settings.MILIUM_PANEL_SIZE:
        raise NoPlace


def _settle(case: Case, now: datetime) -> bool:
    """Answered: nobody holds a place without having signed, and no more can come, or their time is over."""
    if case.state != OPEN or _somebody_writes(case, now):
        return False
    answers = case.opinions.filter(state__in=STANDING).count()
    over = case.opened_at and now >= case.opened_at + timedelta(hours=settings.MILIUM_ANSWER_HOURS)
    if answers and (answers >= settings.MILIUM_PANEL_SIZE or over or not _somebody_left(case, now)):
        mark_answered(case=case)
        tell(about=f"case:{case.key}", kind="case-answered", event=f"case-answered:{case.key}")
        return True
    return False


def _somebody_writes(case: Case, now: datetime) -> bool:
    signed = Opinion.objects.filter(case=case).exclude(state=DRAFT).values("specialist")
    return case.seats.filter(held(now)).exclude(specialist__in=signed).exists()


def _somebody_left(case: Case, now: datetime) -> bool:
    had = case.seats.filter(held(now)) | case.seats.filter(left_because__in=["passed", "withdrew"])
    return answering_specialists().exclude(pk__in=had.values("specialist")).exists()
