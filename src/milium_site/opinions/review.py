"""What a specialist changes in the reading of their own draft, and the reading that comes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from milium.api import STANCES, ConceptRef, Kind, Quote, Stance, Statement, StatementKind


KIND_OF: dict[StatementKind, Kind] = {
    "diagnosis": "condition",
    "treatment": "treatment",
    "test": "test",
    "referral": "specialty",
    "outlook": "outlook",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A statement the reader missed: the words of the draft that make it, and what they say."""

    kind: StatementKind
    concept: ConceptRef
    stance: Stance | None
    words: str

    @property
    def name(self) -> str:
        """How the form names it."""
        return f"{self.kind}/{self.concept.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """``removed`` and the keys of ``stances`` are statement names (``test/test:skin-biopsy``)."""

    removed: frozenset[str] = frozenset()
    stances: Mapping[str, Stance] = field(default_factory=dict)
    added: tuple[Missing, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As an opinion keeps it."""
        return {
            "removed": sorted(self.removed),
            "stances": dict(self.stances),
            "added": [asdict(missing) for missing in self.added],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Review:
        """As an opinion kept it; an empty mapping changes nothing."""
        return cls(
            removed=frozenset(data.get("removed", ())),
            stances=dict(data.get("stances", {})),
            added=tuple(
                Missing(
                    kind=m["kind"],
                    concept=ConceptRef(**m["concept"]),
                    stance=m["stance"],
                    words=m["words"],
                )
                for m in data.get("added", ())
            ),
        )


def name_of(statement: Statement) -> str:
    """How the form names a statement: kind and concept are unique within one answer."""
    return f"{statement.kind}/{statement.concept.id}"


def reviewed(text: str, read: tuple[Statement, ...], review: Review) -> tuple[Statement, ...]:
    """The reading as its author wants it, in the order of the text.

    What was added to an earlier draft, in words that no longer stand there, falls away.
    """
    every = candidates(text, read, review)
    kept = (s for s in every if name_of(s) not in review.removed)
    return tuple(sorted(kept, key=lambda s: s.quote.start))


def candidates(text: str, read: tuple[Statement, ...], review: Review) -> tuple[Statement, ...]:
    """Everything the form shows: read, then added, with the stances chosen; what is removed is here too."""
    statements = {name_of(s): s for s in read}
    for missing in review.added:
        if missing.words in text:
            statements[missing.name] = _found(text, missing)
    return tuple(_with_stance(s, review.stances.get(name)) for name, s in statements.items())


def _found(text: str, missing: Missing) -> Statement:
    start = text.index(missing.words)
    return Statement(
        kind=missing.kind,
        concept=missing.concept,
        stance=missing.stance,
        quote=Quote.of(text, start, start + len(missing.words)),
    )


def _with_stance(statement: Statement, stance: Stance | None) -> Statement:
    if stance is None or stance not in STANCES[statement.kind]:
        return statement
    return replace(statement, stance=stance)
