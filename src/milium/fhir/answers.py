"""Each opinion on its own, never merged: a ClinicalImpression, what it proposes, and where each thing was read."""

from __future__ import annotations

from milium.fhir.dossier import Checked, Dossier
from milium.fhir.elements import (
    CONDITION,
    OWN,
    ROUTE,
    STANCE,
    Json,
    add_extension,
    codeable,
    said,
    span,
    texted,
    without_nothing,
)
from milium.fhir.request import PATIENT, REQUEST
from milium.fhir.shelf import Shelf, reference
from milium.statements import Opinion, Statement
from milium.vocabulary import Vocabulary


READER = ("Device", "reader")
OPINION_ID = f"{OWN}:opinion"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CERTAINTY = {"likely": "provisional", "possible": "differential", "unlikely": "refuted"}
AGAINST = frozenset({"avoid", "unneeded"})


def put_reader(shelf: Shelf, version: str) -> None:
    """The program that read the opinions: the agent of every provenance."""
    shelf.put(
        *READER,
        deviceName=[{"name": "Milium reader", "type": "model-name"}],
        version=[{"value": version}],
    )


def put_opinion(
    shelf: Shelf,
    number: int,
    opinion: Opinion,
    dossier: Dossier,
    written_at: str,
    vocabulary: Vocabulary,
) -> tuple[Json, ...]:
    """One opinion; gives the references to what it says, in the order of its reading."""
    author = put_author(shelf, number, opinion, dossier)
    statements = dossier.readings.get(opinion.id, ())
    proposals = tuple(
        _put_statement(shelf, f"{number}-{place}", statement, vocabulary)
        for place, statement in enumerate(statements, start=1)
    )
    signed = dossier.signed.get(opinion.id)
    impression: Json = texted({}, "summary", opinion.text)
    impression.setdefault("extension", []).append(
        {"url": OPINION_ID, "valueString": said(opinion.id) or "-"}
    )
    own = shelf.put(
        "ClinicalImpression",
        f"opinion-{number}",
        **impression,
        status="completed",
        subject=reference(*PATIENT),
        date=signed.at if signed else "",
        assessor=author,
        finding=[
            {"itemReference": to}
            for to, s in zip(proposals, statements, strict=True)
            if s.kind == "diagnosis"
        ],
        prognosisReference=[
            to for to, s in zip(proposals, statements, strict=True) if s.kind == "outlook"
        ],
    )
    for place, (to, statement) in enumerate(zip(proposals, statements, strict=True), start=1):
        _put_provenance(
            shelf, f"read-{number}-{place}", to, own, statement, signed.at if signed else written_at
        )
    _put_task(shelf, number, author, own)
    return proposals


def put_author(shelf: Shelf, number: int, opinion: Opinion, dossier: Dossier) -> Json:
    """The specialist, with the register entry that was checked."""
    signed = dossier.signed.get(opinion.id)
    checked = signed.credential if signed else None
    practitioner = shelf.put(
        "Practitioner",
        f"specialist-{number}",
        active=True,
        name=[{"text": said(opinion.specialist)}]
        if opinion.specialist and said(opinion.specialist)
        else [],
        qualification=[_qualification(checked)] if checked else [],
    )
    shelf.put(
        "PractitionerRole",
        f"role-{number}",
        practitioner=practitioner,
        specialty=[{"text": said(opinion.specialty)}]
        if opinion.specialty and said(opinion.specialty)
        else [],
        extension=[{"url": f"{OWN}:conflicts", "valueString": said(checked.conflicts)}]
        if checked and said(checked.conflicts)
        else [],
    )
    return practitioner


def _qualification(checked: Checked) -> Json:
    return {
        "extension": [{"url": f"{OWN}:country", "valueString": checked.country}],
        "identifier": [{"system": f"{OWN}:register:{checked.register}", "value": checked.number}],
        "code": {"text": checked.register},
        "period": without_nothing({"start": checked.checked_on, "end": checked.expires_on}),
    }


def _put_statement(shelf: Shelf, name: str, statement: Statement, vocabulary: Vocabulary) -> Json:
    concept, subject = codeable(statement.concept, vocabulary), reference(*PATIENT)
    if statement.kind == "diagnosis":
        certainty = CERTAINTY[statement.stance or "possible"]
        return shelf.put(
            "Condition", f"may-be-{name}", code=concept, subject=subject,
            verificationStatus={"coding": [{"system": VERIFICATION, "code": certainty}]},
        )  # fmt: skip
    if statement.kind == "outlook":
        return shelf.put(
            "RiskAssessment", f"outlook-{name}", status="final", subject=subject,
            prediction=[{"outcome": concept}],
        )  # fmt: skip
    return shelf.put(
        "ServiceRequest", f"proposal-{name}", status="active", intent="proposal", subject=subject,
        category=[{"text": statement.kind}], code=concept, basedOn=[reference(*REQUEST)],
        doNotPerform=True if statement.stance in AGAINST else None,
        asNeededBoolean=True if statement.stance == "conditional" else None,
    )  # fmt: skip


def _put_provenance(
    shelf: Shelf, name: str, target: Json, opinion: Json, statement: Statement, at: str
) -> None:
    extensions: list[Json] = [span(statement.quote)]
    for url, value in ((STANCE, statement.stance), (ROUTE, statement.route)):
        if value:
            extensions.append({"url": url, "valueCode": value})
    body: Json = {"extension": extensions}
    if statement.condition is not None:
        kept: Json = texted({}, "valueString", statement.condition)
        exact = kept.pop("extension", None)
        add_extension(body, CONDITION, **(kept or {"valueString": "-"}))
        if exact:
            extensions[-1]["extension"] = exact
            extensions[-1].pop("valueString", None)
    shelf.put(
        "Provenance", name, **body, recorded=at,
        target=[target],
        agent=[{"type": {"text": "reader; its reading was confirmed by the author"}, "who": reference(*READER)}],
        entity=[{"role": "source", "what": opinion}],
    )  # fmt: skip


def _put_task(shelf: Shelf, number: int, owner: Json, opinion: Json) -> None:
    shelf.put(
        "Task",
        f"ask-{number}",
        status="completed",
        intent="proposal",
        code={"text": "Give an opinion"},
        focus=reference(*REQUEST),
        **{"for": reference(*PATIENT)},
        owner=owner,
        output=[{"type": {"text": "opinion"}, "valueReference": opinion}],
    )
