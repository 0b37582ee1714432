"""The few public functions of Milium, and the values they take and give.

>>> [s.concept.name for s in read_answer("Use a topical retinoid.")]
['retinoid']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from milium import notes as _notes
from milium.cases import (
    MAX_TEXT,
    case_from_json,
    check_length,
    json_value,
    parse_html,
    parse_page,
)
from milium.comparison import compare_readings as _compare_readings
from milium.comparison import count_sentences
from milium.deidentification import Masked, MaskedSpan
from milium.deidentification import deidentify as _deidentify
from milium.errors import UnusableInput
from milium.notes import Facts, Place, PlainText, Prompt, Report, place_of, places
from milium.reading.answers import AnswerReader
from milium.reading.evaluation import Evaluation, Figure, GoldAnswer, ReadingError, gold_answer
from milium.reading.evaluation import score_answers as _score_answers
from milium.reading.explaining import explain as _explain
from milium.reading.explanation import Explanation, SentenceExplanation
from milium.reading.history import QuestionReader
from milium.reading.question_evaluation import (
    GoldQuestion,
    HistoryError,
    QuestionEvaluation,
    gold_question,
)
from milium.reading.question_evaluation import score_questions as _score_questions
from milium.reading.reader import BuiltInReader, Reader
from milium.reading.second import SecondReader, Transport
from milium.statements import (
    STANCES,
    STATEMENT_KINDS,
    Ask,
    Asker,
    Case,
    Comparison,
    ConceptRef,
    Difference,
    Finding,
    History,
    Note,
    Opinion,
    Position,
    Quote,
    Reading,
    RedFlag,
    Response,
    Route,
    Row,
    Sex,
    Source,
    Stance,
    Statement,
    StatementKind,
    Triage,
    Tried,
    Urgency,
    to_dict,
)
from milium.triage import Intake
from milium.triage import triage as _triage
from milium.vocabulary import KINDS, Concept, Kind, Vocabulary, load_vocabulary


if TYPE_CHECKING:
    from milium.retrieval import FACETS, Archive, Found, Hit, Snippet, age_band, installed_model
    from milium.retrieval import Entry as IndexEntry
    from milium.retrieval import Updater as IndexUpdater
else:
    # Reading and comparing do not wait for the index to load: these come when they are first asked for.
    _LATE = {
        **{
            name: name
            for name in "FACETS Archive Found Hit Snippet age_band installed_model".split()
        },
        "IndexEntry": "Entry",
        "IndexUpdater": "Updater",
    }

    def __getattr__(name: str) -> object:
        if name not in _LATE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("milium.retrieval"), _LATE[name])


__all__ = [
    "FACETS",
    "LOOKUP_KINDS",
    "MAX_TEXT",
    "STANCES",
    "STATEMENT_KINDS",
    "Archive",
    "Ask",
    "Asker",
    "Case",
    "Comparison",
    "Concept",
    "ConceptRef",
    "Difference",
    "Evaluation",
    "Explanation",
    "Figure",
    "Finding",
    "Found",
    "GoldAnswer",
    "GoldQuestion",
    "History",
    "HistoryError",
    "Hit",
    "IndexEntry",
    "IndexUpdater",
    "Intake",
    "Kind",
    "Masked",
    "MaskedSpan",
    "Note",
    "Opinion",
    "Place",
    "PlainText",
    "Position",
    "Prompt",
    "QuestionEvaluation",
    "Quote",
    "Reader",
    "Reading",
    "ReadingError",
    "RedFlag",
    "Report",
    "Response",
    "Route",
    "Row",
    "SentenceExplanation",
    "Sex",
    "Snippet",
    "Source",
    "Stance",
    "Statement",
    "StatementKind",
    "Transport",
    "Triage",
    "Tried",
    "Urgency",
    "Vocabulary",
    "age_band",
    "build_index",
    "built_in_reader",
    "case_from_json",
    "check_length",
    "compare",
    "compare_readings",
    "count_sentences",
    "deidentify",
    "evidence_for",
    "explain",
    "facts_of",
    "gold_answer",
    "gold_question",
    "index_entry",
    "installed_model",
    "json_value",
    "lookup",
    "notes_for",
    "open_archive",
    "parse_html",
    "parse_page",
    "place_of",
    "places",
    "prompts_for",
    "read_answer",
    "read_question",
    "score_answers",
    "score_questions",
    "second_reader",
    "text_of",
    "to_dict",
    "triage",
    "update_index",
    "vocabulary",
]

# What ``lookup`` takes for a kind: the kinds of the vocabulary, and the kinds of statements that go by another name.
LOOKUP_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    "diagnosis": "condition",
    "referral": "specialty",
}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary Milium carries, loaded once."""
    return load_vocabulary()


