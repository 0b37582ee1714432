"""What was published on the rows of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from milium.api import Comparison, Row
from milium_site.foundation.evidence import Published, published


AGAINST = frozenset({"avoid", "unlikely", "unneeded"})


def naming(row: Row) -> int:
    """How many hold the row's concept, or at least do not reject it, in so many words."""
    return sum(p.through is None and p.stance not in AGAINST for p in row.positions)


class Papers:
    """Finds what was published for a row: on its own condition, or on its treatment of one the case is about."""

    def __init__(self, comparison: Comparison, named: Sequence[str]) -> None:
        held = [r for r in comparison.diagnoses if naming(r)]
        rejected = {r.concept.id for r in comparison.diagnoses if not naming(r)}
        self.conditions = [*(r.concept.id for r in held), *(c for c in named if c not in rejected)]
        rows = (*comparison.options, *comparison.avoid)
        self.below = {
            r.concept.id: {m.concept.id for m in rows if m.group == r.concept.id} for r in rows
        }

    def of(self, row: Row) -> Published | None:
        """What was published; on a treatment, of the first condition for which something was."""
        if row.kind == "diagnosis":
            return published(row.concept.id)
        if row.kind != "treatment":
            return None
        below = self.below.get(row.concept.id, set())
        found = (published(c, row.concept.id, told_below=below) for c in self.conditions)
        return next(filter(None, found), None)
