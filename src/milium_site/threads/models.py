"""What is asked and answered about a case after it was sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.people.models import Specialist


class Message(models.Model):
    """One message: of ``specialist`` to the asker, or of the asker to the whole panel when there is none.

    ``answers`` is the question that an asker's message answers. ``flags`` are the red flags found in an asker's words;
    while one of them is an emergency that nobody ``dealt_with_at``, the panel does not get the message.
    ``moderated`` is ``held`` or ``removed`` where a moderator took it from all but its writer; else empty.
    ``is_masked``: a moderator covered words of it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    specialist = models.ForeignKey(
        Specialist, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answered_by"
    )
    text = PrivateText()
    wants_photos = models.BooleanField(default=False)
    flags = PrivateJson(default=list, blank=True)
    at = models.DateTimeField()
    dealt_with_at = models.DateTimeField(null=True, blank=True)
    moderated = models.CharField(max_length=8, blank=True)
    is_masked = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(moderated__in=["", "held", "removed"]), name="message_moderated_known"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.specialist_id or 'asker'}"
