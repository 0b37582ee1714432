"""Several readings of one case, laid side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from milium.comparison import agreement, parts
from milium.comparison.differences import differences
from milium.comparison.grouping import grouped
from milium.comparison.questions import questions_to_ask
from milium.comparison.rows import Readings, rows_of
from milium.comparison.tried import with_tried
from milium.statements import Case, Comparison, History, Note, Row
from milium.vocabulary import Vocabulary


def compare_readings(
    case: Case,
    history: History,
    readings: Readings,
    *,
    vocabulary: Vocabulary,
    notes: Sequence[Note] = (),
) -> Comparison:
    """The comparison of ``readings`` (one for each opinion of the case, by its id), each note beside the rows it is about.

    Nothing is added that no specialist wrote; nothing that one wrote is left out. Raises ``ValueError`` when the
    readings are not those of the case's opinions, or a quote is not in its opinion.
    """
    found = rows_of(case, readings)
    options = with_tried(grouped(parts.options(found), vocabulary), history, vocabulary)
    avoid = with_tried(parts.avoid(found), history, vocabulary)
    shown = (parts.diagnoses(found), parts.do_first(found), options, avoid, parts.outlook(found))
    diagnoses, do_first, options, avoid, outlook = (_noted(rows, notes) for rows in shown)
    ids = tuple(opinion.id for opinion in case.opinions)
    rows = (*do_first, *diagnoses, *options, *avoid, *outlook)
    comparison = Comparison(
        case=case.id,
        opinions=ids,
        diagnoses=diagnoses,
        do_first=do_first,
        options=options,
        avoid=avoid,
        outlook=outlook,
        differences=differences(rows, ids, vocabulary),
        agreement_diagnosis=agreement.on_diagnosis(diagnoses, vocabulary),
        agreement_treatment=agreement.on_treatment(options, vocabulary),
        notes=tuple(notes),
        history=history,
        remarks=case.remarks,
    )
    return replace(comparison, questions_to_ask=questions_to_ask(case, comparison))


def _noted(rows: Sequence[Row], notes: Sequence[Note]) -> tuple[Row, ...]:
    return tuple(replace(row, notes=_about(row, notes)) for row in rows)


def _about(row: Row, notes: Sequence[Note]) -> tuple[str, ...]:
    """The notes on the row's concept, and those on what was tried beside it."""
    ids = {row.concept.id} | ({row.tried.concept.id} if row.tried else set())
    return tuple(note.id for note in notes if ids & set(note.concepts))
