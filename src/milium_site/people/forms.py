"""What people type on the pages of this app."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from typing_extensions import override

from milium.api import Kind, places, vocabulary
from milium_site.people.actions import Found, Said
from milium_site.people.models import User
from milium_site.people.policies import a_year_after
from milium_site.people.professions import name_of, specialties
from milium_site.people.queries import address_is_taken
from milium_site.people.registers import WrongNumber, register_of, registers, registers_in


MOST_BYTES = 5 * 1024 * 1024
# How a file that is let in begins, and the ending it is stored with.
KINDS_OF_EVIDENCE = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
SHORT, LONG = 120, 1000


def countries() -> list[tuple[str, str]]:
    """Every country that is known, by name."""
    known = sorted((place.name, code) for code, place in places().items())
    return [("", "Choose"), *((code, name) for name, code in known), ("ZZ", "Another country")]


class ApplicationForm(forms.Form):
    """Who somebody is, where they are registered, and what they are paid for."""

    name = forms.CharField(
        label="Your name, as the register has it",
        max_length=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    profession = forms.CharField(
        label="Your profession, as an asker reads it",
        help_text="Such as dermatologist.",
        max_length=SHORT,
    )
    specialty = forms.ChoiceField(label="Your specialty")
    country = forms.ChoiceField(label="The country of your registration")
    register = forms.ChoiceField(label="The public register")
    register_name = forms.CharField(
        label="If it is another register: its name and web address", required=False, max_length=200
    )
    number = forms.CharField(
        label="Your registration number",
        help_text="US: the NPI, 10 digits. UK: the GMC number, 7 digits. Australia: 3 letters and 10 digits.",
        max_length=60,
    )
    board = forms.CharField(
        label="Board or specialist register, with its name",
        help_text="Such as: American Board of Dermatology, Maine.",
        required=False,
        max_length=SHORT,
    )
    evidence = forms.FileField(
        label="A document that shows it",
        help_text="A PDF or a picture (JPEG or PNG) of at most 5 MB. Only moderators can open it. We erase it as soon as we have decided on your application.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    conflicts = forms.CharField(
        label="What you sell, or are paid for, that has to do with skin",
        help_text="Products, procedures, talks, shares. Askers read this beside your answers. Write “nothing” if there is nothing.",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kwargs)
        self._choose_from("specialty", [("", "Choose"), *specialties()])
        self._choose_from("country", countries())
        self._choose_from(
            "register", [("", "Choose"), *((r.id, r.name) for r in registers().values())]
        )

    def _choose_from(self, field: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[field]).choices = choices

    def clean_evidence(self) -> UploadedFile[bytes] | None:
        """A PDF or a picture by its first bytes, not by its name."""
        file: UploadedFile[bytes] | None = self.cleaned_data["evidence"]
        if not file:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 5 MB. Choose a smaller one.")
        start = file.read(8)
        file.seek(0)
        ending = next((e for magic, e in KINDS_OF_EVIDENCE.items() if start.startswith(magic)), "")
        if not ending:
            raise forms.ValidationError("This is no PDF, JPEG or PNG file. Choose another one.")
        file.name = f"evidence{ending}"
        return file

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not {"country", "register", "number"} <= set(given):
            return given
        register = register_of(given["register"])
        if register not in registers_in(given["country"]) and register.id != "other":
            self.add_error("register", "This is the register of another country.")
        elif not register.search and not given.get("register_name"):
            self.add_error("register_name", "Say which register it is.")
        try:
            given["number"] = register.checked(given["number"])
        except WrongNumber as error:
            self.add_error("number", str(error))
        return given

    @property
    def said(self) -> Said:
        """What they say of themselves."""
        given = {name: self.cleaned_data[name] for name in self.fields if name != "evidence"}
        return Said(**given)


class CheckForm(forms.Form):
    """What the register shows of somebody, as the checker read it there."""

    seen_name = forms.CharField(label="Name in the register", max_length=SHORT)
    seen_number = forms.CharField(label="Number in the register", max_length=60)
    seen_status = forms.CharField(
        label="Status in the register", help_text="Such as: registered with a licence to practise.",
        max_length=SHORT,
    )  # fmt: skip
    seen_specialty = forms.CharField(
        label="Specialty in the register", required=False, max_length=SHORT
    )
    expires_on = forms.DateField(
        label="Counts until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Needed when something differs. The applicant reads it when you refuse.",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, says: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's own)
        kwargs.setdefault("initial", {"expires_on": a_year_after(timezone.localdate())})
        super().__init__(*args, **kwargs)
        self.says = says

    def clean_expires_on(self) -> date:
        """Between today and two years from now: nobody is checked for ever."""
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= a_year_after(a_year_after(today)):
            raise forms.ValidationError("Choose a day from today to two years from now.")
        return day

    @property
    def differences(self) -> frozenset[str]:
        """The fields that the register shows otherwise than the applicant says."""
        return frozenset(
            name
            for name, said in self.says.items()
            if (shown := str(self[f"seen_{name}"].value() or ""))
            and _folded(shown) != _folded(said)
        )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        differ = self.differences & {"name", "number"}
        if differ and not given.get("reason"):
            words = " and ".join(sorted(differ))
            self.add_error(
                "reason",
                f"The register shows another {words}. Say why it is still the same person.",
            )
        return given

    def found_in(self, register: str, register_name: str) -> Found:
        """What was checked, as it is kept."""
        given = self.cleaned_data
        seen = {name: given[f"seen_{name}"] for name in ("name", "number", "status", "specialty")}
        return Found(
            register=register,
            register_name=register_name,
            number=given["seen_number"],
            seen={name: value for name, value in seen.items() if value},
        )


class ReasonForm(forms.Form):
    """A decision that must be explained."""

    reason = forms.CharField(
        label="Reason", max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )


class InviteForm(ReasonForm):
    """Somebody who shall moderate or operate."""

    email = forms.EmailField(label="E-mail address")
    name = forms.CharField(label="Name", max_length=SHORT)
    what = forms.ChoiceField(
        label="As",
        choices=[("make_moderator", "moderator"), ("make_operator", "operator")],
    )
    field_order = ("email", "name", "what", "reason")

    def clean_email(self) -> str:
        """An address without an account: one with an account is in the list."""
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if address_is_taken(email):
            raise forms.ValidationError("There is an account with this address: it is in the list.")
        return email


class ProfileForm(forms.Form):
    """What a specialist wants to be asked, and what they are paid for."""

    specialties = forms.MultipleChoiceField(
        label="Specialties", required=False, widget=forms.CheckboxSelectMultiple
    )
    sites = forms.CharField(
        label="Places on the body",
        help_text="Separated by commas, such as: scalp, nails.",
        required=False,
        max_length=LONG,
    )
    conditions = forms.CharField(
        label="Conditions",
        help_text="Separated by commas, such as: psoriasis, acne.",
        required=False,
        max_length=LONG,
    )
    conflicts = forms.CharField(
        label="What you sell, or are paid for, that has to do with skin",
        help_text="Askers read this beside your answers.",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["specialties"]).choices = specialties()

    def clean_sites(self) -> list[str]:
        """Places as the vocabulary knows them."""
        return self._concepts("sites", "site")

    def clean_conditions(self) -> list[str]:
        """Conditions as the vocabulary knows them."""
        return self._concepts("conditions", "condition")

    def _concepts(self, field: str, kind: Kind) -> list[str]:
        names = [" ".join(name.split()) for name in self.cleaned_data[field].split(",")]
        found = {name: vocabulary().lookup(name, kind) for name in names if name}
        unknown = [name for name, concept in found.items() if concept is None]
        if unknown:
            raise forms.ValidationError(f"We do not know: {', '.join(unknown)}. Try another name.")
        return [concept.id for concept in found.values() if concept]

    @property
    def interests(self) -> list[str]:
        """Every concept they chose, by id."""
        given = self.cleaned_data
        return [*given["specialties"], *given["sites"], *given["conditions"]]


def profile_from(conflicts: str, interests: list[str]) -> dict[str, object]:
    """A profile as the form shows it."""

    def named(kind: str) -> str:
        return ", ".join(name_of(id_) for id_ in interests if id_.startswith(f"{kind}:"))

    return {
        "conflicts": conflicts,
        "specialties": [id_ for id_ in interests if id_.startswith("specialty:")],
        "sites": named("site"),
        "conditions": named("condition"),
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(".", " ").split())
