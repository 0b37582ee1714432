"""What is asked of each kind of problem, from a table with its sources, and which of it is still open. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from milium.api import History, vocabulary


TABLE = Path(__file__).with_name("data") / "questions.json"
EVERY = "all"
NO, YES, UNKNOWN, NONE = "no", "yes", "unknown", "none"
I_DO_NOT_KNOW = "I don't know"

QuestionKind = Literal["yes_no", "choice", "many", "words"]
Step = Literal["problem", "person", "more"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be ticked. ``asserts`` are fields of ``milium.api.Intake``; ``told_by`` as in a question."""

    id: str
    label: str
    asserts: tuple[str, ...] = ()
    told_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``told_by`` are the concepts that answer it when the asker's own words name or deny them,
    ``told_words`` wordings that do (in lower case).

    ``panel`` is its short name on the specialist's page; ``source`` and ``source_url`` say why it is asked.
    """

    id: str
    step: Step
    kind: QuestionKind
    ask: str
    panel: str
    hint: str
    problems: frozenset[str]
    options: tuple[Option, ...]
    asserts: tuple[str, ...]
    told_by: frozenset[str]
    told_words: tuple[str, ...]
    not_for: str
    ages: tuple[int, int]
    unless_asked: bool
    source: str
    source_url: str

    def is_for(self, problem: str) -> bool:
        """Whether it is asked of that kind of problem."""
        return EVERY in self.problems or problem in self.problems

    def label_of(self, value: str) -> str:
        """An answer in words; the asker's own words stay as they are."""
        if value == UNKNOWN:
            return "does not know"
        return {o.id: o.label for o in self.options}.get(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A kind of problem. ``strong`` concepts decide for it, ``weak`` ones when no strong one was read."""

    id: str
    label: str
    asserts: tuple[str, ...]
    strong: frozenset[str]
    weak: frozenset[str]


@lru_cache(maxsize=1)
def problems() -> tuple[Problem, ...]:
    """The kinds of problem, the most telling first and ``other`` last."""
    return tuple(
        Problem(
            id=row["id"],
            label=row["label"],
            asserts=tuple(row.get("asserts", ())),
            strong=frozenset(row["strong"]),
            weak=frozenset(row["weak"]),
        )
        for row in _table()["problems"]
    )


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Every question, in the order asked."""
    table = _table()
    return tuple(_question(row, table["sources"]) for row in table["questions"])


def problem(problem_id: str) -> Problem | None:
    """The kind of that name."""
    return next((p for p in problems() if p.id == problem_id), None)


def problem_of(text: str, history: History) -> str:
    """The kind of problem that the reading points to; ``other`` when it points nowhere."""
    known = vocabulary()
    named = {f.concept.id for f in (*history.symptoms, *history.sites)} | _conditions_in(text)
    read = named | {above for concept in named for above in known.ancestors(concept)}
    strong = (p.id for p in problems() if p.strong & read)
    weak = (p.id for p in problems() if p.weak & read)
    return next(strong, None) or next(weak, "other")


def open_questions(
    problem_id: str,
    text: str,
    history: History,
    *,
    sex: str = "",
    age: float | None = None,
    steps: tuple[Step, ...] = ("problem", "person", "more"),
) -> tuple[Question, ...]:
    """What that kind of problem still leaves open once the asker's own words were read."""
    told = {f.concept.id for f in (*history.symptoms, *history.absent)} | _conditions_in(text)
    words = text.lower().replace("’", "'")
    return tuple(
        question
        for row in questions()
        if row.step in steps
        and row.is_for(problem_id)
        and _is_for_person(row, sex, age)
        and not (row.unless_asked and history.asks)
        and not any(phrase in words for phrase in row.told_words)
        and (question := _still_open(row, told))
    )


def _conditions_in(text: str) -> set[str]:
    mentioned = {c for mention in vocabulary().mentions(text) for c in mention.concepts}
    return {c for c in mentioned if c.startswith("condition:")}


def _is_for_person(question: Question, sex: str, age: float | None) -> bool:
    youngest, oldest = question.ages
    return not (
        (question.not_for and question.not_for == sex)
        or (age is not None and not youngest <= age <= oldest)
    )


def _still_open(question: Question, told: set[str]) -> Question | None:
    """The question without what was told; None when nothing of it is left."""
    if question.told_by & told:
        return None
    left = tuple(o for o in question.options if not o.told_by & told)
    if len(left) == len(question.options):
        return question
    fixed = all(o.id in (NONE, UNKNOWN) for o in left)
    return None if fixed else replace(question, options=left)


def _question(row: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]) -> Question:
    source = sources[row["source"]]
    return Question(
        id=row["id"],
        step=row["step"],
        kind=row["kind"],
        ask=row["ask"],
        panel=row["panel"],
        hint=row.get("hint", ""),
        problems=frozenset(row["for"]),
        options=tuple(_options(row)),
        asserts=tuple(row.get("asserts", ())),
        told_by=frozenset(row.get("told_by", ())),
        told_words=tuple(row.get("told_words", ())),
        not_for=row.get("not_for", ""),
        ages=tuple(row.get("ages", (0, 200))),
        unless_asked=row.get("unless_asked", False),
        source=source["title"],
        source_url=source["url"],
    )


def _options(row: Mapping[str, Any]) -> Iterator[Option]:
    """The options of a row, then "no" or "none", then "I don't know", which is always there."""
    if row["kind"] == "yes_no":
        yield Option(id=YES, label="Yes", asserts=tuple(row.get("asserts", ())))
        yield Option(id=NO, label="No")
    for option in row.get("options", ()):
        yield Option(
            id=option["id"],
            label=option["label"],
            asserts=tuple(option.get("asserts", ())),
            told_by=frozenset(option.get("told_by", ())),
        )
    if "none" in row:
        yield Option(id=NONE, label=row["none"])
    yield Option(id=UNKNOWN, label=I_DO_NOT_KNOW)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table
