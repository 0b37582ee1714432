"""The few public functions of Milium, and the values they take and give.

>>> [s.concept.name for s in read_answer("Use a topical retinoid.")]
['retinoid']
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from milium.cases import MAX_TEXT, case_from_json, check_length, json_value, parse_page
from milium.errors import UnusableInput
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
    to_dict,
)
from milium.vocabulary import KINDS, Concept, Kind, Vocabulary, load_vocabulary


__all__ = [
    "LOOKUP_KINDS",
    "MAX_TEXT",
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
    "case_from_json",
    "check_length",
    "json_value",
    "lookup",
    "parse_page",
    "to_dict",
    "vocabulary",
]

# What ``lookup`` takes for a kind: the kinds of the vocabulary, and the kinds of statements that go by another name.
LOOKUP_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    "diagnosis": "condition",
    "referral": "specialty",
}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary Milium carries, loaded once."""
    return load_vocabulary()


def lookup(name: str, kind: str | None = None) -> Concept | None:
    """The concept that any of its names stands for, among those of ``kind`` (one of ``LOOKUP_KINDS``) where one is given.

    Raises ``UnusableInput`` on a kind that is none.
    """
    if kind is not None and kind not in LOOKUP_KINDS:
        raise UnusableInput(f"there is no kind {kind!r}; it is one of {', '.join(LOOKUP_KINDS)}")
    return vocabulary().lookup(name, LOOKUP_KINDS[kind] if kind else None)
