"""Comparing the opinions on a case, with the notes and reports that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from milium import notes as _notes
from milium.api.reading import read_answer, read_question
from milium.api.terms import vocabulary
from milium.comparison import compare_readings as _compare_readings
from milium.notes import Facts, PlainText, Prompt, Report
from milium.statements import Asker, Case, Comparison, History, Intake, Note, Statement


def compare_readings(
    case: Case,
    history: History,
    readings: Mapping[str, Sequence[Statement]],
    *,
    country: str | None = None,
) -> Comparison:
    """The comparison of readings that exist already, such as signed ones: one for each opinion of the case, by its id.

    Raises ``ValueError`` when a reading and an opinion do not belong together or a quote is not in its opinion.
    """
    said = [statement for reading in readings.values() for statement in reading]
    notes = notes_for(said, facts_of(case.asker, history, country=country))
    return _compare_readings(case, history, readings, vocabulary=vocabulary(), notes=notes)


def compare(case: Case, *, country: str | None = None) -> Comparison:
    """The comparison of a case's opinions, each read as ``read_answer`` reads it, beside the reading of its question.

    What the case says of the asker's sex and age stands before what their text says.
    """
    told = read_question(case.question)
    sex, age = case.asker.sex, case.asker.age
    history = replace(
        told, sex=told.sex if sex is None else sex, age=told.age if age is None else age
    )
    readings = {opinion.id: read_answer(opinion.text) for opinion in case.opinions}
    return compare_readings(case, history, readings, country=country)


def facts_of(
    asker: Asker,
    history: History | None = None,
    *,
    intake: Intake | None = None,
    country: str | None = None,
    skin_type: int | None = None,
) -> Facts:
    """What notes need to know of the asker: the form before the text. ``country`` is an ISO code."""
    intake, history = intake or Intake(), history or History()
    ages = (intake.age, asker.age, history.age)
    return Facts(
        sex=intake.sex or asker.sex or history.sex,
        age=next((age for age in ages if age is not None), None),
        place=_notes.place_of_code(country or intake.country) or _notes.place_of(asker.place),
        pregnant=intake.pregnant,
        breastfeeding=intake.breastfeeding,
        skin_type=skin_type,
        uses=frozenset(tried.concept.id for tried in history.tried),
    )


def notes_for(statements: Sequence[Statement], facts: Facts) -> tuple[Note, ...]:
    """The safety notes on what is suggested and on what the asker uses, each with the concepts it is shown beside."""
    return _notes.notes_for(statements, facts, _notes.safety_notes(vocabulary()), vocabulary())


def prompts_for(statements: Sequence[Statement], text: str, facts: Facts) -> tuple[Prompt, ...]:
    """Questions to a specialist before signing, on warnings that their ``text`` leaves out."""
    return _notes.prompts_for(
        statements, text, facts, _notes.safety_notes(vocabulary()), vocabulary()
    )


def evidence_for(condition: str, treatment: str | None = None) -> tuple[Report, ...]:
    """Published reports on a condition, and on a treatment or its members where one is given; newest first."""
    return _notes.evidence_for(condition, treatment, _notes.reports(vocabulary()), vocabulary())


def text_of(concept: str) -> PlainText | None:
    """What a concept is, in two plain sentences; None where none is carried."""
    return _notes.texts(vocabulary()).get(concept)
