"""One specialist's answer to a case, what it was before, and what hangs on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.opinions.workflow import AMENDED, DRAFT, HIDDEN, OPINION, SIGNED, WITHDRAWN
from milium_site.people.models import Specialist


STATES = [(state, state) for state in OPINION.moves]


class Opinion(models.Model):
    """A draft, then a signed answer.

    ``version`` counts the saves of a draft, so that an old tab cannot write over a newer one. ``corrections`` is what
    the author changed in the reading of the draft; at signing ``reading_read`` keeps the reader's own reading and
    ``reading`` the author's. ``prompts`` are the
    questions of Milium's that stood open when they signed. ``credential`` keeps what was known of the author when they signed.
    ``because`` is the author's reason for the last change after signing, amending or withdrawing, at ``changed_at``.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    specialist = models.ForeignKey(Specialist, on_delete=models.PROTECT, related_name="opinions")
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    text = PrivateText(blank=True)
    version = models.PositiveIntegerField(default=0)
    corrections = PrivateJson(default=dict, blank=True)
    reading_read = PrivateJson(default=list, blank=True)
    reading = PrivateJson(default=list, blank=True)
    prompts = PrivateJson(default=list, blank=True)
    credential = PrivateJson(default=dict, blank=True)
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    because = PrivateText(blank=True)

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
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, SIGNED], changed_at__isnull=True)
                | Q(state__in=[AMENDED, WITHDRAWN], changed_at__isnull=False)
                | Q(state=HIDDEN),
                name="opinion_changed_has_a_time",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.specialist_id} {self.state}"


class OpinionVersion(models.Model):
    """What a signed opinion said before it was amended. ``because`` is why these words were signed; empty for the first."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="earlier")
    number = models.PositiveSmallIntegerField()
    text = PrivateText()
    corrections = PrivateJson(default=dict)
    reading_read = PrivateJson(default=list)
    reading = PrivateJson(default=list)
    prompts = PrivateJson(default=list)
    credential = PrivateJson(default=dict)
    because = PrivateText(blank=True)
    signed_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["opinion", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opinion", "number"], name="one_version_each")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.opinion_id} {self.number}"


class Amendment(models.Model):
    """The draft of an amended answer: nobody but its author sees it before it is signed."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="amendment")
    text = PrivateText()
    because = PrivateText(blank=True)
    version = models.PositiveIntegerField(default=0)
    corrections = PrivateJson(default=dict, blank=True)
    saved_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.opinion_id} {self.version}"

    @property
    def case(self) -> Case:
        """The case it answers."""
        return self.opinion.case

    @property
    def specialist(self) -> Specialist:
        """Its author."""
        return self.opinion.specialist


class Reply(models.Model):
    """What an author says to one row on which the panel differs: once, in a few words, after everybody signed.

    ``row`` names the row (``test/test:skin-biopsy``); ``row_digest`` stands for it where rows must differ.
    """

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="replies")
    row = PrivateText()
    row_digest = models.BigIntegerField()
    text = PrivateText()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opinion", "row_digest"], name="one_reply_to_a_row")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.opinion_id} {self.pk}"


class Phrase(models.Model):
    """A piece of text that a specialist writes again and again."""

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="phrases")
    text = PrivateText()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.specialist_id} {self.pk}"
