"""A bundle from elsewhere as a case, drafts of opinions, and a list of what was not understood, so that nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from milium.errors import UnusableInput
from milium.fhir import incoming_answers, incoming_request
from milium.fhir.dossier import Dossier, Opened
from milium.fhir.elements import Json, first
from milium.fhir.library import Library
from milium.statements import Case


VERBS = {"R": "read", "C": "create", "U": "update", "D": "delete"}
# These say nothing of their own: they hold the others together, and are written anew from them.
FRAME = frozenset({"Composition", "Device", "Task"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A resource that was not understood: what it was, why, and all of it."""

    kind: str
    id: str
    reason: str
    resource: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An opinion in words alone, for its specialist to read over and sign."""

    id: str
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came in. ``dossier.case.opinions`` are those that carry a reading of Milium's; others are ``drafts``."""

    dossier: Dossier
    drafts: tuple[Draft, ...]
    unread: tuple[Unread, ...]


def from_bundle(bundle: object) -> Received:
    """Reads a FHIR R4 bundle that holds a ServiceRequest. Raises ``UnusableInput`` for what is no such bundle."""
    library = Library(bundle)
    asked = incoming_request.request_in(library)
    opinions, drafts = incoming_answers.answers_in(library)
    case = Case(
        id=asked.id,
        title=asked.title,
        question=asked.question,
        asker=asked.asker,
        opinions=tuple(o.opinion for o in opinions),
    )
    dossier = Dossier(
        case=case,
        history=asked.history,
        readings={o.opinion.id: o.reading for o in opinions},
        signed={o.opinion.id: o.signed for o in opinions if o.signed},
        asked_at=asked.asked_at,
        country=asked.country,
        intake=asked.intake,
        photos=asked.photos,
        consents=asked.consents,
        opened=_opened_in(library),
    )
    if len({o.id for o in case.opinions}) < len(case.opinions):
        raise UnusableInput("two opinions of the bundle have the same name")
    return Received(
        dossier=dossier,
        drafts=tuple(Draft(id=d.id, text=d.text, author=d.author) for d in drafts),
        unread=tuple(
            map(_unread, (r for r in library.not_read() if r["resourceType"] not in FRAME))
        ),
    )


def _opened_in(library: Library) -> tuple[Opened, ...]:
    found = []
    for event in library.of("AuditEvent"):
        agent, entity = first(event.get("agent")), first(event.get("entity"))
        if event.get("action") in VERBS and agent.get("name"):
            verb = cast("Any", VERBS[event["action"]])
            what = str(entity.get("description", ""))
            found.append(Opened(at=event["recorded"], who=agent["name"], verb=verb, what=what))
            library.mark_read(event)
    return tuple(found)


def _unread(resource: Json) -> Unread:
    kind = resource["resourceType"]
    return Unread(
        kind=kind,
        id=str(resource.get("id", "")),
        reason=f"Milium did not understand this {kind}; it is kept as it came",
        resource=resource,
    )
