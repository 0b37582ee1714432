"""The person, the question and what was told, from a bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast, get_args

from milium.errors import UnusableInput
from milium.fhir.dossier import Answered, ConsentGiven, PhotoRef, Purpose
from milium.fhir.elements import OWN, Json, concept_in, exact_text, extension, first, quote_in
from milium.fhir.library import Library
from milium.fhir.request import AGE, CASE_ID, RESPONSE, TOLD_AGE, TOLD_DURATION, TOLD_SEX
from milium.statements import Ask, Asker, Finding, History, Response, Tried


Found = TypeVar("Found")
FINDINGS = ("sites", "symptoms", "absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """The question's side of a bundle."""

    id: str
    title: str
    question: str
    asker: Asker
    history: History
    asked_at: str
    country: str
    intake: tuple[Answered, ...]
    photos: tuple[PhotoRef, ...]
    consents: tuple[ConsentGiven, ...]


def request_in(library: Library) -> AskedFor:
    """Raises ``UnusableInput`` when the bundle asks nothing."""
    request = next((r for r in library.of("ServiceRequest") if not r.get("basedOn")), None)
    if request is None:
        raise UnusableInput("the bundle has no ServiceRequest that asks something")
    question = _question(request)
    if not question.strip():
        raise UnusableInput("the ServiceRequest has no words: write the question into its note")
    library.mark_read(request)
    patient = library.at(request.get("subject"))
    library.mark_read(patient)
    asker, country = _person(patient or {}, str(request.get("authoredOn", "")))
    identifiers = [i for i in request.get("identifier") or [] if i.get("value")]
    own = next((i for i in identifiers if i.get("system") == CASE_ID), None)
    return AskedFor(
        id=str((own or first(identifiers)).get("value") or request.get("id") or "case"),
        title=str((request.get("code") or {}).get("text", "")),
        question=question,
        asker=asker,
        history=_history(library, request, question),
        asked_at=str(request.get("authoredOn", "")),
        country=country,
        intake=_intake(library),
        photos=_kept(library, "DocumentReference", _photo),
        consents=_kept(library, "Consent", _consent),
    )


def _question(request: Json) -> str:
    notes = request.get("note") or []
    if len(notes) == 1:
        return _words(notes[0])
    reasons = [r.get("text", "") for r in request.get("reasonCode") or []]
    return "\n\n".join(filter(None, [*map(_words, notes), *reasons]))


def _words(note: Json) -> str:
    try:
        return exact_text(note, "text")
    except ValueError as error:
        raise UnusableInput(f"the note of the ServiceRequest: {error}") from error


def _person(patient: Json, on: str) -> tuple[Asker, str]:
    address = first(patient.get("address"))
    sex = patient.get("gender")
    stated = (extension(patient, AGE) or {}).get("valueAge") or {}
    age = stated.get("value")
    if age is None and patient.get("birthDate") and on:
        age = _years(str(patient["birthDate"]), on)
    return (
        Asker(
            sex=sex if sex in {"female", "male"} else None,
            age=None if age is None else float(age),
            place=address.get("state") or None,
        ),
        str(address.get("country", "")),
    )


def _years(born: str, on: str) -> int | None:
    """Whole years; a birth date may be a year or a month only, and is then the earliest it can be."""
    first, then = (
        date.fromisoformat(f"{d}-01-01"[:10] if len(d) == 4 else f"{d}-01"[:10]) for d in (born, on)
    )
    years = then.year - first.year - ((then.month, then.day) < (first.month, first.day))
    return years if 0 <= years <= 120 else None


def _history(library: Library, request: Json, question: str) -> History:
    found: dict[str, list[Finding]] = {part: [] for part in FINDINGS}
    for observation in library.of("Observation"):
        part = next((c.get("text") for c in observation.get("category") or []), None)
        concept = concept_in(observation.get("bodySite" if part == "sites" else "code"))
        if part in found and concept is not None:
            try:
                quote = quote_in(observation, question)
            except ValueError:
                continue
            found[part].append(Finding(concept=concept, quote=quote))
            library.mark_read(observation)
    asks = tuple(
        cast("Ask", r["text"])
        for r in request.get("reasonCode") or []
        if r.get("text") in get_args(Ask)
    )
    told_age = (extension(request, TOLD_AGE) or {}).get("valueDecimal")
    return History(
        sites=tuple(found["sites"]),
        symptoms=tuple(found["symptoms"]),
        absent=tuple(found["absent"]),
        duration=(extension(request, TOLD_DURATION) or {}).get("valueString"),
        age=None if told_age is None else float(told_age),
        sex=(extension(request, TOLD_SEX) or {}).get("valueCode"),
        tried=_tried(library, question),
        asks=asks,
    )


def _tried(library: Library, question: str) -> tuple[Tried, ...]:
    found: list[tuple[str, Tried]] = []
    for resource in library.resources:
        if resource["resourceType"] not in {"MedicationStatement", "Procedure"}:
            continue
        concept = concept_in(resource.get("medicationCodeableConcept") or resource.get("code"))
        response: Any = (extension(resource, RESPONSE) or {}).get("valueCode")
        if concept is None or response not in get_args(Response):
            continue
        try:
            quote = quote_in(resource, question)
        except ValueError:
            continue
        library.mark_read(resource)
        found.append(
            (str(resource.get("id")), Tried(concept=concept, response=response, quote=quote))
        )
    return tuple(tried for _, tried in found)


def _intake(library: Library) -> tuple[Answered, ...]:
    found: list[Answered] = []
    for response in library.of("QuestionnaireResponse"):
        for item in response.get("item") or []:
            answer = first(item.get("answer"))
            value = next((v for k, v in answer.items() if k.startswith("value")), None)
            found.append(
                Answered(
                    id=item["linkId"],
                    question=str(item.get("text", "")),
                    answer=None if value is None else _plain(value),
                )
            )
        library.mark_read(response)
    return tuple(found)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return str(
            value.get("display")
            or value.get("text")
            or value.get("code")
            or value.get("value")
            or ""
        )
    return str(value)


def _kept(library: Library, kind: str, read: Callable[[Json], Found | None]) -> tuple[Found, ...]:
    found: list[Found] = []
    for resource in library.of(kind):
        one = read(resource)
        if one is not None:
            library.mark_read(resource)
            found.append(one)
    return tuple(found)


def _photo(resource: Json) -> PhotoRef | None:
    attachment = first(resource.get("content")).get("attachment") or {}
    if not str(attachment.get("contentType", "")).startswith("image/") or not attachment.get("url"):
        return None
    own = {
        name: extension(resource, f"{OWN}:{name}") or {} for name in ("view", "side", "body-site")
    }
    return PhotoRef(
        id=str(resource.get("id", "")).removeprefix("photo-"),
        url=attachment["url"],
        content_type=attachment["contentType"],
        view=own["view"].get("valueString", ""),
        side=own["side"].get("valueString", ""),
        site=concept_in(own["body-site"].get("valueCodeableConcept")),
        text=str(resource.get("description", "")),
        taken_on=str(resource.get("date", "")),
        size=attachment.get("size"),
        digest=str(attachment.get("hash", "")),
    )


def _consent(resource: Json) -> ConsentGiven | None:
    purpose: Any = (extension(resource, f"{OWN}:purpose") or {}).get("valueCode")
    if purpose not in get_args(Purpose) or not resource.get("dateTime"):
        return None
    period = (resource.get("provision") or {}).get("period") or {}
    return ConsentGiven(
        purpose=purpose, given_at=resource["dateTime"], withdrawn_at=str(period.get("end", ""))
    )
