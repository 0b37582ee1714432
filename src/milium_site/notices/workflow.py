"""Where a letter can be, and where it can go from there."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


READY, HANDING, SENT, UNSURE, REFUSED = "ready", "handing", "sent", "unsure", "refused"

LETTER = Workflow(
    name="letter",
    start=READY,
    moves={
        # ``handing`` is written down before the server may accept it: from there on it may have been sent.
        READY: frozenset({HANDING, SENT, REFUSED}),
        HANDING: frozenset({READY, SENT, UNSURE, REFUSED}),
        # The process ended before the server's answer was written down. It is not sent again unless an operator says so.
        UNSURE: frozenset({READY, SENT}),
        REFUSED: frozenset({READY}),
        SENT: frozenset(),
    },
)
UNFINISHED = frozenset({READY, HANDING})
