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
        if sentence.mark != "?":
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
            _Use(
                (find[2].refs("treated") or find[2].refs("treatment"))[0], find[0], find[1], number
            )
            for find in _used(sentence.finds)
        ] or list(self._unnamed(number, sentence))
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
        for use in self._open:
            if number - use.sentence <= 1 or (not use.responses and number - use.sentence <= 2):
                use.responses += _responses(sentence, use if use.sentence == number else None)


def _used(finds: tuple[Find, ...]) -> Iterator[Find]:
    """The treatments of a sentence that are told as used."""
    anywhere = any(find[2].is_cue("use") or _went(find) for find in finds)
    blocked_at = used_at = procedure_at = -_FAR
    blocked = False
    for find in finds:
        word, at = find[2], find[0]
        if word.is_cue("no-use", "asked-use", "deny"):
            blocked, blocked_at = True, find[1]
        elif word.is_cue("use"):
            used_at, blocked = find[1], blocked and at - blocked_at <= _CLOSE
        elif word.is_cue("use-procedure"):
            procedure_at = find[1]
        elif parts_clauses(find):
            blocked = False
        if word.refs("treated"):
            yield find
        elif word.refs("treatment") and not blocked and not word.cues:
            near = at - used_at <= _NEAR
            after = at - procedure_at <= 1 and "procedure" in word.forms
            if near or after or (anywhere and _ADJACENT_FORMS.isdisjoint(word.forms)):
                yield find
                used_at = find[1] if near else used_at


def _went(find: Find) -> bool:
    return find[2].is_cue(*(category for category, _ in _WENT))


def _responses(sentence: Sentence, use: _Use | None) -> list[Response]:
    found: list[Response] = []
    denied_at = -_FAR
    for find in sentence.finds:
        if find[2].is_cue("deny", "no-use"):
            denied_at = find[1]
        if mark_of(find):
            denied_at = -_FAR
        if use is not None and find[0] < use.first and not _is_clause_of(sentence.finds, find, use):
            continue
        if find[2].is_cue("came-back") and "good" in found:
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


def _is_clause_of(finds: Sequence[Find], find: Find, use: _Use) -> bool:
    return not any(
        find[0] < other[0] < use.first and (mark_of(other) in {",", ":"}) for other in finds
    )


def _settled(responses: list[Response]) -> Response:
    if not responses:
        return "unknown"
    if "partial" in responses and responses[0] in {"good", "partial"}:
        return "partial"
    return responses[0]


def _last(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text, max(0, end - 400), end):
        pass
    return found
