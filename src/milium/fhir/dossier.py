"""Everything of one case that goes to a clinic: what the bundle is written from, and what it is read back into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from milium.statements import Case, ConceptRef, History, Statement


Purpose = Literal["care", "archive_text", "archive_photos", "research"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A specialist's register entry, as it was checked. Dates are ISO 8601 days."""

    register: str
    number: str
    country: str
    checked_on: str
    expires_on: str = ""
    conflicts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What is known of an opinion beside its words: when it was signed (ISO 8601 with zone), and by whom."""

    at: str
    credential: Checked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question of the intake. ``answer`` is ``None`` where it was asked and not answered."""

    id: str
    question: str
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRef:
    """A photo, named by an address where its bytes are, never by the bytes. ``digest`` is the SHA-1 FHIR asks for, in base64."""

    id: str
    url: str
    content_type: str
    view: str = ""
    site: ConceptRef | None = None
    side: str = ""
    text: str = ""
    taken_on: str = ""
    size: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """Consent to one purpose; ``withdrawn_at`` is empty while it stands."""

    purpose: Purpose
    given_at: str
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody read or wrote something of the case: for AuditEvents."""

    at: str
    who: str
    verb: Literal["read", "create", "update", "delete"]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A case with the reading of its question and of each opinion, by the opinion's id.

    ``asked_at`` is when it was sent (ISO 8601 with zone), ``country`` an ISO 3166 code.
    """

    case: Case
    history: History = field(default_factory=History)
    readings: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    signed: Mapping[str, Signed] = field(default_factory=dict)
    asked_at: str = ""
    country: str = ""
    intake: tuple[Answered, ...] = ()
    photos: tuple[PhotoRef, ...] = ()
    consents: tuple[ConsentGiven, ...] = ()
    opened: tuple[Opened, ...] = ()
