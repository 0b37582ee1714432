"""A specialist's queue, cases and answers."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from milium.api import read_answer
from milium_site.cases.models import Case
from milium_site.cases.queries import cases_of_panellist
from milium_site.exchange.api.comparing import compared
from milium_site.exchange.api.doors import BearerToken, panel_case, specialist
from milium_site.exchange.api.presenters import case_for_panel_out, opinion_out, urgency_of
from milium_site.exchange.api.schemas import (
    CaseOut,
    ComparisonOut,
    DraftIn,
    KeyPath,
    OpinionOut,
    OpinionsOut,
    PassIn,
    PromptOut,
    QueueOut,
    QueueRow,
    ReadingOut,
    SignIn,
)
from milium_site.exchange.problems import Problem
from milium_site.opinions import actions, queries
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review, reviewed
from milium_site.opinions.seats import actions as seats
from milium_site.opinions.seats.presenters import Row, rows_of
from milium_site.opinions.seats.queue import Place, open_places
from milium_site.opinions.visibility import Panellist, is_sealed
from milium_site.opinions.workflow import STANDING
from milium_site.people.models import Specialist
from milium_site.record.actions import record


router = Router(tags=["answering"])
READ, WRITE, SIGN = (
    BearerToken("cases:read"),
    BearerToken("cases:write"),
    BearerToken("opinions:write"),
)


@router.get("/queue", response=QueueOut, auth=READ)
def queue(
    request: HttpRequest,
    after: Annotated[str, StringConstraints(max_length=100)] = "",
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> QueueOut:
    """What waits for them, then what they may take: the most urgent first."""
    who, now = specialist(request), timezone.now()
    place = Place.read(after)
    own = list(cases_of_panellist(who)) if place is None else []
    page = open_places(who, now=now, after=place, size=limit)
    found = Case.objects.in_bulk(page.fits)
    free = [found[pk] for pk in page.fits if pk in found]
    states = queries.own_states(who, own)
    record(verb="listed", kind="case", key="queue", cases=[case.key for case in (*own, *free)])
    rows = rows_of([*own, *free], who, states=states, now=now)
    return QueueOut(cases=[_row(r) for r in rows], next=str(page.next) if page.next else None)


@router.post("/cases/{key}/take", response=CaseOut, auth=WRITE)
def take(request: HttpRequest, key: KeyPath) -> CaseOut:
    """Takes a free place. Of two who take the last one the other hears 409."""
    case, who = Case.objects.filter(key=key).first(), specialist(request)
    if case is None:
        # Which cases there are is said to nobody who has no part in them.
        raise Problem(409, "No place on this case is free now.")
    seats.take_case(case=case, specialist=who)
    return case_for_panel_out(_read(panel_case(request, key)))


@router.post("/cases/{key}/pass", response={204: None}, auth=WRITE)
def pass_on(request: HttpRequest, key: KeyPath, sent: PassIn) -> Status[None]:
    """Gives the place back."""
    case = panel_case(request, key)
    seats.pass_case_on(case=case, specialist=specialist(request), because=sent.because)
    return Status(204, None)


@router.get("/cases/{key}", response=CaseOut, auth=READ)
def case(request: HttpRequest, key: KeyPath) -> CaseOut:
    """A case on whose panel they sit. Its asker sees that it was read."""
    return case_for_panel_out(panel_case(request, key))


@router.get("/cases/{key}/opinion", response=OpinionOut, auth=READ)
def own(request: HttpRequest, key: KeyPath) -> OpinionOut:
    """Their own answer."""
    who = specialist(request)
    return opinion_out(_own(panel_case(request, key), who), who.pk)


@router.put("/cases/{key}/opinion", response=OpinionOut, auth=SIGN)
def save(request: HttpRequest, key: KeyPath, sent: DraftIn) -> OpinionOut:
    """Saves the draft. 409 when it was saved elsewhere since ``version``, or is signed."""
    case, who = panel_case(request, key), specialist(request)
    draft = actions.open_draft(case=case, specialist=who)
    return opinion_out(
        actions.save_draft(opinion=draft, text=sent.text, version=sent.version), who.pk
    )


@router.get("/cases/{key}/opinion/reading", response=ReadingOut, auth=READ)
def reading(request: HttpRequest, key: KeyPath) -> ReadingOut:
    """How the draft is read: its author confirms it by signing."""
    found = _own(panel_case(request, key), specialist(request))
    review = Review.from_json(found.corrections)
    return ReadingOut(
        version=found.version,
        statements=reviewed(found.text, read_answer(found.text), review),
        prompts=[
            PromptOut(text=prompt.question, note=note.id)
            for prompt, note in queries.open_prompts(found, review)
        ],
    )


@router.post("/cases/{key}/opinion/sign", response=OpinionOut, auth=SIGN)
def sign(request: HttpRequest, key: KeyPath, sent: SignIn) -> OpinionOut:
    """Signs the words of ``version`` as they are read, with what their author changed in the reading."""
    who = specialist(request)
    found = _own(panel_case(request, key), who)
    kept = Review.from_json(found.corrections)
    review = Review(
        removed=kept.removed | set(sent.removed),
        stances={**kept.stances, **sent.stances},
        added=kept.added,
    )
    signed = actions.sign_opinion(opinion=found, review=review, version=sent.version)
    return opinion_out(signed, who.pk)


@router.get("/cases/{key}/opinions", response=OpinionsOut, auth=READ)
def opinions(request: HttpRequest, key: KeyPath) -> OpinionsOut:
    """Their own answer, and the others' once theirs is signed."""
    of, who = panel_case(request, key), specialist(request)
    seen = queries.opinions_seen_by(Panellist(who.pk), of)
    for opinion in seen:
        if opinion.specialist_id != who.pk:
            record(verb="read", kind="opinion", key=str(opinion.pk), case=of.key)
    return OpinionsOut(
        sealed=is_sealed(seen, who.pk), opinions=[opinion_out(o, who.pk) for o in seen]
    )


@router.get("/cases/{key}/comparison", response=ComparisonOut, auth=READ)
def comparison(request: HttpRequest, key: KeyPath) -> ComparisonOut:
    """The answers side by side; 409 until their own is signed."""
    of, who = panel_case(request, key), specialist(request)
    seen = queries.opinions_seen_by(Panellist(who.pk), of)
    return compared(of, [o for o in seen if o.state in STANDING])


def _read(case: Case) -> Case:
    record(verb="read", kind="case", key=case.key, case=case.key, by="api")
    return case


def _own(case: Case, who: Specialist) -> Opinion:
    found = queries.own_opinion(case, who)
    if found is None:
        raise Http404
    return found


def _row(row: Row) -> QueueRow:
    return QueueRow(
        key=row.case.key,
        headline=row.headline,
        urgency=urgency_of(row.case),
        own=row.is_own,
        taken=row.is_taken,
        answer=row.own,
        until=row.until,
        fit=len(row.fits),
        photos=row.photos,
        waits_since=row.waits_since,
    )
