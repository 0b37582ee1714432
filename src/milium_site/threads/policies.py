"""When a message can be written, and who gets it."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.cases.policies import NotNow
from milium_site.cases.workflow import ANSWERED, OPEN
from milium_site.threads.models import Message


WITH_THREAD = frozenset({OPEN, ANSWERED})


def check_can_be_asked(case: Case) -> None:
    """A panel asks while it has the case. Raises ``NotNow``."""
    if case.state not in WITH_THREAD:
        raise NotNow("This case is not with its panel now, so nothing can be asked or answered.")


def is_held(message: Message) -> bool:
    """Whether the message waits until its writer says that the emergency in it was dealt with."""
    return message.dealt_with_at is None and any(
        flag["urgency"] == "emergency" for flag in message.flags
    )


def may_read(message: Message, reader: int | None) -> bool:
    """Whether its reader, a specialist's key or None for the asker, sees it: what a moderator took away only its writer does."""
    return not message.moderated or message.specialist_id == reader


def was_moderated(message: Message) -> bool:
    """Whether a moderator's decision about it stands, which its writer is told of."""
    return bool(message.moderated) or message.is_masked
