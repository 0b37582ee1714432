"""Every write to cases."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from milium.api import Sex, read_question, triage
from milium_site.cases.answers import Answers, intake_of
from milium_site.cases.corrections import Corrections, corrected
from milium_site.cases.fit import Candidate, best_fitting
from milium_site.cases.links import digest_of, link_from, new_key
from milium_site.cases.models import RANK, Case, CaseEvent, CaseTopic, Holding, Seat
from milium_site.cases.policies import SELF_HARM, check_still_a_draft, open_emergencies
from milium_site.cases.queries import held, history_of, waiting_seats
from milium_site.cases.topics import topics_of, topics_of_concepts
from milium_site.cases.workflow import (
    ANSWERED,
    CASE,
    OPEN,
    SCREENING,
    STOPPED,
    SUBMITTED,
    WITH_ASKER,
    WITHDRAWN,
)
from milium_site.notices.actions import tell
from milium_site.people.models import Specialist, User
from milium_site.people.queries import answering_specialists
from milium_site.record.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a case is about. ``country`` is an ISO 3166 code, empty when not said."""

    who_for: str = "self"
    age: int | None = None
    sex: str = ""
    place: str = ""
    country: str = ""


@transaction.atomic
def start_case(
    *, token: str, text: str, corrections: Corrections, country: str = ""
) -> tuple[Case, str]:
    """A draft, and its secret link. The same form sent again gives the same case, with the later words while it is a draft.

    Raises ``ForeignToken`` when this site did not give the form out.
    """
    link = link_from(token)
    case, is_new = Case.objects.get_or_create(
        link_digest=digest_of(link),
        defaults={
            "key": new_key(),
            "started_at": timezone.now(),
            "country": country,
            **_understood(text, corrections, About(country=country)),
        },
    )
    if is_new:
        record(verb="started", kind="case", key=case.key, case=case.key)
    if not is_new and case.state in WITH_ASKER and case.text != text:
        case = _saved(_locked(case), **_understood(text, corrections, about_of(case), case))
    return case, link


@transaction.atomic
def change_words(*, case: Case, text: str, corrections: Corrections) -> Case:
    """The draft with other words, read again. Raises ``NotNow`` once the case was sent."""
    case = _locked(case)
    check_still_a_draft(case)
    record(verb="changed", kind="case", key=case.key, case=case.key, what="words")
    return _saved(case, **_understood(text, corrections, about_of(case), case))


@transaction.atomic
def correct_case(
    *,
    case: Case,
    corrections: Corrections,
    about: About,
    problem: str | None = None,
    answers: Answers | None = None,
) -> Case:
    """The draft with the asker's corrections and answers; ``None`` leaves the kind of problem and the answers.

    Raises ``NotNow`` once the case was sent.
    """
    case = _locked(case)
    check_still_a_draft(case)
    record(verb="changed", kind="case", key=case.key, case=case.key, what="answers")
    case.problem = case.problem if problem is None else problem
    if answers is not None:
        case.answers = answers.to_json()
    return _saved(case, **asdict(about), **_understood(case.text, corrections, about, case))


@transaction.atomic
def submit_case(*, case: Case) -> Case:
    """Sends the draft: to its panel, or no further than an emergency that nobody has dealt with.

    A case that was already sent is given back as it is, so that sending twice is sending once.
    """
    case = _locked(case)
    if case.state not in WITH_ASKER:
        return case
    case.submitted_at = timezone.now()
    _move(case, SUBMITTED)
    if open_emergencies(case):
        return _move(case, STOPPED, rules=[flag["rule"] for flag in open_emergencies(case)])
    return _admit(case)


@transaction.atomic
def deal_with_emergency(*, case: Case) -> Case:
    """Records that the asker says the emergency was dealt with; a stopped case goes on.

    Of thoughts of self-harm nobody has to say so: it is recorded that help was shown and the asker went on.
    """
    case = _locked(case)
    rules = [str(flag["rule"]) for flag in open_emergencies(case)]
    if rules:
        case.dealt_with = [*case.dealt_with, *rules]
        said = [rule for rule in rules if rule != SELF_HARM]
        for what, which in (("dealt_with", said), ("help_shown", {*rules} & {SELF_HARM})):
            if which:
                _note(case, what, rules=list(which))
        _saved(case, dealt_with=case.dealt_with)
    return _admit(case) if case.state == STOPPED else case


