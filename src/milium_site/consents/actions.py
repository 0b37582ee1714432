"""Every write to consents."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from milium_site.cases.models import Case
from milium_site.consents.models import Consent
from milium_site.consents.texts import wording_of
from milium_site.record.actions import record


@transaction.atomic
def give_consent(*, case: Case, purpose: str) -> Consent:
    """The asker agrees to today's wording. Given already, it stays; to an older wording, that one ends.

    Raises ``KeyError`` for a purpose nobody is asked about.
    """
    version = wording_of(purpose).version
    stands = _standing(case, purpose)
    if stands and stands.version == version:
        return stands
    if stands:
        _end(stands)
    given = Consent.objects.create(
        case=case, purpose=purpose, version=version, given_at=timezone.now()
    )
    record(verb="give", kind="consent", key=purpose, case=case.key, version=version)
    return given


@transaction.atomic
def withdraw_consent(*, case: Case, purpose: str) -> bool:
    """The asker no longer agrees. Whether there was anything to take back: twice is once.

    What it covered is erased by ``casebook.actions.withdraw_consent``, which calls this.
    """
    wording_of(purpose)
    stands = _standing(case, purpose)
    if stands is None:
        return False
    _end(stands)
    record(verb="withdraw", kind="consent", key=purpose, case=case.key, version=stands.version)
    return True


def _standing(case: Case, purpose: str) -> Consent | None:
    # The case's row is held: of two tabs that say opposite things the later has the last word.
    Case.objects.select_for_update().get(pk=case.pk)
    return Consent.objects.filter(case=case, purpose=purpose, ended_at__isnull=True).first()


def _end(consent: Consent) -> None:
    consent.ended_at = timezone.now()
    consent.save(update_fields=["ended_at"])
