"""A statement in the making."""

from __future__ import annotations

from typing import NamedTuple

from milium.reading.lexicon import Target
from milium.statements import Route, Stance


class Span(NamedTuple):
    """Tokens ``first`` to before ``past``."""

    first: int
    past: int


class Candidate:
    """A mention that may become a statement; ``stance`` is filled by the cue that governs it."""

    __slots__ = (
        "bare",
        "clause",
        "condition",
        "cue",
        "first",
        "group",
        "inherited",
        "past",
        "route",
        "rule",
        "segment",
        "sign",
        "stance",
        "target",
        "unsaid",
    )

    def __init__(self, target: Target, first: int, past: int) -> None:
        self.target = target
        self.first, self.past = first, past
        self.stance: Stance | None = target.stance
        self.cue: Span | None = None
        self.rule: str | None = target.rule
        self.condition: Span | None = None
        self.route: Route | None = None
        self.clause = self.segment = self.group = 0
        self.bare = self.inherited = False
        # Whether nothing but the name itself gave the stance.
        self.unsaid = False
        # Whether the words may name something other than a disease: a sign, or a treatment.
        self.sign = False

    @property
    def span(self) -> Span:
        """The shortest run of tokens that shows the concept and the cue."""
        if self.cue is None:
            return Span(self.first, self.past)
        return Span(min(self.cue.first, self.first), max(self.cue.past, self.past))
