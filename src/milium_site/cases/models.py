"""A case, what happened to it, and the seats of its panel."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.workflow import CASE, DRAFT
from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.people.models import Specialist, User


STATES = [(state, state) for state in CASE.moves]
URGENCIES = ("emergency", "same_day", "within_2_weeks", "routine")
# Urgency in the order of a queue; stored so, because a database sorts numbers faster than words.
RANK = {urgency: rank for rank, urgency in enumerate(URGENCIES)}


class Case(models.Model):
    """One person's problem as asked.

    ``key`` names it to the panel. ``link_digest`` is the digest of the asker's secret link: the link itself is
    kept nowhere, so that a copy of the database opens no case. ``history_read`` is what the reader read,
    ``corrections`` what the asker changed, ``question`` and ``history`` the two put together, as the panel sees them.
    ``problem`` is the kind of problem the questions were chosen for, ``answers`` what was answered, by question.
    ``queued_on`` is the day it was opened; ``has_place`` whether its panel has a place that nobody holds.
    """

    WHO: ClassVar = [("self", "Me"), ("child", "My child"), ("other", "Somebody I care for")]
    SEX: ClassVar = [("female", "Female"), ("male", "Male"), ("", "I'd rather not say")]

    key = models.CharField(max_length=16, unique=True)
    link_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    text = PrivateText()
    corrections = PrivateJson(default=dict, blank=True)
    question = PrivateText()
    history_read = PrivateJson()
    history = PrivateJson()
    problem = models.CharField(max_length=12, blank=True)
    answers = PrivateJson(default=dict, blank=True)
    who_for = models.CharField(max_length=8, choices=WHO, default="self")
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=SEX, blank=True)
    place = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    urgency_rank = models.PositiveSmallIntegerField(default=RANK["routine"])
    flags = PrivateJson(default=list, blank=True)
    dealt_with = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    queued_on = models.DateField(null=True, blank=True)
    has_place = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            # Everything the queue filters and sorts by, so that it is answered from the index alone.
            models.Index(
                fields=[
                    "state", "has_place", "urgency_rank", "queued_on", "submitted_at", "id", "problem"
                ],
                name="case_queue",
            )
        ]  # fmt: skip
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=list(CASE.moves)), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, "withdrawn"]) | Q(submitted_at__isnull=False),
                name="case_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "answered", "closed"]) | Q(opened_at__isnull=False),
                name="case_open_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lte=120), name="case_age_is_human"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.key


class CaseEvent(models.Model):
    """One thing that happened to a case: a move, or an emergency that the asker says was dealt with."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"


class CaseTopic(models.Model):
    """One thing an opened case is about, as a number that names nothing (``topics``)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="topics")
    topic = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "topic"], name="one_topic_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.topic}"


class Seat(models.Model):
    """A specialist's place on a panel: held from ``invited_at``, theirs from ``taken_at``, given back at ``lapses_at``.

    Without ``lapses_at`` it is kept: its holder has signed. One that was left keeps its row, with ``left_because``
    (``passed`` or ``lapsed``) and, where they passed it on, the reason in their own words.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="seats")
    specialist = models.ForeignKey(Specialist, on_delete=models.PROTECT, related_name="seats")
    invited_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    lapses_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.CharField(max_length=8, blank=True)
    left_note = PrivateText(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["specialist", "left_at", "lapses_at"], name="seat_of_specialist"),
            models.Index(fields=["left_at", "lapses_at"], name="seat_lapses"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "specialist"], name="one_seat_each")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.specialist_id}"


class Holding(models.Model):
    """A case that is kept in an account: its user, signed in, opens it without the secret link, which is not in here."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="holding")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="holdings")
    since = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.case_id} of {self.user_id}"
