"""The comparison as a Composition: its parts are sections, its rows sections in them, its cells entries."""

from __future__ import annotations

from collections.abc import Mapping

from milium.fhir.elements import Json, codeable, said
from milium.fhir.request import PATIENT
from milium.fhir.shelf import Shelf, reference
from milium.statements import Comparison, Row
from milium.vocabulary import Vocabulary


COMPOSITION = ("Composition", "comparison")
PARTS = (
    ("do_first", "Do first"),
    ("diagnoses", "What it may be"),
    ("options", "Options"),
    ("avoid", "Avoid"),
    ("outlook", "What to expect"),
)
# (opinion, kind of statement, concept) to the resource that says it.
Cells = Mapping[tuple[str, str, str], Json]


def put_comparison(
    shelf: Shelf, comparison: Comparison, cells: Cells, written_at: str, vocabulary: Vocabulary
) -> None:
    """The composition. A row whose position was said of a member of its class refers to what was said of the member."""
    sections = [
        {"title": title, "section": rows}
        for name, title in PARTS
        if (rows := [_section(row, cells, vocabulary) for row in getattr(comparison, name)])
    ]
    if notes := [_note(note.statement) for note in comparison.notes if said(note.statement)]:
        sections.append({"title": "Notes of Milium’s own", "section": notes})
    shelf.put(
        *COMPOSITION,
        status="final",
        type={"text": "Several specialists’ answers side by side"},
        subject=reference(*PATIENT),
        date=written_at,
        author=[reference("Device", "reader")],
        title="Specialists’ answers side by side",
        section=sections,
    )


def _section(row: Row, cells: Cells, vocabulary: Vocabulary) -> Json:
    kind = row.kind
    entries = [
        cells[(p.opinion, kind, (p.through or row.concept).id)]
        for p in row.positions
        if (p.opinion, kind, (p.through or row.concept).id) in cells
    ]
    return {
        "title": row.concept.name,
        "code": codeable(row.concept, vocabulary),
        "entry": entries,
    }


def _note(statement: str) -> Json:
    escaped = said(statement).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {
        "title": "Note",
        "text": {
            "status": "additional",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{escaped}</div>',
        },
    }
