"""In which state somebody may act."""

from __future__ import annotations

from milium_site.people.models import Specialist


def may_answer(specialist: Specialist | None) -> bool:
    """Only a checked, active specialist with an active account gives opinions."""
    return bool(
        specialist
        and specialist.is_active
        and specialist.user.is_active
        and specialist.checked_on is not None
    )
