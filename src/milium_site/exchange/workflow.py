"""How far a webhook's delivery can come."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


WAITING, SENT, DEAD = "waiting", "sent", "dead"
DELIVERY = Workflow(
    name="delivery",
    start=WAITING,
    moves={
        WAITING: frozenset({SENT, DEAD}),
        # An operator has it tried once more.
        DEAD: frozenset({WAITING}),
        SENT: frozenset(),
    },
)
