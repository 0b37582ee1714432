"""What the asker changes in the reading of their text, and the history that comes of it. Pure.

What they add has no words in the text to point at, so it is written under the text, and quoted from there: the panel
sees who said what, and every finding keeps an exact quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast

from milium.api import ConceptRef, Finding, History, Kind, Quote, Response, Tried


Part = Literal["sites", "symptoms", "absent", "tried"]
PARTS: tuple[Part, ...] = ("sites", "symptoms", "absent", "tried")
KIND_OF: dict[Part, Kind] = {
    "sites": "site",
    "symptoms": "symptom",
    "absent": "symptom",
    "tried": "treatment",
}
LEAD: dict[Part, str] = {
    "sites": "Also here",
    "symptoms": "Also",
    "absent": "Not",
    "tried": "Also tried",
}
RESPONSES: dict[Response, str] = {
    "none": "did not help",
    "partial": "helped a little",
    "good": "helped",
    "worse": "made it worse",
    "unknown": "can't say yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Something the reader missed: the asker's own words, and the concept they name."""

    part: Part
    words: str
    concept: ConceptRef

    @property
    def name(self) -> str:
        """How a form names this item."""
        return f"{self.part}/{self.concept.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """``removed`` and the keys of ``responses`` are item names (``tried/treatment:retinol``); ``None`` leaves as read."""

    removed: frozenset[str] = frozenset()
    responses: Mapping[str, Response] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    duration: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As a case keeps it."""
        return {
            "removed": sorted(self.removed),
            "responses": dict(self.responses),
            "added": [asdict(added) for added in self.added],
            "duration": self.duration,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Corrections:
        """As a case kept it; an empty mapping is no correction."""
        return cls(
            removed=frozenset(data.get("removed", ())),
            responses=dict(data.get("responses", {})),
            added=tuple(
                Added(part=a["part"], words=a["words"], concept=ConceptRef(**a["concept"]))
                for a in data.get("added", ())
            ),
            duration=data.get("duration"),
        )


def name_of(part: str, item: Finding | Tried) -> str:
    """How a form names an item of a history."""
    return f"{part}/{item.concept.id}"


def question_with(text: str, added: Iterable[Added]) -> str:
    """The text as the panel reads it: the asker's, then one line for each kind of thing they added."""
    kept = list(added)
    lines = [
        f"{LEAD[part]}: {', '.join(words)}."
        for part in PARTS
        if (words := [a.words for a in kept if a.part == part])
    ]
    return "\n\n".join([text, "\n".join(lines)]) if lines else text


def corrected(text: str, read: History, corrections: Corrections) -> tuple[str, History]:
    """The question and the history as the asker wants them; the history's quotes are spans of the question."""
    present = [a for a in corrections.added if a.name not in corrections.removed]
    question = question_with(text, present)
    parts = {
        part: _kept(part, read, corrections) + _new(part, text, question, present, corrections)
        for part in PARTS
    }
    return question, replace(
        read,
        sites=cast("tuple[Finding, ...]", parts["sites"]),
        symptoms=cast("tuple[Finding, ...]", parts["symptoms"]),
        absent=cast("tuple[Finding, ...]", parts["absent"]),
        tried=cast("tuple[Tried, ...]", parts["tried"]),
        duration=read.duration if corrections.duration is None else corrections.duration or None,
    )


def _kept(part: Part, read: History, corrections: Corrections) -> tuple[Finding | Tried, ...]:
    items = (i for i in getattr(read, part) if name_of(part, i) not in corrections.removed)
    return tuple(_answered(name_of(part, item), item, corrections) for item in items)


def _answered(name: str, item: Finding | Tried, corrections: Corrections) -> Finding | Tried:
    if isinstance(item, Tried) and name in corrections.responses:
        return replace(item, response=corrections.responses[name])
    return item


def _new(
    part: Part, text: str, question: str, added: Iterable[Added], corrections: Corrections
) -> tuple[Finding | Tried, ...]:
    # Earlier lines are ours and their words the asker's: each item is sought behind the one before it.
    found: list[Finding | Tried] = []
    at = question.find(f"\n{LEAD[part]}: ", len(text)) + len(LEAD[part]) + 3
    for item in (a for a in added if a.part == part):
        start = question.index(item.words, at)
        at = start + len(item.words)
        quote = Quote.of(question, start, at)
        response = corrections.responses.get(item.name, "unknown")
        found.append(
            Tried(concept=item.concept, response=response, quote=quote)
            if part == "tried"
            else Finding(concept=item.concept, quote=quote)
        )
    return tuple(found)
