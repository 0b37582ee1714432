"""In which state somebody may act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from milium_site.people.models import Credential, Specialist, User


# What an operator may do to an account: the column and what it becomes.
ROLE_CHANGES = {
    "make_moderator": ("is_moderator", True),
    "unmake_moderator": ("is_moderator", False),
    "make_operator": ("is_staff", True),
    "unmake_operator": ("is_staff", False),
    "suspend": ("is_active", False),
    "reinstate": ("is_active", True),
}
# Passkeys, app and recovery codes are gone when the phone is: an operator takes them off, and the person adds new ones.
TAKE_FACTORS = "take_factors"
KEPT_FROM_ONESELF = frozenset({"suspend", "unmake_operator", TAKE_FACTORS})
# How long before its last day somebody is told that their check ends.
SOON = timedelta(days=30)
VALID, EXPIRED, WITHDRAWN, UNCHECKED = "valid", "expired", "withdrawn", "unchecked"


class NotNow(Exception):
    """What was asked cannot be done now; the message says why."""


def check_may_change(user: User, what: str, by: User) -> None:
    """Raises ``NotNow`` where operators would shut themselves out, or take their own lock off without its key."""
    if user.pk == by.pk and what in KEPT_FROM_ONESELF:
        raise NotNow("You cannot do this to your own account. Ask another operator.")


def check_may_leave(user: User) -> None:
    """Raises ``NotNow`` for somebody whose name others rely on: what they signed or decided stays after them."""
    if user.is_staff or user.is_moderator:
        raise NotNow("You moderate or run this site. Ask another operator to end that first.")
    if hasattr(user, "specialist"):
        raise NotNow(
            "Askers keep the answers you signed, with your name. Ask an operator to close your account: then nobody can sign in to it."
        )


def may_be_done(user: User, by: User, *, has_factor: bool) -> list[str]:
    """What ``by`` may do to the account now."""
    changes = [
        w for w, (column, value) in ROLE_CHANGES.items() if getattr(user, column) is not value
    ]
    changes += [TAKE_FACTORS] if has_factor else []
    return [w for w in changes if not (user.pk == by.pk and w in KEPT_FROM_ONESELF)]


def may_answer(specialist: Specialist | None, *, now: datetime | None = None) -> bool:
    """Only an active specialist with an active account and a check that still counts gives opinions."""
    return bool(
        specialist
        and specialist.is_active
        and specialist.user.is_active
        and current(specialist.credentials.all(), now=now)
    )


def is_moderator(user: User) -> bool:
    """Whether they screen cases and check credentials."""
    return user.is_active and user.is_moderator


def is_operator(user: User) -> bool:
    """Whether they run the site: they make moderators and suspend people, and read no case."""
    return user.is_active and user.is_staff


def standing_of(credential: Credential | None, *, now: datetime | None = None) -> str:
    """Whether the check counts: ``valid``, ``expired``, ``withdrawn``; ``unchecked`` where there is none.

    The day decides, not a job that may run late: it expires with the end of its last day.
    """
    if credential is None:
        return UNCHECKED
    if credential.withdrawn_at is not None:
        return WITHDRAWN
    return VALID if credential.expires_on >= day_of(now) else EXPIRED


def current(credentials: Iterable[Credential], *, now: datetime | None = None) -> Credential | None:
    """The check that counts longest; None where none counts."""
    counting = [c for c in credentials if standing_of(c, now=now) == VALID]
    return max(counting, key=lambda c: (c.expires_on, c.pk), default=None)


def day_of(now: datetime | None = None) -> date:
    """The day, in the site's time zone."""
    return timezone.localdate(now)


def a_year_after(day: date) -> date:
    """How long a check counts unless the checker says otherwise: 29 February ends on 28 February.

    >>> a_year_after(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    last = day - timedelta(days=1) if (day.month, day.day) == (2, 29) else day
    return last.replace(year=day.year + 1)
