"""What stays of a case that was erased: that its link once led somewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override


class ErasedLink(models.Model):
    """The digest of an erased case's link, so that its page can say that it is gone for good. It holds nothing of the case."""

    link_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return self.link_digest[:8]
