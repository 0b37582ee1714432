"""One specialist's answer to a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.opinions.workflow import DRAFT, OPINION
from milium_site.people.models import Specialist


STATES = [(state, state) for state in OPINION.moves]


class Opinion(models.Model):
    """A draft, then a signed answer.

    ``version`` counts the saves of a draft, so that an old tab cannot write over a newer one. ``corrections`` is what
    the author changed in the reading of the draft; at signing ``reading_read`` keeps the reader's own reading and
    ``reading`` the author's. ``prompts`` are the
    questions of Milium's that stood open when they signed. ``credential`` keeps what was known of the author when they signed.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    specialist = models.ForeignKey(Specialist, on_delete=models.PROTECT, related_name="opinions")
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    corrections = models.JSONField(default=dict, blank=True)
    reading_read = models.JSONField(default=list, blank=True)
    reading = models.JSONField(default=list, blank=True)
    prompts = models.JSONField(default=list, blank=True)
    credential = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "specialist"], name="one_opinion_each"),
            models.CheckConstraint(
                condition=Q(state__in=list(OPINION.moves)), name="opinion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT, signed_at__isnull=True)
                | (~Q(state=DRAFT) & Q(signed_at__isnull=False)),
                name="opinion_signed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT) | ~Q(text=""), name="opinion_signed_has_words"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.specialist_id} {self.state}"
