"""Webhooks listen to the record: what is written there of a signing or a publication is told in the same commit."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver

from milium_site.exchange.webhooks.actions import tell_webhooks
from milium_site.exchange.webhooks.events import event_of
from milium_site.record.models import Entry


@receiver(post_save, sender=Entry)
def something_happened(sender: type[Entry], instance: Entry, **_: object) -> None:
    """Puts a delivery in line for every address that wants to hear of it."""
    event = event_of(instance.verb, instance.kind)
    if event:
        tell_webhooks(event=event, what=f"{instance.kind}:{instance.key}")
