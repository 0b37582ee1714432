"""What the asker ticked on the intake form; answers count as features beside the words of the text."""

from __future__ import annotations

from dataclasses import dataclass, fields

from milium.statements.history import Sex


_UNDER_THREE_MONTHS = 0.25
_CHILD_UNDER = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Answers of the form. ``None`` means not asked or not answered; an answer "no" never silences the text.

    ``age`` is in years (``0.1`` is five weeks), ``country`` an ISO 3166 code such as ``US``.
    """

    country: str | None = None
    age: float | None = None
    sex: Sex | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    immune_suppressed: bool | None = None
    diabetes: bool | None = None
    fever: bool | None = None
    very_unwell: bool | None = None
    breathing_trouble: bool | None = None
    new_medicine: bool | None = None
    mouth_sores: bool | None = None
    eye_sore: bool | None = None
    blisters: bool | None = None
    severe_pain: bool | None = None
    spreading_fast: bool | None = None
    bleeding: bool | None = None
    bleeding_lesion: bool | None = None
    genital_sores: bool | None = None
    hot_red_swollen: bool | None = None
    mole_change: bool | None = None
    mole_named: bool | None = None
    mood_low: bool | None = None
    nail_streak: bool | None = None
    nonblanching: bool | None = None
    pus: bool | None = None
    rash: bool | None = None
    redness_spreading: bool | None = None

    def features(self) -> frozenset[str]:
        """The features that the answers assert."""
        ticked = {f.name for f in fields(self) if getattr(self, f.name) is True}
        ticked.discard("breastfeeding")
        if self.age is not None and self.age < _UNDER_THREE_MONTHS:
            ticked.add("infant_under_3_months")
        if self.age is not None and self.age < _CHILD_UNDER:
            ticked.add("child")
        return frozenset(ticked)
