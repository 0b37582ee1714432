"""What a condition, treatment or test is, in two plain sentences."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from milium.notes.entries import Entry, load_entries
from milium.statements import Source


DATA = Path(__file__).with_name("data") / "texts.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """Two sentences on a concept, at 8th grade or below. ``reviewed`` is an ISO date."""

    concept: str
    text: str
    verified: bool
    reviewed: str
    sources: tuple[Source, ...]


def load_texts(known: Container[str], path: Path = DATA) -> Mapping[str, PlainText]:
    """Texts by concept id. Raises ``BadData`` naming file, entry and reason."""
    return {entry.id: _text(entry, known) for entry in load_entries(path, "texts")}


def _text(entry: Entry, known: Container[str]) -> PlainText:
    entry.closed(("id", "text", "verified", "reviewed", "sources"))
    if entry.id not in known:
        raise entry.refuse("is no concept of the vocabulary")
    return PlainText(
        concept=entry.id,
        text=entry.text("text"),
        verified=entry.flag("verified"),
        reviewed=entry.day("reviewed"),
        sources=entry.sources(),
    )


@lru_cache(maxsize=4)
def texts(known: Container[str]) -> Mapping[str, PlainText]:
    """The texts Milium carries, loaded once for a vocabulary."""
    return load_texts(known)
