"""Where opinions part ways, what matters most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milium.comparison.parts import AGAINST, IN_PERSON
from milium.statements import Difference, Reason, Row
from milium.vocabulary import Vocabulary


_ORDER: tuple[Reason, ...] = ("stance", "class", "referral", "mention")


def differences(
    rows: Sequence[Row], opinions: Sequence[str], vocabulary: Vocabulary
) -> tuple[Difference, ...]:
    """Every difference over the rows: opposed stances, then referrals, then what only some name, in the order of the rows.

    An opinion that named a member of a row's class named the row, too.
    """
    if len(opinions) < 2:
        return ()
    found = [
        *_opposed(rows),
        *_opposed_by_class(rows, opinions, vocabulary),
        *_named_by_some(rows, opinions),
    ]
    return tuple(sorted(found, key=lambda difference: _ORDER.index(difference.reason)))


def holders(row: Row, *, against: bool) -> tuple[str, ...]:
    """The opinions that hold the row's own concept, or that speak against it."""
    return tuple(
        position.opinion
        for position in row.positions
        if position.through is None and (position.stance in AGAINST) == against
    )


def _opposed(rows: Sequence[Row]) -> Iterator[Difference]:
    for row in rows:
        if holders(row, against=True) and holders(row, against=False):
            names = tuple(p.opinion for p in row.positions if p.through is None)
            yield _difference(row, names, "stance")


def _opposed_by_class(
    rows: Sequence[Row], opinions: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Difference]:
    """One rejects a class, another names a member of it. (The other way round is no conflict.)"""
    for row in rows:
        if row.concept.id not in vocabulary:
            continue
        above = vocabulary.ancestors(row.concept.id)
        against = {
            name
            for other in rows
            if other.kind == row.kind and other.concept.id in above
            for name in holders(other, against=True)
        }
        parted = against - set(holders(row, against=False))
        if parted and holders(row, against=False):
            names = parted | set(holders(row, against=False))
            yield _difference(row, tuple(o for o in opinions if o in names), "class")


def _named_by_some(rows: Sequence[Row], opinions: Sequence[str]) -> Iterator[Difference]:
    referring = {p.opinion for row in rows if _names_someone(row) for p in row.positions}
    for row in rows:
        named = tuple(position.opinion for position in row.positions)
        if len(named) < len(opinions):
            elsewhere = _names_someone(row) and referring - set(named)
            own = tuple(p.opinion for p in row.positions if p.through is None)
            yield _difference(row, own, "referral" if elsewhere else "mention")


def _names_someone(row: Row) -> bool:
    """Being seen in person, whoever by, is no other person to be sent to."""
    return row.kind == "referral" and row.concept.id != IN_PERSON


def _difference(row: Row, opinions: tuple[str, ...], reason: Reason) -> Difference:
    return Difference(kind=row.kind, concept=row.concept, opinions=opinions, reason=reason)
