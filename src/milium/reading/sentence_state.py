"""What is known at one place of a sentence that is being read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from milium.reading.candidate import Candidate, Span
from milium.reading.lexicon import Sense, Target
from milium.reading.sentences import Hit, Sentence, Token
from milium.statements import Route, Stance


_Flag = tuple[Span, str] | None
_Outside = tuple[_Flag, _Flag, _Flag, bool, bool, str | None]


# What a cue of one category does to the state; the numbers are its first token and the one past it.
Handler = Callable[[Any, int, int, Sense], None]


class SentenceState:
    """The cues that hold, the conditions that are open, and the candidates met so far."""

    __slots__ = (
        "applying",
        "blocked",
        "candidates",
        "claim",
        "clause",
        "condition",
        "condition_at",
        "deny",
        "deny_segment",
        "dosed",
        "first",
        "governor",
        "governor_rule",
        "governor_segment",
        "governor_span",
        "group",
        "hedge",
        "hits",
        "if_after",
        "joined",
        "named_first",
        "ors",
        "outside",
        "past",
        "purpose",
        "purpose_met",
        "reach",
        "renamed",
        "route",
        "route_at",
        "segment",
        "segment_first",
        "soft",
        "softened",
        "subject",
        "thought",
        "tokens",
        "verb",
    )

    def __init__(self, tokens: list[Token], hits: list[Hit], sentence: Sentence) -> None:
        self.tokens, self.hits = tokens, hits
        self.candidates: list[Candidate] = []
        self.first, self.past = sentence.first, sentence.past
        self.segment = self.clause = self.group = 0
        self.segment_first = sentence.first
        self.claim: tuple[Span, str] | None = None
        self.hedge: tuple[Span, str] | None = None
        self.deny: tuple[Span, str] | None = None
        self.deny_segment = -1
        self.governor: Stance | str | None = None
        self.governor_span = Span(0, 0)
        self.governor_rule = ""
        self.soft = self.verb = self.subject = self.purpose = self.blocked = False
        self.softened: tuple[Stance | str | None, Span, str] = (None, self.governor_span, "")
        self.purpose_met = False
        # Whether a dose shows that a list is a plan and no choice.
        self.dosed = False
        # The candidates met before "I considered", which a "but" takes back.
        self.thought = -1
        # Whether nothing but names has been met so far in the clause.
        self.named_first = True
        self.applying = False
        self.governor_segment = 0
        self.condition: Span | None = None
        self.condition_at = -1
        # The token from which a claim still reaches the next disease.
        self.reach = 0
        self.renamed: Candidate | None = None
        self.outside: list[_Outside] = []
        self.if_after = False
        self.joined = False
        self.ors: list[tuple[int, int, int]] = []
        self.route: Route | None = None
        self.route_at = -9

    def _add(self, target: Target, first: int, past: int) -> Candidate:
        candidate = Candidate(target, first, past)
        candidate.segment, candidate.clause, candidate.group = self.segment, self.clause, self.group
        self.candidates.append(candidate)
        return candidate

    def _before(self, at: int) -> str:
        return self.tokens[at - 1][0].lower() if at > self.first else ""
