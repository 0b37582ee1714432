"""Reading consents."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.consents.models import Consent
from milium_site.consents.texts import PURPOSES


def has_consent(case: Case, purpose: str) -> bool:
    """Whether the asker agrees to it now. Raises ``ValueError`` for a purpose nobody is asked about."""
    if purpose not in PURPOSES:
        raise ValueError(f"nobody is asked about {purpose}: it is one of {', '.join(PURPOSES)}")
    return Consent.objects.filter(case=case, purpose=purpose, ended_at__isnull=True).exists()


def standing(case: Case) -> dict[str, Consent]:
    """The consents that hold now, by purpose."""
    return {c.purpose: c for c in Consent.objects.filter(case=case, ended_at__isnull=True)}


def consents_of(case: Case) -> list[Consent]:
    """Every consent that was ever given, in that order."""
    return list(Consent.objects.filter(case=case))
