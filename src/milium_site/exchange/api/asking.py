"""An asker's own case: started by anybody, then reached with its secret link as the bearer token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from milium_site.casebook.actions import CareNotAgreed, erase_case, send_case, withdraw_consent
from milium_site.cases import actions
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import ForeignToken, new_token
from milium_site.cases.models import Case
from milium_site.cases.workflow import DRAFT, WITH_ASKER
from milium_site.consents.queries import consents_of
from milium_site.exchange.api.comparing import compared
from milium_site.exchange.api.doors import BearerToken, own_case
from milium_site.exchange.api.presenters import case_out, opinion_out
from milium_site.exchange.api.schemas import (
    CaseOut,
    ChangeIn,
    ComparisonOut,
    ConsentOut,
    FormOut,
    OpinionsOut,
    Purpose,
    SendIn,
    StartedOut,
    StartIn,
)
from milium_site.exchange.problems import Problem
from milium_site.moderation.policies import Barred
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker


router = Router(tags=["asking"])
READ, WRITE = BearerToken("own:read"), BearerToken("own:write")


@router.post("/forms", response=FormOut)
def form(request: HttpRequest) -> FormOut:
    """A token for a case that is sent once however often it is sent."""
    return FormOut(token=new_token())


@router.post("/cases", response={201: StartedOut})
def start(request: HttpRequest, sent: StartIn) -> Status[StartedOut]:
    """Starts a case. It is a draft, and nobody else sees it, until it is sent."""
    try:
        case, link = actions.start_case(
            token=sent.token or new_token(),
            text=sent.text,
            corrections=Corrections(),
            country=sent.country or settings.MILIUM_COUNTRY,
        )
    except ForeignToken as error:
        raise Problem(
            422, "This site did not give out the token. Ask POST /forms for one."
        ) from error
    return Status(201, StartedOut(link=link, case=case_out(case)))


@router.get("/case", response=CaseOut, auth=READ)
def case(request: HttpRequest) -> CaseOut:
    """The case whose link was sent."""
    return case_out(own_case(request))


@router.patch("/case", response=CaseOut, auth=WRITE)
def change(request: HttpRequest, sent: ChangeIn) -> CaseOut:
    """Changes a draft: its words, or whom it is about."""
    of = own_case(request)
    corrections = Corrections.from_json(of.corrections)
    if sent.text is not None:
        of = actions.change_words(case=of, text=sent.text, corrections=corrections)
    told = {k: v for k, v in sent.dict(exclude_unset=True).items() if k != "text"}
    if told:
        of = actions.correct_case(case=of, corrections=corrections, about=_about(of, told))
    return case_out(of)


@router.api_operation(["DELETE"], "/case", response={204: None}, auth=WRITE)
def erase(request: HttpRequest) -> Status[None]:
    """Erases the case and everything in it, for good."""
    erase_case(case=own_case(request))
    return Status(204, None)


@router.post("/case/send", response=CaseOut, auth=WRITE)
def send(request: HttpRequest, sent: SendIn) -> CaseOut:
    """Sends the case to its panel, with what its asker agrees to. Twice is once. An emergency stops it."""
    of = own_case(request)
    try:
        return case_out(send_case(case=of, purposes=sent.purposes))
    except CareNotAgreed as error:
        raise Problem(422, str(error)) from error
    except Barred as error:
        raise Problem(403, str(error)) from error


@router.post("/case/emergency-dealt-with", response=CaseOut, auth=WRITE)
def dealt_with(request: HttpRequest) -> CaseOut:
    """The asker says that the emergency was dealt with: a case that was stopped goes on."""
    return case_out(actions.deal_with_emergency(case=own_case(request)))


@router.get("/case/opinions", response=OpinionsOut, auth=READ)
def opinions(request: HttpRequest) -> OpinionsOut:
    """The signed answers."""
    seen = opinions_seen_by(TheAsker(), own_case(request))
    return OpinionsOut(sealed=False, opinions=[opinion_out(o) for o in seen])


@router.get("/case/comparison", response=ComparisonOut, auth=READ)
def comparison(request: HttpRequest) -> ComparisonOut:
    """The signed answers side by side. 409 while there is none."""
    of = own_case(request)
    return compared(of, opinions_seen_by(TheAsker(), of))


@router.get("/case/consents", response=list[ConsentOut], auth=READ)
def consents(request: HttpRequest) -> list[ConsentOut]:
    """Everything the asker ever agreed to."""
    return _consents(own_case(request))


@router.api_operation(["DELETE"], "/case/consents/{purpose}", response=list[ConsentOut], auth=WRITE)
def withdraw(request: HttpRequest, purpose: Purpose) -> list[ConsentOut]:
    """Takes a consent back and erases what it covered: with ``care`` the case itself."""
    of = own_case(request)
    if of.state in WITH_ASKER and of.state == DRAFT:
        raise Problem(409, "Nothing was agreed to yet: this case was not sent.")
    return _consents(withdraw_consent(case=of, purpose=purpose))


def _consents(of: Case) -> list[ConsentOut]:
    return [
        ConsentOut(purpose=c.purpose, version=c.version, given_at=c.given_at, ended_at=c.ended_at)
        for c in consents_of(of)
    ]


def _about(of: Case, told: dict[str, object]) -> actions.About:
    now = actions.about_of(of)
    said = {
        name: told.get(name, getattr(now, name))
        for name in ("who_for", "age", "sex", "place", "country")
    }
    # What may be empty stays as it is where nothing is said; an age can be taken back.
    empty = {
        name: getattr(now, name) for name, value in said.items() if value is None and name != "age"
    }
    return actions.About(**{**said, **empty})
