"""The record after its database was put back from a backup: its end is anchored where it now is, and nothing is hidden."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from milium_site.record.anchor import Anchor, keep, kept
from milium_site.record.models import Head


def anchor_again() -> str:
    """Anchors the record as it is. An anchor that knew of more entries is set aside; gives what to say of it.

    Raises ``ForeignAnchor`` when an anchor in the folder was tampered with.
    """
    head = Head.objects.filter(pk=1).first()
    if head is None or not head.number:
        return ""
    said = ""
    folder = Path(settings.MILIUM_RECORD_ANCHORS)
    for anchor in list(kept()):
        if anchor.name == head.name and anchor.number > head.number:
            file = folder / f"{anchor.name[:16]}.anchor"
            aside = file.with_suffix(f".before-{timezone.now():%Y%m%dT%H%M%S}")
            file.rename(aside)
            said = (
                f"the record had {anchor.number} entries and has {head.number} now: the others were written after "
                f"the backup. What was known of its end is kept in {aside}"
            )
    keep(Anchor(name=head.name, number=head.number, digest=head.digest))
    return said
