"""Reading messages."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.threads.models import Message
from milium_site.threads.policies import is_held


def messages_of(case: Case) -> list[Message]:
    """Every message of the case, the oldest first, for its asker."""
    return list(Message.objects.filter(case=case).select_related("specialist"))


def messages_for_panel(case: Case) -> list[Message]:
    """What the panel gets: nothing that waits for an emergency to be dealt with."""
    return [message for message in messages_of(case) if not is_held(message)]


def held_message(case: Case) -> Message | None:
    """The asker's message that waits for an emergency to be dealt with, where there is one."""
    return next(filter(is_held, messages_of(case)), None)


def open_questions(case: Case) -> list[Message]:
    """What specialists asked and the asker has not answered."""
    every = messages_of(case)
    answered = {m.answers_id for m in every if m.specialist_id is None}
    return [m for m in every if m.specialist_id is not None and m.pk not in answered]
