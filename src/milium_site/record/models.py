"""The append-only record of reads and writes, and the chain that shows whether it was tampered with."""

from __future__ import annotations

from typing import ClassVar, NoReturn, TypeVar

from django.db import models
from typing_extensions import override


class AppendOnly(Exception):
    """Somebody tried to change or remove what is only ever added to."""


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class AppendOnlyRows(models.QuerySet[Row_co]):
    """Rows that can be read and added. The database's triggers refuse the same, for whoever goes around this."""

    @override
    def update(self, **kwargs: object) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__}: rows are never changed")

    @override
    def delete(self) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__}: rows are never removed")

    @override
    def bulk_update(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__}: rows are never changed")


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @override
    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} {self.pk}: rows are never changed")
        super().save(force_insert=True)

    @override
    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnly(f"{type(self).__name__} {self.pk}: rows are never removed")


class Entry(AppendOnlyModel):
    """One read or write. It names rows by their keys and holds no word of theirs, and it outlives them."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_key = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    case_key = models.CharField(max_length=16, blank=True, db_index=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta(AppendOnlyModel.Meta):
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.actor_kind} {self.verb} {self.kind} {self.key}"


class Waiting(models.Model):
    """An entry that is written and not yet in the chain. It goes with the same commit as the entry."""

    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, primary_key=True)

    @override
    def __str__(self) -> str:
        return str(self.entry_id)


class Link(AppendOnlyModel):
    """An entry's place in the chain: ``digest`` is made of the one before it, of ``number`` and of the entry's content."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, related_name="link")
    digest = models.CharField(max_length=64)

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class Head(models.Model):
    """The end of the chain; whoever adds to the chain holds this row.

    ``name`` is drawn once, and is what the first link begins from: no two records begin alike.
    """

    name = models.CharField(max_length=64)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.digest or self.name}"
