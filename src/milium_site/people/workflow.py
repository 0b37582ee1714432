"""How an application to answer as a specialist moves."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


SUBMITTED, IN_REVIEW, ACCEPTED, REFUSED, WITHDRAWN = (
    "submitted",
    "in_review",
    "accepted",
    "refused",
    "withdrawn",
)

# Whoever was refused or took an application back sends a new one: what was decided stays as it was.
APPLICATION = Workflow(
    name="application",
    start=SUBMITTED,
    moves={
        SUBMITTED: frozenset({IN_REVIEW, WITHDRAWN}),
        IN_REVIEW: frozenset({ACCEPTED, REFUSED, SUBMITTED, WITHDRAWN}),
        ACCEPTED: frozenset(),
        REFUSED: frozenset(),
        WITHDRAWN: frozenset(),
    },
)
WAITING = frozenset({SUBMITTED, IN_REVIEW})
