"""Every write to webhooks: who is told, of what, and what came of each delivery."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from milium_site.exchange.models import Delivery, Webhook
from milium_site.exchange.queries import standing_webhooks
from milium_site.exchange.webhooks.events import EVENTS
from milium_site.exchange.webhooks.outgoing import Forbidden, check_url
from milium_site.exchange.workflow import DEAD, DELIVERY, SENT, WAITING
from milium_site.jobs.actions import enqueue
from milium_site.people.models import User
from milium_site.record.actions import record


DELIVER = "milium_site.exchange.webhooks.tasks.deliver"
ATTEMPTS = 8
MOST = 20


@transaction.atomic
def register_webhook(*, user: User, url: str, events: Collection[str]) -> tuple[Webhook, str]:
    """Tells the address of these events from now on; also the secret that signs what it is told. Raises ``Forbidden``."""
    check_url(url, local=settings.MILIUM_WEBHOOKS_LOCAL)
    known = [event for event in EVENTS if event in events]
    if not known:
        raise Forbidden("Choose what the address is told of.")
    if standing_webhooks().count() >= MOST:
        raise Forbidden(f"There are {MOST} addresses already. End one that is no longer needed.")
    secret = "whs_" + secrets.token_urlsafe(32)
    webhook = Webhook.objects.create(
        key=secrets.token_hex(8),
        url=url,
        secret=secret,
        events=known,
        made_at=timezone.now(),
        made_by=user,
    )
    record(verb="register", kind="webhook", key=webhook.key, events=known)
    return webhook, secret


@transaction.atomic
def end_webhook(*, key: str) -> None:
    """Tells the address nothing more; its secret is forgotten. Twice is once."""
    webhook = Webhook.objects.select_for_update().filter(key=key, ended_at=None).first()
    if webhook:
        webhook.ended_at, webhook.secret = timezone.now(), ""
        webhook.save(update_fields=["ended_at", "secret"])
        record(verb="end", kind="webhook", key=webhook.key)


@transaction.atomic
def tell_webhooks(*, event: str, what: str) -> int:
    """Puts one delivery in line for each address that wants to hear of the event; how many."""
    told = 0
    for webhook in standing_webhooks():
        if event in webhook.events:
            delivery, is_new = Delivery.objects.get_or_create(
                webhook=webhook,
                event=event,
                what=what,
                defaults={"key": secrets.token_hex(12), "at": timezone.now()},
            )
            if is_new:
                enqueue(job=DELIVER, delivery=delivery.pk)
                told += 1
    return told


@transaction.atomic
def note_attempt(*, delivery: Delivery, answer: str, sent: bool, final: bool = False) -> Delivery:
    """What came of one attempt; given up when it was ``final`` or the last."""
    delivery.attempts += 1
    delivery.answer, delivery.tried_at = answer[:40], timezone.now()
    if sent or final or delivery.attempts >= ATTEMPTS:
        to = SENT if sent else DEAD
        DELIVERY.check(delivery.state, to)
        delivery.state = to
    delivery.save()
    return delivery


@transaction.atomic
def try_again(*, key: str) -> bool:
    """A delivery that was given up is tried anew. False when it is none of those."""
    delivery = Delivery.objects.select_for_update().filter(key=key, state=DEAD).first()
    if delivery is None or delivery.webhook.ended_at:
        return False
    delivery.state, delivery.attempts = WAITING, 0
    delivery.save(update_fields=["state", "attempts"])
    enqueue(job=DELIVER, delivery=delivery.pk)
    record(verb="retry", kind="delivery", key=delivery.key)
    return True
