"""What each cue of a sentence bears on: the sentence's hits, left to right, to candidates with stances.

The idea is ConText's (Harkema and others, 2009): a cue has a category, a direction and a scope that ends at a
terminator. Here the scope runs on through lists, a governor may follow what it governs ("A and B can help"),
and a clause that no cue governs speaks for itself when it is a bare name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import ClassVar

from milium.reading.candidate import Candidate, Span
from milium.reading.lexicon import HARM, Leaf, Sense, Target
from milium.reading.sentences import Hit, Sentence, Token
from milium.statements import Route, Stance


_ADVISED = frozenset(("treatment", "test", "referral"))
_ROUTES: dict[str, Route] = {
    "topical": "topical",
    "oral": "oral",
    "injected": "injected",
    "intralesional": "intralesional",
}
# Who may stand before a verb of doing so that it tells of a habit and orders nothing.
_TELLERS = frozenset("i we you they who people patients".split())
_SPREAD = frozenset("apply applying rub rubbing smear dab spray massage spread applied".split())
# Words inside a name that tell the route ("tretinoin cream").
_DOSE_FORMS: dict[str, Route] = {
    **dict.fromkeys("topical cream ointment lotion gel creams lotions shampoo".split(), "topical"),
    **dict.fromkeys("oral tablet tablets capsule capsules pill pills".split(), "oral"),
    **dict.fromkeys("injection injections injected".split(), "injected"),
    "intralesional": "intralesional",
}
_OF_SOMEBODY = frozenset("by from in at of that".split())
_NAME_TAIL = 1
# Words a claim may stand before the disease it claims, and one name before another for the same thing.
_CLAIM_REACH = 9
_NAME_REACH = 6
_UNRULED = Sense("do", "forward", "")
# A question mark set before a name.
_QUERY = Sense("possible", "forward", "perhaps")
_TIME = "time"
_DOSE_REACH = 8
_STRENGTH_REACH = 5
_STOPS = frozenset(".,;:!?)\n")
_BUTS = frozenset("but however yet though although".split())
# After these an order may begin.
_LEADERS = frozenset(
    "please pls plz kindly then just also simply and or always now first next to should must".split()
)
# After these stands a thing, not what is done.
_DETERMINERS = frozenset(
    "the a an same each every your his her their its per one next first last my our".split()
)
_Flag = tuple[Span, str] | None
_Outside = tuple[_Flag, _Flag, _Flag, bool, bool, str | None]


class Scope:
    """One sentence being read. ``run`` fills ``candidates``."""

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

    # -- the walk

    def run(self, sentence: Sentence) -> list[Candidate]:
        """Read the sentence's hits and settle what is left open at its end."""
        for number in range(sentence.first_hit, sentence.past_hit):
            first, past, leaf = self.hits[number]
            for sense in leaf.senses:
                self._CUES[sense.category](self, first, past, sense)
            if leaf.targets:
                self._meet(number, first, past, leaf)
            if not (leaf.senses and leaf.senses[0].category in _LINKS):
                self.joined = False
        self._end_condition(sentence.past)
        self._end_segment(sentence.past)
        return self.candidates

    # -- mentions

    def _meet(self, number: int, first: int, past: int, leaf: Leaf) -> None:
        for target in leaf.targets:
            if self.condition_at >= 0 and not self._breaks_condition(target, first):
                continue
            if target.kind == "diagnosis":
                self._meet_disease(target, number, first, past)
            elif target.kind == "outlook":
                self._meet_outlook(target, first, past)
            else:
                self._meet_advised(target, first, past)

    def _breaks_condition(self, target: Target, first: int) -> bool:
        """An order that carries its own stance ends the condition before it."""
        if target.stance is None or target.kind == "outlook" or first == self.condition_at:
            return False
        self._end_condition(first)
        return True

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

    def _meet_advised(self, target: Target, first: int, past: int) -> None:
        if target.kind == "referral" and not self._is_sent_to(first):
            return
        if target.form == HARM and target.stance is None and self.governor not in (None, "avoid"):
            return
        if target.rule is None and self._before(first) == "based":
            return
        candidate = self._add(target, first, past)
        if target.kind == "treatment":
            candidate.route = self._route_of(target, first, past)
        if target.stance is not None:
            self._temper(candidate)
        elif self.governor is not None:
            self._govern(candidate, self.governor, self.governor_span, self.governor_rule)
        if self.condition is not None:
            _depend(candidate, self.condition)

    def _is_sent_to(self, first: int) -> bool:
        """Whoever does or says something is not whom the asker is sent to."""
        before = {token[0].lower() for token in self.tokens[max(first - 2, self.first) : first]}
        return self.governor_rule == "refer" or not before & _OF_SOMEBODY

    def _before(self, at: int) -> str:
        return self.tokens[at - 1][0].lower() if at > self.first else ""

    def _temper(self, candidate: Candidate) -> None:
        """An expression with its own stance, under a cue that weakens or turns it."""
        if self._renews():
            self._set_governor("recommended", candidate.first, candidate.first, _UNRULED)
        elif self.governor in ("option", "avoid") and candidate.stance == "recommended":
            self._govern(candidate, self.governor, self.governor_span, self.governor_rule)
        elif self.governor == "none" and self.blocked:
            candidate.stance = None
            candidate.group = -1

    def _add(self, target: Target, first: int, past: int) -> Candidate:
        candidate = Candidate(target, first, past)
        candidate.segment, candidate.clause, candidate.group = self.segment, self.clause, self.group
        self.candidates.append(candidate)
        return candidate

    def _route_of(self, target: Target, first: int, past: int) -> Route | None:
        """The route named just before, for one mention; else in the name; else that of the verb over it."""
        route = self.route if first - self.route_at <= 3 else None
        self.route = None
        within = (_DOSE_FORMS.get(token[0].lower()) for token in self.tokens[first:past])
        route = route or next(filter(None, within), None)
        if route is None and self.applying and target.form != "procedure":
            return "topical"
        return route

    def _govern(self, candidate: Candidate, governor: str, span: Span, rule: str) -> None:
        kind = candidate.target.kind
        candidate.stance = _STANCE_OF[kind].get(governor)
        candidate.cue, candidate.rule = span, rule
        candidate.inherited = candidate.segment > self.governor_segment
        if governor == "none":
            candidate.group = -1

    # -- cues on claims

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

    def _instead(self, first: int, past: int, sense: Sense) -> None:
        self._deny(first, past, sense)

    def _than(self, first: int, past: int, sense: Sense) -> None:
        self._deny(first, past, sense)
        self.governor = "none"

    def _settle_diseases(self, stance: Stance, first: int, past: int, sense: Sense) -> None:
        for candidate in reversed(self.candidates):
            if candidate.clause != self.clause:
                return
            if candidate.target.kind == "diagnosis" and candidate.stance is None:
                candidate.stance = stance
                candidate.cue, candidate.rule = Span(first, past), sense.rule

    # -- cues on advice

    def _set_governor(self, governor: str, first: int, past: int, sense: Sense) -> None:
        if self.condition_at >= 0 and first > self.condition_at:
            self._end_condition(first)
        self.governor, self.governor_rule = governor, sense.rule
        self.governor_span = Span(first, past)
        self.governor_segment = self.segment
        self.soft = self.applying = False
        self.group += 1
        self.named_first = False

    def _set_softly(self, governor: str, first: int, past: int, sense: Sense) -> None:
        """Govern to the end of the segment, then give way to what governed before."""
        held = (self.governor, self.governor_span, self.governor_rule)
        self._set_governor(governor, first, past, sense)
        self.soft, self.softened = True, held

    def _give_way(self) -> None:
        if self.soft:
            self.governor, self.governor_span, self.governor_rule = self.softened
            self.soft = False

    def _settle_advised(self, governor: str, first: int, past: int, sense: Sense) -> None:
        for candidate in reversed(self.candidates):
            if candidate.clause != self.clause:
                return
            inherited = candidate.inherited and candidate.segment == self.segment
            open_to_advice = candidate.stance is None or inherited
            if open_to_advice and candidate.target.kind in _ADVISED:
                harmful = candidate.target.form == HARM and governor == "option"
                turned = "avoid" if harmful else governor
                self._govern(candidate, turned, Span(first, past), sense.rule)

    def _advise(self, governor: str, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        if sense.direction != "forward":
            self._settle_advised(governor, first, past, sense)
        if sense.direction != "backward":
            self._set_governor(governor, first, past, sense)
            self.blocked = False

    def _recommend(self, first: int, past: int, sense: Sense) -> None:
        if first == self.first and self.tokens[first][0].lower() == "should":
            self._if(first, past, sense)
            return
        self._advise("recommended", first, past, sense)

    def _option(self, first: int, past: int, sense: Sense) -> None:
        if self.condition_at >= 0 and first - self.condition_at < 2:
            return
        self._advise("option", first, past, sense)

    def _avoid(self, first: int, past: int, sense: Sense) -> None:
        self._advise("avoid", first, past, sense)

    def _do(self, first: int, past: int, sense: Sense) -> None:
        told = first > self.first and self.tokens[first - 1][0].lower() in _TELLERS
        if self.condition_at >= 0 and (told or first - self.condition_at < 2):
            return
        self.purpose = False
        gerund = self.tokens[first][0].lower().endswith("ing")
        if gerund and first == self.segment_first:
            return
        self.verb = True
        fresh = self.governor is None or (self._renews() and not gerund)
        if fresh and not told:
            self._set_governor("recommended", first, past, sense)
        elif self.governor_span.past == first or self.governor is not None:
            self.governor_span = Span(self.governor_span.first, max(past, self.governor_span.past))
        self.applying = self.tokens[first][0].lower() in _SPREAD

    def _order(self, first: int, past: int, sense: Sense) -> None:
        """Verbs that are nouns as well order only where an order can begin."""
        if self._begins(first):
            self._do(first, past, sense)

    def _forbid(self, first: int, past: int, sense: Sense) -> None:
        if self._begins(first):
            self._avoid(first, past, sense)

    def _begins(self, first: int) -> bool:
        before = self._before(first)
        return self.joined or not before[:1].isalpha() or before in _LEADERS

    def _ends_here(self, past: int) -> bool:
        return past == self.past or self.tokens[past][0] in _STOPS

    def _dose(self, first: int, past: int, sense: Sense) -> None:
        """How much and how often orders what it stands with, even where a warning went before."""
        self.dosed = True
        last = self.candidates[-1] if self.candidates else None
        if last is None or last.segment != self.segment or last.target.kind != "treatment":
            return
        if self.governor is None and first - last.past <= _DOSE_REACH:
            self._mark_dosed()
        elif last.inherited and self.governor == "avoid" and last.target.form != HARM:
            self._set_governor("recommended", first, past, sense)
            self._govern(last, "recommended", Span(first, past), sense.rule)

    def _mark_dosed(self) -> None:
        for candidate in reversed(self.candidates):
            if candidate.segment != self.segment:
                return
            candidate.bare = True

    def _renews(self) -> bool:
        """A verb of doing after a comma or *and* orders anew what was warned of or told before."""
        return self.governor in ("avoid", "none") and (self.joined or self.soft)

    def _example(self, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        if first == self.first:
            self._claim(first, past, sense)
        elif self.governor == "recommended":
            self._set_governor("option", self.governor_span.first, past, sense)

    def _refer(self, first: int, past: int, sense: Sense) -> None:
        if self._before(first) in _DETERMINERS:
            return
        if self.governor is None or self._renews():
            self._do(first, past, sense)

    # -- conditions

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
                _depend(candidate, span)
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

    # -- what is no statement

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

    def _cause(self, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        self._set_governor("none", first, past, sense)

    def _purpose(self, first: int, past: int, sense: Sense) -> None:
        if first == self.first and self.tokens[first][0].lower() == "for":
            self._if(first, past, sense)
        flags = (flag for flag in (self.claim, self.hedge, self.deny) if flag is not None)
        if all(flag[0].past != first for flag in flags):
            self.purpose, self.purpose_met = True, False

    # -- structure

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
        if self.governor == "recommended":
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

    def _stands_alone(self, candidate: Candidate, at: int) -> bool:
        if candidate.target.kind != "diagnosis":
            return candidate.target.form not in (HARM, "food") and not self.blocked
        if not self.named_first:
            return False
        return self._first_hit(candidate.past, at) - candidate.past <= _NAME_TAIL

    def _first_hit(self, past: int, at: int) -> int:
        """The token at which the first hit from ``past`` on begins, or ``at``."""
        number = bisect_left(self.hits, past, key=_first_token)
        return min(at, self.hits[number][0]) if number < len(self.hits) else at

    def _route(self, first: int, past: int, sense: Sense) -> None:
        route = _ROUTES[sense.category]
        if self.candidates and self._follows(self.candidates[-1].past, first):
            last = self.candidates[-1]
            if last.target.kind == "treatment" and (last.route is None or self.applying):
                last.route = route
        if first - self.route_at > 2 or self.route is None:
            self.route = route
        self.route_at = past

    def _follows(self, past: int, first: int) -> bool:
        """Whether at most one word, or a strength ("0.1%"), stands between."""
        if first - past <= 1:
            return True
        between = self.tokens[past:first] if first - past <= _STRENGTH_REACH else ()
        return bool(between) and all(not token[0].isalpha() for token in between)

    def _nothing(self, first: int, past: int, sense: Sense) -> None:
        """Set phrases are consumed."""

    _CUES: ClassVar[dict[str, Callable[[Scope, int, int, Sense], None]]] = {
        "claim": _claim,
        "called": _called,
        "instead": _instead,
        "than": _than,
        "claim-strongly": _claim_strongly,
        "copula": _copula,
        "ought": _ought,
        "possible": _possible,
        "probe": _probe,
        "deny": _deny,
        "recommend": _recommend,
        "do": _do,
        "order": _order,
        "forbid": _forbid,
        "dose": _dose,
        "thought": _thought,
        "applied": _nothing,
        "option": _option,
        "example": _example,
        "avoid": _avoid,
        "if": _if,
        "needed": _needed,
        "past": _past,
        "general": _general,
        "cause": _cause,
        "purpose": _purpose,
        "head": _nothing,
        "contrast": _contrast,
        "and": _and,
        "or": _or,
        "verb": _verb,
        "refer": _refer,
        "topical": _route,
        "oral": _route,
        "injected": _route,
        "intralesional": _route,
        "nothing": _nothing,
        "mark": _mark,
    }


def _first_token(hit: Hit) -> int:
    return hit[0]


def _depend(candidate: Candidate, condition: Span) -> None:
    candidate.condition = condition
    if candidate.stance == "recommended":
        candidate.stance = "conditional" if candidate.target.kind == "referral" else "option"


_LINKS = frozenset(("and", "mark", "or"))
_STANCE_OF: dict[str, dict[str, Stance]] = {
    "treatment": {"recommended": "recommended", "option": "option", "avoid": "avoid"},
    "test": {"recommended": "recommended", "option": "option", "avoid": "unneeded"},
    "referral": {"recommended": "recommended", "option": "recommended"},
}
