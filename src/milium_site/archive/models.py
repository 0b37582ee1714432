"""What the archive holds: the way of a case into it, the published copies, and the count of its changes."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from typing_extensions import override

from milium_site.archive.workflow import PREVIEW, PUBLICATION
from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.opinions.models import Opinion
from milium_site.photos.models import Photo


class Publication(models.Model):
    """A case's way into the archive. Private: only what it leads to is not.

    ``agreed`` holds, by text, the digest of what the asker saw when they said yes: nothing else is ever published.
    ``chosen`` are the keys of the photos the asker wants beside the words; ``judged`` says by photo whether a moderator
    saw a face or another mark.
    ``taken_out`` are words the asker wants masked, ``masked`` those a moderator does, ``kept`` what the masking
    rules took for a name and a moderator says is none.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="publication")
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in PUBLICATION.moves], default=PREVIEW
    )
    agreed = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=list, blank=True)
    judged = models.JSONField(default=dict, blank=True)
    taken_out = PrivateJson(default=list, blank=True)
    masked = PrivateJson(default=list, blank=True)
    kept = PrivateJson(default=list, blank=True)
    reason = PrivateText(blank=True)
    started_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "proposed_at"], name="publication_queue")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=list(PUBLICATION.moves)), name="publication_state_known"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class PublishedCase(models.Model):
    """A de-identified copy that anybody can read, or one of somebody else's archive.

    ``key`` is drawn for the archive: it leads to no case. What came from elsewhere has no ``publication`` and says
    its ``source`` and ``licence``.
    """

    key = models.CharField(max_length=16, unique=True)
    slug = models.SlugField(max_length=80)
    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, null=True, blank=True, related_name="page"
    )
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    history = models.JSONField(default=dict)
    sex = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    skin_type = models.CharField(max_length=1, blank=True)
    country = models.CharField(max_length=2, blank=True)
    outcomes = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    review_by = models.DateField(db_index=True)
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)

    @override
    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The path of its page."""
        return reverse("published", args=[self.name])

    @property
    def name(self) -> str:
        """Its name in an address: readable, and found by the key at its end."""
        return f"{self.slug}-{self.key}"

    @property
    def is_stale(self) -> bool:
        """Whether the day by which somebody should have looked at it again is over."""
        return self.review_by < timezone.localdate()


class PublishedOpinion(models.Model):
    """One answer of a published case, with the reading its author signed, as far as its words stayed.

    ``amended``: the author has changed their answer since, and the new words are not published.
    """

    page = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    opinion = models.OneToOneField(
        Opinion, on_delete=models.CASCADE, null=True, blank=True, related_name="published"
    )
    credential = models.JSONField(default=dict)
    text = models.TextField()
    reading = models.JSONField(default=list)
    signed_year = models.PositiveSmallIntegerField(null=True, blank=True)
    amended = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="one_published_answer_each")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.page_id} {self.number}"


class PublishedPhoto(models.Model):
    """A photo beside a published case: a copy with files and a key of its own, and words without who or where."""

    page = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="photos")
    number = models.PositiveSmallIntegerField()
    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="published")
    key = models.CharField(max_length=16, unique=True)
    alt = models.TextField()
    caption = models.CharField(max_length=200)
    sizes = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["number", "pk"]

    @override
    def __str__(self) -> str:
        return self.key


class Position(models.Model):
    """What one published answer says of one concept: counted on the pages of conditions, treatments and tests."""

    page = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="positions")
    opinion = models.ForeignKey(
        PublishedOpinion, on_delete=models.CASCADE, related_name="positions"
    )
    kind = models.CharField(max_length=12)
    concept = models.CharField(max_length=80)
    stance = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["concept", "kind"], name="position_concept")]

    @override
    def __str__(self) -> str:
        return f"{self.opinion_id} {self.concept} {self.stance}"


class Tag(models.Model):
    """What a published case can be found by: a facet's name and value; of what was tried also how it went."""

    page = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="tags")
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=80)
    detail = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facet", "value"], name="tag_value")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "facet", "value"], name="one_tag_each")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.page_id} {self.facet}={self.value}"


class Gone(models.Model):
    """The address of a page or a photo that was withdrawn, and no word of it: it answers 410 for good."""

    key = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.key


class Ledger(models.Model):
    """One row: how often the archive has changed. ``identity`` tells one database from another, or from its restored copy."""

    identity = models.UUIDField(default=uuid4)
    changes = models.PositiveBigIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.identity} {self.changes}"


class Change(models.Model):
    """The page that changed as the ``number``-th; every node brings its index and its kept pages up to date from here."""

    number = models.PositiveBigIntegerField(unique=True)
    key = models.CharField(max_length=16)
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.key}"
