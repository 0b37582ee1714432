"""What is still open when a sentence ends: bare names, questions, alternatives."""

from __future__ import annotations

from collections.abc import Iterable

from milium.reading.candidate import Candidate
from milium.reading.scopes import Scope


def settle(scope: Scope, mark: str) -> list[Candidate]:
    """The candidates of a sentence that are statements, with their final stance."""
    _speak_for_themselves(scope.candidates)
    _soften_alternatives(scope)
    settled = [c for c in scope.candidates if c.stance or _is_outlook(c)]
    return list(_asked(settled)) if mark == "?" else settled


def _is_outlook(candidate: Candidate) -> bool:
    return candidate.target.kind == "outlook"


def _speak_for_themselves(candidates: Iterable[Candidate]) -> None:
    for candidate in candidates:
        if candidate.stance is None and candidate.bare and candidate.group >= 0:
            kind = candidate.target.kind
            if kind == "diagnosis":
                candidate.stance = "likely"
            elif kind != "outlook":
                candidate.stance = "recommended"


def _soften_alternatives(scope: Scope) -> None:
    """Of several joined by *or*, each is one choice."""
    for _, group, count in scope.ors:
        before = [c for c in scope.candidates[:count] if c.group == group]
        after = [c for c in scope.candidates[count:] if c.group == group]
        if before and after:
            for candidate in (*before, *after):
                _soften(candidate)


def _soften(candidate: Candidate) -> None:
    kind = candidate.target.kind
    if kind == "diagnosis" and candidate.stance == "likely":
        candidate.stance = "possible"
    if kind in ("treatment", "test") and candidate.stance == "recommended":
        candidate.stance = "option"


def _asked(candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    """Of a question only the diseases it asks about are said, and only as possible."""
    for candidate in candidates:
        if candidate.target.kind == "diagnosis":
            candidate.stance = "possible"
            yield candidate
