"""What moderators' pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milium_site.moderation.masking import Piece, pieces
from milium_site.moderation.models import Decision
from milium_site.moderation.queries import digest_of
from milium_site.moderation.reasons import Reason, reasons, wrongs
from milium_site.threads.models import Message


DONE = {
    "open": "opened",
    "hold": "held",
    "return": "given back to its author",
    "remove": "removed",
    "mask": "words masked",
    "hide": "answer hidden",
    "ban": "case removed, and its asker stopped from sending",
    "drop-photo": "photo removed for good",
    "show-photo": "photo shown to the panel",
}
# Of something inside a case.
DONE_TO = {
    ("message", "hold"): "message held",
    ("message", "remove"): "message removed",
    ("message", "mask"): "words of a message masked",
    ("specialist", "ban"): "specialist suspended",
}
# What stands on the button, and what it does.
BUTTONS = {
    "hold": ("Hold", "The case is closed to all but moderators until you undo this."),
    "return": ("Give back", "The asker can change the case and send it again."),
    "remove": ("Remove", "The case is taken away. You can undo it."),
    "hide": ("Hide this answer", "The asker no longer sees it; its author does, with your reason."),
    "ban": ("Suspend the specialist", "They answer nothing more from now on. Signed answers stay."),
    "drop-photo": ("Remove photo for good", "The picture is erased. This cannot be undone."),
    "ban-asker": (
        "Remove, and stop this asker",
        "The case is taken away, and the account that keeps it sends no other for 180 days. They can still read and "
        "erase what they sent. Without an account, they can ask again from elsewhere.",
    ),
    "hold-message": (
        "Hold",
        "Its writer and moderators still read it, nobody else. You can undo it.",
    ),
    "remove-message": (
        "Remove",
        "Its writer and moderators still read it, nobody else. You can undo it.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A decision that can be made: its button, what it does, and the reasons that fit it."""

    what: str
    label: str
    does: str
    reasons: tuple[Reason, ...]


def act(what: str) -> Act:
    """One of ``BUTTONS``."""
    label, does = BUTTONS[what]
    return Act(
        what=what,
        label=label,
        does=does,
        reasons=tuple(r for r in reasons() if what in r.acts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message for a moderator: its words in runs, and what was decided of it."""

    id: int
    who: str
    at: datetime
    pieces: tuple[Piece, ...]
    seen: str
    moderated: str

    @property
    def finds(self) -> tuple[Piece, ...]:
        """The runs that may tell who somebody is."""
        return tuple(piece for piece in self.pieces if piece.kind)


def said(message: Message) -> Said:
    """One message of the thread."""
    return Said(
        id=message.pk,
        who=message.specialist.name if message.specialist else "The person who asks",
        at=message.at,
        pieces=pieces(message.text, of=f"message-{message.pk}"),
        seen=digest_of(message.text),
        moderated=message.moderated,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A decision in the log of a case."""

    pk: int
    done: str
    reason: str
    by: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
    undone_because: str
    can_be_undone: bool


def logged(decision: Decision) -> Logged:
    """One line of the log."""
    return Logged(
        pk=decision.pk,
        done=DONE_TO.get((decision.kind, decision.what)) or DONE[decision.what],
        reason=decision.reason,
        by=decision.by.name,
        at=decision.at,
        undone_at=decision.undone_at,
        undone_by=decision.undone_by.name if decision.undone_by else "",
        undone_because=decision.undone_because,
        can_be_undone=decision.undone_at is None and decision.what != "drop-photo",
    )


def in_words(chosen: list[str]) -> list[str]:
    """The reasons of a report."""
    return [w.label for w in wrongs() if w.id in chosen]
