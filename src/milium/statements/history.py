"""The structured reading of the asker's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from milium.statements.concept_ref import ConceptRef
from milium.statements.quote import Quote


Sex = Literal["female", "male"]
Response = Literal["none", "partial", "good", "worse", "unknown"]
Ask = Literal[
    "what_is_it",
    "what_can_i_do",
    "is_it_serious",
    "is_it_contagious",
    "is_this_treatment_right",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A site, a symptom or a denied symptom, with the asker's words."""

    concept: ConceptRef
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A treatment the asker has used, and how it went."""

    concept: ConceptRef
    response: Response
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One asker's text, read. ``duration`` is ISO 8601 (``P2M``), ``age`` is in years."""

    sites: tuple[Finding, ...] = ()
    symptoms: tuple[Finding, ...] = ()
    absent: tuple[Finding, ...] = ()
    duration: str | None = None
    age: float | None = None
    sex: Sex | None = None
    tried: tuple[Tried, ...] = ()
    asks: tuple[Ask, ...] = ()
