"""The demo: made-up specialists and cases, brought to where they are by the same actions that people use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from milium.api import read_question
from milium_site.archive.actions import agree, begin_publication, open_review, publish
from milium_site.archive.copying import digest_of, fingerprints
from milium_site.archive.queries import publication_of, standing_opinions
from milium_site.casebook.actions import send_case
from milium_site.cases.actions import About, correct_case, start_case
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import SIGNER
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link, panel_of
from milium_site.cases.workflow import DRAFT
from milium_site.consents.texts import ARCHIVE_TEXT, CARE
from milium_site.moderation.actions import open_case
from milium_site.opinions.actions import open_draft, save_draft, sign_opinion
from milium_site.opinions.review import Review
from milium_site.people.actions import (
    Found,
    change_profile,
    check_credential,
    register_specialist,
    register_user,
)
from milium_site.people.models import Specialist, User
from milium_site.people.policies import may_answer
from milium_site.people.queries import demo_specialists
from milium_site.people.registers import register_of


HERE = Path(__file__).parent
CASES = HERE / "demo_cases"
# The case files say a place, as the contract has it; the form also asks for a country.
COUNTRIES = {"changing-mole": "GB", "acne-isotretinoin": "CA"}
# Their askers agreed to publish them: so that a newcomer finds an archive.
PUBLISHED = {
    "acne-isotretinoin.case.json",
    "milia-behind-the-ears.case.json",
    "ring-on-the-leg.case.json",
    "scaly-elbows.case.json",
}
SHOWN = CASES / "milia-behind-the-ears.case.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Who can sign in, with which password, and the link of each case."""

    specialists: tuple[Specialist, ...]
    moderator: User
    operator: User
    password: str
    cases: tuple[tuple[str, str], ...]


@transaction.atomic
def load() -> Demo:
    """The demo, made where it is missing; loading it again changes nothing."""
    panel = json.loads((HERE / "demo_panel.json").read_text(encoding="utf-8"))
    moderator = _staff(panel["moderator"], panel, operates=False)
    operator = _staff(panel["operator"], panel, operates=True)
    specialists = tuple(demo_specialists()) or tuple(_specialists(panel))
    for specialist, entry in zip(specialists, panel["specialists"], strict=True):
        _check(specialist, entry, moderator)
    files = sorted(CASES.glob("*.case.json"))
    links = tuple(_case(json.loads(file.read_text(encoding="utf-8")), moderator) for file in files)
    shown = (link for file, (_, link) in zip(files, links, strict=True) if file.name in PUBLISHED)
    _publish(shown, moderator)
    return Demo(
        specialists=specialists,
        moderator=moderator,
        operator=operator,
        password=panel["password"],
        cases=links,
    )


def guide(demo: Demo, address: str) -> Iterator[str]:
    """What to tell whoever started the demo."""
    yield ""
    yield "Demo: the people and the cases are made up."
    yield f"Ask a question     {address}/"
    for title, link in demo.cases:
        yield f"  case as asker    {address}/c/{link}/  {title}"
    yield f"Sign in            {address}/sign-in/   password for all: {demo.password}"
    for specialist in demo.specialists:
        yield f"  as specialist    {specialist.user.email}  ({specialist.name}, {specialist.profession})"
    yield f"  as moderator     {demo.moderator.email}  ({demo.moderator.name})"
    yield f"  as operator      {demo.operator.email}  ({demo.operator.name})"
    yield "The demo asks for no second factor, so that you can look around. A real site does."
    yield ""


def _staff(entry: dict[str, str], panel: dict[str, Any], *, operates: bool) -> User:
    known = User.objects.filter(email=entry["email"]).first()
    return known or register_user(
        email=entry["email"],
        name=entry["name"],
        password=panel["password"],
        is_staff=operates,
        is_moderator=not operates,
    )


def _specialists(panel: dict[str, Any]) -> Iterator[Specialist]:
    for entry in panel["specialists"]:
        user = register_user(email=entry["email"], name=entry["name"], password=panel["password"])
        specialist = register_specialist(
            user=user,
            profession=entry["profession"],
            credential=entry["credential"],
            country=entry["country"],
            checked_on=None,
            specialty=entry["specialty"],
            is_demo=True,
        )
        yield change_profile(
            specialist=specialist, conflicts=entry["conflicts"], interests=entry["interests"]
        )


def _check(specialist: Specialist, entry: dict[str, Any], moderator: User) -> None:
    """A check of some weeks ago, made anew where the last one has run out: the demo does not grow old."""
    if may_answer(specialist):
        return
    register = register_of(entry["register"])
    seen = {"name": entry["name"], "number": entry["number"], "status": "made up for the demo"}
    check_credential(
        specialist=specialist,
        checked_on=timezone.localdate() - timedelta(days=entry["checked_days_ago"]),
        checked_by=moderator,
        what=Found(
            register=register.id, register_name=register.name, number=entry["number"], seen=seen
        ),
    )


def _case(entry: dict[str, Any], moderator: User) -> tuple[str, str]:
    # The token is fixed, so that the demo's links stay the same for one installation.
    case, link = start_case(
        token=SIGNER.sign(f"demo-{entry['id']}"), text=entry["question"], corrections=Corrections()
    )
    if case.state == DRAFT:
        _send(case, entry)
        open_case(case=case, by=moderator)
        _answer(case, entry["opinions"])
    return entry["title"], link


def _publish(links: Iterable[str], moderator: User) -> None:
    for link in links:
        case = case_by_link(link)
        if publication_of(case) is None:
            publication = begin_publication(case=case)
            seen = digest_of(fingerprints(case, standing_opinions(case)))
            agree(publication=publication, seen=seen)
            publish(
                publication=open_review(publication=publication, moderator=moderator),
                moderator=moderator,
            )


def _send(case: Case, entry: dict[str, Any]) -> None:
    asker = entry["asker"]
    about = About(
        who_for="child" if asker["age"] < 16 else "self",
        age=asker["age"],
        sex=asker["sex"],
        place=asker["place"],
        country=COUNTRIES.get(entry["id"], "US"),
    )
    read = read_question(entry["question"])
    correct_case(case=case, corrections=Corrections(duration=read.duration), about=about)
    send_case(case=case, purposes=[CARE, ARCHIVE_TEXT])


def _answer(case: Case, opinions: list[dict[str, Any]]) -> None:
    panel = {specialist.name: specialist for specialist in panel_of(case)}
    for entry in opinions:
        draft = open_draft(case=case, specialist=panel[entry["specialist"]])
        draft = save_draft(opinion=draft, text=entry["text"], version=draft.version)
        sign_opinion(opinion=draft, review=Review(), version=draft.version)
