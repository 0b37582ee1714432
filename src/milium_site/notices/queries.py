"""Reading notices."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils import timezone

from milium_site.notices.models import EMAIL, Letter, Notice, Subscriber
from milium_site.notices.workflow import REFUSED, UNSURE
from milium_site.people.models import User


def subscribers_of(about: str) -> QuerySet[Subscriber]:
    """Who is told of it now, the unconfirmed too: for them it waits."""
    return Subscriber.objects.filter(about=about, ended_at=None).order_by("pk")


def own_subscriber(user: User) -> Subscriber | None:
    """How an account's own address is told, also where it wants nothing; ``None`` before anybody was told or chose."""
    return Subscriber.objects.filter(about=f"user:{user.pk}", channel=EMAIL).first()


def waiting_notices(subscriber: Subscriber) -> QuerySet[Notice]:
    """What no letter holds yet; of an address that nobody confirmed, only the question whether it is theirs."""
    waiting = subscriber.notices.filter(letter=None)
    return waiting if subscriber.confirmed_at else waiting.filter(kind="confirm")


def due_subscribers() -> list[int]:
    """Whose digest is due: their oldest notice has waited for ``MILIUM_DIGEST_HOURS``."""
    before = timezone.now() - timedelta(hours=settings.MILIUM_DIGEST_HOURS)
    waiting = (
        Notice.objects.filter(
            letter=None, subscriber__ended_at=None, subscriber__confirmed_at__isnull=False
        )
        .values("subscriber")
        .annotate(oldest=Min("told_at"))
        .filter(oldest__lte=before)
    )
    return [row["subscriber"] for row in waiting]


def letters_to_look_at() -> QuerySet[Letter]:
    """Letters that nobody sends any more: the server refused them, or it is unknown whether it took them."""
    return Letter.objects.filter(state__in=[UNSURE, REFUSED]).order_by("-begun_at")