def lookup(name: str, kind: str | None = None) -> Concept | None:
    """The concept that any of its names stands for, among those of ``kind`` (one of ``LOOKUP_KINDS``) where one is given.

    Raises ``UnusableInput`` on a kind that is none.
    """
    if kind is not None and kind not in LOOKUP_KINDS:
        raise UnusableInput(f"there is no kind {kind!r}; it is one of {', '.join(LOOKUP_KINDS)}")
    return vocabulary().lookup(name, LOOKUP_KINDS[kind] if kind else None)


@lru_cache(maxsize=1)
def _answer_reader() -> AnswerReader:
    return AnswerReader(vocabulary())


def read_answer(text: str) -> tuple[Statement, ...]:
    """What one specialist's ``text`` says of its case; every quote is an exact span of it."""
    return _answer_reader().read(text)


@lru_cache(maxsize=1)
def _question_reader() -> QuestionReader:
    return QuestionReader(vocabulary())


def read_question(text: str) -> History:
    """What an asker's ``text`` tells of the problem and asks about it; every quote is an exact span of it."""
    return _question_reader().read(text)


def explain(text: str) -> Explanation:
    """The reading of one answer with its reasons: sentences, clauses, mentions, cues, statements."""
    return _explain(_answer_reader(), text)


def score_answers(
    gold: Sequence[GoldAnswer], predictions: Mapping[str, Sequence[Statement]]
) -> Evaluation:
    """The figures of ``predictions`` (statements by answer id) against ``gold``, and every disagreement.

    Names are resolved through the vocabulary, so that synonyms cost nothing.
    """
    return _score_answers(gold, predictions, _resolve)


def score_questions(
    gold: Sequence[GoldQuestion], predictions: Mapping[str, History]
) -> QuestionEvaluation:
    """The figures of ``predictions`` (histories by question id) against ``gold``, and every disagreement."""
    return _score_questions(gold, predictions, _resolve)


def _resolve(kind: str, name: str) -> str | None:
    concept = lookup(name, kind)
    return concept.id if concept else None


def built_in_reader() -> Reader:
    """The reader that ``read_answer`` is, with its name and version."""
    return BuiltInReader(read_answer=read_answer)


def second_reader(*, model: str, transport: Transport) -> Reader:
    """A reader that asks a chat model through ``transport`` and believes it only where its words check out.

    Where the model cannot be had or talks nonsense the built-in reader reads, and the reading says why.
    """
    return SecondReader(
        model=model, transport=transport, fallback=built_in_reader(), vocabulary=vocabulary()
    )


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


def index_entry(data: object, *, source: str | None = None, line: int | None = None) -> IndexEntry:
    """A case as JSON (docs/retrieval.md), read for the index. Raises ``UnusableInput`` naming the field and what it should hold."""
    from milium.retrieval import entry_for, record_from_json  # noqa: PLC0415 - see _LATE

    return entry_for(record_from_json(data, source=source, line=line), vocabulary())


def build_index(folder: Path, entries: Iterable[IndexEntry], *, model: Path | None = None) -> int:
    """Make the index anew and swap it in when complete; the number of entries. ``model`` is a sentence model's folder."""
    from milium.retrieval import build  # noqa: PLC0415 - see _LATE

    return build(folder, entries, model=model)


def open_archive(folder: Path, *, model: Path | None = None) -> Archive:
    """Open an index for searching, suggesting and counting. Raises ``BadIndex`` when there is no sound one."""
    from milium.retrieval import Archive  # noqa: PLC0415 - see _LATE

    return Archive(folder, vocabulary(), model=model)


def update_index(folder: Path) -> IndexUpdater:
    """Open an index for adding, replacing and removing entries. Raises ``BadIndex`` when it cannot be written."""
    from milium.retrieval import Updater  # noqa: PLC0415 - see _LATE

    return Updater(folder)


def triage(text: str, *, intake: Intake | None = None, country: str | None = None) -> Triage:
    """The red flags of one text and of the intake's answers; ``country`` decides the emergency number named."""
    return _triage(text, intake=intake, country=country)


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


def deidentify(text: str) -> Masked:
    """The text with what could tell who wrote it masked, and the spans that went. What is uncertain is masked.

    >>> deidentify("My son Tom, 7, was seen on 3 May 2021.").text
    'My son [name], 7, was seen on [date, 2021].'
    """
    return _deidentify(text, vocabulary())
