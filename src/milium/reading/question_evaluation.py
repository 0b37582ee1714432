"""Predicted histories against a gold file of annotated questions: the figures the guidelines define, and the errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from milium.reading.evaluation import Figure, figure
from milium.statements import History


# A concept's id for a name of a kind of the vocabulary; ``None`` for a name it does not know.
Resolve = Callable[[str, str], str | None]
_CONCEPTS = {"sites": "site", "symptoms": "symptom", "absent": "symptom"}
SETS = ("sites", "symptoms", "absent", "tried", "asks")
FACTS = ("duration", "age", "sex")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """One annotated question. ``tried`` holds the response by the treatment's name."""

    id: str
    text: str
    sites: tuple[str, ...]
    symptoms: tuple[str, ...]
    absent: tuple[str, ...]
    tried: Mapping[str, str]
    asks: tuple[str, ...]
    duration: str | None
    age: float | None
    sex: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryError:
    """One disagreement: ``sort`` is ``missed``, ``extra`` or ``differs``."""

    question: str
    sort: str
    field: str
    expected: str | None
    read: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEvaluation:
    """Everything measured on one gold file. ``shares`` are the shares right of duration, age and sex over all questions.

    ``response`` is the share right of the treatments that gold and reading both name.
    """

    questions: int
    fields: Mapping[str, Figure]
    response: float | None
    shares: Mapping[str, float]
    errors: tuple[HistoryError, ...]


@dataclass(slots=True)
class _Tally:
    """The counts of one question."""

    fields: dict[str, Counter[str]] = field(default_factory=dict)
    facts: Counter[str] = field(default_factory=Counter)
    responses: Counter[bool] = field(default_factory=Counter)
    errors: list[HistoryError] = field(default_factory=list)


def gold_question(data: Mapping[str, Any]) -> GoldQuestion:
    """One line of a gold file, as the guidelines define it. Raises ``KeyError`` or ``TypeError`` on another shape."""
    return GoldQuestion(
        id=data["id"],
        text=data["text"],
        sites=tuple(data["sites"]),
        symptoms=tuple(data["symptoms"]),
        absent=tuple(data["absent"]),
        tried={tried["treatment"]: tried["response"] for tried in data["tried"]},
        asks=tuple(data["asks"]),
        duration=data["duration"],
        age=data["age"],
        sex=data["sex"],
    )


def score_questions(
    gold: Sequence[GoldQuestion],
    predictions: Mapping[str, History],
    resolve: Resolve,
    *,
    draws: int = 1000,
    seed: int = 20260822,
) -> QuestionEvaluation:
    """Score ``predictions`` (by question id). Intervals come from ``draws`` resamplings of whole questions, seeded."""
    tallies = [_score(question, predictions[question.id], resolve) for question in gold]
    responses = sum((tally.responses for tally in tallies), Counter[bool]())
    return QuestionEvaluation(
        questions=len(gold),
        fields={
            name: figure([tally.fields[name] for tally in tallies], draws, seed) for name in SETS
        },
        response=responses[True] / responses.total() if responses else None,
        shares={name: sum(t.facts[name] for t in tallies) / max(1, len(gold)) for name in FACTS},
        errors=tuple(error for tally in tallies for error in tally.errors),
    )


def _score(gold: GoldQuestion, read: History, resolve: Resolve) -> _Tally:
    tally = _Tally()
    for name, wanted, found in _sets(gold, read, resolve):
        tally.fields[name] = Counter(
            right=len(wanted & found), extra=len(found - wanted), missed=len(wanted - found)
        )
        for sort, values in (("missed", wanted - found), ("extra", found - wanted)):
            tally.errors += [_one_sided(gold, sort, name, value) for value in sorted(values)]
    for name in FACTS:
        wanted, found = getattr(gold, name), getattr(read, name)
        tally.facts[name] += wanted == found
        if wanted != found:
            tally.errors.append(_differs(gold, name, wanted, found))
    _score_responses(tally, gold, read, resolve)
    return tally


def _sets(
    gold: GoldQuestion, read: History, resolve: Resolve
) -> Iterator[tuple[str, set[str], set[str]]]:
    for name, kind in _CONCEPTS.items():
        wanted = {_id(resolve, kind, value) for value in getattr(gold, name)}
        yield name, wanted, {finding.concept.id for finding in getattr(read, name)}
    tried = {_id(resolve, "treatment", value) for value in gold.tried}
    yield "tried", tried, {tried.concept.id for tried in read.tried}
    yield "asks", set(gold.asks), set(read.asks)


def _id(resolve: Resolve, kind: str, name: str) -> str:
    """The concept's id, or a name that no reading can match."""
    return resolve(kind, name) or f"unknown:{name}"


def _score_responses(tally: _Tally, gold: GoldQuestion, read: History, resolve: Resolve) -> None:
    wanted = {_id(resolve, "treatment", name): told for name, told in gold.tried.items()}
    for tried in read.tried:
        if tried.concept.id in wanted:
            expected = wanted[tried.concept.id]
            tally.responses[tried.response == expected] += 1
            if tried.response != expected:
                name = f"response to {tried.concept.name}"
                tally.errors.append(_differs(gold, name, expected, tried.response))


def _one_sided(gold: GoldQuestion, sort: str, name: str, value: str) -> HistoryError:
    expected, read = (value, None) if sort == "missed" else (None, value)
    return HistoryError(question=gold.id, sort=sort, field=name, expected=expected, read=read)


def _differs(gold: GoldQuestion, name: str, expected: object, read: object) -> HistoryError:
    shown = [None if value is None else str(value) for value in (expected, read)]
    return HistoryError(
        question=gold.id, sort="differs", field=name, expected=shown[0], read=shown[1]
    )
