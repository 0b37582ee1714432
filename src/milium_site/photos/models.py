"""A cleaned photo of a case. The picture itself is in the store; the row says which it is and what it shows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText


class Photo(models.Model):
    """One photo, in every size of ``limits.SIZES``.

    ``key`` names it in addresses and cannot be guessed; ``upload`` is the number its form carried, so that a photo
    sent twice is one photo. ``sizes`` holds width, height, number of bytes and SHA-256 of each size. ``original``
    is the SHA-256 of the file before anything was cropped or covered, as practice asks for; that file is nowhere.
    ``is_late`` says that the case had been sent before this photo was added; ``waits``, that no moderator has looked at
    it since, so that the panel does not see it.
    """

    VIEWS: ClassVar = [
        ("far", "From afar"),
        ("medium", "Half near"),
        ("close", "Close up"),
        ("other", "Something else"),
    ]
    SIDES: ClassVar = [
        ("", "Neither, or in the middle"),
        ("left", "The person’s left"),
        ("right", "The person’s right"),
    ]
    KNOWABLE: ClassVar = [
        ("no", "No"),
        ("yes", "Yes"),
        ("unsure", "I am not sure"),
    ]
    INTIMATE: ClassVar = [
        ("no", "No"),
        ("asked", "Yes. The person is 18 or older, and a clinician asked for it"),
        ("chosen", "Yes. The person is 18 or older, and we choose to show it"),
    ]

    key = models.CharField(max_length=24, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    upload = models.CharField(max_length=64)
    site = PrivateText(blank=True)
    view = models.CharField(max_length=8, choices=VIEWS)
    side = models.CharField(max_length=8, choices=SIDES, blank=True)
    alt = PrivateText()
    knowable = models.CharField(max_length=8, choices=KNOWABLE)
    intimate = models.CharField(max_length=8, choices=INTIMATE, default="no")
    sizes = PrivateJson()
    original = PrivateText()
    quality = PrivateJson()
    is_late = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(waits=True), name="photos_that_wait")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "upload"], name="one_photo_each_upload"),
            models.CheckConstraint(
                condition=Q(view__in=["far", "medium", "close", "other"]), name="photo_view_known"
            ),
            models.CheckConstraint(
                condition=Q(intimate__in=["no", "asked", "chosen"]), name="photo_intimate_known"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.key
