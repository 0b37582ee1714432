"""What each cue of a sentence bears on: the sentence's hits, left to right, to candidates with stances.

The idea is ConText's (Harkema and others, 2009): a cue has a category, a direction and a scope that ends at a
terminator. Here the scope runs on through lists, a governor may follow what it governs ("A and B can help"),
and a clause that no cue governs speaks for itself when it is a bare name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import ClassVar

from milium.reading.candidate import Candidate
from milium.reading.claims import Claims
from milium.reading.lexicon import HARM, Leaf, Sense, Target
from milium.reading.sentence_state import Handler
from milium.reading.sentences import Hit, Sentence


_NAME_TAIL = 1
# A question mark set before a name.
_QUERY = Sense("possible", "forward", "perhaps")
_BUTS = frozenset("but however yet though although".split())
# These say where or how a named disease is, and no more.
_PLACING = frozenset("with on of over at around under behind both affecting secondary due".split())
# After these a name is part of the condition.
_BEFORE_PART = frozenset(
    "if the a an your to with on of by for after using use used take taking need needs in and or any no "
    "from not when than this that these those some more have has had is are".split()
)
# After these stands a thing, not what is done.
_DETERMINERS = frozenset(
    "the a an same each every your his her their its per one next first last my our".split()
)
_LINKS = frozenset(("and", "mark", "or"))


class Scope(Claims):
    """One sentence being read. ``run`` fills ``candidates``."""

    __slots__ = ()

    def run(self, sentence: Sentence) -> list[Candidate]:
        """Read the sentence's hits and settle what is left open at its end."""
        for number in range(sentence.first_hit, sentence.past_hit):
            first, past, leaf = self.hits[number]
            for sense in leaf.senses:
                self.CUES[sense.category](self, first, past, sense)
            if leaf.targets:
                self._meet(number, first, past, leaf)
            if not (leaf.senses and leaf.senses[0].category in _LINKS):
                self.joined = False
        self._end_condition(sentence.past)
        self._end_segment(sentence.past)
        return self.candidates

    def _meet(self, number: int, first: int, past: int, leaf: Leaf) -> None:
        for target in leaf.targets:
            if self.condition_at >= 0 and not self._breaks_condition(target, first, past):
                continue
            if target.kind == "diagnosis":
                self._meet_disease(target, number, first, past)
            elif target.kind == "outlook":
                self._meet_outlook(target, first, past)
            else:
                self._meet_advised(target, first, past)

    def _breaks_condition(self, target: Target, first: int, past: int) -> bool:
        """An order that carries its own stance ends the condition before it, and so does the last name."""
        if first == self.condition_at or not (
            self._orders(target) or self._closes(target, first, past)
        ):
            return False
        self._end_condition(first)
        return True

    @staticmethod
    def _orders(target: Target) -> bool:
        return target.stance is not None and target.kind != "outlook"

    def _closes(self, target: Target, first: int, past: int) -> bool:
        """Whether a bare name ends a sentence that began with the condition ("if infected flucloxacillin")."""
        return (
            target.kind in ("treatment", "referral")
            and past == self.past
            and not self.if_after
            and self.condition_at == self.first
            and self._before(first) not in _BEFORE_PART
        )

    def _contrast(self, first: int, past: int, sense: Sense) -> None:
        del past, sense
        if self.thought >= 0 and self.tokens[first][0].lower() in _BUTS:
            self._take_back()
        self._end_condition(first)
        self._end_segment(first)
        self.clause += 1
        self.subject, self.named_first = False, True
        if self.deny is not None:
            self.claim = self.claim or self.deny
        else:
            self.hedge = None
        self.deny = None
        if self.governor in ("avoid", "none"):
            self.governor = None

    def _and(self, first: int, past: int, sense: Sense) -> None:
        del first, past, sense
        self.joined = True

    def _or(self, first: int, past: int, sense: Sense) -> None:
        del past, sense
        self.ors.append((first, self.group, len(self.candidates)))

    def _verb(self, first: int, past: int, sense: Sense) -> None:
        del past, sense
        if self._before(first) in _DETERMINERS:
            return
        self.verb = True
        self.named_first = False

    def _mark(self, first: int, past: int, sense: Sense) -> None:
        mark = sense.rule
        if mark == "/":
            self._slash(first, past, sense)
        elif mark == "?":
            self._possible(first, past, _QUERY)
        elif mark in ",:":
            self._end_condition(first)
            self._end_segment(first)
            self.joined = True
            self.named_first = self.named_first or mark == ":"
        elif mark == "(":
            self._enter()
        elif mark == ")":
            self._leave(first)
            if not self.outside and self._before(first).isdecimal():
                self._number(first)

    def _slash(self, first: int, past: int, sense: Sense) -> None:
        """Between diseases a slash is an *or*; between treatments it joins the parts of one product."""
        last = self.candidates[-1] if self.candidates else None
        if last is not None and last.target.kind == "diagnosis":
            self._or(first, past, sense)

    def _number(self, at: int) -> None:
        """A number and a bracket begin the next step of a plan."""
        self._end_segment(at)
        self.dosed = self.joined = self.named_first = True
        self.governor = None

    def _enter(self) -> None:
        """What stands in brackets explains or exemplifies what stands before them."""
        held = (self.claim, self.hedge, self.deny, self.purpose, self.blocked, self.governor)
        self.outside.append(held)
        self.group += 1
        last = self.candidates[-1].target.kind if self.candidates else None
        if self.governor == "recommended" and last != "test":
            self.governor = "option"

    def _leave(self, at: int) -> None:
        self._end_condition(at)
        self._give_way()
        self.group += 1
        if self.outside:
            held = self.outside.pop()
            self.claim, self.hedge, self.deny, self.purpose, self.blocked, self.governor = held
            self.reach = at

    def _end_segment(self, at: int) -> None:
        if not self.verb:
            self._mark_bare(at)
        self._give_way()
        self.purpose = self.purpose and self.purpose_met
        self.segment += 1
        self.segment_first = at + 1
        self.verb = self.blocked = False

    def _mark_bare(self, at: int) -> None:
        for candidate in reversed(self.candidates):
            if candidate.segment != self.segment:
                return
            candidate.bare = self._stands_alone(candidate, at)

    def _after(self, past: int) -> str:
        return self.tokens[past][0].lower() if past < self.past else ""

    def _stands_alone(self, candidate: Candidate, at: int) -> bool:
        if candidate.target.kind != "diagnosis":
            return candidate.target.form not in (HARM, "food") and not self.blocked
        if candidate.first == self.segment_first and self._after(candidate.past) in _PLACING:
            return True
        if not self.named_first:
            return False
        return self._first_hit(candidate.past, at) - candidate.past <= _NAME_TAIL

    def _first_hit(self, past: int, at: int) -> int:
        """The token at which the first hit from ``past`` on begins, or ``at``."""
        number = bisect_left(self.hits, past, key=_first_token)
        return min(at, self.hits[number][0]) if number < len(self.hits) else at

    def _nothing(self, first: int, past: int, sense: Sense) -> None:
        """Set phrases are consumed."""

    CUES: ClassVar[Mapping[str, Handler]] = {
        **Claims.CLAIM_CUES,
        **Claims.ADVICE_CUES,
        **Claims.CONDITION_CUES,
        "applied": _nothing,
        "head": _nothing,
        "contrast": _contrast,
        "and": _and,
        "or": _or,
        "verb": _verb,
        "nothing": _nothing,
        "mark": _mark,
    }


def _first_token(hit: Hit) -> int:
    return hit[0]
