"""A case as a FHIR R4 bundle, and back. Pure: times and addresses come in with the values."""

from __future__ import annotations

from milium.fhir.bundle import to_bundle
from milium.fhir.dossier import (
    Answered,
    Checked,
    ConsentGiven,
    Dossier,
    Opened,
    PhotoRef,
    Signed,
)
from milium.fhir.incoming import Draft, Received, Unread, from_bundle
from milium.fhir.validation import check_bundle


__all__ = [
    "Answered",
    "Checked",
    "ConsentGiven",
    "Dossier",
    "Draft",
    "Opened",
    "PhotoRef",
    "Received",
    "Signed",
    "Unread",
    "check_bundle",
    "from_bundle",
    "to_bundle",
]
