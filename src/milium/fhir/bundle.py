"""A dossier as a FHIR R4 document bundle: the comparison first, then everything it rests on.

The mapping follows BSeR's spine of a ServiceRequest with a Task for each specialist
(https://build.fhir.org/ig/HL7/bser/); resource pages: https://hl7.org/fhir/R4/.
"""

from __future__ import annotations

from milium.fhir import answers, grid, request
from milium.fhir.dossier import Dossier, Opened
from milium.fhir.elements import OWN, Json, said
from milium.fhir.shelf import Shelf, reference
from milium.statements import Comparison
from milium.vocabulary import Vocabulary


# Addresses that lead nowhere, for a bundle that belongs to no server (RFC 2606).
NOWHERE = "https://milium.invalid/fhir"
BUNDLE_ID = f"{OWN}:bundle"
ACTIONS = {"read": "R", "create": "C", "update": "U", "delete": "D"}


def to_bundle(
    dossier: Dossier,
    comparison: Comparison,
    *,
    vocabulary: Vocabulary,
    written_at: str,
    version: str,
    base: str = NOWHERE,
) -> Json:
    """The bundle, as JSON. ``written_at`` is an ISO 8601 time with zone, ``version`` the reader's, ``base`` the server's address.

    ``comparison`` is that of the dossier's readings. The same values give the same bundle.
    """
    shelf = Shelf(base)
    request.put_patient(shelf, dossier)
    request.put_request(shelf, dossier)
    request.put_intake(shelf, dossier.intake, dossier.asked_at)
    request.put_findings(shelf, dossier, vocabulary)
    request.put_tried(shelf, dossier.history.tried, vocabulary)
    for photo in dossier.photos:
        request.put_photo(shelf, photo, vocabulary)
    for consent in dossier.consents:
        request.put_consent(shelf, consent)
    answers.put_reader(shelf, version)
    cells: dict[tuple[str, str, str], Json] = {}
    for number, opinion in enumerate(dossier.case.opinions, start=1):
        said_there = answers.put_opinion(shelf, number, opinion, dossier, written_at, vocabulary)
        for statement, to in zip(dossier.readings.get(opinion.id, ()), said_there, strict=True):
            cells[(opinion.id, statement.kind, statement.concept.id)] = to
    for number, opened in enumerate(dossier.opened, start=1):
        _put_opened(shelf, number, opened)
    grid.put_comparison(shelf, comparison, cells, written_at, vocabulary)
    # A document's first entry is its composition.
    *others, composition = shelf.entries()
    return {
        "resourceType": "Bundle",
        "type": "document",
        "identifier": {"system": BUNDLE_ID, "value": said(dossier.case.id) or "-"},
        "timestamp": written_at,
        "entry": [composition, *others],
    }


def _put_opened(shelf: Shelf, number: int, opened: Opened) -> None:
    shelf.put(
        "AuditEvent",
        f"opened-{number}",
        type={"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
        action=ACTIONS[opened.verb],
        recorded=opened.at,
        outcome="0",
        agent=[{"requestor": True, "name": said(opened.who) or "-"}],
        source={"observer": {"display": "Milium"}},
        entity=[{"what": reference(*request.REQUEST), "description": said(opened.what)}],
    )
