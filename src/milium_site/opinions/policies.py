"""In which state an opinion may be written, signed, changed after signing or replied to."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.cases.workflow import ANSWERED, CLOSED, OPEN, WITH_PANEL
from milium_site.opinions.models import Amendment, Opinion
from milium_site.opinions.workflow import DRAFT, STANDING


class Refused(Exception):
    """The opinion cannot take this now. The message says why, to its author."""


class StaleDraft(Refused):
    """The draft was saved elsewhere since this page was opened. ``saved`` is what stands there now."""

    def __init__(self, saved: Opinion | Amendment) -> None:
        self.saved = saved
        super().__init__(
            "Your answer was also changed in another tab or on another device. Both texts are on this page."
        )


class NoPlace(Refused):
    """Every place on the panel is held by somebody else."""

    def __init__(self) -> None:
        super().__init__("No place on this case is free now. What you wrote is kept.")


def check_case_is_open(case: Case) -> None:
    """An answer is signed while the case asks for one; a moderator may hold it at any instant."""
    if case.state != OPEN:
        raise Refused(
            "This case takes no answers now: it was closed, taken back, or a moderator is looking at it. "
            "Your draft is kept as you wrote it."
        )


def check_can_change(opinion: Opinion, case: Case) -> None:
    """A signed answer is amended or withdrawn while its case is with the panel."""
    if case.state not in WITH_PANEL:
        raise Refused(
            "A moderator is looking at this case, so nothing in it can be changed now. What you wrote is kept."
        )
    if opinion.state not in STANDING:
        raise Refused("Only a signed answer that was not withdrawn can be changed.")


def can_reply(opinion: Opinion, case: Case) -> bool:
    """Whether a reply to a difference would be taken."""
    return case.state in {ANSWERED, CLOSED} and opinion.state in STANDING


def check_can_reply(opinion: Opinion, case: Case) -> None:
    """Differences are spoken about once everybody has signed: nothing can sway an answer then."""
    if case.state not in {ANSWERED, CLOSED}:
        raise Refused("You can respond to a difference once everybody on the panel has signed.")
    if opinion.state not in STANDING:
        raise Refused("An answer that was withdrawn has no part in the comparison.")


def check_reason(because: str) -> str:
    """A change after signing says why: the person reads it. The reason without space around it."""
    if not because.strip():
        raise Refused("Say why, in a sentence. The person reads it.")
    return because.strip()


def check_is_draft(opinion: Opinion) -> None:
    """Signed words are changed by amending, never by saving over them."""
    if opinion.state != DRAFT:
        raise Refused("You have signed this answer. Its words can no longer be changed here.")


def check_has_words(opinion: Opinion | Amendment) -> None:
    """An answer says something."""
    if not opinion.text.strip():
        raise Refused("There is nothing to sign yet. Write your answer first.")
