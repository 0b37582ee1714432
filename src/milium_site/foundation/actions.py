"""Every write to keys: making one, sealing data keys anew under the operator's, values anew under the newest data key."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import TextField, Value
from django.utils import timezone

from milium_site.foundation.envelope import key_named, new_data_key, number_in_file, number_in_text
from milium_site.foundation.files import SealedFiles
from milium_site.foundation.keyring import KEYRING, opened, opened_file, sealed
from milium_site.foundation.models import DataKey
from milium_site.foundation.sealed import PrivateColumn


BATCH = 200


@transaction.atomic
def make_data_key() -> DataKey:
    """A new data key, under the operator's newest key. From a minute on every process seals with it."""
    master = settings.MILIUM_ENCRYPTION_KEYS[0]
    return DataKey.objects.create(
        wrapped=master.wrap(new_data_key()), master=master.name, made_at=timezone.now()
    )


@transaction.atomic
def make_first_data_key() -> None:
    """A data key where there is none."""
    if not DataKey.objects.exists():
        make_data_key()


@transaction.atomic
def rewrap_data_keys() -> int:
    """Seals every data key under the operator's newest key, and says how many there were to seal.

    Raises ``Unreadable`` when the key one was sealed with is not given any more; then none is changed.
    """
    newest = settings.MILIUM_ENCRYPTION_KEYS[0]
    old = list(DataKey.objects.select_for_update().exclude(master=newest.name))
    for stored in old:
        opened_key = key_named(stored.master, settings.MILIUM_ENCRYPTION_KEYS).unwrap(
            stored.wrapped
        )
        stored.wrapped, stored.master = newest.wrap(opened_key), newest.name
        stored.save(update_fields=["wrapped", "master"])
    return len(old)


@transaction.atomic
def reseal_rows(*, column: PrivateColumn) -> int:
    """Seals some of a column's values under the newest data key; 0 when all are. Rows are held while they change."""
    number, _ = KEYRING.newest()
    rows = list(column.not_under(number).select_for_update()[:BATCH].values_list("pk", "stored"))
    for pk, stored in rows:
        text = stored if number_in_text(stored) is None else opened(stored)
        anew = Value(sealed(text), output_field=TextField())
        column.model._base_manager.filter(pk=pk).update(**{column.name: anew})
    return len(rows)


@transaction.atomic
def reseal_file(*, storage: SealedFiles, name: str) -> bool:
    """Seals a stored file under the newest data key; False when it is, or is gone by now."""
    number, _ = KEYRING.newest()
    try:
        with storage.kept_in.open(name, "rb") as stream:
            stored = stream.read()
    except FileNotFoundError:
        return False
    if number_in_file(stored) == number:
        return False
    content = stored if number_in_file(stored) is None else opened_file(stored)
    storage.replace(name, ContentFile(content))
    return True


@transaction.atomic
def drop_data_keys(*, below: int) -> int:
    """Forgets the data keys older than ``below``: nothing is sealed under them any more."""
    dropped, _ = DataKey.objects.filter(pk__lt=below).delete()
    return dropped
