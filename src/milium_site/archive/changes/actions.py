"""Telling every node what has changed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from milium_site.archive.models import Change, Gone, Ledger, PublishedCase


@transaction.atomic
def note_removal(*, page: PublishedCase) -> None:
    """Remembers the address of a page that is being deleted, however that came about, and tells every node."""
    Gone.objects.get_or_create(key=page.key, defaults={"at": timezone.now()})
    note_change(key=page.key)


@transaction.atomic
def note_change(*, key: str) -> None:
    """Tells every node that the page of this key is new, other or gone."""
    # The one row is held to the end: changes become visible in the order of their numbers.
    Ledger.objects.get_or_create(pk=1)
    ledger = Ledger.objects.select_for_update().get(pk=1)
    ledger.changes += 1
    ledger.save(update_fields=["changes"])
    Change.objects.create(number=ledger.changes, key=key, at=timezone.now())
