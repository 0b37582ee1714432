"""What a clinic's bundle does here: a case is opened, a draft is laid before its specialist, the rest is kept and told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from milium.api import Received, read_fhir
from milium.errors import UnusableInput
from milium_site.casebook.actions import send_case
from milium_site.cases.actions import About, correct_case, start_case
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import SIGNER
from milium_site.cases.models import Case
from milium_site.cases.queries import cases_of_panellist
from milium_site.cases.workflow import DRAFT
from milium_site.consents.texts import CARE
from milium_site.exchange.actions import keep
from milium_site.exchange.fhir.authors import marks_of
from milium_site.exchange.fhir.resources import Json
from milium_site.exchange.models import Token
from milium_site.moderation.policies import Barred
from milium_site.opinions.actions import open_draft, save_draft
from milium_site.opinions.policies import Refused
from milium_site.opinions.queries import own_opinion
from milium_site.people.models import Specialist


LONGEST_ANSWER = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The case that came of a bundle, its link where it is a new one, and one line for each thing that is to be known."""

    case: Case
    link: str
    told: tuple[tuple[str, str], ...]


@transaction.atomic
def take_bundle(*, bundle: Json, token: Token, specialist: Specialist | None) -> Taken:
    """Opens a case, or lays a draft on a case of the specialist's own. All of it or, with ``UnusableInput``, none.

    The same bundle sent again with the same token is the same case.
    """
    received = read_fhir(bundle)
    asked = received.dossier.case
    if len(asked.question) > settings.MILIUM_TEXT_LIMIT:
        raise UnusableInput(
            f"the question is longer than {settings.MILIUM_TEXT_LIMIT:,} characters"
        )
    own = cases_of_panellist(specialist).filter(key=asked.id).first() if specialist else None
    case, link = (own, "") if own else _opened(bundle, received, token)
    told = [] if own else [_standing(case)]
    told += _drafts(case, bundle, received, specialist)
    for unread in received.unread:
        if not own:
            keep(case=case, kind=unread.kind, reason=unread.reason, resource=unread.resource)
        told.append(
            (
                "warning",
                f"{unread.kind}: {unread.reason}"
                if not own
                else f"{unread.kind}: left out, for the case is here already",
            )
        )
    return Taken(case=case, link=link, told=tuple(told))


def _opened(bundle: Json, received: Received, token: Token) -> tuple[Case, str]:
    words = json.dumps(bundle, sort_keys=True)
    drawn = salted_hmac("milium.exchange.bundle", f"{token.pk} {words}", algorithm="sha256")
    dossier = received.dossier
    case, link = start_case(
        token=SIGNER.sign(drawn.hexdigest()),
        text=dossier.case.question,
        corrections=Corrections(),
        country=_country(dossier.country),
    )
    if case.state != DRAFT:
        return case, link
    asker = dossier.case.asker
    age = int(asker.age) if asker.age is not None and 0 <= asker.age <= 120 else None
    case = correct_case(
        case=case,
        corrections=Corrections(),
        about=About(
            age=age,
            sex=asker.sex or "",
            place=(asker.place or "")[:60].replace("\x00", ""),
            country=_country(dossier.country),
        ),
    )
    agreed = {c.purpose for c in dossier.consents if not c.withdrawn_at}
    if CARE not in agreed:
        return case, link
    try:
        return send_case(case=case, purposes=agreed), link
    except Barred as error:
        raise UnusableInput(str(error)) from error


def _standing(case: Case) -> tuple[str, str]:
    if case.state == DRAFT:
        return (
            "warning",
            "The bundle holds no consent of the person to care, so the case is a draft: they send it from its page.",
        )
    if case.state == "stopped":
        return (
            "warning",
            "The words tell of an emergency. The case waits until it was dealt with.",
        )
    return ("information", f"The case was sent. It is {case.state}.")


def _drafts(
    case: Case, bundle: Json, received: Received, specialist: Specialist | None
) -> list[tuple[str, str]]:
    """Each opinion becomes the draft of the specialist whose token it came with, if it is theirs; others are kept."""
    words = [(d.id, d.text) for d in received.drafts]
    words += [(o.id, o.text) for o in received.dossier.case.opinions]
    told = []
    for id_, text in words:
        why = _laid(case, specialist, text, marks_of(bundle, id_))
        if why:
            keep(case=case, kind="opinion", reason=why, resource={"id": id_, "text": text})
        told.append(
            ("warning", f"An opinion was kept apart: {why}")
            if why
            else ("information", "A draft was laid before its specialist.")
        )
    return told


def _laid(case: Case, specialist: Specialist | None, text: str, marks: frozenset[str]) -> str:
    """Why it could not become the specialist's draft; empty when it did."""
    if specialist is None or not marks & _own_marks(specialist):
        return "it names no register number or e-mail address of the specialist whose token sent it"
    if not cases_of_panellist(specialist).filter(pk=case.pk).exists():
        return "its specialist holds no place on this case"
    if len(text) > LONGEST_ANSWER:
        return "it is too long"
    before = own_opinion(case, specialist)
    if before and before.text.strip() and before.text != text:
        return "its specialist has begun another answer"
    draft = open_draft(case=case, specialist=specialist)
    try:
        save_draft(opinion=draft, text=text, version=draft.version)
    except Refused as reason:
        return str(reason)
    return ""


def _own_marks(specialist: Specialist) -> set[str]:
    numbers = {c.number.lower() for c in specialist.credentials.all() if c.number}
    return numbers | {specialist.user.email.lower()}


def _country(said: Any) -> str:  # noqa: ANN401 (from a bundle)
    text = str(said)
    return text if len(text) == 2 and text.isascii() and text.isalpha() and text.isupper() else ""
