"""What one reader made of one answer, and which reader it was."""

from __future__ import annotations

from dataclasses import dataclass

from milium.statements.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The statements of one answer, unique per kind and concept, in the order of their quotes.

    ``reader`` and ``version`` name who read. ``dropped`` counts, by reason, what a reader said that did not
    check out against vocabulary and text. ``fallback`` is set when another reader was asked first and could
    not be used: one line that says why.
    """

    statements: tuple[Statement, ...]
    reader: str
    version: str
    dropped: tuple[tuple[str, int], ...] = ()
    fallback: str | None = None
