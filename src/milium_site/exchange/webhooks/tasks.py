"""What a worker does for webhooks."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
from django.conf import settings
from django.utils import timezone

from milium_site.archive.models import PublishedCase
from milium_site.exchange.models import Delivery
from milium_site.exchange.webhooks.actions import ATTEMPTS, note_attempt
from milium_site.exchange.webhooks.events import PUBLISHED
from milium_site.exchange.webhooks.outgoing import Forbidden, post, signature
from milium_site.exchange.workflow import WAITING
from milium_site.jobs.job import ToldToOperators, job
from milium_site.opinions.models import Opinion


class NotDelivered(ToldToOperators):
    """The address did not take it; it is tried again."""


@job(attempts=ATTEMPTS, first_wait=timedelta(seconds=30))
def deliver(*, delivery: int) -> None:
    """Tells one address of one event. Tried again with longer and longer waits, then given up."""
    found = (
        Delivery.objects.select_related("webhook")
        .filter(pk=delivery, state=WAITING, webhook__ended_at=None)
        .first()
    )
    subject = _subject(found) if found else None
    if found is None or subject is None:
        return
    body = json.dumps(
        {"id": found.key, "event": found.event, "at": found.at.isoformat(), **subject},
        separators=(",", ":"),
    ).encode()
    _send(found, body)


def _send(delivery: Delivery, body: bytes) -> None:
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Milium",
        "Milium-Signature": signature(
            delivery.webhook.secret, int(timezone.now().timestamp()), body
        ),
    }
    try:
        status = post(delivery.webhook.url, body, headers, local=settings.MILIUM_WEBHOOKS_LOCAL)
    except (Forbidden, httpx.HTTPError, httpx.InvalidURL) as error:
        note_attempt(delivery=delivery, answer=type(error).__name__, sent=False)
        raise NotDelivered(f"the address: {type(error).__name__}") from None
    sent = 200 <= status < 300
    # Gone for good: who is told so does not ask again.
    note_attempt(delivery=delivery, answer=str(status), sent=sent, final=status == 410)
    if not sent and status != 410:
        raise NotDelivered(f"the address said: {status}")


def _subject(delivery: Delivery) -> dict[str, str] | None:
    """The keys that the event is about; ``None`` where it is gone. A page of the archive never names its case."""
    pk = delivery.what.rpartition(":")[2]
    if delivery.event == PUBLISHED:
        page = PublishedCase.objects.filter(publication_id=int(pk)).first()
        return {"published": page.key} if page else None
    opinion = Opinion.objects.select_related("case").filter(pk=pk).first()
    return {"case": opinion.case.key, "opinion": str(opinion.pk)} if opinion else None
