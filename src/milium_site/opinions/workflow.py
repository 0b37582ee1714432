"""Where an opinion can be, and where it can go from there."""

from __future__ import annotations

from milium_site.foundation.workflow import Workflow


DRAFT, SIGNED, AMENDED, WITHDRAWN = "draft", "signed", "amended", "withdrawn"
# A moderator took it from the page; its author sees it, with the reason.
HIDDEN = "hidden"

OPINION = Workflow(
    name="opinion",
    start=DRAFT,
    moves={
        DRAFT: frozenset({SIGNED}),
        SIGNED: frozenset({AMENDED, WITHDRAWN, HIDDEN}),
        AMENDED: frozenset({AMENDED, WITHDRAWN, HIDDEN}),
        WITHDRAWN: frozenset(),
        HIDDEN: frozenset({SIGNED, AMENDED}),
    },
)
# Its words stand: the asker reads them.
STANDING = frozenset({SIGNED, AMENDED})
# Its author has signed once: nothing of the others' can sway it any more.
COMMITTED = frozenset({SIGNED, AMENDED, WITHDRAWN, HIDDEN})
