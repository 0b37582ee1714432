"""What moderators and reporters send."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from milium_site.moderation.reasons import wrongs


LONGEST = 1000


class DecisionForm(forms.Form):
    """A decision with its reason: a canned one, own words, or both."""

    DO: ClassVar = [
        (what, what)
        for what in (
            "open",
            "hold",
            "return",
            "remove",
            "mask",
            "hide",
            "ban",
            "ban-asker",
            "drop-photo",
            "show-photos",
            "hold-message",
            "remove-message",
            "mask-message",
            "undo",
        )
    ]

    do = forms.ChoiceField(choices=DO)
    seen = forms.CharField(max_length=64, required=False)
    about = forms.CharField(max_length=40, required=False)
    canned = forms.CharField(max_length=1000, required=False)
    words = forms.CharField(max_length=LONGEST, required=False)
    also = forms.CharField(max_length=200, required=False, strip=False)
    mask = forms.CharField(max_length=60, required=False)
    network = forms.BooleanField(required=False)

    @property
    def reason(self) -> str:
        """What the author reads."""
        said = (self.cleaned_data["canned"], self.cleaned_data["words"])
        return " ".join(part.strip() for part in said if part.strip())


class ReportForm(forms.Form):
    """What is wrong, by a list and in own words."""

    reasons = forms.MultipleChoiceField(
        label="What is wrong with it?",
        choices=[(w.id, w.label) for w in wrongs()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one."},
    )
    words = forms.CharField(
        label="Say more, if you like",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A moderator reads this. Leave out what tells who you are.",
    )


class RecordForm(forms.Form):
    """What to show of the record."""

    case = forms.CharField(label="Case", required=False, max_length=16)
    verb = forms.CharField(label="Done", required=False, max_length=30)
    kind = forms.CharField(label="To what", required=False, max_length=20)
    actor = forms.CharField(
        label="By whom",
        required=False,
        max_length=40,
        help_text="A user’s number, or: asker, program, nobody.",
    )
