"""What people are told of, as a table. Whoever glances at a phone learns nothing: no condition, no name, no words of a case.

``says`` stands in the message and on a lock screen. ``at_once`` is told at once to those who want a daily digest, too.
"""

from __future__ import annotations

from dataclasses import dataclass


# The site's own name is a skin condition: it stands in no subject and in no sender either.
SUBJECT = "Something new is waiting for you"


class UnknownKind(KeyError):
    """Nobody can be told of this: notices/kinds.py has no such row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that people are told of."""

    name: str
    says: str
    subject: str = SUBJECT
    at_once: bool = False


_TABLE = (
    Kind(name="opinion-signed", says="There is a new answer for you."),
    Kind(name="opinion-changed", says="An answer you got was changed."),
    Kind(name="case-answered", says="Everybody who was asked has answered you."),
    Kind(name="question-asked", says="Somebody has a question for you."),
    Kind(name="photos-asked", says="Somebody asks you for more pictures."),
    Kind(name="asker-answered", says="A question you asked was answered."),
    Kind(name="follow-up", says="We would like to hear how things are going."),
    Kind(name="case-waits", says="A question waits for your answer."),
    Kind(name="seat-lapses", says="A place you took runs out soon."),
    Kind(name="sent-back", says="What you sent needs a change before it can go on."),
    Kind(name="held", says="What you sent is being looked at before it can go on."),
    Kind(name="application-decided", says="Your application was decided."),
    Kind(name="published", says="What you agreed to share can now be read by everybody."),
    Kind(name="credential-expires", says="A check of your papers has ended or ends soon."),
    Kind(name="review-waits", says="Something waits for your review."),
    Kind(
        name="invited",
        says="Somebody who runs this site made an account for you. Sign in with this address: leave the password empty, and a code is sent to you.",
        subject="You have an account",
        at_once=True,
    ),
    Kind(
        name="subscribed",
        says="You will be told here when something new waits for you. Keep this message: its link leads to your page.",
        subject="You will be told here",
        at_once=True,
    ),
    Kind(
        name="confirm",
        says="Somebody, we think you, wants to be told at this address when something new waits for them.",
        subject="Is this your address?",
        at_once=True,
    ),
)
KINDS = {kind.name: kind for kind in _TABLE}


def kind(name: str) -> Kind:
    """The row of the table. Raises ``UnknownKind``."""
    try:
        return KINDS[name]
    except KeyError as error:
        raise UnknownKind(
            f"notices have no kind {name!r}: add a row to notices/kinds.py"
        ) from error
