"""Frozen values: what is read, compared and flagged."""

from __future__ import annotations

from milium.statements.as_dict import to_dict
from milium.statements.case import Asker, Case, Opinion
from milium.statements.comparison import Comparison, Difference, Position, Reason, Row
from milium.statements.concept_ref import ConceptRef
from milium.statements.history import Ask, Finding, History, Response, Sex, Tried
from milium.statements.intake import Intake
from milium.statements.note import Note, Source
from milium.statements.quote import Quote
from milium.statements.reading import Reading
from milium.statements.red_flag import RedFlag, Triage, Urgency
from milium.statements.statement import (
    STANCES,
    STATEMENT_KINDS,
    Route,
    Stance,
    Statement,
    StatementKind,
)


__all__ = [
    "STANCES",
    "STATEMENT_KINDS",
    "Ask",
    "Asker",
    "Case",
    "Comparison",
    "ConceptRef",
    "Difference",
    "Finding",
    "History",
    "Intake",
    "Note",
    "Opinion",
    "Position",
    "Quote",
    "Reading",
    "Reason",
    "RedFlag",
    "Response",
    "Route",
    "Row",
    "Sex",
    "Source",
    "Stance",
    "Statement",
    "StatementKind",
    "Triage",
    "Tried",
    "Urgency",
    "to_dict",
]
