"""Where a case can be, and where it can go from there."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


DRAFT, SUBMITTED, STOPPED, SCREENING = "draft", "submitted", "stopped", "screening"
OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"
# A moderator's: nobody but moderators reads on, until it goes back to where it was or further.
HELD, RETURNED, REMOVED = "held", "returned", "removed"

CASE = Workflow(
    name="case",
    start=DRAFT,
    moves={
        DRAFT: frozenset({SUBMITTED, WITHDRAWN}),
        SUBMITTED: frozenset({STOPPED, SCREENING, WITHDRAWN}),
        STOPPED: frozenset({SCREENING, WITHDRAWN}),
        SCREENING: frozenset({OPEN, HELD, RETURNED, REMOVED, WITHDRAWN}),
        OPEN: frozenset({SCREENING, ANSWERED, CLOSED, HELD, REMOVED, WITHDRAWN}),
        ANSWERED: frozenset({OPEN, CLOSED, HELD, REMOVED, WITHDRAWN}),
        CLOSED: frozenset({HELD, REMOVED, WITHDRAWN}),
        HELD: frozenset({SCREENING, OPEN, ANSWERED, CLOSED, RETURNED, REMOVED, WITHDRAWN}),
        RETURNED: frozenset({SUBMITTED, SCREENING, HELD, WITHDRAWN}),
        REMOVED: frozenset({SCREENING, OPEN, ANSWERED, CLOSED, HELD, WITHDRAWN}),
        WITHDRAWN: frozenset(),
    },
)
# The asker may change their words in these, and send the case.
WITH_ASKER = frozenset({DRAFT, RETURNED})
# The panel reads a case, and answers it, in these.
WITH_PANEL = frozenset({OPEN, ANSWERED, CLOSED})
