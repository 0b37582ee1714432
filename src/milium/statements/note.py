"""A sourced fact of Milium's own, kept apart from what specialists said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A fact about a medicine or procedure. ``concepts`` are concept ids; ``reviewed`` is an ISO date.

    ``verified`` says that the text read at the source supports the whole statement.
    """

    id: str
    kind: str
    statement: str
    concepts: tuple[str, ...]
    sources: tuple[Source, ...]
    reviewed: str
    jurisdictions: tuple[str, ...] = ()
    verified: bool = True
