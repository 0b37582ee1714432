"""Bundles of other programs: what is understood becomes a case or a draft, what is not is kept and told."""

from __future__ import annotations

from typing import Any

import pytest

from milium import api
from milium.errors import UnusableInput


ASKED: dict[str, Any] = {
    "resourceType": "ServiceRequest", "id": "r1", "status": "active", "intent": "order",
    "subject": {"reference": "urn:uuid:4f0c1a5e-7d8e-4a38-9c9c-0d8c5a0a0001"}, "authoredOn": "2026-11-20",
    "note": [{"text": "Itchy rash on both elbows for three months. What is it?"}],
}  # fmt: skip
PATIENT: dict[str, Any] = {
    "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1986-12-01",
    "address": [{"state": "Maine", "country": "US"}],
}  # fmt: skip


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    entries = [{"resource": resource} for resource in (ASKED, *resources)]
    entries.append(
        {"fullUrl": "urn:uuid:4f0c1a5e-7d8e-4a38-9c9c-0d8c5a0a0001", "resource": PATIENT}
    )
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def test_a_clinics_request_becomes_a_case_with_its_words_and_its_person() -> None:
    received = api.read_fhir(bundle())

    case = received.dossier.case
    assert case.question == ASKED["note"][0]["text"]
    assert (case.asker.sex, case.asker.age, case.asker.place) == ("female", 39, "Maine")
    assert received.dossier.country == "US"
    assert received.unread == ()


def test_an_opinion_in_words_alone_is_a_draft_for_its_author() -> None:
    impression = {
        "resourceType": "ClinicalImpression", "id": "i1", "status": "completed",
        "subject": {"reference": "Patient/p1"}, "assessor": {"reference": "Practitioner/d1"},
        "summary": "This looks like psoriasis.",
    }  # fmt: skip
    author = {"resourceType": "Practitioner", "id": "d1", "name": [{"given": ["Ada"], "family": "Byron"}]}  # fmt: skip
    said = {
        "resourceType": "Communication", "id": "c1", "status": "completed",
        "payload": [{"contentString": "I agree."}], "sender": {"display": "Dr B"},
    }  # fmt: skip

    received = api.read_fhir(bundle(impression, author, said))

    assert [(d.text, d.author) for d in received.drafts] == [
        ("This looks like psoriasis.", "Ada Byron"),
        ("I agree.", "Dr B"),
    ]
    assert received.dossier.case.opinions == ()


def test_what_is_not_understood_is_kept_whole_and_told() -> None:
    allergy = {
        "resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/p1"},
        "code": {"text": "penicillin"},
    }  # fmt: skip

    (unread,) = api.read_fhir(bundle(allergy)).unread

    assert (unread.kind, unread.id) == ("AllergyIntolerance", "a1")
    assert unread.resource == allergy
    assert "AllergyIntolerance" in unread.reason


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (None, "resourceType must be Bundle"),
        ([], "resourceType must be Bundle"),
        ({"resourceType": "Patient"}, "resourceType must be Bundle"),
        ({"resourceType": "Bundle", "type": "collection"}, "no entries"),
        ({"resourceType": "Bundle", "type": "collection", "entry": "x"}, "no entries"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": 7}]}, "no FHIR"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": PATIENT}]}, "no ServiceRequest"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": ASKED | {"note": []}}]}, "no words"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": ASKED | {"status": 7}}]}, "status"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{}] * 5_001}, "5,000 is the most"),
    ],
)  # fmt: skip
def test_what_is_no_such_bundle_is_refused_with_the_reason(sent: object, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason):
        api.read_fhir(sent)


def test_references_that_lead_round_or_outside_are_followed_no_further() -> None:
    round_trip = {
        "resourceType": "ClinicalImpression", "id": "i1", "status": "completed", "summary": "Words.",
        "subject": {"reference": "https://elsewhere.example/Patient/1"},
        "previous": {"reference": "ClinicalImpression/i1"}, "assessor": {"reference": "ClinicalImpression/i1"},
    }  # fmt: skip

    received = api.read_fhir(bundle(round_trip))

    assert [d.text for d in received.drafts] == ["Words."]
