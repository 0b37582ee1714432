"""What the asker of a case agreed to, and since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.consents.texts import PURPOSES


class Consent(models.Model):
    """One consent for one purpose, to one wording. It stands until ``ended_at``; the row stays as proof of both."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=[(p, p) for p in PURPOSES])
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=Q(ended_at__isnull=True),
                name="one_consent_stands",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=list(PURPOSES)), name="consent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("given_at")),
                name="consent_ends_after_it_began",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.version}"
