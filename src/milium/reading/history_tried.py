"""Treatments the asker has used, and how each went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from milium.reading.history_clauses import Find, Sentence, Token, mark_of, parts_clauses
from milium.statements import ConceptRef, Quote, Response, Tried
from milium.vocabulary import Vocabulary


# Self-care is tried only where a word for using it stands right before it.
_ADJACENT_FORMS = frozenset(("selfcare",))
_NEAR = 5
_CLOSE = 3
_FAR = 1000
_WENT: tuple[tuple[str, Response], ...] = (
    ("went-none", "none"),
    ("went-worse", "worse"),
    ("went-partial", "partial"),
    ("went-good", "good"),
)
_DIAGNOSED = re.compile(
    r"(?:diagnosed|said|told|thought|treated)[^.?!\n]{0,60}?\b(?:as|with|was|is|for|be)\s+(?:likely\s+|an?\s+)*"
    r"([A-Za-z]+(?: [A-Za-z]+)?)"
)
_TREATED = re.compile(r"\b(?:the|this|any|all)?\s*treatments?\b", re.IGNORECASE)


@dataclass(slots=True)
class _Use:
    ref: ConceptRef
    first: int
    past: int
    sentence: int
    responses: list[Response] = field(default_factory=list)


class Uses:
    """Gathers uses over the sentences of one question."""

    def __init__(self, text: str, tokens: list[Token], vocabulary: Vocabulary) -> None:
        self._text, self._tokens, self._vocabulary = text, tokens, vocabulary
        self._uses: dict[str, _Use] = {}
        self._open: list[_Use] = []

    def read(self, number: int, sentence: Sentence) -> None:
        """Take the uses of one sentence, and what it says of uses told before."""
        self._name(number, sentence)
        self._respond(number, sentence)

    def tried(self) -> tuple[Tried, ...]:
        """What was tried, in order of first mention."""
        return tuple(
            Tried(concept=use.ref, response=_settled(use.responses), quote=self._quote(use))
            for use in self._uses.values()
        )

    def _quote(self, use: _Use) -> Quote:
        start, end = self._tokens[use.first].start(), self._tokens[use.past - 1].end()
        return Quote.of(self._text, start, end)

    def _name(self, number: int, sentence: Sentence) -> None:
        uses = [
            _Use(_treatment(find)[0], find[0], find[1], number)
            for find in _used(sentence.finds, is_asked=sentence.mark == "?")
        ]
        uses = uses or list(self._unnamed(number, sentence))
        if uses:
            self._open = [self._uses.setdefault(use.ref.id, use) for use in uses]

    def _unnamed(self, number: int, sentence: Sentence) -> Iterator[_Use]:
        """The treatment of a diagnosis given before, where none is named: "they said eczema; treatment did not help"."""
        if not any(_went(find) for find in sentence.finds) or not sentence.past > sentence.first:
            return
        start = self._tokens[sentence.first].start()
        said = _TREATED.search(self._text, start, self._tokens[sentence.past - 1].end())
        diagnosed = _last(_DIAGNOSED, self._text, said.start()) if said else None
        if said is None or diagnosed is None or self._uses:
            return
        concept = self._of_condition(diagnosed)
        if concept is not None:
            at = next(
                n
                for n in range(sentence.first, sentence.past)
                if self._tokens[n].end() >= said.end()
            )
            yield _Use(concept, at, at + 1, number)

    def _of_condition(self, diagnosed: re.Match[str]) -> ConceptRef | None:
        words = diagnosed[1].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            concept = self._vocabulary.lookup(f"{name} treatment", "treatment")
            if concept is not None and self._vocabulary.lookup(name, "condition") is not None:
                return ConceptRef(id=concept.id, name=concept.name)
        return None

    def _respond(self, number: int, sentence: Sentence) -> None:
        here = sorted(use.first for use in self._open if use.sentence == number)
        for use in self._open:
            if use.sentence == number:
                use.responses += _responses_to(use, sentence.finds, here)
            elif number - use.sentence == 1 or (not use.responses and number - use.sentence == 2):
                use.responses += _responses(sentence.finds, use.responses)


def _treatment(find: Find) -> tuple[ConceptRef, ...]:
    return find[2].refs("treated") or find[2].refs("treatment")


class _Reach:
    """How far the words for using reach, from left to right over one sentence."""

    def __init__(self, finds: tuple[Find, ...], *, is_asked: bool) -> None:
        self._finds = finds
        # In a question only what was used for certain counts: "I tried mupirocin, what next?"
        self._anywhere = not is_asked and any(f[2].is_cue("use") or _went(f) for f in finds)
        self._used_at = self._procedure_at = self._blocked_at = self._named_at = -_FAR
        self._blocked = False

    def uses(self, at: int) -> bool:
        """Whether the find at ``at`` is a treatment that was used. To be asked of each in turn."""
        find = self._finds[at]
        self._follow(find)
        is_used = bool(find[2].refs("treated")) and find[0] - self._named_at > 1
        if find[2].refs("treatment"):
            is_used = is_used or (not find[2].cues and self._reaches(at))
            is_used = is_used and not self._is_for_another(at)
            self._named_at = find[1]
        return is_used

    def _is_for_another(self, at: int) -> bool:
        later = self._finds[at + 1 : at + 3]
        return any(f[2].is_cue("elsewhere") and f[0] - self._finds[at][1] <= _CLOSE for f in later)

    def _follow(self, find: Find) -> None:
        word, first, past = find[2], find[0], find[1]
        if word.is_cue("no-use", "asked-use", "deny"):
            self._blocked, self._blocked_at = True, past
        elif word.is_cue("use"):
            self._used_at = past
            self._blocked = self._blocked and first - self._blocked_at <= _CLOSE
        elif word.is_cue("use-procedure"):
            self._procedure_at = past
        elif parts_clauses(find):
            self._blocked = False

    def _reaches(self, at: int) -> bool:
        first, past, word = self._finds[at]
        if self._blocked:
            return False
        if first - self._used_at <= _NEAR:
            self._used_at = past
            return True
        if first - self._procedure_at <= 1 and "procedure" in word.forms:
            return True
        if _ADJACENT_FORMS.isdisjoint(word.forms):
            return self._anywhere
        return self._anywhere and at + 1 < len(self._finds) and _went(self._finds[at + 1])


def _used(finds: tuple[Find, ...], *, is_asked: bool) -> Iterator[Find]:
    """The treatments of a sentence that are told as used."""
    reach = _Reach(finds, is_asked=is_asked)
    return (find for at, find in enumerate(finds) if reach.uses(at))


def _went(find: Find) -> bool:
    return find[2].is_cue(*(category for category, _ in _WENT))


def _responses_to(use: _Use, finds: tuple[Find, ...], uses: list[int]) -> list[Response]:
    """How ``use`` went by the words up to the next use, else by all after it, else by those before it."""
    before = _adjoining(finds, use)
    if before:
        return _responses(before, ())
    after = tuple(find for find in finds if find[0] >= use.first)
    following = next((first for first in uses if first > use.first), None)
    if following is not None:
        between = _responses(tuple(find for find in after if find[0] < following), ())
        if between:
            return between
    return _responses(after, ()) or _responses(_leading(finds, use), ())


def _adjoining(finds: tuple[Find, ...], use: _Use) -> tuple[Find, ...]:
    """The words right before the use that tell how it went: "failed doxycycline", "no response to nystatin"."""
    last = next((find for find in reversed(finds) if find[1] <= use.first), None)
    is_near = last is not None and use.first - last[1] <= 1 and _went(last)
    return (last,) if last is not None and is_near and last[2].is_cue("went-of") else ()


def _leading(finds: tuple[Find, ...], use: _Use) -> tuple[Find, ...]:
    """What stands before the use in its own clause: "no luck with nystatin"."""
    before = [find for find in finds if find[0] < use.first]
    while any(mark_of(find) in {",", ":"} for find in before):
        before.pop(0)
    return tuple(before)


def _responses(finds: tuple[Find, ...], told: Sequence[Response]) -> list[Response]:
    found: list[Response] = []
    denied_at = -_FAR
    for find in finds:
        if find[2].is_cue("deny", "no-use"):
            denied_at = find[1]
        if mark_of(find):
            denied_at = -_FAR
        if find[2].is_cue("came-back") and ("good" in found or "good" in told):
            found.append("partial")
        found += _response(find, is_denied=find[0] - denied_at <= _CLOSE)
    return found


def _response(find: Find, *, is_denied: bool) -> list[Response]:
    if find[2].is_cue("went-unknown"):
        return ["none"] if is_denied else []
    response = next((went for category, went in _WENT if find[2].is_cue(category)), None)
    if response is None:
        return []
    return ["none"] if is_denied and response in {"good", "partial"} else [response]


def _settled(responses: list[Response]) -> Response:
    if not responses:
        return "unknown"
    if "partial" in responses and responses[0] in {"good", "partial"}:
        return "partial"
    return responses[0]


def _last(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    found = None
    for later in pattern.finditer(text, max(0, end - 400), end):
        found = later
    return found
