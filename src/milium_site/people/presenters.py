"""A specialist's credentials as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.forms import BaseForm, BoundField

from milium_site.people.models import Application, Credential, Specialist
from milium_site.people.policies import UNCHECKED, VALID, current, day_of, standing_of
from milium_site.people.professions import name_of
from milium_site.people.registers import register_of


# What a register showed, in the order of the card.
SEEN = {
    "name": "name",
    "number": "registration number",
    "status": "status",
    "specialty": "specialty",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCard:
    """What was checked of somebody, when, until when it counts, and what they are paid for.

    ``standing`` is ``valid``, ``expired``, ``withdrawn`` or ``unchecked``. The checker is named by role: a moderator is
    not on show.
    """

    name: str
    profession: str
    credential: str
    standing: str
    register: str
    number: str
    address: str
    looked_at: tuple[str, ...]
    checked_on: date | None
    expires_on: date | None
    ended_on: date | None
    conflicts: str
    is_demo: bool

    @property
    def is_valid(self) -> bool:
        """Whether the check counts today."""
        return self.standing == VALID


def credential_card(specialist: Specialist, *, now: datetime | None = None) -> CredentialCard:
    """The card of the check that counts, else of the latest one.

    One query, or none where ``credentials`` were prefetched.
    """
    checks = list(specialist.credentials.all())
    check = current(checks, now=now) or (checks[-1] if checks else None)
    register = register_of(check.register) if check and check.register else None
    return CredentialCard(
        name=specialist.name,
        profession=specialist.profession,
        credential=specialist.credential,
        standing=standing_of(check, now=now) if check else UNCHECKED,
        register=check.register_name if check else "",
        number=check.number if check else "",
        address=register.address_of(check.number) if check and register else "",
        looked_at=_looked_at(check),
        checked_on=check.checked_on if check else None,
        expires_on=check.expires_on if check else None,
        ended_on=_ended_on(check),
        conflicts=specialist.conflicts,
        is_demo=specialist.is_demo,
    )


def _looked_at(check: Credential | None) -> tuple[str, ...]:
    return tuple(words for name, words in SEEN.items() if check and check.seen.get(name))


def _ended_on(check: Credential | None) -> date | None:
    if check is None:
        return None
    return day_of(check.withdrawn_at) if check.withdrawn_at else check.expires_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field of a check: what is said, and the field for what the register shows."""

    label: str
    said: str
    field: BoundField
    differs: bool


def compared(form: BaseForm, says: Mapping[str, str], differences: Collection[str]) -> list[Row]:
    """What is said beside what the register shows, field by field."""
    return [
        Row(
            label=words.capitalize(),
            said=says.get(name, ""),
            field=form[f"seen_{name}"],
            differs=name in differences,
        )
        for name, words in SEEN.items()
    ]


def said_by(application: Application) -> dict[str, str]:
    """What an applicant says that a register can show."""
    return {
        "name": application.name,
        "number": application.number,
        "specialty": name_of(application.specialty),
    }


def said_by_specialist(specialist: Specialist) -> dict[str, str]:
    """What is known of a specialist that a register can show."""
    number = next((c.number for c in reversed(specialist.credentials.all()) if c.number), "")
    said = {"name": specialist.name, "specialty": name_of(specialist.specialty)}
    return said | ({"number": number} if number else {})
