"""Opinions from a bundle: with Milium's own reading where it carries one, as drafts where it carries words alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from milium.fhir.answers import CERTAINTY, OPINION_ID
from milium.fhir.dossier import Checked, Signed
from milium.fhir.elements import (
    CONDITION,
    OWN,
    ROUTE,
    STANCE,
    Json,
    concept_in,
    exact_text,
    extension,
    first,
    quote_in,
)
from milium.fhir.library import Library
from milium.statements import Opinion, Statement, StatementKind


PROPOSED: dict[str, StatementKind] = {
    "treatment": "treatment",
    "test": "test",
    "referral": "referral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An opinion with its reading."""

    opinion: Opinion
    reading: tuple[Statement, ...]
    signed: Signed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An opinion in words alone."""

    id: str
    text: str
    author: str


def answers_in(library: Library) -> tuple[list[Answer], list[Words]]:
    """Every opinion of the bundle, in its order."""
    answers: list[Answer] = []
    words: list[Words] = []
    provenances = _by_source(library)
    for impression in library.of("ClinicalImpression"):
        author = library.at(impression.get("assessor"))
        text = _text(impression)
        if not text.strip():
            continue
        own = (extension(impression, OPINION_ID) or {}).get("valueString")
        if own is None:
            name = _name(author) or str((impression.get("assessor") or {}).get("display", ""))
            words.append(Words(id=str(impression.get("id", "")), text=text, author=name))
        else:
            answers.append(_answer(library, impression, author, text, own, provenances))
        library.mark_read(impression)
        library.mark_read(author)
    words += _communications(library)
    return answers, words


def _by_source(library: Library) -> Mapping[int, list[Json]]:
    found: dict[int, list[Json]] = {}
    for provenance in library.of("Provenance"):
        for entity in provenance.get("entity") or []:
            if (source := library.at(entity.get("what"))) is not None:
                found.setdefault(id(source), []).append(provenance)
    return found


def _text(impression: Json) -> str:
    try:
        text = exact_text(impression, "summary")
    except ValueError:
        text = str(impression.get("summary", ""))
    notes = [str(n.get("text", "")) for n in impression.get("note") or []]
    return text or "\n\n".join(filter(None, [str(impression.get("description", "")), *notes]))


def _answer(
    library: Library,
    impression: Json,
    author: Json | None,
    text: str,
    own: str,
    provenances: Mapping[int, list[Json]],
) -> Answer:
    reading = []
    for provenance in provenances.get(id(impression), []):
        target = library.at(first(provenance.get("target")))
        statement = _statement(provenance, target, text) if target else None
        if statement is not None:
            reading.append(statement)
            library.mark_read(provenance)
            library.mark_read(target)
    role = next(
        (
            r
            for r in library.of("PractitionerRole")
            if author is not None and library.at(r.get("practitioner")) is author
        ),
        None,
    )
    library.mark_read(role)
    specialty = first((role or {}).get("specialty")).get("text")
    at = str(impression.get("date", ""))
    return Answer(
        opinion=Opinion(id=own, text=text, specialist=_name(author) or None, specialty=specialty),
        reading=tuple(reading),
        signed=Signed(at=at, credential=_checked(author, role)) if at else None,
    )


def _statement(provenance: Json, target: Json, text: str) -> Statement | None:
    kind = _kind(target)
    outcome = (first(target.get("prediction"))).get("outcome")
    concept = concept_in(outcome if kind == "outlook" else target.get("code"))
    if kind is None or concept is None:
        return None
    value = {
        name: (extension(provenance, url) or {}).get("valueCode")
        for name, url in (("stance", STANCE), ("route", ROUTE))
    }
    condition = extension(provenance, CONDITION)
    try:
        return Statement(
            kind=kind,
            concept=concept,
            stance=value["stance"],
            route=value["route"],
            condition=None if condition is None else exact_text(condition, "valueString"),
            quote=quote_in(provenance, text),
        )
    except ValueError:
        return None


def _kind(target: Json) -> StatementKind | None:
    match target["resourceType"]:
        case "Condition":
            known = [
                c.get("code") for c in (target.get("verificationStatus") or {}).get("coding") or []
            ]
            return "diagnosis" if set(known) & set(CERTAINTY.values()) else None
        case "RiskAssessment":
            return "outlook"
        case "ServiceRequest":
            return PROPOSED.get(str((first(target.get("category"))).get("text", "")))
    return None


def _name(author: Json | None) -> str:
    name = first((author or {}).get("name"))
    parts = [*(name.get("given") or ()), name.get("family") or ""]
    return str(name.get("text") or " ".join(filter(None, parts)))


def _checked(author: Json | None, role: Json | None) -> Checked | None:
    for qualification in (author or {}).get("qualification") or []:
        identifier = first(qualification.get("identifier"))
        register = str(identifier.get("system", "")).removeprefix(f"{OWN}:register:")
        period = qualification.get("period") or {}
        if register and period.get("start"):
            return Checked(
                register=register,
                number=str(identifier.get("value", "")),
                country=str(
                    (extension(qualification, f"{OWN}:country") or {}).get("valueString", "")
                ),
                checked_on=period["start"],
                expires_on=str(period.get("end", "")),
                conflicts=str(
                    (extension(role or {}, f"{OWN}:conflicts") or {}).get("valueString", "")
                ),
            )
    return None


def _communications(library: Library) -> list[Words]:
    found = []
    for one in library.of("Communication"):
        text = "\n\n".join(
            str(p["contentString"]) for p in one.get("payload") or [] if p.get("contentString")
        )
        if text.strip():
            sender = library.at(one.get("sender"))
            name = _name(sender) or str((one.get("sender") or {}).get("display", ""))
            found.append(Words(id=str(one.get("id", "")), text=text, author=name))
            library.mark_read(one)
            library.mark_read(sender)
    return found
