"""What the FHIR endpoint can do, said to programs: no more than it does."""

from __future__ import annotations

from typing import Any


# Every kind of resource that a case's bundle may hold.
KINDS = (
    "AuditEvent", "ClinicalImpression", "Composition", "Condition", "Consent", "Device", "DocumentReference",
    "MedicationStatement", "Observation", "Patient", "Practitioner", "PractitionerRole", "Procedure", "Provenance",
    "QuestionnaireResponse", "RiskAssessment", "ServiceRequest", "Task",
)  # fmt: skip
PARAMETERS = ("_id", "patient", "subject", "based-on", "_count")
CASE_PARAMETERS = ("patient", "subject", "based-on", "_id")
EVERYTHING = "http://hl7.org/fhir/OperationDefinition/Patient-everything"


def capability(*, base: str, version: str, at: str) -> dict[str, Any]:
    """The CapabilityStatement."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": at,
        "kind": "instance",
        "software": {"name": "Milium", "version": version},
        "implementation": {"description": "Cases and their answers", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": (
                    "A bearer token with the scope fhir:read or a case's own link reads; fhir:write sends a Bundle that "
                    "holds a ServiceRequest to the base address. Every parameter but _count names the case; the case of "
                    "a resource is the end of its id. Nothing is updated or deleted here."
                ),
                "security": {
                    "description": "OAuth 2.0 bearer tokens (RFC 6750), made on the profile's page"
                },
                "interaction": [{"code": "transaction"}],
                "resource": [_resource(kind) for kind in KINDS],
            }
        ],
    }


def _resource(kind: str) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [
            {"name": "_id", "type": "token"},
            {"name": "patient", "type": "reference"},
            {"name": "subject", "type": "reference"},
            {"name": "based-on", "type": "reference"},
        ],
    }
    if kind in {"Patient", "ServiceRequest"}:
        resource["operation"] = [{"name": "everything", "definition": EVERYTHING}]
    return resource
