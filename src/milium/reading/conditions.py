"""What advice depends on: "if infected", "as needed"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from milium.reading.candidate import Candidate, Span
from milium.reading.lexicon import Sense
from milium.reading.sentence_state import Handler, SentenceState


_ADVISED = frozenset(("treatment", "test", "referral"))


class Conditions(SentenceState):
    """Conditions that open, end, and bind the advice before or after them."""

    __slots__ = ()

    def _if(self, first: int, past: int, sense: Sense) -> None:
        del past, sense
        self._end_condition(first)
        self.condition_at = first
        self.if_after = any(c.clause == self.clause for c in self.candidates)

    def _end_condition(self, at: int) -> None:
        if self.condition_at < 0:
            return
        span = Span(self.condition_at, at)
        self.condition_at = -1
        self.purpose = False
        if not self.if_after:
            self.condition = span
        else:
            self._depend_nearest(span)

    def _depend_nearest(self, span: Span) -> None:
        last: Candidate | None = None
        for candidate in reversed(self.candidates):
            if candidate.clause != self.clause or (last and not self._or_between(candidate, last)):
                return
            if candidate.target.kind in _ADVISED:
                depend(candidate, span)
                last = candidate

    def _or_between(self, one: Candidate, other: Candidate) -> bool:
        return any(one.past <= at < other.first for at, _, _ in self.ors)

    def _needed(self, first: int, past: int, sense: Sense) -> None:
        del sense
        span = Span(first, past)
        if any(c.clause == self.clause and c.target.kind in _ADVISED for c in self.candidates):
            self._depend_nearest(span)
        elif self.condition_at < 0:
            self.condition = span

    CONDITION_CUES: ClassVar[Mapping[str, Handler]] = {
        "if": _if,
        "needed": _needed,
    }


def depend(candidate: Candidate, condition: Span) -> None:
    """Bind the advice to ``condition``: what is ordered under one is an option."""
    candidate.condition = condition
    if candidate.stance == "recommended":
        candidate.stance = "conditional" if candidate.target.kind == "referral" else "option"
