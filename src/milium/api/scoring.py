"""Figures of readings against texts read by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milium.api.terms import lookup
from milium.reading.evaluation import Evaluation, GoldAnswer
from milium.reading.evaluation import score_answers as _score_answers
from milium.reading.question_evaluation import GoldQuestion, QuestionEvaluation
from milium.reading.question_evaluation import score_questions as _score_questions
from milium.statements import History, Statement


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
