"""Which part of the comparison a row stands in, and in what order."""

from __future__ import annotations

from collections.abc import Sequence

from milium.statements import Row, Stance


# A stance that advises against. A row on which every position is one of these has nothing to do first and is no option.
AGAINST: frozenset[Stance | None] = frozenset({"avoid", "unneeded", "unlikely"})
EMERGENCY = "specialty:emergency-medicine"
IN_PERSON = "specialty:in-person-examination"


def is_against(row: Row) -> bool:
    """Whether all that is said on the row is to leave it."""
    return all(position.stance in AGAINST for position in row.positions)


def diagnoses(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The diagnoses, those first that most opinions hold likely, then those that most hold possible."""
    found = [row for row in rows if row.kind == "diagnosis"]
    return tuple(sorted(found, key=lambda row: (-_held(row, "likely"), -_held(row, "possible"))))


def do_first(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Tests and referrals, whoever asks for them: what is urgent first, then what is to rule something out.

    The number of opinions that ask for one plays no part.
    """
    found = [row for row in rows if row.kind in ("test", "referral") and not is_against(row)]
    return tuple(sorted(found, key=_pressing))


def options(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The treatments that at least one opinion does not advise against."""
    return tuple(row for row in rows if row.kind == "treatment" and not is_against(row))


def avoid(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What every opinion that names it advises against: treatments to avoid, tests not needed."""
    return tuple(row for row in rows if row.kind in ("treatment", "test") and is_against(row))


def outlook(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What to expect, in the order of mention."""
    return tuple(row for row in rows if row.kind == "outlook")


def _held(row: Row, stance: Stance) -> int:
    return sum(position.stance == stance for position in row.positions)


def _pressing(row: Row) -> tuple[bool, bool, bool, int]:
    return (
        row.concept.id != EMERGENCY,
        not any(position.purpose for position in row.positions),
        not any(position.stance == "recommended" for position in row.positions),
        0 if row.kind == "test" else 1 if row.concept.id == IN_PERSON else 2,
    )
