"""People, cases and opinions for tests. Every state is reached by the actions that people use, never by setting it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from milium.api import read_answer
from milium_site.cases.actions import (
    About,
    correct_case,
    deal_with_emergency,
    start_case,
    submit_case,
    withdraw_case,
)
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import new_token
from milium_site.cases.models import Case
from milium_site.opinions.actions import open_draft, save_draft, sign_opinion
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review
from milium_site.people.actions import register_specialist, register_user
from milium_site.people.models import Specialist, User


PASSWORD = "a-long-enough-password"
QUESTION = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help. "
    "What can I do?"
)
EMERGENCY = (
    "My lips and tongue are swelling and I can't breathe properly since I took a new antibiotic."
)
ANSWER = "This looks like contact dermatitis. I recommend an emollient. You need a patch test."
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case and the link that its asker holds."""

    case: Case
    link: str


def user(name: str = "Nobody in particular", *, is_staff: bool = False) -> User:
    """Somebody with an account and no more."""
    email = f"person{next(_numbers)}@example.org"
    return register_user(email=email, name=name, password=PASSWORD, is_staff=is_staff)


def specialist(name: str = "Dr Test", *, checked: bool = True) -> Specialist:
    """A specialist who may answer, unless their register was not ``checked``."""
    return register_specialist(
        user=user(name),
        profession="dermatologist",
        credential="Board-certified",
        country="US",
        checked_on=date(2026, 11, 1) if checked else None,
    )


def draft_case(text: str = QUESTION, *, about: About | None = None) -> Asked:
    """Written, not sent."""
    case, link = start_case(token=new_token(), text=text, corrections=Corrections())
    if about:
        case = correct_case(case=case, corrections=Corrections(), about=about)
    return Asked(case=case, link=link)


def open_case(text: str = QUESTION, *, about: About | None = None) -> Asked:
    """Sent, and with everybody who may answer, up to the size of a panel."""
    asked = draft_case(
        text, about=about or About(sex="female", age=40, place="Maine", country="US")
    )
    return Asked(case=submit_case(case=asked.case), link=asked.link)


def stopped_case() -> Asked:
    """Sent in spite of an emergency: no specialist sees it."""
    asked = draft_case(EMERGENCY)
    return Asked(case=submit_case(case=asked.case), link=asked.link)


def continued_case() -> Asked:
    """Stopped, then said to be dealt with."""
    asked = stopped_case()
    return Asked(case=deal_with_emergency(case=asked.case), link=asked.link)


def withdrawn_case() -> Asked:
    """Taken back."""
    asked = open_case()
    return Asked(case=withdraw_case(case=asked.case), link=asked.link)


def draft(case: Case, author: Specialist, text: str = ANSWER) -> Opinion:
    """A saved draft."""
    opinion = open_draft(case=case, specialist=author)
    return save_draft(opinion=opinion, text=text, version=opinion.version)


def signed(case: Case, author: Specialist, text: str = ANSWER) -> Opinion:
    """A signed answer, read as the reader reads it."""
    opinion = draft(case, author, text)
    return sign_opinion(opinion=opinion, review=Review(), version=opinion.version)


def names_read(text: str) -> set[str]:
    """The concepts the reader finds, for tests that must not depend on how good it is."""
    return {statement.concept.name for statement in read_answer(text)}
