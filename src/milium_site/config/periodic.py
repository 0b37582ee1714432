"""What is done again and again, as a table. It names other apps' work, so it stands above them all."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from milium_site.archive.actions import mark_stale
from milium_site.archive.pictures.actions import sweep_pictures
from milium_site.exchange.actions import sweep as sweep_exchange
from milium_site.jobs.actions import sweep as sweep_jobs
from milium_site.jobs.rounds import Every
from milium_site.keeping.retention import erase_what_is_over
from milium_site.moderation.looks.actions import forget_originals
from milium_site.notices.actions import sweep as sweep_letters
from milium_site.notices.actions import tell
from milium_site.opinions.seats.actions import release_lapsed_seats, settle_waiting_cases
from milium_site.outcomes.actions import open_due_follow_ups
from milium_site.people.actions import expire_credentials
from milium_site.people.models import Credential
from milium_site.people.policies import may_answer
from milium_site.people.queries import checks_that_end_soon
from milium_site.photos.actions import sweep_photos
from milium_site.record.actions import chain_waiting


def follow_ups() -> None:
    """Asks how it went, two and six weeks on."""
    open_due_follow_ups(now=timezone.now())


def lapses() -> None:
    """Gives back the places whose time is over, and lets cases go that waited long enough."""
    release_lapsed_seats()
    settle_waiting_cases()


@transaction.atomic
def credentials() -> None:
    """Tells specialists of their check once it ends within a month, and once it has ended, unless a later one counts."""
    for check in checks_that_end_soon():
        _tell_of(check, f"credential-{check.pk}-soon")
    for check in expire_credentials():
        if not may_answer(check.specialist):
            _tell_of(check, f"credential-{check.pk}")


def _tell_of(check: Credential, event: str) -> None:
    about = f"user:{check.specialist.user_id}"
    tell(about=about, kind="credential-expires", path=reverse("apply"), event=event)


def stale_pages() -> None:
    """Marks the archive's pages whose term is over."""
    mark_stale(today=timezone.localdate())


def retention() -> None:
    """Erases the cases whose term is over."""
    erase_what_is_over(now=timezone.now())


def sweep() -> None:
    """Takes away what nobody needs any more: words before a mask, jobs done, old letters, files of no photo, sessions that ran out."""
    chain_waiting()
    forget_originals()
    sweep_jobs()
    sweep_letters()
    sweep_exchange()
    sweep_photos()
    sweep_pictures()
    call_command("clearsessions")


HERE = "milium_site.config.periodic"
TABLE = (
    Every(
        name="digests",
        every=timedelta(minutes=10),
        does="milium_site.notices.tasks.send_digests",
    ),
    Every(name="follow-ups", every=timedelta(hours=1), does=f"{HERE}.follow_ups"),
    Every(name="places that lapse", every=timedelta(minutes=5), does=f"{HERE}.lapses"),
    Every(name="credentials that end", every=timedelta(hours=1), does=f"{HERE}.credentials"),
    Every(name="old pages", every=timedelta(hours=24), does=f"{HERE}.stale_pages"),
    Every(name="what is over", every=timedelta(hours=24), does=f"{HERE}.retention"),
    Every(name="sweeping", every=timedelta(hours=6), does=f"{HERE}.sweep"),
)
