"""Who works, and what is to be done again and again. The jobs themselves are rows of django-tasks-db."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override


class Worker(models.Model):
    """A process that takes jobs. One that has not been heard of for a while is dead, and its jobs go to others."""

    key = models.CharField(max_length=32, unique=True)
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField(db_index=True)

    @override
    def __str__(self) -> str:
        return self.key


class Round(models.Model):
    """Something that is done every so often. The row is held by the one worker that starts it."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    @override
    def __str__(self) -> str:
        return self.name
