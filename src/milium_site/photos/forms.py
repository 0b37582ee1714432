"""What the asker says of a photo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from milium_site.cases.models import Case
from milium_site.photos.actions import Shows
from milium_site.photos.models import Photo
from milium_site.photos.policies import is_minor
from milium_site.photos.words import places_of, words_for


UPLOAD = re.compile(r"[A-Za-z0-9_-]{16,64}")
MINORS = ("minor", "Yes, and the person is under 18")
INTIMATE_HINT = (
    "The genitals, buttocks or breasts. Show them only if a clinician asked, or if words cannot say it: "
    "the panel and a moderator will see them. We take none of anybody under 18."
)


class ShowsForm(forms.Form):
    """View, place, side, and the two questions that are asked of every photo."""

    view = forms.ChoiceField(
        label="Which photo is this?",
        choices=Photo.VIEWS,
        widget=forms.RadioSelect,
        error_messages={"required": "Say which photo this is."},
    )
    site = forms.ChoiceField(label="Which part of the body?", required=False)
    side = forms.ChoiceField(label="Which side?", choices=Photo.SIDES, required=False)
    knowable = forms.ChoiceField(
        label="Can a face be seen in it, or a tattoo, a name or another mark that somebody could know?",
        choices=Photo.KNOWABLE,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether somebody could be known from the photo."},
    )
    intimate = forms.ChoiceField(
        label="Does it show an intimate area?",
        help_text=INTIMATE_HINT,
        widget=forms.RadioSelect,
        error_messages={"required": "Say if the photo shows an intimate part of the body."},
    )
    alt = forms.CharField(
        label="What it shows, in words",
        help_text="For people who cannot see it. Leave it empty and we write it from the place and the view.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Keep it under 200 letters."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        case: Case,
        photo: Photo | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.before = photo
        places = dict(places_of(case))
        if photo and photo.site and photo.site not in places:
            # The words were changed since: what was said of the photo stands.
            places[photo.site] = words_for(site=photo.site, view="other", side="")
        self._choices("site", [*places.items(), ("", "Another place")])
        minors = [("no", "No"), ("minor", "Yes")]
        self._choices("intimate", minors if is_minor(case) else [*Photo.INTIMATE, MINORS])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (says to the type checker what is written above)
        field.choices = choices

    @property
    def shows(self) -> Shows:
        """What a valid form says."""
        names = (field.name for field in fields(Shows))
        data = {name: self.cleaned_data[name] for name in names}
        if data["alt"].strip() in {"", _words_of(self.before)}:
            data["alt"] = words_for(site=data["site"], view=data["view"], side=data["side"])
        return Shows(**data)


def _words_of(photo: Photo | None) -> str:
    # Words that Milium wrote follow the place and the view; words that the asker wrote stay.
    return words_for(site=photo.site, view=photo.view, side=photo.side) if photo else ""


class PhotoForm(ShowsForm):
    """The same, with the file and the number that makes sending twice sending once."""

    photo = forms.FileField(
        label="The photo",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "data-photo": ""}),
        error_messages={"required": "Choose a photo, or take one."},
    )
    upload = forms.CharField(widget=forms.HiddenInput)
    original = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    field_order = ("view", "photo", "site", "side", "knowable", "intimate", "alt")

    def clean_upload(self) -> str:
        """The number, if it is one that this site could have given out."""
        upload = str(self.cleaned_data["upload"])
        if not UPLOAD.fullmatch(upload):
            raise forms.ValidationError("Open this page again, then add the photo once more.")
        return upload


class CoveredForm(forms.Form):
    """A photo that is here already, as its asker cropped or covered it."""

    covered = forms.FileField(allow_empty_file=True)
