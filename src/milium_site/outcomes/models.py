"""What became of it: what the asker reports back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText


WEEKS = (2, 6)


class Outcome(models.Model):
    """A follow-up, asked once so many weeks after the case was answered, and what the asker then said.

    ``chosen`` are the options they took, each a row of the comparison: its concept's id and name.
    """

    HELPED: ClassVar = [
        ("yes", "Yes, it is better"),
        ("partly", "A little"),
        ("no", "No change"),
        ("worse", "It got worse"),
        ("early", "Too early to say"),
    ]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    weeks = models.PositiveSmallIntegerField(choices=[(w, f"after {w} weeks") for w in WEEKS])
    due_at = models.DateTimeField()
    chosen = PrivateJson(default=list, blank=True)
    helped = models.CharField(max_length=8, choices=HELPED, blank=True)
    side_effects = PrivateText(blank=True)
    words = PrivateText(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["weeks"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "weeks"], name="one_outcome_each_time"),
            models.CheckConstraint(condition=Q(weeks__in=list(WEEKS)), name="outcome_weeks_known"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | ~Q(helped=""), name="outcome_told_says_whether"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.weeks} weeks"