@transaction.atomic
def withdraw_case(*, case: Case) -> Case:
    """Takes the case back from wherever it is."""
    return _move(_locked(case), WITHDRAWN)


@transaction.atomic
def mark_answered(*, case: Case) -> Case:
    """Every seat has signed."""
    case = _locked(case)
    return _move(case, ANSWERED) if case.state == OPEN else case


@transaction.atomic
def open_case(*, case: Case) -> Case:
    """Lets the panel see a screened case. Raises ``IllegalMove`` for any other; an open one stays as it is.

    A case that was open before keeps its panel.
    """
    case = _locked(case)
    if case.state == OPEN:
        return case
    now = timezone.now()
    case.opened_at, case.queued_on = now, now.date()
    topics = topics_of(history_of(case), case.question)
    # A case that was held and opens again keeps the topics and the panel that it has.
    CaseTopic.objects.bulk_create(
        (CaseTopic(case=case, topic=topic) for topic in sorted(topics)), ignore_conflicts=True
    )
    if not case.seats.exists():
        _invite(case, topics, now)
    return count_places(case=_move(case, OPEN), now=now)


@transaction.atomic
def move_case(*, case: Case, to: str, **detail: object) -> Case:
    """Any move of the table, with what is to be remembered of it. Raises ``IllegalMove``."""
    return _move(_locked(case), to, **detail)


@transaction.atomic
def raise_urgency(*, case: Case, urgency: str) -> Case:
    """What was told later makes the case more urgent, never less."""
    case = _locked(case)
    if RANK[urgency] >= case.urgency_rank:
        return case
    record(verb="raised", kind="case", key=case.key, case=case.key, urgency=urgency)
    return _saved(case, urgency_rank=RANK[urgency])


@transaction.atomic
def empty_case(*, case: Case) -> Case:
    """Erases every word and fact of the person. That there was a case, and when, stays."""
    case = _locked(case)
    case.events.update(detail={})
    case.seats.update(left_note="")
    case.topics.all().delete()
    record(verb="emptied", kind="case", key=case.key, case=case.key)
    return _saved(
        case,
        **asdict(About()),
        **_understood("", Corrections(), About()),
        problem="",
        answers={},
        dealt_with=[],
    )


@transaction.atomic
def keep_case(*, case: Case, user: User) -> Holding:
    """Keeps the case in the account. One account keeps it: the one that has it already stays, twice is once."""
    held, is_new = Holding.objects.get_or_create(
        case=case, defaults={"user": user, "since": timezone.now()}
    )
    if is_new:
        record(verb="kept", kind="case", key=case.key, case=case.key)
    return held


@transaction.atomic
def let_go(*, case: Case) -> None:
    """Takes the case out of whatever account keeps it: from now on its secret link alone opens it."""
    if Holding.objects.filter(case=case).delete()[0]:
        record(verb="let go", kind="case", key=case.key, case=case.key)


@transaction.atomic
def note(*, case: Case, what: str, **detail: object) -> None:
    """Keeps that something happened to the case. ``detail`` names rows, never words."""
    _note(case, what, **detail)


@transaction.atomic
def mask_words(
    *, case: Case, text: str, corrections: Corrections, place: str, answers: Answers
) -> Case:
    """A moderator's masks in what the asker typed, which is read again: the quotes are spans of what stands there now.

    What was read as urgent stays so: a mask never takes a warning away.
    """
    case = _locked(case)
    before, rank = case.flags, case.urgency_rank
    case.place, case.answers = place, answers.to_json()
    values = _understood(text, corrections, about_of(case), case)
    found = {flag["rule"] for flag in cast("list[dict[str, object]]", values["flags"])}
    kept = [flag | {"quote": None} for flag in before if flag["rule"] not in found]
    values["flags"] = [*cast("list[dict[str, object]]", values["flags"]), *kept]
    values["urgency_rank"] = min(rank, cast("int", values["urgency_rank"]))
    record(verb="masked", kind="case", key=case.key, case=case.key)
    return _saved(case, **values)


