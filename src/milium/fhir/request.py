"""The person, what they ask, what they told, what they tried, what they agreed to, and their photos."""

from __future__ import annotations

import math

from milium.fhir.dossier import Answered, ConsentGiven, Dossier, PhotoRef, Purpose
from milium.fhir.elements import (
    OWN,
    Json,
    add_extension,
    codeable,
    said,
    span,
    texted,
    without_nothing,
)
from milium.fhir.shelf import Shelf, reference
from milium.statements import ConceptRef, Finding, History, Tried
from milium.vocabulary import Vocabulary


PATIENT, REQUEST = ("Patient", "asker"), ("ServiceRequest", "case")
AGE = f"{OWN}:age"
RESPONSE = f"{OWN}:response"
CASE_ID = f"{OWN}:case"
TOLD_DURATION, TOLD_SEX, TOLD_AGE = f"{OWN}:duration", f"{OWN}:told-sex", f"{OWN}:told-age"
# What the asker agreed to, in HL7's own codes for purposes of use.
PURPOSES: dict[Purpose, tuple[str, str]] = {
    "care": ("TREAT", "treatment"),
    "archive_text": ("HPRGRP", "publication of the text without what identifies"),
    "archive_photos": ("HPRGRP", "publication of the photos without what identifies"),
    "research": ("HRESCH", "healthcare research"),
}
PROCEDURES = frozenset({"procedure", "device", "surgery"})


def put_patient(shelf: Shelf, dossier: Dossier) -> None:
    """A pseudonymous patient: no name, no address below the region, no birth date. An age stands as an age."""
    asker = dossier.case.asker
    patient: Json = {"gender": asker.sex or "unknown"}
    if asker.age is not None and math.isfinite(asker.age) and asker.age >= 0:
        age = {
            "value": asker.age,
            "unit": "years",
            "system": "http://unitsofmeasure.org",
            "code": "a",
        }
        add_extension(patient, AGE, valueAge=age)
    address = without_nothing({"state": said(asker.place or ""), "country": dossier.country})
    shelf.put(*PATIENT, **patient, address=[address] if address else [])


def put_request(shelf: Shelf, dossier: Dossier) -> None:
    """The case: the asker's words as its note, what they ask as its reasons."""
    note = texted({}, "text", dossier.case.question)
    note.setdefault("text", "-")
    shelf.put(
        *REQUEST,
        identifier=[{"system": CASE_ID, "value": said(dossier.case.id) or "-"}],
        status="active",
        intent="proposal",
        category=[{"text": "eConsult"}],
        code={"text": said(dossier.case.title)} if said(dossier.case.title) else {},
        subject=reference(*PATIENT),
        authoredOn=dossier.asked_at,
        reasonCode=[{"text": ask} for ask in dossier.history.asks],
        note=[note],
        extension=_told(dossier.history),
    )


def _told(history: History) -> list[Json]:
    """What the words of the question say of the person; the form's answers stand with the patient."""
    told: list[Json] = []
    if history.duration:
        told.append({"url": TOLD_DURATION, "valueString": history.duration})
    if history.sex:
        told.append({"url": TOLD_SEX, "valueCode": history.sex})
    if history.age is not None:
        told.append({"url": TOLD_AGE, "valueDecimal": history.age})
    return told


def put_intake(shelf: Shelf, answers: tuple[Answered, ...], asked_at: str) -> None:
    """The questions and answers of the intake. One that was asked and not answered has no answer."""
    if not answers:
        return
    items = [
        without_nothing(
            {
                "linkId": answer.id,
                "text": said(answer.question),
                "answer": [{"valueString": said(answer.answer)}]
                if answer.answer and said(answer.answer)
                else [],
            }
        )
        for answer in answers
    ]
    shelf.put(
        "QuestionnaireResponse",
        "intake",
        status="completed",
        subject=reference(*PATIENT),
        basedOn=[reference(*REQUEST)],
        authored=asked_at,
        item=items,
    )


