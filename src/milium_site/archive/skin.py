"""The asker's skin type, from what they answered the sun does to their skin (Fitzpatrick's six types). Pure."""

from __future__ import annotations

from functools import cache

from milium_site.cases.models import Case
from milium_site.cases.queries import answers_of
from milium_site.cases.questions import questions


QUESTION = "skin_type"
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V", "6": "VI"}


def skin_type_of(case: Case) -> str:
    """``1`` to ``6``; empty when it was not asked or not answered."""
    chosen = answers_of(case).chosen(QUESTION)
    return next((one for one in chosen if one in ROMAN), "")


@cache
def skin_in_words(skin_type: str) -> str:
    """The type with what it means: ``II, burns easily, tans a little``; empty for none."""
    asked = next((q for q in questions() if q.id == QUESTION), None)
    if asked is None or skin_type not in ROMAN:
        return ""
    return f"{ROMAN[skin_type]}, {asked.label_of(skin_type).lower()}"
