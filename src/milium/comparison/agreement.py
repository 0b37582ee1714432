"""How much opinions share, as a figure from 0 to 1. It describes a panel; it ranks nothing.

For two opinions it is the share of all they name that the other names too, itself or as its class or member:
the coefficient of Dice (Ecology 26:297-302, 1945), with is-a counting as agreement in the way that teledermatology
studies count aggregate agreement beside complete agreement
(https://actasdermo.org/en-interobserver-reliability-store-and-forward-teledermatology-in-articulo-S157821901400153X).
For a panel it is the mean over all pairs of opinions that name anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from milium.comparison.differences import holders
from milium.statements import Row
from milium.vocabulary import Vocabulary


def on_diagnosis(rows: Sequence[Row], vocabulary: Vocabulary) -> float | None:
    """Agreement on the diagnoses held likely; None where fewer than two opinions hold any likely."""
    named: dict[str, set[str]] = {}
    for row in rows:
        for position in row.positions:
            if position.stance == "likely":
                named.setdefault(position.opinion, set()).add(row.concept.id)
    return _mean(named, vocabulary)


def on_treatment(rows: Sequence[Row], vocabulary: Vocabulary) -> float | None:
    """Agreement on the treatments recommended or given as options; None where fewer than two opinions name any."""
    named: dict[str, set[str]] = {}
    for row in rows:
        for opinion in holders(row, against=False):
            named.setdefault(opinion, set()).add(row.concept.id)
    return _mean(named, vocabulary)


def _mean(named: dict[str, set[str]], vocabulary: Vocabulary) -> float | None:
    shares = [_share(one, other, vocabulary) for one, other in combinations(named.values(), 2)]
    return round(sum(shares) / len(shares), 4) if shares else None


def _share(one: set[str], other: set[str], vocabulary: Vocabulary) -> float:
    shared = sum(_meets(concept, other, vocabulary) for concept in one)
    shared += sum(_meets(concept, one, vocabulary) for concept in other)
    return shared / (len(one) + len(other))


def _meets(concept: str, others: set[str], vocabulary: Vocabulary) -> bool:
    if concept in others:
        return True
    if concept not in vocabulary:
        return False
    return any(
        other in vocabulary and (vocabulary.is_a(concept, other) or vocabulary.is_a(other, concept))
        for other in others
    )
