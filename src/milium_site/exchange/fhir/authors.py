"""Who wrote what in a bundle, as far as it says so by something that can be checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from milium_site.exchange.fhir.resources import Json


WRITTEN = {"ClinicalImpression": "assessor", "Communication": "sender"}


def marks_of(bundle: Json, id_: str) -> frozenset[str]:
    """Register numbers and e-mail addresses, in lower case, of whoever wrote the opinion with this id."""
    every = [e["resource"] for e in bundle.get("entry", []) if e.get("resource")]
    for resource in every:
        by = WRITTEN.get(resource.get("resourceType", ""))
        if by and id_ in {resource.get("id"), *_texts(resource)}:
            reference = (resource.get(by) or {}).get("reference", "")
            return frozenset(_marks(_at(bundle, reference)))
    return frozenset()


def _texts(resource: Json) -> Iterator[str]:
    # Milium's own bundles name an opinion in an extension.
    return (str(e["valueString"]) for e in resource.get("extension") or [] if "valueString" in e)


def _at(bundle: Json, reference: str) -> Json:
    for entry in bundle["entry"]:
        resource = entry.get("resource") or {}
        places = {entry.get("fullUrl"), f"{resource.get('resourceType')}/{resource.get('id')}"}
        if reference and reference in places:
            found: Json = resource
            return found
    return {}


def _marks(author: Json) -> Iterator[str]:
    identifiers: list[Any] = list(author.get("identifier") or [])
    for qualification in author.get("qualification") or []:
        identifiers += qualification.get("identifier") or []
    yield from (str(i["value"]).lower() for i in identifiers if i.get("value"))
    for contact in author.get("telecom") or []:
        if contact.get("system") == "email" and contact.get("value"):
            yield str(contact["value"]).lower()
