"""The keys under which private words and files are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override


class DataKey(models.Model):
    """A data key, sealed with the operator's key whose fingerprint is ``master``. The newest seals what is written."""

    wrapped = models.CharField(max_length=200)
    master = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return f"data key {self.pk}"
