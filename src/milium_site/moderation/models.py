"""What moderators decided, what they were told of, and what was seen of a case that waits for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.people.models import User


KINDS = ("case", "opinion", "message", "photo", "specialist", "published")


class Decision(models.Model):
    """One decision about the ``kind`` named ``key``, with the reason its author reads.

    ``before`` is what undoing needs: where the case stood, the words before a mask. An undone decision keeps its row.
    """

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=12)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    reason = PrivateText(blank=True)
    before = PrivateJson(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_decisions"
    )
    undone_because = PrivateText(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="decision_of")]

    @override
    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.key}"


class Sender(models.Model):
    """From which network (``senders``) a case was sent: kept for a few days, so that abuse can be stopped."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="sender")
    network = models.CharField(max_length=32)
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return str(self.case_id)


class Bar(models.Model):
    """An asker who sends nothing more: known by a digest of their ``account`` or of their ``network``, and never for good.

    It goes when the decision that made it is undone, and stays when its asker erases the case, which takes the decision.
    """

    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, related_name="bars"
    )
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=32, db_index=True)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["account", "network"]), name="bar_known")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.decision_id}"


class Report(models.Model):
    """Somebody says that something is wrong with the ``kind`` named ``key``. ``source`` tells senders apart for a day."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    reasons = models.JSONField(default=list)
    words = PrivateText(blank=True)
    risk = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=32)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="closed_reports"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["closed_at", "-risk", "at"], name="report_queue"),
            models.Index(fields=["source", "at"], name="report_source"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Look(models.Model):
    """What the rules of ``risk`` found in a case that waits. ``words`` is a keyed digest of its text."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="look")
    at = models.DateTimeField()
    marks = models.JSONField(default=list)
    risk = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=64, db_index=True)

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.risk}"
