"""For which cases a follow-up is asked."""

from __future__ import annotations

from milium_site.cases.workflow import ANSWERED, CLOSED


FOLLOWED = frozenset({ANSWERED, CLOSED})
