"""One row for each concept that any opinion speaks of, with every position on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milium.comparison.purpose import purpose_of
from milium.statements import (
    STANCES,
    Case,
    ConceptRef,
    Opinion,
    Position,
    Row,
    Statement,
    StatementKind,
)


Readings = Mapping[str, Sequence[Statement]]
Key = tuple[StatementKind, str]


def rows_of(case: Case, readings: Readings) -> tuple[Row, ...]:
    """Every row, in the order of first mention: all that the first opinion names, then what the second adds, and so on.

    Raises ``ValueError`` when an opinion has no reading, or a reading no opinion, or a quote is not in its opinion.
    """
    _check_complete(case, readings)
    concepts: dict[Key, ConceptRef] = {}
    positions: dict[Key, list[Position]] = {}
    for opinion in case.opinions:
        for key, statement in _strongest(readings[opinion.id]).items():
            concepts.setdefault(key, statement.concept)
            positions.setdefault(key, []).append(_position(opinion, statement))
    return tuple(
        Row(kind=kind, concept=concept, positions=tuple(positions[kind, concept_id]))
        for (kind, concept_id), concept in concepts.items()
    )


def _check_complete(case: Case, readings: Readings) -> None:
    ids = {opinion.id for opinion in case.opinions}
    if odd := ids.symmetric_difference(readings):
        raise ValueError(f"case {case.id}: opinion or reading without the other: {sorted(odd)}")


def _strongest(reading: Sequence[Statement]) -> dict[Key, Statement]:
    """One statement for each concept, by its place in the text; of two on one concept, the stronger."""
    kept: dict[Key, Statement] = {}
    for statement in sorted(reading, key=lambda statement: statement.quote.start):
        key = (statement.kind, statement.concept.id)
        if key not in kept or _strength(statement) > _strength(kept[key]):
            kept[key] = statement
    return kept


def _strength(statement: Statement) -> int:
    return STANCES[statement.kind].index(statement.stance)


def _position(opinion: Opinion, statement: Statement) -> Position:
    quote = statement.quote
    if opinion.text[quote.start : quote.end] != quote.text:
        raise ValueError(
            f"opinion {opinion.id}: {quote.text!r} is not what stands at {quote.start}"
        )
    return Position(
        opinion=opinion.id,
        stance=statement.stance,
        route=statement.route,
        condition=statement.condition,
        quote=quote,
        purpose=purpose_of(opinion.text, quote) if statement.kind == "test" else None,
    )
