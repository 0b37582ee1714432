"""The index over answered cases, and its ranking."""

from __future__ import annotations

from milium.retrieval.archive import Archive, Found, Hit
from milium.retrieval.building import Updater, build
from milium.retrieval.meaning import installed_model
from milium.retrieval.record import FACETS, Record, age_band, record_from_json
from milium.retrieval.schema import Entry, entry_for
from milium.retrieval.snippet import Snippet


__all__ = [
    "FACETS",
    "Archive",
    "Entry",
    "Found",
    "Hit",
    "Record",
    "Snippet",
    "Updater",
    "age_band",
    "build",
    "entry_for",
    "installed_model",
    "record_from_json",
]
