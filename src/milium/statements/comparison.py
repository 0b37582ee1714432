"""The side-by-side of several specialists' readings."""

from __future__ import annotations

from dataclasses import dataclass

from milium.statements.concept_ref import ConceptRef
from milium.statements.history import Tried
from milium.statements.note import Note
from milium.statements.quote import Quote
from milium.statements.statement import Route, Stance, StatementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One specialist's stance on a row; ``quote`` is a span of that opinion's text."""

    opinion: str
    stance: Stance | None
    route: Route | None
    condition: str | None
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A concept and every position on it. An opinion without a position here did not mention it.

    ``group`` names the row's class when that class is a row too (carbon dioxide laser under laser therapy).
    """

    kind: StatementKind
    concept: ConceptRef
    positions: tuple[Position, ...]
    group: str | None = None
    tried: Tried | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Opinions that part ways on one concept."""

    kind: StatementKind
    concept: ConceptRef
    opinions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several readings of one case, side by side. Rows hold nothing that no specialist wrote."""

    case: str
    opinions: tuple[str, ...]
    diagnoses: tuple[Row, ...] = ()
    do_first: tuple[Row, ...] = ()
    options: tuple[Row, ...] = ()
    avoid: tuple[Row, ...] = ()
    outlook: tuple[Row, ...] = ()
    differences: tuple[Difference, ...] = ()
    agreement_diagnosis: float | None = None
    agreement_treatment: float | None = None
    notes: tuple[Note, ...] = ()
    questions_to_ask: tuple[str, ...] = ()
