"""Where a publication can be, and where it can go from there."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


PREVIEW, PROPOSED, IN_REVIEW = "preview", "proposed", "in_review"
SENT_BACK, DECLINED = "sent_back", "declined"
PUBLISHED, STALE, WITHDRAWN = "published", "stale", "withdrawn"
# Public, and its asker agreed to newer words or photos, which a moderator has yet to read.
RENEWAL = "renewal"

PUBLICATION = Workflow(
    name="publication",
    start=PREVIEW,
    moves={
        PREVIEW: frozenset({PROPOSED, DECLINED, WITHDRAWN}),
        PROPOSED: frozenset({IN_REVIEW, DECLINED, WITHDRAWN}),
        IN_REVIEW: frozenset({PUBLISHED, SENT_BACK, DECLINED, WITHDRAWN}),
        SENT_BACK: frozenset({PROPOSED, DECLINED, WITHDRAWN}),
        DECLINED: frozenset({PROPOSED, WITHDRAWN}),
        PUBLISHED: frozenset({STALE, RENEWAL, WITHDRAWN}),
        STALE: frozenset({PUBLISHED, RENEWAL, WITHDRAWN}),
        RENEWAL: frozenset({PUBLISHED, WITHDRAWN}),
        WITHDRAWN: frozenset(),
    },
)
# The asker still decides what of it may be shown.
WITH_ASKER = frozenset({PREVIEW, SENT_BACK, DECLINED})
# There is a page that anybody can read.
PUBLIC = frozenset({PUBLISHED, STALE, RENEWAL})
# There is a page, and nobody reads anything newer.
SHOWN_ONCE_READ = frozenset({PUBLISHED, STALE})
# A moderator has something to do.
WAITING = frozenset({PROPOSED, IN_REVIEW, RENEWAL})
