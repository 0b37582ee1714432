"""What the asker has used already, beside the rows it bears on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from milium.comparison.grouping import routes
from milium.statements import ConceptRef, History, Row, Tried
from milium.vocabulary import Vocabulary


# A medicine's class says how it works, so that one of a class tells something of another; a procedure's does not.
_MEDICINES = frozenset({"drug", "cosmetic"})


def with_tried(rows: Sequence[Row], history: History, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rows, each with the tried treatment closest to it: the same, then its class or member, then one of its class."""
    return tuple(replace(row, tried=_closest(row, history, vocabulary)) for row in rows)


def _closest(row: Row, history: History, vocabulary: Vocabulary) -> Tried | None:
    near = [
        (distance, number)
        for number, tried in enumerate(history.tried)
        if (distance := _distance(row, tried.concept, vocabulary)) is not None
    ]
    return history.tried[min(near)[1]] if near else None


def _distance(row: Row, tried: ConceptRef, vocabulary: Vocabulary) -> int | None:
    if row.concept.id == tried.id:
        return 0
    if row.concept.id not in vocabulary or tried.id not in vocabulary:
        return None
    wanted, used = vocabulary.concept(row.concept.id), vocabulary.concept(tried.id)
    if used.form == "cosmetic" and (stated := routes(row)) and "topical" not in stated:
        return None  # put on the skin, it says nothing of what is only ever swallowed or injected
    if vocabulary.is_a(used.id, wanted.id) or vocabulary.is_a(wanted.id, used.id):
        return 1
    medicines = {wanted.form, used.form} <= _MEDICINES
    return 2 if medicines and set(wanted.is_a) & set(used.is_a) else None
