"""Cases as FHIR on the site: out under the reader's eyes, in from a clinic, and nothing left of what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from fhirclient.models.bundle import Bundle as SecondBundle
from tests import factories as make

from milium import __version__, api
from milium_site.cases.models import Case
from milium_site.exchange.actions import make_token
from milium_site.exchange.dossier import dossier_for
from milium_site.exchange.models import Kept
from milium_site.opinions.models import Opinion
from milium_site.people.models import Specialist


pytestmark = pytest.mark.django_db


def bundle_of(case: Case) -> dict[str, Any]:
    at = "2026-11-20T10:00:00Z"
    bundle: dict[str, Any] = json.loads(
        json.dumps(api.write_fhir(dossier_for(case), written_at=at, version=__version__))
    )
    return bundle


def sender(who: Specialist) -> str:
    return make_token(user=who.user, name="Clinic", scopes=["fhir:read", "fhir:write"], days=7)[1]


def send(client: Client, token: str, bundle: object) -> HttpResponse:
    return client.post(
        "/fhir/",
        bundle if isinstance(bundle, bytes) else json.dumps(bundle),
        content_type="application/fhir+json",
        headers={"Authorization": f"Bearer {token}"},
    )


def elsewhere(bundle: dict[str, Any]) -> dict[str, Any]:
    """As another site would send it: this one does not know the case's name."""
    for entry in bundle["entry"]:
        for identifier in entry["resource"].get("identifier", []):
            identifier["value"] = "of-a-clinic"
    return bundle


def test_two_implementations_accept_what_the_site_gives_and_it_is_the_same_comparison(
    client: Client,
) -> None:
    first, second = make.specialist("Dr One"), make.specialist("Dr Two")
    asked = make.open_case()
    make.photo(asked.case)
    make.signed(asked.case, first)
    make.signed(asked.case, second, "Avoid an emollient. This looks like eczema.")

    document = client.get(f"/c/{asked.link}/fhir.json").json()
    everything = client.get(
        f"/fhir/ServiceRequest/{asked.case.key}/$everything",
        headers={"Authorization": f"Bearer {asked.link}"},
    ).json()

    for bundle in (document, everything):
        api.check_fhir(bundle)
        SecondBundle(bundle, strict=True)
    back = api.read_fhir(document).dossier
    there = dossier_for(asked.case)
    assert back.readings == there.readings
    came, went = (
        api.compare_readings(d.case, d.history, d.readings, country=d.country)
        for d in (back, there)
    )
    assert api.to_dict(came) == api.to_dict(went)
    assert everything["total"] == len(document["entry"])


def test_a_clinics_bundle_opens_a_case_once_and_consent_decides_whether_it_is_sent(
    client: Client,
) -> None:
    token = sender(make.specialist())
    bundle = elsewhere(bundle_of(make.open_case().case))
    before = Case.objects.count()

    answers = [send(client, token, bundle) for _ in range(2)]

    assert [a.status_code for a in answers] == [201, 201]
    assert Case.objects.count() == before + 1
    key = answers[0]["Location"].rpartition("/")[2]
    assert Case.objects.get(key=key).state in {"open", "screening"}
    bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["resourceType"] != "Consent"]
    undecided = send(client, token, bundle)
    key = undecided["Location"].rpartition("/")[2]
    assert Case.objects.get(key=key).state == "draft"
    assert "consent" in undecided.json()["issue"][0]["diagnostics"]


def test_what_is_not_understood_is_kept_with_the_case_and_told(client: Client) -> None:
    bundle = elsewhere(bundle_of(make.open_case().case))
    odd = {"resourceType": "Basic", "id": "odd", "code": {"text": "odd"}}
    bundle["entry"].append({"fullUrl": "urn:uuid:1", "resource": odd})

    told = send(client, sender(make.specialist()), bundle).json()["issue"]

    assert Kept.objects.get(kind__isnull=False).resource == odd
    assert any("Basic" in line["diagnostics"] for line in told)


def test_an_opinion_becomes_the_draft_of_the_specialist_who_sent_it_and_of_nobody_else(
    client: Client,
) -> None:
    author, other = make.specialist("Dr Author"), make.specialist("Dr Other")
    asked = make.open_case()
    bundle = bundle_of(asked.case)
    bundle["entry"] += [
        {"fullUrl": "https://c/Practitioner/p", "resource": {
            "resourceType": "Practitioner", "id": "p",
            "telecom": [{"system": "email", "value": author.user.email}]}},
        {"fullUrl": "https://c/Communication/m", "resource": {
            "resourceType": "Communication", "id": "m", "status": "completed",
            "sender": {"reference": "Practitioner/p"}, "payload": [{"contentString": make.ANSWER}]}},
    ]  # fmt: skip

    of_another, own = (send(client, sender(s), bundle) for s in (other, author))

    assert (of_another.status_code, own.status_code) == (200, 200)
    assert [(o.specialist_id, o.text, o.state) for o in Opinion.objects.all()] == [
        (author.pk, make.ANSWER, "draft")
    ]
    assert Kept.objects.count() == 1


DEEP = b'{"resourceType":"Bundle","entry":' + b"[" * 20_000 + b"]" * 20_000 + b"}"
CYCLE = {
    "resourceType": "Bundle", "type": "collection",
    "entry": [{"resource": {"resourceType": "Observation", "id": "a", "status": "final", "code": {"text": "x"},
                            "hasMember": [{"reference": "Observation/a"}]}}],
}  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    [
        b" ", b"[]", b"7", b"{", b"\xff\xfe", b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", DEEP, CYCLE,
        {"resourceType": "Bundle"}, {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": 7}}]},
        {"resourceType": "Bundle", "type": "collection", "entry": [
            {"resource": {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
                          "subject": {"reference": "http://169.254.169.254/Patient/1"}}}]},
        b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"ServiceRequest","note":[{"text":"\\ud800"}]}}]}',
        b'{"resourceType":"Bundle","x":NaN}', b" " * (5 * 1024 * 1024 + 1),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_hostile_bundle_is_refused_with_an_outcome_and_leaves_nothing(
    hostile: object, client: Client
) -> None:
    token = sender(make.specialist())

    response = send(client, token, hostile)

    assert response.status_code in {400, 413, 422}
    assert response["Content-Type"] == "application/fhir+json"
    assert response.json()["resourceType"] == "OperationOutcome"
    assert not Case.objects.exists()
    assert not Kept.objects.exists()
