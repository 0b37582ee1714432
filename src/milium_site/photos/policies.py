"""Which photos may be sent, and when."""

from __future__ import annotations

from milium.api import vocabulary
from milium_site.cases.models import Case
from milium_site.cases.workflow import (
    ANSWERED,
    DRAFT,
    HELD,
    OPEN,
    REMOVED,
    RETURNED,
    SCREENING,
    STOPPED,
    SUBMITTED,
    WITH_ASKER,
)
from milium_site.photos.limits import MOST_OF_A_CASE


# As long as somebody may still answer. Photos of a draft belong to the draft.
TAKES_PHOTOS = frozenset({DRAFT, RETURNED, SUBMITTED, STOPPED, SCREENING, OPEN, ANSWERED})
# A photo can be taken away whatever the state.
NO_MORE = {
    HELD: "A moderator is looking at your case. Until they are done, no photo can be added or changed.",
    REMOVED: "A moderator took your case down. No photo can be added or changed any more.",
}
OVER = "This case is closed. No photo can be added or changed any more."
ADULT = 18
INTIMATE = (
    "site:genital-area",
    "site:pubic-area",
    "site:perineum",
    "site:perianal-area",
    "site:buttock",
    "site:breast",
)
NO_MINORS = (
    "We take no photo of an intimate part of a person under 18, no matter who sends it. It was not kept. "
    "Show the skin to a doctor or nurse in person: your own doctor, a walk-in clinic, or a children’s clinic. "
    "You can still ask here in words."
)
AGE_FIRST = "Tell us the person’s age before you add a photo of an intimate area. It was not kept."


class PhotoRefused(Exception):
    """This photo cannot be added or changed. The message says why and what to do, to the person.

    ``field`` names the question it is about, if any.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def takes_photos(case: Case) -> bool:
    """Whether a photo can be added or changed by the asker now."""
    return case.state in TAKES_PHOTOS


def why_no_photos(case: Case) -> str:
    """Why no photo can be added or changed now, to the asker; empty when one can."""
    return "" if takes_photos(case) else NO_MORE.get(case.state, OVER)


def waits(case: Case, screening: str) -> bool:
    """Whether a photo added now waits for a moderator: where cases do, what comes after sending does as well."""
    return screening == "moderator" and case.state not in WITH_ASKER


def is_minor(case: Case) -> bool:
    """Whether the case is about somebody under 18, or about a child of whatever age."""
    return case.who_for == "child" or (case.age is not None and case.age < ADULT)


def check_takes_photos(case: Case) -> None:
    """Raises ``PhotoRefused`` once nobody answers the case any more, and while a moderator holds it."""
    if reason := why_no_photos(case):
        raise PhotoRefused(reason)


def check_room(photos: int) -> None:
    """Raises ``PhotoRefused`` when a case that has so many takes no more."""
    if photos >= MOST_OF_A_CASE:
        raise PhotoRefused(
            f"A case takes {MOST_OF_A_CASE} photos. Remove one that shows less, then add this one."
        )


def check_intimate(case: Case, *, site: str, intimate: str) -> None:
    """Raises ``PhotoRefused`` for an intimate photo of a minor, or of somebody whose age nobody said."""
    shows = intimate != "no" or is_intimate(site)
    if shows and (intimate == "minor" or is_minor(case)):
        raise PhotoRefused(NO_MINORS, "intimate")
    if shows and case.age is None:
        raise PhotoRefused(AGE_FIRST, "intimate")
    if is_intimate(site) and intimate == "no":
        raise PhotoRefused(
            "You chose an intimate place. Say whether a clinician asked for the photo, or choose another place.",
            "intimate",
        )


def is_intimate(site: str) -> bool:
    """Whether a place of the vocabulary is an intimate area."""
    known = vocabulary()
    return site in known and any(known.is_a(site, area) for area in INTIMATE)
