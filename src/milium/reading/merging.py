"""One statement a concept: the strongest stance holds, unless a later sentence takes it back."""

from __future__ import annotations

from collections.abc import Iterable

from milium.reading.candidate import Candidate
from milium.statements import STANCES


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without repetition, in order of first mention."""
    held: dict[tuple[str, str], Candidate] = {}
    for candidate in _surest(list(candidates)):
        key = (candidate.target.kind, candidate.target.ref.id)
        if key not in held or _outweighs(candidate, held[key]):
            if key in held and candidate.route is None:
                candidate.route = held[key].route
            held[key] = candidate
        elif held[key].route is None:
            held[key].route = candidate.route
    return list(held.values())


def _outweighs(later: Candidate, earlier: Candidate) -> bool:
    strength = STANCES[later.target.kind]
    return strength.index(later.stance) > strength.index(earlier.stance)


def _surest(candidates: list[Candidate]) -> list[Candidate]:
    """Without the diseases that are merely named, where the answer says something of another."""
    diseases = [c for c in candidates if c.target.kind == "diagnosis"]
    if all(c.unsaid for c in diseases):
        return candidates
    return [c for c in candidates if not (c.unsaid and c.target.kind == "diagnosis")]
