"""The few public functions of Milium, and the values they take and give.

>>> [s.concept.name for s in read_answer("Use a topical retinoid.")]
['retinoid']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from milium.api.comparing import (
    compare,
    compare_readings,
    evidence_for,
    facts_of,
    notes_for,
    prompts_for,
    text_of,
)
from milium.api.reading import built_in_reader, read_answer, read_question
from milium.api.terms import LOOKUP_KINDS, lookup, vocabulary
from milium.cases import (
    MAX_TEXT,
    case_from_json,
    check_length,
    json_value,
    parse_html,
    parse_page,
)
from milium.comparison import count_sentences
from milium.notes import Facts, Place, PlainText, Prompt, Report, place_of, places
from milium.reading.reader import Reader
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
    Intake,
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
from milium.vocabulary import Concept, Kind, Vocabulary


if TYPE_CHECKING:
    from milium.api.exchanging import (
        Answered,
        Checked,
        ConsentGiven,
        Dossier,
        Draft,
        Opened,
        PhotoRef,
        Received,
        Signed,
        Unread,
        check_fhir,
        read_fhir,
        write_fhir,
    )
    from milium.api.explaining import explain
    from milium.api.flags import triage
    from milium.api.masking import deidentify
    from milium.api.photographs import Photograph, is_dicom, read_dicom, write_dicom
    from milium.api.scoring import score_answers, score_questions
    from milium.api.searching import build_index, index_entry, open_archive, update_index
    from milium.api.second import second_reader
    from milium.deidentification import Masked, MaskedSpan
    from milium.reading.evaluation import Evaluation, Figure, GoldAnswer, ReadingError, gold_answer
    from milium.reading.explanation import Explanation, SentenceExplanation
    from milium.reading.question_evaluation import (
        GoldQuestion,
        HistoryError,
        QuestionEvaluation,
        gold_question,
    )
    from milium.reading.second import Transport
    from milium.retrieval import FACETS, Archive, Found, Hit, Snippet, age_band, installed_model
    from milium.retrieval import Entry as IndexEntry
    from milium.retrieval import Updater as IndexUpdater
else:
    # Reading and comparing do not wait for what else there is: these come when they are first asked for.
    _LATE = {
        name: module
        for module, names in {
            "milium.api.exchanging": "Answered Checked ConsentGiven Dossier Draft Opened PhotoRef Received Signed "
            "Unread check_fhir read_fhir write_fhir",
            "milium.api.explaining": "explain",
            "milium.api.flags": "triage",
            "milium.api.masking": "deidentify",
            "milium.api.photographs": "Photograph is_dicom read_dicom write_dicom",
            "milium.api.scoring": "score_answers score_questions",
            "milium.api.searching": "IndexEntry IndexUpdater build_index index_entry open_archive update_index",
            "milium.api.second": "second_reader",
            "milium.deidentification": "Masked MaskedSpan",
            "milium.reading.evaluation": "Evaluation Figure GoldAnswer ReadingError gold_answer",
            "milium.reading.explanation": "Explanation SentenceExplanation",
            "milium.reading.question_evaluation": "GoldQuestion HistoryError QuestionEvaluation gold_question",
            "milium.reading.second": "Transport",
            "milium.retrieval": "FACETS Archive Found Hit Snippet age_band installed_model",
        }.items()
        for name in names.split()
    }

    def __getattr__(name: str) -> object:
        if name not in _LATE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_LATE[name]), name)


__all__ = [
    "FACETS",
    "LOOKUP_KINDS",
    "MAX_TEXT",
    "STANCES",
    "STATEMENT_KINDS",
    "Answered",
    "Archive",
    "Ask",
    "Asker",
    "Case",
    "Checked",
    "Comparison",
    "Concept",
    "ConceptRef",
    "ConsentGiven",
    "Difference",
    "Dossier",
    "Draft",
    "Evaluation",
    "Explanation",
    "Facts",
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
    "Opened",
    "Opinion",
    "PhotoRef",
    "Photograph",
    "Place",
    "PlainText",
    "Position",
    "Prompt",
    "QuestionEvaluation",
    "Quote",
    "Reader",
    "Reading",
    "ReadingError",
    "Received",
    "RedFlag",
    "Report",
    "Response",
    "Route",
    "Row",
    "SentenceExplanation",
    "Sex",
    "Signed",
    "Snippet",
    "Source",
    "Stance",
    "Statement",
    "StatementKind",
    "Transport",
    "Triage",
    "Tried",
    "Unread",
    "Urgency",
    "Vocabulary",
    "age_band",
    "build_index",
    "built_in_reader",
    "case_from_json",
    "check_fhir",
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
    "is_dicom",
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
    "read_dicom",
    "read_fhir",
    "read_question",
    "score_answers",
    "score_questions",
    "second_reader",
    "text_of",
    "to_dict",
    "triage",
    "update_index",
    "vocabulary",
    "write_dicom",
    "write_fhir",
]
