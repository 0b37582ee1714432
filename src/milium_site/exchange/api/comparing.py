"""Answers side by side."""

from __future__ import annotations

from milium.api import to_dict
from milium_site.cases.models import Case
from milium_site.exchange.api.schemas import ComparisonOut
from milium_site.exchange.problems import Problem
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import comparison_of
from milium_site.opinions.workflow import STANDING


def compared(case: Case, seen: list[Opinion]) -> ComparisonOut:
    """The standing answers of those that somebody may see. Raises ``Problem`` where there is none."""
    standing = [o for o in seen if o.state in STANDING]
    if not standing:
        raise Problem(409, "There is no signed answer to show yet.")
    return ComparisonOut(comparison=to_dict(comparison_of(case, standing)))
