"""In which state an opinion may be written or signed."""

from __future__ import annotations

from milium_site.opinions.models import Opinion
from milium_site.opinions.workflow import DRAFT


class Refused(Exception):
    """The opinion cannot take this now. The message says why, to its author."""


class StaleDraft(Refused):
    """The draft was saved elsewhere since this page was opened. ``saved`` is what stands there now."""

    def __init__(self, saved: Opinion) -> None:
        self.saved = saved
        super().__init__(
            "Your answer was also changed in another tab or on another device. Both texts are on this page."
        )


def check_is_draft(opinion: Opinion) -> None:
    """Signed words are changed by amending, never by saving over them."""
    if opinion.state != DRAFT:
        raise Refused("You have signed this answer. Its words can no longer be changed here.")


def check_has_words(opinion: Opinion) -> None:
    """An answer says something."""
    if not opinion.text.strip():
        raise Refused("There is nothing to sign yet. Write your answer first.")
