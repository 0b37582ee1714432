"""Every write of what moderation does by itself: looking at what waits, and forgetting what was kept for a while."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from milium_site.cases.workflow import CLOSED
from milium_site.moderation.models import Bar, Decision, Look, Sender
from milium_site.moderation.queries import digest_of, found_in, unseen_cases
from milium_site.moderation.senders import SENDERS_KEPT
from milium_site.record.actions import record


LOOKS_AT_ONCE = 200
# Words before a mask are kept so long, that it can be undone.
ORIGINALS_KEPT = timedelta(days=30)


@transaction.atomic
def look_at_waiting() -> int:
    """Lets the rules look at what was sent since; how many. Words kept for undoing a mask go when their time is over."""
    cases_now = list(unseen_cases()[:LOOKS_AT_ONCE])
    for case in cases_now:
        fired = found_in(case)
        Look.objects.update_or_create(
            case=case,
            defaults={
                "at": timezone.now(),
                "marks": [asdict(mark) for mark in fired],
                "risk": sum(mark.weight for mark in fired),
                "words": digest_of(case.text),
            },
        )
        record(verb="looked", kind="case", key=case.key, case=case.key)
    forget_originals()
    return len(cases_now)


@transaction.atomic
def forget_originals() -> int:
    """Erases the words before masks once their case is closed, or after ``ORIGINALS_KEPT``; how many.

    From which networks cases were sent goes after ``SENDERS_KEPT``, and bars that have ended go.
    """
    now = timezone.now()
    Sender.objects.filter(at__lt=now - SENDERS_KEPT).delete()
    Bar.objects.filter(until__lt=now).delete()
    masks = Decision.objects.filter(what="mask").exclude(case=None)
    old = masks.filter(at__lt=now - ORIGINALS_KEPT) | masks.filter(
        case__state__in=[CLOSED, "withdrawn"]
    )
    kept = [d for d in old.select_related("case") if d.before]
    Decision.objects.filter(pk__in=[d.pk for d in kept]).update(before={})
    for made in kept:
        case = made.case.key if made.case else ""
        record(verb="forgot", kind="decision", key=str(made.pk), case=case)
    return len(kept)
