"""What is sealed in this installation: every private column, and every stored file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from milium_site.foundation.envelope import SAYS_NOTHING, TEXT_MARK
from milium_site.foundation.private import Private


@dataclass(frozen=True, slots=True)
class PrivateColumn:
    """One private column of one model."""

    model: type[Model]
    name: str

    def stored(self) -> QuerySet[Model]:
        """The rows that hold something, each with ``stored``: the value as the database has it."""
        every = self.model._base_manager.annotate(stored=Cast(F(self.name), TextField()))
        return every.exclude(Q(stored__in=SAYS_NOTHING) | Q(stored__isnull=True)).order_by("pk")

    def not_under(self, number: int) -> QuerySet[Model]:
        """The rows whose value is not sealed under the data key of that number; never sealed ones are among them."""
        return self.stored().exclude(stored__startswith=f"{TEXT_MARK}{number}:")


def private_columns() -> Iterator[PrivateColumn]:
    """Every private column, in the order of the models' names."""
    for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
        for field in model._meta.concrete_fields:
            if isinstance(field, Private):
                yield PrivateColumn(model, field.name)


def stored_files(storage: Storage, folder: str = "") -> Iterator[str]:
    """The name of every whole file in a store; a half, which a crash may leave on a disk, is hidden and is none."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(name for name in files if not name.startswith(".")):
        yield f"{folder}/{name}".lstrip("/")
    for name in sorted(folders):
        yield from stored_files(storage, f"{folder}/{name}".lstrip("/"))
