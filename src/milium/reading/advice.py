"""Treatments, tests and people: which cue governs each, and by which route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from milium.reading.candidate import Candidate, Span
from milium.reading.conditions import Conditions, depend
from milium.reading.lexicon import HARM, Sense, Target
from milium.reading.sentence_state import Handler
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
_UNRULED = Sense("do", "forward", "")
_IN_PERSON = "specialty:in-person-examination"
_DOSE_REACH = 8
_STRENGTH_REACH = 5
_STOPS = frozenset(".,;:!?)\n")
# After these an order may begin.
_LEADERS = frozenset(
    "please pls plz kindly then just also simply and or always now first next to should must".split()
)
# After these a verb of doing without is advice as well.
_WOULD = frozenset("i'd we'd would to better best will i'll could".split())
# After these stands a thing, not what is done.
_DETERMINERS = frozenset(
    "the a an same each every your his her their its per one next first last my our".split()
)
_STANCE_OF: dict[str, dict[str, Stance]] = {
    "treatment": {"recommended": "recommended", "option": "option", "avoid": "avoid"},
    "test": {"recommended": "recommended", "option": "option", "avoid": "unneeded"},
    "referral": {"recommended": "recommended", "option": "recommended"},
}


class Advice(Conditions):
    """Governors of advice: what they hold for, what they give way to."""

    __slots__ = ()

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
            depend(candidate, self.condition)

    def _is_sent_to(self, first: int) -> bool:
        """Whoever does or says something is not whom the asker is sent to."""
        if any(token[0].lower() == "here" for token in self.tokens[first + 1 : first + 4]):
            return False
        if self.candidates and self.candidates[-1].target.ref.id == _IN_PERSON:
            return True
        before = {token[0].lower() for token in self.tokens[max(first - 2, self.first) : first]}
        return self.governor_rule == "refer" or not before & _OF_SOMEBODY

    def _temper(self, candidate: Candidate) -> None:
        """An expression with its own stance, under a cue that weakens or turns it."""
        if self._renews():
            self._set_governor("recommended", candidate.first, candidate.first, _UNRULED)
        elif self.governor in ("option", "avoid") and candidate.stance == "recommended":
            self._govern(candidate, self.governor, self.governor_span, self.governor_rule)
        elif self.governor == "none" and self.blocked:
            candidate.stance = None
            candidate.group = -1

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
            own = governor == "avoid" and candidate.rule == candidate.target.rule is not None
            open_to_advice = candidate.stance is None or inherited or own
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
        within = self.condition_at >= 0 and self._before(first) not in _DETERMINERS
        if within or self._begins(first):
            self._do(first, past, sense)

    def _forbid(self, first: int, past: int, sense: Sense) -> None:
        if self._begins(first) or self._before(first) in _WOULD:
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

    def _refer(self, first: int, past: int, sense: Sense) -> None:
        if self._before(first) in _DETERMINERS:
            return
        if self.governor is None or self._renews():
            self._do(first, past, sense)

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

    def _cause(self, first: int, past: int, sense: Sense) -> None:
        self.verb = True
        self._set_governor("none", first, past, sense)

    ADVICE_CUES: ClassVar[Mapping[str, Handler]] = {
        "recommend": _recommend,
        "do": _do,
        "order": _order,
        "forbid": _forbid,
        "dose": _dose,
        "option": _option,
        "avoid": _avoid,
        "cause": _cause,
        "refer": _refer,
        "topical": _route,
        "oral": _route,
        "injected": _route,
        "intralesional": _route,
    }
