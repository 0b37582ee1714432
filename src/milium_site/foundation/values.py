"""The library's frozen values as stored JSON, and back. ``dataclasses.asdict`` is the way in."""

from __future__ import annotations

from typing import Any

from milium.api import ConceptRef, Finding, History, Quote, Statement, Tried


Json = dict[str, Any]


def concept_from(data: Json) -> ConceptRef:
    """A concept as statements carry it."""
    return ConceptRef(id=data["id"], name=data["name"])


def quote_from(data: Json) -> Quote:
    """A quote; raises ``ValueError`` when it is no span."""
    return Quote(text=data["text"], start=data["start"], end=data["end"])


def finding_from(data: Json) -> Finding:
    """A site, a symptom or a denied symptom."""
    return Finding(concept=concept_from(data["concept"]), quote=quote_from(data["quote"]))


def tried_from(data: Json) -> Tried:
    """A treatment tried, and how it went."""
    return Tried(
        concept=concept_from(data["concept"]),
        response=data["response"],
        quote=quote_from(data["quote"]),
    )


def history_from(data: Json) -> History:
    """A history as it was stored."""
    return History(
        sites=tuple(map(finding_from, data["sites"])),
        symptoms=tuple(map(finding_from, data["symptoms"])),
        absent=tuple(map(finding_from, data["absent"])),
        duration=data["duration"],
        age=data["age"],
        sex=data["sex"],
        tried=tuple(map(tried_from, data["tried"])),
        asks=tuple(data["asks"]),
    )


def statement_from(data: Json) -> Statement:
    """A statement as it was signed."""
    return Statement(
        kind=data["kind"],
        concept=concept_from(data["concept"]),
        stance=data["stance"],
        route=data["route"],
        condition=data["condition"],
        quote=quote_from(data["quote"]),
    )
