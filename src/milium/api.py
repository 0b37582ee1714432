"""The few public functions of Milium, and the values they take and give.

>>> [s.concept.name for s in read_answer("Use a topical retinoid.")]
['retinoid']
"""

from __future__ import annotations

from functools import lru_cache

from milium.statements import (
    STANCES,
    STATEMENT_KINDS,
    Ask,
    Asker,
    Case,
    Comparison,
    ConceptRef,
    Difference,
    Finding,
    History,
    Note,
    Opinion,
    Position,
    Quote,
    RedFlag,
    Response,
    Route,
    Row,
    Sex,
    Source,
    Stance,
    Statement,
    StatementKind,
    Triage,
    Tried,
    Urgency,
)
from milium.vocabulary import Concept, Kind, Vocabulary, load_vocabulary


__all__ = [
    "STANCES",
    "STATEMENT_KINDS",
    "Ask",
    "Asker",
    "Case",
    "Comparison",
    "Concept",
    "ConceptRef",
    "Difference",
    "Finding",
    "History",
    "Kind",
    "Note",
    "Opinion",
    "Position",
    "Quote",
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
    "Vocabulary",
    "vocabulary",
]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary Milium carries, loaded once."""
    return load_vocabulary()