def _admit(case: Case) -> Case:
    _move(case, SCREENING)
    return open_case(case=case) if settings.MILIUM_SCREENING == "none" else case


def _invite(case: Case, topics: frozenset[int], now: datetime) -> None:
    free = list(answering_specialists())
    by_id = {s.pk: s for s in free}
    waiting = waiting_seats(free)
    candidates = [
        Candidate(
            id=s.pk,
            fit=len(topics & topics_of_concepts(s.interests)),
            waiting=waiting[s.pk],
        )
        for s in free
    ]
    for candidate in best_fitting(candidates, settings.MILIUM_PANEL_SIZE):
        seat_somebody(case=case, specialist_id=candidate.id, now=now)
        tell_invited(case=case, specialist=by_id[candidate.id])


@transaction.atomic
def tell_invited(*, case: Case, specialist: Specialist) -> None:
    """A case waits for somebody: they are told once for each time they are asked."""
    path = reverse("answer", args=[case.key])
    tell(
        about=f"user:{specialist.user_id}",
        kind="case-waits",
        path=path,
        urgent=case.urgency_rank < 2,
    )


@transaction.atomic
def seat_somebody(*, case: Case, specialist_id: int, now: datetime, taken: bool = False) -> Seat:
    """A place for somebody, for as long as the operator allows; ``taken`` when they took it themselves.

    Whoever left a place before sits down in it again. The caller holds the case and has seen that a place is free.
    """
    times = {"lapses_at": now + timedelta(hours=settings.MILIUM_SEAT_HOURS)}
    seat, _ = Seat.objects.update_or_create(
        case=case,
        specialist_id=specialist_id,
        defaults=times
        | {
            "taken_at": now if taken else None,
            "left_at": None,
            "left_because": "",
            "left_note": "",
        },
        create_defaults=times | {"invited_at": now, "taken_at": now if taken else None},
    )
    record(verb="seated", kind="seat", key=str(seat.pk), case=case.key, specialist=specialist_id)
    return seat


@transaction.atomic
def count_places(*, case: Case, now: datetime) -> Case:
    """Keeps whether the panel has a free place, for the queue. The caller holds the case."""
    case.has_place = case.seats.filter(held(now)).count() < settings.MILIUM_PANEL_SIZE
    Case.objects.filter(pk=case.pk).update(has_place=case.has_place)
    return case


def _move(case: Case, to: str, **detail: object) -> Case:
    CASE.check(case.state, to)
    _note(case, to, **detail)
    return _saved(case, state=to)


def _note(case: Case, what: str, **detail: object) -> None:
    record(verb=what, kind="case", key=case.key, case=case.key, **detail)
    CaseEvent.objects.create(case=case, what=what, at=timezone.now(), detail=detail)


def about_of(case: Case) -> About:
    """What is known of the person so far."""
    return About(
        who_for=case.who_for, age=case.age, sex=case.sex, place=case.place, country=case.country
    )


def _locked(case: Case) -> Case:
    # PostgreSQL holds the row until the end; SQLite already holds the whole database (IMMEDIATE).
    return Case.objects.select_for_update().get(pk=case.pk)


def _saved(case: Case, **values: object) -> Case:
    for name, value in values.items():
        setattr(case, name, value)
    case.save()
    return case


def _understood(
    text: str, corrections: Corrections, about: About, case: Case | None = None
) -> dict[str, object]:
    read = read_question(text)
    question, history = corrected(text, read, corrections)
    answers = Answers.from_json(case.answers if case else {})
    problem = case.problem if case else ""
    # The asker's own words and answers are triaged: taking a chip away must never take a warning away.
    intake = intake_of(
        problem,
        answers.for_problem(problem, about.sex),
        age=about.age,
        sex=cast("Sex | None", about.sex or None),
    )
    found = triage(text, intake=intake, country=about.country or settings.MILIUM_COUNTRY)
    return {
        "text": text,
        "corrections": corrections.to_json(),
        "question": question,
        "history_read": asdict(read),
        "history": asdict(history),
        "urgency_rank": RANK[found.urgency],
        "flags": [asdict(flag) for flag in found.flags],
    }
