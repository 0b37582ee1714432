"""Words that take a finding back: denied, long past, feared for later, or somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milium.errors import BadData
from milium.notes.entries import load_object
from milium.triage.patterns import Patterns, Span
from milium.triage.tokens import Tokens


# Each kind of cue, and how far it reaches in words.
KINDS = {
    "denied_next": 7,  # "no ...", "without ..."
    "denied_before": 5,  # "... : none", "... ruled out"
    "thought_not": 9,  # "i don't think it is ..."
    "past": 10,  # "... years ago"
    "over": 12,  # "... but it has gone now"
    "feared": 14,  # "should i watch for ..."
    "others": 12,  # "my dad had ..."
    "cue_exceptions": 0,  # "not sure", "not only"
    "recent": 0,  # takes back past and others: "an hour ago"
}
_ENDS = (
    "contrasts",
    "subjects",
    "own",
)  # words that end a reach: any, a denial's, another person's
_FORWARD = ("denied_next", "thought_not", "feared", "others")
_LISTS = frozenset(("or", "nor"))
_MORE_OF_IT = frozenset(("with", "and", "when", "where", "which", "after"))
_LOOK_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """For each word: is a finding that begins here denied, past, or not the patient's own?"""

    denied: list[bool]
    past: list[bool]
    elsewhere: list[bool]


class Cues:
    """The cues of the data file, and their reach in a text."""

    def __init__(self, single: Mapping[str, frozenset[str]]) -> None:
        self.contrasts, self.subjects, self.own = (single[name] for name in _ENDS)

    def reach(self, tokens: Tokens, found: Mapping[str, list[Span]]) -> Taken:
        """Mark every word that a cue takes back."""
        taken = Taken(*([False] * len(tokens) for _ in range(3)))
        spared = {p for span in found.get("@cue_exceptions", ()) for p in range(*span)}
        recent = {tokens.sentence[a] for a, _ in found.get("@recent", ())}
        forward = {first for first, _ in found.get("@denied_next", ())}
        for kind, limit in KINDS.items():
            for span in found.get("@" + kind, ()):
                if span[0] in spared:
                    continue
                if kind in ("past", "others") and tokens.sentence[span[0]] in recent:
                    continue
                # "fever: no" looks back, "fever no rash" does not
                if kind == "denied_before" and span[0] in forward and _goes_on(tokens, span[1]):
                    continue
                marks = _marks(taken, kind)
                for place in self._places(tokens, kind, span, limit):
                    marks[place] = True
        return taken

    def _places(self, tokens: Tokens, kind: str, span: Span, limit: int) -> range:
        first, after = span
        if kind in _FORWARD:
            return range(after, self._end(tokens, after, limit, kind))
        begin = self._begin(tokens, first, limit, crossing=kind == "over")
        if kind != "past":
            return range(begin, first)
        opening = first == 0 or tokens.sentence[first] != tokens.sentence[first - 1]
        return range(begin, self._end(tokens, after, limit, "opening" if opening else kind))

    def _end(self, tokens: Tokens, at: int, limit: int, kind: str) -> int:
        sentence, left, place = tokens.sentence[at - 1], limit, at
        while place < len(tokens) and left and tokens.sentence[place] == sentence:
            word = tokens.words[place]
            if word in self.contrasts and not (kind == "denied_next" and place == at):
                break
            if place > at and word in self._ends_of(kind):
                break
            if tokens.comma[place] and not self._crosses(tokens, place, kind, first=place == at):
                break
            left = limit if word in _LISTS else left - 1
            place += 1
        return place

    def _ends_of(self, kind: str) -> frozenset[str]:
        return {"denied_next": self.subjects, "others": self.own}.get(kind, frozenset())

    def _crosses(self, tokens: Tokens, place: int, kind: str, *, first: bool) -> bool:
        """A comma right after the cue ends the past only: "as a child, ..." but "in 2015, with ..."."""
        if first:
            return kind != "past" or tokens.words[place] in _MORE_OF_IT
        return self._goes_on(tokens, place, kind)

    def _goes_on(self, tokens: Tokens, place: int, kind: str) -> bool:
        """Does the reach cross this comma? A list of denied things does, so does a fear or an opening phrase."""
        if kind in ("feared", "opening"):
            return True
        if kind != "denied_next":
            return False
        for later in range(place, min(place + _LOOK_AHEAD, len(tokens))):
            word = tokens.words[later]
            if tokens.sentence[later] != tokens.sentence[place] or word in self.subjects:
                return False
            if word in _LISTS:
                return True
        return False

    def _begin(self, tokens: Tokens, first: int, limit: int, *, crossing: bool) -> int:
        place = first
        while (
            place and first - place < limit and tokens.sentence[place - 1] == tokens.sentence[first]
        ):
            if not crossing and (tokens.comma[place] or tokens.words[place - 1] in self.contrasts):
                break
            place -= 1
        return place


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Does the clause of the word before ``at`` go on there?"""
    return (
        at < len(tokens) and not tokens.comma[at] and tokens.sentence[at] == tokens.sentence[at - 1]
    )


def _marks(taken: Taken, kind: str) -> list[bool]:
    if kind in ("denied_next", "denied_before", "thought_not"):
        return taken.denied
    return taken.past if kind in ("past", "over") else taken.elsewhere


def load_cues(path: Path, patterns: Patterns) -> Cues:
    """Read the cues into ``patterns``. Raises ``BadData`` on a section or a pattern it cannot read."""
    data = load_object(path)
    sections = {*KINDS, *_ENDS, "barriers"}
    if data.keys() != sections:
        odd = ", ".join(sorted(data.keys() ^ sections))
        raise BadData(f"sections missing or unknown: {odd}", file=path.name)
    for kind in KINDS:
        for pattern in data[kind]:
            try:
                patterns.add("@" + kind, pattern)
            except ValueError as error:
                raise BadData(str(error), file=path.name, entry=kind) from error
    single = {name: _single(data[name], patterns) for name in (*_ENDS, "barriers")}
    patterns.barriers = single["barriers"]
    return Cues(single)


def _single(value: object, patterns: Patterns) -> frozenset[str]:
    return frozenset(patterns.words.learn(word) for word in str(value).split())
