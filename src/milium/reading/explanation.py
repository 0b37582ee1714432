"""A reading with its reasons: what was seen in each sentence, and which rule read what."""

from __future__ import annotations

from dataclasses import dataclass

from milium.statements import Quote, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMention:
    """A name met in the text, and the concepts it can stand for (ids)."""

    quote: Quote
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCue:
    """A cue met in the text: its rule, its category, and which way it looks."""

    quote: Quote
    rule: str
    category: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """A statement, the rule that gave its stance (``None`` where a bare name speaks for itself), and whether a
    stronger statement of the same concept took its place."""

    statement: Statement
    rule: str | None
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceExplanation:
    """One sentence: its words, its clauses, what was seen in it, and what it was taken to say."""

    quote: Quote
    clauses: tuple[Quote, ...]
    mentions: tuple[SeenMention, ...]
    cues: tuple[SeenCue, ...]
    read: tuple[ReadStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The reading of one answer, sentence by sentence."""

    sentences: tuple[SentenceExplanation, ...]
    statements: tuple[Statement, ...]
