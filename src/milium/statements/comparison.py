"""The side-by-side of several specialists' readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from milium.statements.concept_ref import ConceptRef
from milium.statements.history import History, Tried
from milium.statements.note import Note
from milium.statements.quote import Quote
from milium.statements.statement import Route, Stance, StatementKind


# How opinions part ways: ``stance`` one holds what another rejects; ``class`` one rejects a class and another names a
# member of it; ``referral`` they send to different people; ``mention`` only some name it.
Reason = Literal["stance", "class", "referral", "mention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One specialist's stance on a row; ``quote`` is a span of that opinion's text.

    ``through`` is set on a class's row when the specialist wrote only of that member of the class: the stance and the
    words are those on the member. ``purpose`` is a span too: what a test is to find or rule out, where the text says it.
    """

    opinion: str
    stance: Stance | None
    route: Route | None
    condition: str | None
    quote: Quote
    purpose: Quote | None = None
    through: ConceptRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A concept and every position on it. An opinion without a position here did not mention it.

    ``group`` is the concept id of the row's class when that class is a row too (carbon dioxide laser under laser
    therapy). ``tried`` is what the asker has used already: the concept itself, or one of the same class.
    """

    kind: StatementKind
    concept: ConceptRef
    positions: tuple[Position, ...]
    group: str | None = None
    tried: Tried | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The opinions that part ways on one concept; with the reason ``mention``, those that name it."""

    kind: StatementKind
    concept: ConceptRef
    opinions: tuple[str, ...]
    reason: Reason = "mention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several readings of one case, side by side. Rows hold nothing that no specialist wrote.

    The agreements run from 0 to 1, and are None where fewer than two opinions say anything to compare.
    ``history`` is the reading of the question; ``remarks`` are the case's.
    """

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
    history: History = field(default_factory=History)
    remarks: tuple[str, ...] = ()
