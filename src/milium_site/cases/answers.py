"""What an asker answered: kept by question, told apart from what was not answered and what was not asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from milium.api import Intake, Sex
from milium_site.cases.questions import NONE, UNKNOWN, Question, problem, questions


Given = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """``asked`` maps a question that was shown to the options it had; ``given`` holds what was chosen or written."""

    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a case keeps it."""
        return {
            "asked": {k: list(v) for k, v in self.asked.items()},
            "given": {k: v if isinstance(v, str) else list(v) for k, v in self.given.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answers:
        """As a case kept it; an empty mapping is nothing asked."""
        given = data.get("given", {}).items()
        return cls(
            asked={k: tuple(v) for k, v in data.get("asked", {}).items()},
            given={k: v if isinstance(v, str) else tuple(v) for k, v in given},
        )

    def with_page(self, shown: tuple[Question, ...], given: Mapping[str, Given]) -> Answers:
        """These answers after a page that showed ``shown``: an answer taken back is gone."""
        ids = {q.id for q in shown}
        kept = {k: v for k, v in self.given.items() if k not in ids}
        asked = {q.id: tuple(o.id for o in q.options) for q in shown}
        return replace(self, asked={**self.asked, **asked}, given={**kept, **given})

    def for_problem(self, problem_id: str, sex: str) -> Answers:
        """Only what is asked of that kind of problem and person: what was answered of another counts no more."""
        ids = {q.id for q in questions() if q.is_for(problem_id) and (q.not_for or "-") != sex}
        return replace(
            self,
            asked={k: v for k, v in self.asked.items() if k in ids},
            given={k: v for k, v in self.given.items() if k in ids},
        )

    def chosen(self, question_id: str) -> tuple[str, ...]:
        """The options chosen, none when it was not answered."""
        value = self.given.get(question_id, ())
        return (value,) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answered question, for the panel: its short name and the answer in words; ``not_ticked`` of a list of signs."""

    name: str
    answer: str
    not_ticked: str = ""


def asserted(problem_id: str, answers: Answers) -> dict[str, bool]:
    """The fields of ``milium.api.Intake`` that the answers and the kind of problem assert. A "no" asserts nothing."""
    chosen_problem = problem(problem_id)
    fields = set(chosen_problem.asserts if chosen_problem else ())
    for question in questions():
        chosen = answers.chosen(question.id)
        fields |= {f for o in question.options if o.id in chosen for f in o.asserts}
    return dict.fromkeys(fields, True)


def intake_of(problem_id: str, answers: Answers, *, age: float | None, sex: Sex | None) -> Intake:
    """The answers as triage takes them, with what is known of the person."""
    said: dict[str, Any] = dict(asserted(problem_id, answers))
    return Intake(age=age, sex=sex, **said)


def answered(answers: Answers) -> Iterator[Told]:
    """Every answer in words, in the order asked."""
    for question in questions():
        if chosen := answers.chosen(question.id):
            yield Told(
                name=question.panel,
                answer=", ".join(_in_words(question, value) for value in chosen),
                not_ticked=_not_ticked(question, chosen, answers.asked.get(question.id, ())),
            )


def not_answered(answers: Answers) -> list[str]:
    """What was asked and left open."""
    return [q.panel for q in questions() if q.id in answers.asked and q.id not in answers.given]


def not_asked(problem_id: str, answers: Answers, sex: str = "") -> list[str]:
    """What belongs to that kind of problem and was never asked, often because the asker's words held it already."""
    return [
        q.panel
        for q in questions()
        if q.id not in answers.asked and q.is_for(problem_id) and (q.not_for or "-") != sex
    ]


def _in_words(question: Question, value: str) -> str:
    text = question.label_of(value)
    own_words = question.kind == "words" and value not in {o.id for o in question.options}
    return text if own_words else text[:1].lower() + text[1:]


def _not_ticked(question: Question, chosen: tuple[str, ...], shown: tuple[str, ...]) -> str:
    """The signs of a list that were seen and left alone; nothing for one answer among several, or for "I don't know"."""
    if question.kind != "many" or {NONE, UNKNOWN} & {*chosen} or question.step != "problem":
        return ""
    left = (o for o in question.options if o.id in shown and o.id not in chosen)
    return ", ".join(o.label.lower() for o in left if o.id not in (NONE, UNKNOWN))
