"""What each reader is shown of a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from milium_site.cases.models import Case
from milium_site.threads.models import Message
from milium_site.threads.policies import is_held, was_moderated
from milium_site.threads.queries import messages_for_asker, messages_for_panel


THE_ASKER = "The person who asks"
SOMEBODY = "A specialist on the panel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message. ``answered`` is said of questions; ``about`` holds the question that an answer is to.

    ``was_moderated``: a moderator took it from all but its writer, or covered words of it.
    """

    id: int
    who: str
    own: bool
    is_question: bool
    text: str
    at: datetime
    about: str = ""
    wants_photos: bool = False
    answered: bool = False
    held: bool = False
    was_moderated: bool = False


def thread_for_asker(case: Case) -> tuple[Line, ...]:
    """Everything, with who asked."""
    return _lines(
        messages_for_asker(case), lambda m: m.specialist.name if m.specialist else "You", None
    )


def thread_for_panellist(case: Case, specialist_id: int, *, sealed: bool) -> tuple[Line, ...]:
    """What the panel gets; before signing without who asked, so that nobody is swayed by a name."""

    def who(message: Message) -> str:
        if message.specialist is None:
            return THE_ASKER
        if message.specialist_id == specialist_id:
            return "You"
        return SOMEBODY if sealed else message.specialist.name

    return _lines(messages_for_panel(case, specialist_id), who, specialist_id)


def _lines(
    messages: Sequence[Message], who: Callable[[Message], str], own: int | None
) -> tuple[Line, ...]:
    texts = {m.pk: m.text for m in messages}
    answered = {m.answers_id for m in messages if m.specialist_id is None}
    return tuple(
        Line(
            id=m.pk,
            who=who(m),
            own=m.specialist_id == own,
            is_question=m.specialist_id is not None,
            text=m.text,
            at=m.at,
            about=texts.get(m.answers_id or 0, ""),
            wants_photos=m.wants_photos,
            answered=m.pk in answered,
            held=is_held(m),
            was_moderated=was_moderated(m),
        )
        for m in messages
    )
