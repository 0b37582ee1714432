"""What a model proposes becomes a statement only where vocabulary and text bear it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard, get_args

from milium.statements import (
    STANCES,
    STATEMENT_KINDS,
    ConceptRef,
    Quote,
    Route,
    Stance,
    Statement,
    StatementKind,
)
from milium.vocabulary import Concept, Kind, Vocabulary


# More proposals than any real answer bears; the rest is dropped unread.
MOST_PROPOSALS = 300

_KINDS: dict[StatementKind, Kind] = {
    "diagnosis": "condition",
    "treatment": "treatment",
    "test": "test",
    "referral": "specialty",
    "outlook": "outlook",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is left of the proposals, in the order of the text, and what was dropped, counted by reason."""

    statements: tuple[Statement, ...]
    dropped: tuple[tuple[str, int], ...]


class _Dropped(Exception):
    """Says why one proposal is not accepted."""


def check(proposals: Sequence[object], text: str, vocabulary: Vocabulary) -> Checked:
    """Keep what checks out; of two on one concept the stronger stance, as the built-in reader does."""
    kept: dict[tuple[StatementKind, str], Statement] = {}
    dropped: Counter[str] = Counter()
    for proposal in proposals[:MOST_PROPOSALS]:
        try:
            statement = _statement(proposal, text, vocabulary)
        except _Dropped as reason:
            dropped[str(reason)] += 1
            continue
        key = statement.kind, statement.concept.id
        dropped["said twice"] += key in kept
        kept[key] = _stronger(kept.get(key, statement), statement)
    dropped["too many statements"] = max(0, len(proposals) - MOST_PROPOSALS)
    return Checked(
        statements=tuple(sorted(kept.values(), key=lambda s: (s.quote.start, s.quote.end))),
        dropped=tuple(sorted((+dropped).items())),
    )


def _stronger(first: Statement, second: Statement) -> Statement:
    order = STANCES[first.kind]
    return max(first, second, key=lambda statement: order.index(statement.stance))


def _statement(proposal: object, text: str, vocabulary: Vocabulary) -> Statement:
    if not isinstance(proposal, Mapping):
        raise _Dropped("not an object")
    kind = _kind(proposal.get("kind"))
    concept = _concept(proposal.get("concept"), kind, vocabulary)
    quote = _quote(proposal.get("quote"), text)
    _check_named(quote, concept, kind, vocabulary)
    return Statement(
        kind=kind,
        concept=ConceptRef(id=concept.id, name=concept.name),
        stance=_stance(proposal.get("stance"), kind),
        route=_route(proposal.get("route"), kind),
        condition=_condition(proposal.get("condition"), text),
        quote=quote,
    )


def _kind(value: object) -> StatementKind:
    for kind in STATEMENT_KINDS:
        if value == kind:
            return kind
    raise _Dropped("unknown kind")


def _concept(value: object, kind: StatementKind, vocabulary: Vocabulary) -> Concept:
    concept = vocabulary.lookup(value, _KINDS[kind]) if isinstance(value, str) else None
    if concept is None:
        raise _Dropped("concept not in the vocabulary")
    return concept


def _stance(value: object, kind: StatementKind) -> Stance | None:
    for stance in STANCES[kind]:
        if value == stance:
            return stance
    raise _Dropped("stance does not belong to the kind")


def _route(value: object, kind: StatementKind) -> Route | None:
    if value is None or (kind == "treatment" and _is_route(value)):
        return value
    raise _Dropped("unknown route")


def _is_route(value: object) -> TypeGuard[Route]:
    return value in get_args(Route)


def _condition(value: object, text: str) -> str | None:
    # Advice whose condition is not the specialist's is dropped whole: without it, it would say more than they did.
    if value is None:
        return None
    if isinstance(value, str) and value.strip() and value.strip() in text:
        return value.strip()
    raise _Dropped("condition not in the text")


def _quote(value: object, text: str) -> Quote:
    words = value.strip() if isinstance(value, str) else ""
    if not any(map(str.isalnum, words)):
        raise _Dropped("no quote")
    start = text.find(words)
    if start < 0:
        raise _Dropped("quote not in the text")
    return Quote(text=words, start=start, end=start + len(words))


def _check_named(
    quote: Quote, concept: Concept, kind: StatementKind, vocabulary: Vocabulary
) -> None:
    """Refuse a quote that names other things of the kind, and neither the concept nor a class or member of it.

    A quote that names none is let through: specialists paraphrase. So is every outlook, where a name and its
    opposite share words.
    """
    if kind == "outlook":
        return
    named = {
        concept_id
        for mention in vocabulary.mentions(quote.text)
        for concept_id in mention.concepts
        if vocabulary.concept(concept_id).kind == _KINDS[kind]
    }
    if named and not any(_are_kin(concept.id, other, vocabulary) for other in named):
        raise _Dropped("quote names something else")


def _are_kin(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(one, other) or vocabulary.is_a(other, one)
