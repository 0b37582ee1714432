"""Diseases and outlooks: claimed, doubted, denied, or only spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from milium.reading.advice import Advice
from milium.reading.candidate import Candidate, Span
from milium.reading.lexicon import Sense, Target
from milium.reading.sentence_state import Handler
from milium.statements import Stance


# Words a claim may stand before the disease it claims, and one name before another for the same thing.
_CLAIM_REACH = 9
_NAME_REACH = 6
_TIME = "time"
_PLURALS = frozenset("are were remain seem appear look".split())
_PREDICATES = _PLURALS | frozenset("is was remains seems appears looks".split())
_ANDS = frozenset("and or nor".split())


class Claims(Advice):
    """Claims, hedges and denials, and how far each reaches."""

    __slots__ = ()

    def _meet_disease(self, target: Target, number: int, first: int, past: int) -> None:
        self.subject = True
        self.purpose_met = self.purpose
        if self.blocked or self.purpose or self._names_something_else(number, past):
            return
        candidate = self._add(target, first, past)
        leaf = self.hits[number][2]
        candidate.sign = leaf.symptom or len(leaf.targets) > 1
        self._rename(candidate)
        if first - self.reach > _CLAIM_REACH:
            return
        self.reach = past
        for flag, stance in (
            (self.deny, "unlikely"),
            (self.hedge, "possible"),
            (self.claim, "likely"),
        ):
            if flag is not None and candidate.stance is None:
                candidate.cue, candidate.rule = flag
                candidate.stance = stance  # type: ignore[assignment]
        if self.condition is not None and candidate.stance == "likely":
            candidate.stance = "possible"

    def _rename(self, candidate: Candidate) -> None:
        """Of a vaguer and a better name for one thing the better stands."""
        if self.renamed is not None and candidate.first - self.renamed.past <= _NAME_REACH:
            self.renamed.stance, self.renamed.group = None, -1
        self.renamed = None

    def _names_something_else(self, number: int, past: int) -> bool:
        if number + 1 >= len(self.hits):
            return False
        first, _, leaf = self.hits[number + 1]
        if first != past:
            return False
        if any(sense.category == "head" for sense in leaf.senses):
            return True
        adjective = any(target.rule for target in self.hits[number][2].targets)
        return adjective and any(target.kind == "diagnosis" for target in leaf.targets)

    def _meet_outlook(self, target: Target, first: int, past: int) -> None:
        if past - first > 1:
            self.verb, self.named_first = True, False
            self._define()
        if self.governor == "none" and self.blocked:
            return
        if self.deny is None:
            self._add(target, first, past)
        elif target.opposite is not None:
            candidate = self._add(target.opposite, first, past)
            candidate.cue, candidate.rule = self.deny

    def _claim(self, first: int, past: int, sense: Sense) -> None:
        self._renew_claims()
        if self.governor_rule == _TIME:
            self.blocked = False
        if self._ends_here(past):
            self._settle_diseases("likely", first, past, sense)
        self.claim = (Span(first, past), sense.rule)
        self.reach = past
        self.verb, self.purpose = True, False
        self.named_first = False
        if self.condition_at >= 0 and first > self.condition_at + 2:
            self._end_condition(first)

    def _called(self, first: int, past: int, sense: Sense) -> None:
        del sense
        last = self.candidates[-1] if self.candidates else None
        if last is not None and first - last.past <= 1 and last.target.kind == "diagnosis":
            self.renamed, self.reach = last, past
            self.purpose = self.blocked = False
        self.verb = True

    def _renew_claims(self) -> None:
        """A new claim in a new segment starts afresh."""
        if self.deny is not None and self.deny_segment != self.segment:
            self.deny = None
        self.group += 1

    def _thought(self, first: int, past: int, sense: Sense) -> None:
        self._possible(first, past, sense)
        self.thought = len(self.candidates)

    def _take_back(self) -> None:
        """What was considered before a *but* is not held."""
        for candidate in self.candidates[self.thought :]:
            if candidate.target.kind == "diagnosis" and candidate.stance == "possible":
                candidate.stance = "unlikely"
        self.thought = -1

    def _claim_strongly(self, first: int, past: int, sense: Sense) -> None:
        self._renew_claims()
        self.hedge = None
        self.claim = (Span(first, past), sense.rule)
        self.reach = past
        self.purpose = self.blocked = False
        if sense.direction != "forward":
            self._settle_diseases("likely", first, past, sense)

    def _copula(self, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        if self.subject:
            self._define()
        elif self.condition_at < 0:
            self._claim(first, past, sense)

    def _define(self) -> None:
        """What is told of a disease at large claims nothing of this case."""
        for candidate in reversed(self.candidates):
            if candidate.clause != self.clause:
                return
            if candidate.target.kind == "diagnosis" and candidate.stance is None:
                candidate.group = -1

    def _ought(self, first: int, past: int, sense: Sense) -> None:
        self._copula(first, past, sense)
        self._recommend(first, past, sense)

    def _possible(self, first: int, past: int, sense: Sense) -> None:
        if sense.direction == "backward":
            self._settle_diseases("possible", first, past, sense)
            self._settle_advised("option", first, past, sense)
            return
        if sense.direction == "both":
            self._settle_diseases("possible", first, past, sense)
        self._renew_claims()
        self.hedge = (Span(first, past), sense.rule)
        self.reach = past
        self.purpose = self.blocked = False
        self.verb = True
        self._set_governor("option", first, past, sense)

    def _probe(self, first: int, past: int, sense: Sense) -> None:
        """What is looked for is possible; the looking is advised unless something else governs it."""
        governor, span, rule = self.governor, self.governor_span, self.governor_rule
        self._possible(first, past, sense)
        if governor is None or governor == "none":
            self.governor = "recommended"
        else:
            self.governor, self.governor_span, self.governor_rule = governor, span, rule

    def _deny(self, first: int, past: int, sense: Sense) -> None:
        if sense.direction != "forward":
            self._settle_diseases("unlikely", first, past, sense)
        if sense.direction == "backward":
            return
        if self._ends_here(past):
            self._settle_advised("avoid", first, past, sense)
        self.deny = (Span(first, past), sense.rule)
        self.deny_segment = self.segment
        self.reach = past
        self.verb = True
        self._set_softly("avoid", first, past, sense)

    def _culprit(self, first: int, past: int, sense: Sense) -> None:
        """A disease to blame is the diagnosis; a thing to blame is to be kept from."""
        self._settle_diseases("likely", first, past, sense)
        self._settle_advised("avoid", first, past, sense)
        self.verb = True

    def _instead(self, first: int, past: int, sense: Sense) -> None:
        self._deny(first, past, sense)
        # The next claim ends this denial, wherever it stands.
        self.deny_segment = -1

    def _than(self, first: int, past: int, sense: Sense) -> None:
        if self.tokens[max(first - 2, self.first)][0].lower() == "less":
            # "A is less likely than B" speaks for B.
            self.deny = None
            self._claim(first, past, sense)
            return
        self._deny(first, past, sense)
        self.governor = "none"

    def _settle_diseases(self, stance: Stance, first: int, past: int, sense: Sense) -> None:
        self._correct(stance, first, past, sense)
        for candidate in reversed(self.candidates):
            if candidate.clause != self.clause:
                return
            if candidate.target.kind == "diagnosis" and candidate.stance is None:
                candidate.stance = stance
                candidate.cue, candidate.rule = Span(first, past), sense.rule

    def _correct(self, stance: Stance, first: int, past: int, sense: Sense) -> None:
        """What is said right after a name counts before what an earlier cue said: "probably A, and B is unlikely"."""
        verb, next_ = self.tokens[first][0].lower(), first
        if verb not in _PREDICATES:
            return
        for candidate in reversed(self.candidates):
            if candidate.target.kind != "diagnosis" or candidate.past != next_:
                return
            if candidate.stance is not None:
                candidate.stance = stance
                candidate.cue, candidate.rule = Span(first, past), sense.rule
            # "B and C are unlikely" is said of both.
            if verb not in _PLURALS or self._before(candidate.first) not in _ANDS:
                return
            next_ = candidate.first - 1

    def _example(self, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        if first == self.first:
            self._claim(first, past, sense)
        elif self.governor == "recommended":
            self._set_governor("option", self.governor_span.first, past, sense)

    def _past(self, first: int, past: int, sense: Sense) -> None:
        if self.condition_at >= 0:
            return
        self.verb = self.blocked = True
        self.claim = self.hedge = None
        self._set_governor("none", first, past, sense)

    def _general(self, first: int, past: int, sense: Sense) -> None:
        del first, past, sense
        self._define()
        self.verb = self.blocked = True
        self.claim = self.hedge = None
        self.named_first = False

    def _purpose(self, first: int, past: int, sense: Sense) -> None:
        if first == self.first and self.tokens[first][0].lower() == "for":
            self._if(first, past, sense)
        flags = (flag for flag in (self.claim, self.hedge, self.deny) if flag is not None)
        if all(flag[0].past != first for flag in flags):
            self.purpose, self.purpose_met = True, False

    CLAIM_CUES: ClassVar[Mapping[str, Handler]] = {
        "claim": _claim,
        "called": _called,
        "culprit": _culprit,
        "instead": _instead,
        "than": _than,
        "claim-strongly": _claim_strongly,
        "copula": _copula,
        "ought": _ought,
        "possible": _possible,
        "probe": _probe,
        "deny": _deny,
        "thought": _thought,
        "example": _example,
        "past": _past,
        "general": _general,
        "purpose": _purpose,
    }
