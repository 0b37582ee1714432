"""Safety notes: sourced facts about medicines and procedures, and whom each is for."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from milium.notes.entries import Entry, load_entries
from milium.statements import Note


DATA = Path(__file__).with_name("data")
KINDS = ("withdrawn", "pregnancy", "age", "interaction", "skin-tone", "misuse", "monitoring")
ROUTES = ("topical", "oral", "injected", "intralesional")


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNote:
    """A note and when it matters.

    ``routes`` narrow it to ways of use, ``with_any`` to what else is used, ``conditions`` to a diagnosis;
    ``below_age`` (years) to the young. ``any_sex`` pregnancy notes concern fathers too;
    ``only_there`` notes say nothing to people elsewhere.
    """

    note: Note
    routes: tuple[str, ...]
    with_any: tuple[str, ...]
    conditions: tuple[str, ...]
    below_age: float | None
    any_sex: bool
    only_there: bool
    remark: str | None


def load_safety_notes(
    known: Container[str], path: Path = DATA / "safety.json"
) -> tuple[SafetyNote, ...]:
    """Read the notes. Raises ``BadData`` naming file, entry and reason; ``known`` holds the concept ids there are."""
    return tuple(_safety_note(entry, known) for entry in load_entries(path, "notes"))


def _safety_note(entry: Entry, known: Container[str]) -> SafetyNote:
    entry.closed(
        ("id", "kind", "concepts", "statement", "verified", "reviewed", "sources"),
        (
            "routes",
            "jurisdictions",
            "with",
            "conditions",
            "below_age",
            "any_sex",
            "only_there",
            "remark",
        ),
    )
    concepts, with_any, conditions = (
        known_concepts(entry, name, known) for name in ("concepts", "with", "conditions")
    )
    if not concepts:
        raise entry.refuse("concepts is empty: the note is about nothing")
    for route in entry.words("routes"):
        if route not in ROUTES:
            raise entry.refuse(f"route {route!r} is none of {', '.join(ROUTES)}")
    note = Note(
        id=entry.id,
        kind=entry.choice("kind", KINDS),
        statement=entry.text("statement"),
        concepts=concepts,
        sources=entry.sources(),
        reviewed=entry.day("reviewed"),
        jurisdictions=entry.words("jurisdictions"),
        verified=entry.flag("verified"),
    )
    return SafetyNote(
        note=note,
        routes=entry.words("routes"),
        with_any=with_any,
        conditions=conditions,
        below_age=_age(entry),
        any_sex=entry.flag("any_sex"),
        only_there=entry.flag("only_there") or entry.fields["kind"] == "withdrawn",
        remark=entry.maybe("remark"),
    )


def known_concepts(entry: Entry, name: str, known: Container[str]) -> tuple[str, ...]:
    """A list of concept ids, each of which the vocabulary knows."""
    ids = entry.words(name)
    for id_ in ids:
        if id_ not in known:
            raise entry.refuse(f"{name}: {id_!r} is no concept of the vocabulary")
    return ids


def _age(entry: Entry) -> float | None:
    value = entry.fields.get("below_age")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise entry.refuse("below_age must be a number of years above 0")
    return float(value)


@lru_cache(maxsize=4)
def safety_notes(known: Container[str]) -> tuple[SafetyNote, ...]:
    """The notes Milium carries, loaded once for a vocabulary."""
    return load_safety_notes(known)
