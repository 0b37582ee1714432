"""Whom to tell, what they are told of, and the letters that tell it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.notices.kinds import KINDS
from milium_site.notices.workflow import LETTER, READY


EMAIL, PUSH = "email", "push"


class Subscriber(models.Model):
    """An address at which somebody is told of a case (``about`` is ``case:<key>``) or of their work (``user:<pk>``).

    ``address`` is an e-mail address or a push service's endpoint, ``keys`` what a push message is encrypted with,
    ``link`` the asker's secret link. ``digest_of_address`` is keyed by the installation's secret: it finds a second
    subscription of the same address, and nobody with a copy of the database alone can guess an address by it.
    Nothing but the question whether it is theirs is sent to an address before ``confirmed_at``, and nothing after ``ended_at``.
    """

    CHANNELS: ClassVar = [(EMAIL, "E-mail"), (PUSH, "This browser")]

    key = models.CharField(max_length=24, unique=True)
    about = models.CharField(max_length=60, db_index=True)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    address = PrivateText()
    keys = PrivateJson(default=dict, blank=True)
    address_digest = models.CharField(max_length=64)
    link = PrivateText(blank=True)
    digest = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about", "channel", "address_digest"], name="one_subscription_each"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.channel} about {self.about}"


class Letter(models.Model):
    """One message to one subscriber: everything that waited for them when it was begun. It never changes after that.

    ``claimed_until`` keeps a second worker away while one is sending.
    """

    key = models.CharField(max_length=24, unique=True)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="letters")
    state = models.CharField(
        max_length=8, choices=[(state, state) for state in LETTER.moves], default=READY
    )
    begun_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The server's answer by its number alone: its words may repeat the address.
    answer = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=list(LETTER.moves)), name="letter_state_known"
            ),
            models.UniqueConstraint(
                fields=["subscriber"],
                condition=Q(state__in=["ready", "handing"]),
                name="one_letter_under_way_each",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class Notice(models.Model):
    """One thing that one subscriber is told of, once: ``event`` names it among theirs."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24, choices=[(name, name) for name in KINDS])
    event = models.CharField(max_length=80)
    path = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )

    class Meta:
        ordering: ClassVar = ["told_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "event"], name="told_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} to {self.subscriber_id}"
