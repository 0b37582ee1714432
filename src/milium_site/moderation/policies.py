"""Which decision a case, or something in it, can take; and who may take it."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.cases.workflow import (
    ANSWERED,
    CASE,
    CLOSED,
    HELD,
    OPEN,
    REMOVED,
    RETURNED,
    SCREENING,
)
from milium_site.people.models import User


# Moderators read a case in these: it was sent, no emergency stops it, and it was not taken back.
WITH_MODERATORS = frozenset({SCREENING, HELD, OPEN, ANSWERED, CLOSED, RETURNED, REMOVED})
WAITING = frozenset({SCREENING, HELD})
ENDS = {"open": OPEN, "hold": HELD, "return": RETURNED, "remove": REMOVED, "ban": REMOVED}


class Overtaken(Exception):
    """The case is no longer as the page showed it. The message says so to the moderator."""


class Unreasoned(Exception):
    """A decision that reaches its author says why."""


class Barred(Exception):
    """A moderator lets this asker send nothing more. The message says why, to the asker."""


def check_seen(case: Case, seen: str) -> None:
    """A decision is about the case as its page showed it."""
    if case.state != seen:
        raise Overtaken(
            f"This case was {seen} when you opened its page and is {case.state} now. "
            "Nothing was changed. Look at it again."
        )


def check_reason(reason: str) -> str:
    """The reason without space around it."""
    if not reason.strip():
        raise Unreasoned("Say why. The author reads it.")
    return reason.strip()


def moves_of(case: Case) -> tuple[str, ...]:
    """The decisions that the case can take where it stands."""
    if case.state in {RETURNED, REMOVED}:
        return ()
    return tuple(
        what for what, to in ENDS.items() if to in CASE.moves[case.state] and what != "ban"
    )


def can_ban(case: Case) -> bool:
    """Whether the case can be removed, or is, and with it its asker kept from sending another."""
    return case.state == REMOVED or REMOVED in CASE.moves[case.state]


def is_on_panel(user: User, case: Case) -> bool:
    """A moderator does not moderate a case that they were asked to answer: its other opinions are sealed to them."""
    return case.seats.filter(specialist__user=user).exists()
