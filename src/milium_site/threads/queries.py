"""Reading messages."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.threads.models import Message
from milium_site.threads.policies import is_held, may_read


def messages_of(case: Case) -> list[Message]:
    """Every message of the case, the oldest first, for moderators."""
    return list(Message.objects.filter(case=case).select_related("specialist"))


def messages_for_asker(case: Case) -> list[Message]:
    """What the asker gets: all but questions that a moderator took away."""
    return [message for message in messages_of(case) if may_read(message, None)]


def messages_for_panel(case: Case, reader: int) -> list[Message]:
    """What a specialist on the panel gets: nothing that waits for an emergency to be dealt with, or that was taken away."""
    return [m for m in messages_of(case) if may_read(m, reader) and not is_held(m)]


def held_message(case: Case) -> Message | None:
    """The asker's message that waits for an emergency to be dealt with, where there is one."""
    return next(filter(is_held, messages_of(case)), None)


def asked_of(case: Case) -> list[Message]:
    """What specialists asked and the asker can see."""
    return [m for m in messages_for_asker(case) if m.specialist_id is not None]


def open_questions(case: Case) -> list[Message]:
    """What specialists asked and the asker has not answered."""
    answered = {m.answers_id for m in messages_of(case) if m.specialist_id is None}
    return [m for m in asked_of(case) if m.pk not in answered]
