"""What an asker can type and tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from typing_extensions import override

from milium.api import Concept, ConceptRef, vocabulary
from milium_site.cases import countries, durations
from milium_site.cases.actions import About
from milium_site.cases.corrections import KIND_OF, PARTS, RESPONSES, Added, Corrections, Part
from milium_site.cases.models import Case
from milium_site.cases.questions import problems


WORDS_LIMIT = 60


def one_line_breaks(text: str) -> str:
    """Browsers send line breaks as two characters; quotes are counted in a text with one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class WordsForm(forms.Form):
    """The one box. Its length is checked here, not by the browser, which would cut a pasted text without a word."""

    text = forms.CharField(
        label="What is going on with your skin?",
        help_text="Where is it? How does it feel? Since when? What did you try?",
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Tell us what is going on, in your own words."},
    )

    def clean_text(self) -> str:
        """Raises when the text is longer than specialists can be asked to read."""
        text = one_line_breaks(self.cleaned_data["text"])
        limit = settings.MILIUM_TEXT_LIMIT
        if len(text) > limit:
            raise forms.ValidationError(
                f"Your text has {len(text):,} characters; {limit:,} is the most we can take. "
                "Keep what matters most for your skin."
            )
        return text


class AboutForm(forms.Form):
    """Whom the case is about. Everything but the first question may stay empty."""

    who_for = forms.ChoiceField(
        label="Who is this about?", choices=Case.WHO, widget=forms.RadioSelect, initial="self"
    )
    age = forms.IntegerField(
        label="Age in years",
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={
            "invalid": "Write the age as a whole number, such as 42.",
            "min_value": "Write the age as a number from 0 to 120.",
            "max_value": "Write the age as a number from 0 to 120.",
        },
    )
    sex = forms.ChoiceField(
        label="Sex",
        choices=Case.SEX,
        widget=forms.RadioSelect,
        required=False,
    )
    place = forms.CharField(
        label="State or region",
        help_text="Shown as “F, Maine”, never your name.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )
    country = forms.ChoiceField(
        label="Country",
        help_text="For emergency numbers.",
        required=False,
        choices=lambda: [("", "Choose a country"), *countries.choices()],
    )

    @property
    def about(self) -> About:
        """The answers, once the form is valid."""
        given = self.cleaned_data
        return About(
            who_for=given["who_for"],
            age=given["age"],
            sex=given["sex"],
            place=" ".join(given["place"].split()),
            country=given["country"],
        )


class ProblemForm(forms.Form):
    """The kind of problem, when the reading took it for another."""

    problem = forms.ChoiceField(
        label="What kind of problem is it?",
        choices=lambda: [(p.id, p.label) for p in problems()],
        widget=forms.RadioSelect(attrs={"class": "ticks"}),
    )


class DurationForm(forms.Form):
    """For how long it has been there; empty when not known."""

    duration_number = forms.IntegerField(
        label="For how long?",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={
            "invalid": "Write how long as a whole number, such as 2.",
            "min_value": "Write a number from 1 to 999.",
            "max_value": "Write a number from 1 to 999.",
        },
    )
    duration_unit = forms.ChoiceField(
        label="Unit", required=False, choices=list(durations.UNITS.items()), initial="M"
    )

    @property
    def duration(self) -> str:
        """ISO 8601; empty when the asker left it empty."""
        return durations.joined(
            self.cleaned_data["duration_number"], self.cleaned_data["duration_unit"]
        )


class AddForm(forms.Form):
    """One thing that the reading missed. Empty words add nothing."""

    part = forms.ChoiceField(
        label="What did we miss?",
        required=False,
        choices=[
            ("sites", "A place on the body"),
            ("symptoms", "Something I feel or see"),
            ("absent", "Something I do not have"),
            ("tried", "Something I tried"),
        ],
    )
    words = forms.CharField(
        label="In a word or two", required=False, max_length=WORDS_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words = " ".join(given.get("words", "").split())
        part = cast("Part", given.get("part") or "sites")
        given["added"] = self._added(part, words) if words else None
        return given

    def _added(self, part: Part, words: str) -> Added | None:
        concept = vocabulary().lookup(words, KIND_OF[part])
        if concept is None:
            self.add_error(
                "words",
                f"We do not know “{words}” as {ARTICLE[part]}. Try a simpler word, or leave it out: "
                "specialists read your own words too.",
            )
            return None
        return Added(part=part, words=words, concept=reference(concept))

    @property
    def added(self) -> Added | None:
        """What to add, once the form is valid."""
        return cast("Added | None", self.cleaned_data["added"])


ARTICLE: dict[Part, str] = {
    "sites": "a place on the body",
    "symptoms": "a sign or a feeling",
    "absent": "a sign or a feeling",
    "tried": "a treatment",
}


def reference(concept: Concept) -> ConceptRef:
    """A concept as findings carry it."""
    return ConceptRef(id=concept.id, name=concept.name)


def corrections_in(post: QueryDict) -> Corrections:
    """The chips as they were sent: everything shown and not kept was taken away."""
    kept = frozenset(post.getlist("keep"))
    responses = {
        key.removeprefix("response:"): value
        for key, value in post.items()
        if key.startswith("response:") and value in RESPONSES
    }
    return Corrections(
        removed=frozenset(post.getlist("shown")) - kept,
        responses=responses,
        added=tuple(filter(None, map(_added_in, post.getlist("added")))),
    )


def _added_in(value: str) -> Added | None:
    """``part/concept id/words``; ``None`` for what no page of ours has sent."""
    part, _, rest = value.partition("/")
    concept_id, _, words = rest.partition("/")
    known = vocabulary()
    if part not in PARTS or concept_id not in known or not 0 < len(words) <= WORDS_LIMIT:
        return None
    concept = known.concept(concept_id)
    if concept.kind != KIND_OF[part] or known.lookup(words, concept.kind) != concept:
        return None
    return Added(part=part, words=" ".join(words.split()), concept=reference(concept))


def about_from(case: Case) -> Mapping[str, Any]:
    """What the form starts with: what was said before, else what was read in the asker's words."""
    history = case.history
    age = history["age"] if case.age is None else case.age
    return {
        "who_for": case.who_for,
        "age": None if age is None else int(age),
        "sex": case.sex or history["sex"] or "",
        "place": case.place,
        "country": case.country,
    }


def duration_from(case: Case) -> Mapping[str, Any]:
    """What the form of the duration starts with."""
    number, unit = durations.split(case.history["duration"])
    return {"duration_number": number, "duration_unit": unit or "M"}
