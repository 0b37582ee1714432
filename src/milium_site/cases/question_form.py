"""The questions that are open, as a form: every one may stay empty, and "I don't know" is always an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from milium_site.cases.answers import Answers, Given
from milium_site.cases.questions import NONE, UNKNOWN, Option, Question, Step


PREFIX = "q_"
WORDS = "_words"
WORDS_LIMIT = 300


class QuestionsForm(forms.Form):
    """A field for each open question, named ``q_<id>``; answers in words have a second, ``q_<id>_words``."""

    def __init__(
        self, shown: tuple[Question, ...], answers: Answers, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=_initial(shown, answers))
        self.shown = shown
        for question in shown:
            self.fields.update(_fields(question))

    @property
    def person(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """The questions on the person's safety, each with its fields."""
        return self._on("person")

    @property
    def more(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """The questions that may wait, each with its fields."""
        return self._on("more")

    @property
    def more_open(self) -> bool:
        """Whether any question that may wait was answered or refused, so that its fold is opened."""
        return any(field.errors or field.value() for _, fields in self.more for field in fields)

    def _on(self, step: Step) -> list[tuple[Question, list[forms.BoundField]]]:
        return [
            (q, [self[name] for name in self.fields if name in _names(q)])
            for q in self.shown
            if q.step == step
        ]

    @property
    def given(self) -> Mapping[str, Given]:
        """What was answered, once the form is valid; a question left alone is not in it."""
        found = {q.id: self._given(q) for q in self.shown}
        return {name: value for name, value in found.items() if value}

    def _given(self, question: Question) -> Given:
        value = self.cleaned_data[PREFIX + question.id]
        if question.kind == "words":
            words = " ".join(self.cleaned_data[PREFIX + question.id + WORDS].split())
            return words or str(value)
        if question.kind == "many":
            # "None of these" beside a sign that was ticked: the sign counts.
            signs = tuple(v for v in value if v not in (NONE, UNKNOWN))
            return signs or tuple(value[:1])
        return str(value)


def _names(question: Question) -> tuple[str, str]:
    return PREFIX + question.id, PREFIX + question.id + WORDS


def _fields(question: Question) -> dict[str, forms.Field]:
    name = PREFIX + question.id
    options = [(o.id, o.label) for o in question.options]
    common: dict[str, Any] = {
        "label": question.ask,
        "help_text": question.hint,
        "required": False,
    }
    if question.kind == "many":
        many = forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}), **common
        )
        return {name: many}
    one = forms.ChoiceField(
        choices=options,
        widget=forms.RadioSelect(attrs={"class": "row" if question.kind == "yes_no" else "ticks"}),
        **common,
    )
    if question.kind != "words":
        return {name: one}
    words = forms.CharField(
        label="Which?",
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    return {name: one, name + WORDS: words}


def _initial(shown: tuple[Question, ...], answers: Answers) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for question in shown:
        chosen = answers.chosen(question.id)
        name = PREFIX + question.id
        if question.kind == "many":
            initial[name] = list(chosen)
        elif chosen and question.kind == "words" and not _is_option(chosen[0], question.options):
            initial[name + WORDS] = chosen[0]
        elif chosen:
            initial[name] = chosen[0]
    return initial


def _is_option(value: str, options: tuple[Option, ...]) -> bool:
    return value in {o.id for o in options}
