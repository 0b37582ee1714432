"""Options in groups: a class that somebody wrote, and under it the members of it that anybody wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from milium.comparison.parts import AGAINST
from milium.statements import STANCES, Position, Route, Row
from milium.vocabulary import Vocabulary


def grouped(rows: Sequence[Row], vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rows with each class before its members, a group standing where its first row was mentioned.

    No heading is made up: a class that nobody wrote has no row. A member given by another route than its class
    (a retinoid by mouth, where the class is spoken of for the skin) stands by itself.
    """
    marked = [replace(row, group=_group(row, rows, vocabulary)) for row in rows]
    marked = [_with_members(row, marked) for row in marked]
    tops = [row for row in marked if row.group is None]
    place = {row.concept.id: number for number, row in enumerate(marked)}
    families = [list(_family(top, marked)) for top in tops]
    families.sort(key=lambda family: min(place[row.concept.id] for row in family))
    return tuple(row for family in families for row in family)


def routes(row: Row) -> frozenset[Route]:
    """The routes that positions of the row's own concept state."""
    return frozenset(p.route for p in row.positions if p.route and p.through is None)


def _group(row: Row, rows: Sequence[Row], vocabulary: Vocabulary) -> str | None:
    """The nearest class of the row that is a row as well."""
    classes = [
        other.concept.id
        for other in rows
        if other is not row and _above(other, row, vocabulary) and _routes_meet(other, row)
    ]
    nearest = [c for c in classes if not any(c in vocabulary.ancestors(o) for o in classes)]
    return nearest[0] if nearest else None


def _above(upper: Row, lower: Row, vocabulary: Vocabulary) -> bool:
    return lower.concept.id in vocabulary and upper.concept.id in vocabulary.ancestors(
        lower.concept.id
    )


def _routes_meet(one: Row, other: Row) -> bool:
    stated = routes(one), routes(other)
    return not all(stated) or bool(stated[0] & stated[1])


def _family(row: Row, rows: Sequence[Row]) -> Iterator[Row]:
    yield row
    for member in rows:
        if member.group == row.concept.id:
            yield from _family(member, rows)


def _with_members(row: Row, rows: Sequence[Row]) -> Row:
    """The class's row with a position through a member for each opinion that wrote of members only.

    Advice against a member is none against its class, so such a position never speaks against.
    """
    own = {position.opinion for position in row.positions}
    through: dict[str, Position] = {}
    for member in list(_family(row, rows))[1:]:
        for position in member.positions:
            if position.opinion not in own and position.stance not in AGAINST:
                kept = through.get(position.opinion)
                if kept is None or _strength(position) > _strength(kept):
                    through[position.opinion] = replace(position, through=member.concept)
    return replace(row, positions=(*row.positions, *through.values()))


def _strength(position: Position) -> int:
    return STANCES["treatment"].index(position.stance)
