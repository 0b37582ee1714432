"""What an asker can type and tick on the pages of their case."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import QueryDict

from milium_site.outcomes.actions import Told
from milium_site.outcomes.models import Outcome


class WordsToPanel(forms.Form):
    """What the asker writes to their panel. ``answers`` names the question, empty for something of their own accord."""

    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your answer first."},
    )

    def clean_text(self) -> str:
        """Raises when the text is longer than specialists can be asked to read."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        limit = settings.MILIUM_TEXT_LIMIT
        if len(text) > limit:
            raise forms.ValidationError(
                f"Your text has {len(text):,} characters; {limit:,} is the most we can take. "
                "Keep what matters most."
            )
        return text


class OutcomeForm(forms.Form):
    """The follow-up. ``options`` are the rows of the comparison: the concept's id and its name."""

    chosen = forms.MultipleChoiceField(
        label="What did you do?",
        help_text="Tick all that you did. Leave it empty for none of these.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    helped = forms.ChoiceField(
        label="Did it help?",
        choices=Outcome.HELPED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the answer that fits best."},
    )
    side_effects = forms.CharField(
        label="Any side effects?",
        help_text="Unwanted effects, such as burning or dryness. Leave it empty for none.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label="Anything else?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        options: tuple[tuple[str, str], ...],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.options = options
        field = self.fields["chosen"]
        field.choices = options  # type: ignore[attr-defined] # the field is declared above
        if not options:
            del self.fields["chosen"]

    @property
    def told(self) -> Told:
        """The answers, once the form is valid."""
        given, names = self.cleaned_data, dict(self.options)
        return Told(
            chosen=tuple({"id": id_, "name": names[id_]} for id_ in given.get("chosen", ())),
            helped=given["helped"],
            side_effects=given["side_effects"],
            words=given["words"],
        )


class TellMe(forms.Form):
    """Where to write when somebody answers."""

    email = forms.EmailField(
        label="Your e-mail",
        required=True,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Write your e-mail address.",
            "invalid": "This is not an e-mail address. One looks like name@example.org.",
        },
    )


class Sure(forms.Form):
    """Asked once before something is gone for good."""

    sure = forms.BooleanField(
        label="Yes, I want this to be gone",
        error_messages={"required": "Tick the box if you want this to be gone."},
    )

    def __init__(
        self, data: QueryDict | None = None, *, label: str = "", prefix: str | None = None
    ) -> None:
        super().__init__(data, prefix=prefix)
        if label:
            self.fields["sure"].label = label


class Leaving(Sure):
    """Asked before an account is deleted: whether its cases go with it."""

    cases = forms.BooleanField(label="Erase the cases in it too", required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label="Yes, delete my account")
