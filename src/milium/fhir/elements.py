"""The small pieces that every resource is made of: references, codes, texts, extensions.

FHIR texts may hold no control characters but tab and line breaks, and may not be blank. Where a text cannot be said in
FHIR as it is, its exact form goes along as base64, because spans are counted in the exact text.
Source: https://hl7.org/fhir/R4/datatypes.html#string
"""

from __future__ import annotations

import base64
import re
from typing import Any

from milium.statements import ConceptRef, Quote
from milium.vocabulary import Vocabulary


Json = dict[str, Any]

OWN = "urn:x-milium"
VOCABULARY = f"{OWN}:vocabulary"
STANCE, ROUTE, CONDITION, SPAN, EXACT = (
    f"{OWN}:{name}" for name in ("stance", "route", "condition", "span", "exact-text")
)
SYSTEMS = {
    "ICD10CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "DOID": "http://purl.obolibrary.org/obo/doid.owl",
    "HP": "http://human-phenotype-ontology.org",
    "UBERON": "http://uberon.org",
}
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def said(text: str) -> str:
    """The text as FHIR can hold it; empty when nothing is left of it."""
    clean = _FORBIDDEN.sub("\ufffd", text)
    return clean if clean.strip() else ""


def texted(resource: Json, name: str, text: str) -> Json:
    """The resource with the text under ``name``, and the exact one beside it where FHIR cannot hold that."""
    clean = said(text)
    if clean:
        resource[name] = clean
    if clean != text:
        exact = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")
        add_extension(resource, EXACT, valueBase64Binary=exact)
    return resource


def exact_text(resource: Json, name: str) -> str:
    """The text that ``texted`` was given. Raises ``ValueError`` on base64 that is none."""
    found = extension(resource, EXACT)
    if found is None:
        return str(resource.get(name, ""))
    return base64.b64decode(str(found["valueBase64Binary"]), validate=True).decode(
        "utf-8", "surrogatepass"
    )


def add_extension(resource: Json, url: str, **value: object) -> None:
    """Adds an extension with one value, such as ``valueString="topical"``."""
    resource.setdefault("extension", []).append({"url": url, **value})


def extension(resource: Json, url: str) -> Json | None:
    """The first extension of that address."""
    found: list[Json] = resource.get("extension") or []
    return next((e for e in found if e.get("url") == url), None)


def codeable(concept: ConceptRef, vocabulary: Vocabulary) -> Json:
    """The concept, with Milium's own code first and then the codes of other systems that name it."""
    coding: list[Json] = [{"system": VOCABULARY, "code": concept.id, "display": concept.name}]
    if concept.id in vocabulary:
        coding += [
            {"system": SYSTEMS[code.system], "code": code.value}
            for code in vocabulary.concept(concept.id).codes
            if code.match == "named" and code.system in SYSTEMS
        ]
    return {"coding": coding, "text": concept.name}


def concept_in(codeable_concept: Json | None) -> ConceptRef | None:
    """Milium's own concept in a codeable concept; ``None`` where there is none."""
    for coding in (codeable_concept or {}).get("coding") or []:
        if coding.get("system") == VOCABULARY and coding.get("code") and coding.get("display"):
            return ConceptRef(id=coding["code"], name=coding["display"])
    return None


def span(quote: Quote) -> Json:
    """A span as an extension: its offsets in the exact text, and its words.

    ``exact-text`` keeps the words when FHIR cannot hold them.
    """
    parts: list[Json] = [
        {"url": "start", "valueInteger": quote.start},
        {"url": "end", "valueInteger": quote.end},
    ]
    if words := said(quote.text):
        parts.append({"url": "words", "valueString": words})
    return {"url": SPAN, "extension": parts}


def quote_in(resource: Json, text: str) -> Quote:
    """The span of ``text`` that the resource carries. Raises ``ValueError`` when it carries none, or none of ``text``."""
    found = extension(resource, SPAN)
    parts = {p.get("url"): p for p in (found or {}).get("extension") or []}
    try:
        start, end = int(parts["start"]["valueInteger"]), int(parts["end"]["valueInteger"])
    except (KeyError, TypeError) as error:
        raise ValueError("the span has no offsets") from error
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the span {start}..{end} lies outside the text")
    quote = Quote.of(text, start, end)
    words = (parts.get("words") or {}).get("valueString")
    if words != (said(quote.text) or None):
        raise ValueError(f"the words at {start}..{end} are not those of the span")
    return quote


def first(values: object) -> Json:
    """The first of a list of objects; an empty object where there is none."""
    found: Json = (
        values[0] if isinstance(values, list) and values and isinstance(values[0], dict) else {}
    )
    return found


def without_nothing(resource: Json) -> Json:
    """The resource without empty members: FHIR allows none."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {})}
