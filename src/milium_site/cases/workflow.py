"""Where a case can be, and where it can go from there."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


DRAFT, SUBMITTED, STOPPED, SCREENING = "draft", "submitted", "stopped", "screening"
OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"

CASE = Workflow(
    name="case",
    start=DRAFT,
    moves={
        DRAFT: frozenset({SUBMITTED, WITHDRAWN}),
        SUBMITTED: frozenset({STOPPED, SCREENING, WITHDRAWN}),
        STOPPED: frozenset({SCREENING, WITHDRAWN}),
        SCREENING: frozenset({OPEN, WITHDRAWN}),
        OPEN: frozenset({ANSWERED, CLOSED, WITHDRAWN}),
        ANSWERED: frozenset({CLOSED, WITHDRAWN}),
        CLOSED: frozenset({WITHDRAWN}),
        WITHDRAWN: frozenset(),
    },
)
# The panel reads a case, and answers it, in these.
WITH_PANEL = frozenset({OPEN, ANSWERED, CLOSED})
