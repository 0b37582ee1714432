"""A concept as statements carry it: its id and its preferred name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRef:
    """Names a concept of the vocabulary without holding it."""

    id: str
    name: str
