"""The demo: made-up specialists and cases, brought to where they are by the same actions that people use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from milium.api import read_question
from milium_site.cases.actions import About, correct_case, start_case, submit_case
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import SIGNER
from milium_site.cases.models import Case
from milium_site.cases.queries import panel_of
from milium_site.cases.workflow import DRAFT
from milium_site.opinions.actions import open_draft, save_draft, sign_opinion
from milium_site.opinions.review import Review
from milium_site.people.actions import register_specialist, register_user
from milium_site.people.models import Specialist
from milium_site.people.queries import demo_specialists


HERE = Path(__file__).parent
CASES = HERE / "demo_cases"
# The case files say a place, as the contract has it; the form also asks for a country.
COUNTRIES = {"changing-mole": "GB", "acne-isotretinoin": "CA"}
SHOWN = CASES / "milia-behind-the-ears.case.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Who can sign in, with which password, and the link of each case."""

    specialists: tuple[Specialist, ...]
    password: str
    cases: tuple[tuple[str, str], ...]


@transaction.atomic
def load() -> Demo:
    """The demo, made where it is missing; loading it again changes nothing."""
    panel = json.loads((HERE / "demo_panel.json").read_text(encoding="utf-8"))
    specialists = tuple(demo_specialists()) or tuple(_specialists(panel))
    files = sorted(CASES.glob("*.case.json"))
    links = tuple(_case(json.loads(file.read_text(encoding="utf-8"))) for file in files)
    return Demo(specialists=specialists, password=panel["password"], cases=links)


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
    yield ""


def _specialists(panel: dict[str, Any]) -> Iterator[Specialist]:
    for entry in panel["specialists"]:
        user = register_user(email=entry["email"], name=entry["name"], password=panel["password"])
        yield register_specialist(
            user=user,
            profession=entry["profession"],
            credential=entry["credential"],
            country=entry["country"],
            checked_on=date.fromisoformat(entry["checked_on"]),
            is_demo=True,
        )


def _case(entry: dict[str, Any]) -> tuple[str, str]:
    # The token is fixed, so that the demo's links stay the same for one installation.
    case, link = start_case(
        token=SIGNER.sign(f"demo-{entry['id']}"), text=entry["question"], corrections=Corrections()
    )
    if case.state == DRAFT:
        _send(case, entry)
        _answer(case, entry["opinions"])
    return entry["title"], link


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
    submit_case(case=case)


def _answer(case: Case, opinions: list[dict[str, Any]]) -> None:
    panel = {specialist.name: specialist for specialist in panel_of(case)}
    for entry in opinions:
        draft = open_draft(case=case, specialist=panel[entry["specialist"]])
        draft = save_draft(opinion=draft, text=entry["text"], version=draft.version)
        sign_opinion(opinion=draft, review=Review(), version=draft.version)
