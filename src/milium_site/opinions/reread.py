"""What the page shows on which a specialist checks how their draft was read."""

from __future__ import annotations

from dataclasses import dataclass

from milium.api import STANCES, Stance, Statement, StatementKind
from milium_site.opinions.forms import KIND_WORDS, STANCE_WORDS
from milium_site.opinions.review import Review, candidates, name_of


CONTEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One statement on the review page, with a few words around its quote."""

    name: str
    concept: str
    kind: str
    stance: Stance | None
    stances: tuple[tuple[str, str], ...]
    detail: str
    before: str
    quote: str
    after: str
    on: bool


def review_list(
    text: str, read: tuple[Statement, ...], review: Review
) -> tuple[tuple[str, tuple[Reviewed, ...]], ...]:
    """The reading under its headings, in the order of the text."""
    ordered = sorted(candidates(text, read, review), key=lambda s: s.quote.start)
    grouped = (
        (words, tuple(_reviewed(text, s, review) for s in ordered if s.kind == kind))
        for kind, words in KIND_WORDS.items()
    )
    return tuple((words, statements) for words, statements in grouped if statements)


def _reviewed(text: str, statement: Statement, review: Review) -> Reviewed:
    quote, name = statement.quote, name_of(statement)
    return Reviewed(
        name=name,
        concept=statement.concept.name,
        kind=statement.kind,
        stance=statement.stance,
        stances=_choices(statement.kind),
        detail=", ".join(filter(None, (statement.route, statement.condition))),
        before=_tail(text[: quote.start]),
        quote=quote.text,
        after=_head(text[quote.end :]),
        on=name not in review.removed,
    )


def _choices(kind: StatementKind) -> tuple[tuple[str, str], ...]:
    return tuple((s, STANCE_WORDS[s]) for s in reversed(STANCES[kind]) if s)


def _tail(text: str) -> str:
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + "…"
