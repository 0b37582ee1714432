"""Sourced facts of Milium's own: safety notes, published evidence, plain texts, places. Kept apart from opinions."""

from __future__ import annotations

from milium.notes.choosing import Facts, Prompt, notes_for, prompts_for
from milium.notes.evidence import Report, evidence_for, load_reports, reports
from milium.notes.places import Place, load_places, place_of, place_of_code, places
from milium.notes.safety import SafetyNote, load_safety_notes, safety_notes
from milium.notes.texts import PlainText, load_texts, texts


__all__ = [
    "Facts",
    "Place",
    "PlainText",
    "Prompt",
    "Report",
    "SafetyNote",
    "evidence_for",
    "load_places",
    "load_reports",
    "load_safety_notes",
    "load_texts",
    "notes_for",
    "place_of",
    "place_of_code",
    "places",
    "prompts_for",
    "reports",
    "safety_notes",
    "texts",
]