def put_findings(shelf: Shelf, dossier: Dossier, vocabulary: Vocabulary) -> None:
    """Sites, symptoms and denied symptoms, each with the asker's words."""
    for part in ("sites", "symptoms", "absent"):
        for number, finding in enumerate(getattr(dossier.history, part), start=1):
            _put_finding(shelf, part, number, finding, vocabulary)


def _put_finding(
    shelf: Shelf, part: str, number: int, finding: Finding, vocabulary: Vocabulary
) -> None:
    concept = codeable(finding.concept, vocabulary)
    site: Json = {"bodySite": concept} if part == "sites" else {}
    said_of: Json = {} if part == "sites" else {"valueBoolean": part == "symptoms"}
    shelf.put(
        "Observation",
        f"{part}-{number}",
        extension=[span(finding.quote)],
        status="final",
        category=[{"text": part}],
        code={"text": "Place on the body"} if part == "sites" else concept,
        subject=reference(*PATIENT),
        basedOn=[reference(*REQUEST)],
        **site,
        **said_of,
    )


def put_tried(shelf: Shelf, tried: tuple[Tried, ...], vocabulary: Vocabulary) -> None:
    """What was tried and how it went: a procedure as a Procedure, anything else as a MedicationStatement."""
    for number, one in enumerate(tried, start=1):
        extensions = [span(one.quote), {"url": RESPONSE, "valueCode": one.response}]
        concept, note = codeable(one.concept, vocabulary), [{"text": f"Effect: {one.response}"}]
        if _is_procedure(one.concept, vocabulary):
            shelf.put(
                "Procedure", f"tried-{number}", extension=extensions, status="completed", code=concept,
                subject=reference(*PATIENT), note=note,
            )  # fmt: skip
        else:
            shelf.put(
                "MedicationStatement", f"tried-{number}", extension=extensions, status="unknown",
                medicationCodeableConcept=concept, subject=reference(*PATIENT), note=note,
            )  # fmt: skip


def _is_procedure(concept: ConceptRef, vocabulary: Vocabulary) -> bool:
    return concept.id in vocabulary and vocabulary.concept(concept.id).form in PROCEDURES


def put_photo(shelf: Shelf, photo: PhotoRef, vocabulary: Vocabulary) -> None:
    """A photo as a document: its address, its view, the place it shows."""
    attachment = without_nothing(
        {
            "contentType": photo.content_type,
            "url": photo.url,
            "size": photo.size,
            "hash": photo.digest,
            "title": said(photo.text),
        }
    )
    extensions: list[Json] = [
        {"url": f"{OWN}:{name}", "valueString": value}
        for name, value in (("view", photo.view), ("side", photo.side))
        if value
    ]
    if photo.site:
        extensions.append(
            {"url": f"{OWN}:body-site", "valueCodeableConcept": codeable(photo.site, vocabulary)}
        )
    shelf.put(
        "DocumentReference",
        f"photo-{photo.id}",
        extension=extensions,
        status="current",
        type={"text": "Photograph of the skin"},
        subject=reference(*PATIENT),
        date=photo.taken_on,
        description=said(photo.text),
        content=[{"attachment": attachment}],
        context={"related": [reference(*REQUEST)]},
    )


def put_consent(shelf: Shelf, consent: ConsentGiven) -> None:
    """Consent to one purpose; one that was withdrawn is inactive, with the time it ended."""
    code, text = PURPOSES[consent.purpose]
    period = without_nothing({"start": consent.given_at, "end": consent.withdrawn_at})
    shelf.put(
        "Consent",
        f"consent-{consent.purpose.replace('_', '-')}",
        extension=[{"url": f"{OWN}:purpose", "valueCode": consent.purpose}],
        status="inactive" if consent.withdrawn_at else "active",
        scope={
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                    "code": "research" if consent.purpose == "research" else "patient-privacy",
                }
            ]
        },
        category=[
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                        "code": "IDSCL",
                    }
                ],
                "text": text,
            }
        ],
        patient=reference(*PATIENT),
        dateTime=consent.given_at,
        policyRule={"text": f"Milium: {text}"},
        provision={
            "type": "permit",
            "period": period,
            "purpose": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                    "code": code,
                }
            ],
        },
    )
