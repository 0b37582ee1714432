"""A case as a FHIR R4 bundle, and back."""

from __future__ import annotations

from typing import Any

from milium import fhir as _fhir
from milium.api.comparing import compare_readings
from milium.api.terms import vocabulary
from milium.fhir import (
    Answered,
    Checked,
    ConsentGiven,
    Dossier,
    Draft,
    Opened,
    PhotoRef,
    Received,
    Signed,
    Unread,
)


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
    "check_fhir",
    "read_fhir",
    "write_fhir",
]
NOWHERE = "https://milium.invalid/fhir"


def write_fhir(
    dossier: Dossier, *, written_at: str, version: str, base: str = NOWHERE
) -> dict[str, Any]:
    """The dossier as a document bundle, its comparison first.

    ``written_at`` is an ISO 8601 time with zone, ``version`` that of the program, ``base`` the address of the server
    where the resources can be read. Raises ``ValueError`` when a reading and an opinion do not belong together.
    """
    comparison = compare_readings(
        dossier.case, dossier.history, dossier.readings, country=dossier.country or None
    )
    return _fhir.to_bundle(
        dossier,
        comparison,
        vocabulary=vocabulary(),
        written_at=written_at,
        version=version,
        base=base,
    )


def read_fhir(bundle: object) -> Received:
    """What a bundle asks and says, and what of it was not understood. Raises ``UnusableInput`` for what is no bundle."""
    return _fhir.from_bundle(bundle)


def check_fhir(bundle: dict[str, Any]) -> None:
    """Raises ``UnusableInput`` with the places where the bundle breaks FHIR R4."""
    _fhir.check_bundle(bundle)
