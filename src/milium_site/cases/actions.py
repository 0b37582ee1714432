"""Every write to cases."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from milium.api import Intake, Sex, read_question, triage
from milium_site.cases.corrections import Corrections, corrected
from milium_site.cases.links import digest_of, link_from, new_key
from milium_site.cases.models import RANK, Case, CaseEvent, Seat
from milium_site.cases.policies import SELF_HARM, check_still_a_draft, open_emergencies
from milium_site.cases.queries import waiting_seats
from milium_site.cases.workflow import (
    ANSWERED,
    CASE,
    DRAFT,
    OPEN,
    SCREENING,
    STOPPED,
    SUBMITTED,
    WITHDRAWN,
)
from milium_site.people.queries import answering_specialists


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
    if not is_new and case.state == DRAFT and case.text != text:
        case = _saved(_locked(case), **_understood(text, corrections, about_of(case)))
    return case, link


@transaction.atomic
def change_words(*, case: Case, text: str, corrections: Corrections) -> Case:
    """The draft with other words, read again. Raises ``NotNow`` once the case was sent."""
    case = _locked(case)
    check_still_a_draft(case)
    return _saved(case, **_understood(text, corrections, about_of(case)))


@transaction.atomic
def correct_case(*, case: Case, corrections: Corrections, about: About) -> Case:
    """The draft with the asker's corrections. Raises ``NotNow`` once the case was sent."""
    case = _locked(case)
    check_still_a_draft(case)
    return _saved(case, **asdict(about), **_understood(case.text, corrections, about))


@transaction.atomic
def submit_case(*, case: Case) -> Case:
    """Sends the draft: to its panel, or no further than an emergency that nobody has dealt with.

    A case that was already sent is given back as it is, so that sending twice is sending once.
    """
    case = _locked(case)
    if case.state != DRAFT:
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


def _admit(case: Case) -> Case:
    # Nobody screens yet: a case passes through screening, so that its record has the step already.
    _move(case, SCREENING)
    now = timezone.now()
    case.opened_at = now
    _invite(case, now)
    return _move(case, OPEN)


def _invite(case: Case, now: datetime) -> None:
    free = list(answering_specialists())
    waiting = waiting_seats(free)
    chosen = sorted(free, key=lambda s: (waiting[s.pk], s.pk))[: settings.MILIUM_PANEL_SIZE]
    Seat.objects.bulk_create(Seat(case=case, specialist=s, invited_at=now) for s in chosen)


def _move(case: Case, to: str, **detail: object) -> Case:
    CASE.check(case.state, to)
    _note(case, to, **detail)
    return _saved(case, state=to)


def _note(case: Case, what: str, **detail: object) -> None:
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


def _understood(text: str, corrections: Corrections, about: About) -> dict[str, object]:
    read = read_question(text)
    question, history = corrected(text, read, corrections)
    # The asker's own words alone are triaged: taking a chip away must never take a warning away.
    intake = Intake(age=about.age, sex=cast("Sex | None", about.sex or None))
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
