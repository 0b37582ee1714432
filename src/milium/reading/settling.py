"""What is still open when a sentence ends: bare names, questions, alternatives."""

from __future__ import annotations

from collections.abc import Iterable

from milium.reading.candidate import Candidate
from milium.reading.conditions import depend
from milium.reading.lexicon import HARM
from milium.reading.scopes import Scope
from milium.statements import Stance


# Of these a bare mention within a sentence still speaks; of soap or shoes it does not.
_MEDICAL = frozenset(("drug", "class", "procedure"))


def settle(scope: Scope, mark: str) -> list[Candidate]:
    """The candidates of a sentence that are statements, with their final stance."""
    if mark == "?":
        return list(_asked(scope.candidates))
    _speak_for_themselves(scope)
    _soften_alternatives(scope)
    return [c for c in scope.candidates if c.stance or _is_outlook(c)]


def _is_outlook(candidate: Candidate) -> bool:
    return candidate.target.kind == "outlook"


def _speak_for_themselves(scope: Scope) -> None:
    choices = not scope.dosed and _lists_choices(scope.candidates)
    advised: Stance = "option" if choices else "recommended"
    for candidate in scope.candidates:
        if candidate.stance is None and candidate.group >= 0:
            candidate.stance = _unsaid(candidate, advised)
            if candidate.condition is not None:
                depend(candidate, candidate.condition)
            candidate.unsaid = not candidate.bare


def _unsaid(candidate: Candidate, advised: Stance) -> Stance | None:
    """What a name says that no cue governs: it orders, claims, or warns of what can only harm."""
    kind = candidate.target.kind
    if kind == "diagnosis":
        vague = candidate.sign or candidate.target.form == "group"
        return "likely" if candidate.bare or not vague else None
    if kind == "referral":
        return "recommended" if candidate.bare else None
    if candidate.target.form == HARM:
        return "avoid"
    if kind == "outlook":
        return None
    plain = kind == "treatment" and candidate.target.form not in _MEDICAL
    if plain and not candidate.bare:
        return None
    return advised if kind == "treatment" else "recommended"


def _lists_choices(candidates: list[Candidate]) -> bool:
    """Three treatments or more that nothing governs are a list to choose from."""
    return sum(c.bare and c.stance is None and c.target.kind == "treatment" for c in candidates) > 2


def _soften_alternatives(scope: Scope) -> None:
    """Of several of one kind joined by *or*, each is one choice."""
    joined = {
        (group, scope.candidates[count].target.kind)
        for _, group, count in scope.ors
        if _joins_a_kind(scope.candidates, count, group)
    }
    for candidate in scope.candidates if joined else ():
        if (candidate.group, candidate.target.kind) in joined:
            _soften(candidate)


def _joins_a_kind(candidates: list[Candidate], count: int, group: int) -> bool:
    if not 0 < count < len(candidates):
        return False
    one, other = candidates[count - 1], candidates[count]
    return one.group == other.group == group and one.target.kind == other.target.kind


def _soften(candidate: Candidate) -> None:
    kind = candidate.target.kind
    if kind == "diagnosis" and candidate.stance == "likely":
        candidate.stance = "possible"
    if kind in ("treatment", "test") and candidate.stance == "recommended":
        candidate.stance = "option"


def _asked(candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    """Of a question only the diseases it asks about are said, and only as possible."""
    for candidate in candidates:
        if candidate.target.kind == "diagnosis" and candidate.group >= 0:
            candidate.stance = "possible"
            yield candidate
