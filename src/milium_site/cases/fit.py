"""Whom to invite to a case: the best fitting of those who are not busy. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


# One thing in common outweighs this many cases that wait already; no more things than this are counted, so that
# nobody who chose everything is asked everything.
WEIGHT = 2
MOST_COUNTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may answer: how much they have in common with the case, and how many cases wait for them."""

    id: int
    fit: int
    waiting: int


def best_fitting(candidates: Iterable[Candidate], places: int) -> list[Candidate]:
    """At most ``places`` of them, the first to ask first.

    >>> a, b = Candidate(id=1, fit=0, waiting=0), Candidate(id=2, fit=1, waiting=1)
    >>> [c.id for c in best_fitting([a, b], 1)]
    [2]
    """
    return sorted(candidates, key=_order)[:places]


def _order(candidate: Candidate) -> tuple[int, int, int]:
    counted = min(candidate.fit, MOST_COUNTED)
    return candidate.waiting - WEIGHT * counted, candidate.waiting, candidate.id
