"""Tokens and what was done with them, what came from elsewhere and was not understood, and who is told by webhook."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.exchange.workflow import DELIVERY, WAITING
from milium_site.foundation.private import PrivateJson, PrivateText


class Token(models.Model):
    """What lets a program act for somebody. Only its digest is kept: it is shown once, when it is made.

    ``hint`` is its beginning, so that its maker can tell one from another.
    """

    key = models.CharField(max_length=16, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    name = PrivateText()
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="token_ends_after_it_began"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.key


class Spent(models.Model):
    """How many requests somebody made in one minute. ``who`` is a digest of a token or of an address."""

    who = models.CharField(max_length=64)
    minute = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "minute"], name="one_count_a_minute")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.minute} {self.number}"


class Done(models.Model):
    """A write that was sent with a key of its own, and what was answered: sent again it is answered so again.

    ``who`` is the digest of the token; ``request`` that of what was sent. ``status`` is 0 while it is being done.
    """

    who = models.CharField(max_length=64)
    key_digest = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = PrivateText(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "key_digest"], name="one_answer_a_key")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.status}"


class Kept(models.Model):
    """A resource that came with a case and was not understood, or found no place: all of it, and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="kept")
    kind = PrivateText()
    reason = PrivateText()
    resource = PrivateJson()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class Webhook(models.Model):
    """An address elsewhere that is told of events. ``secret`` signs what it is told."""

    key = models.CharField(max_length=16, unique=True)
    url = PrivateText()
    secret = PrivateText()
    events = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One event told to one address: ``what`` names its row, ``answer`` is a status or the kind of an error."""

    key = models.CharField(max_length=24, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20)
    what = models.CharField(max_length=40)
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in DELIVERY.moves], default=WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "event", "what"], name="one_delivery_each")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.event} {self.state}"
