"""Every write to outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from milium_site.notices.actions import tell
from milium_site.outcomes.models import Outcome
from milium_site.outcomes.queries import due
from milium_site.record.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an asker reports. ``chosen`` are concepts of the comparison's rows; ``helped`` is one of ``Outcome.HELPED``."""

    chosen: tuple[dict[str, str], ...]
    helped: str
    side_effects: str = ""
    words: str = ""


@transaction.atomic
def open_due_follow_ups(*, now: datetime) -> list[Outcome]:
    """Asks what is due, each follow-up once however often this runs. Gives back what was newly asked."""
    opened = []
    for case, weeks, since in list(due(now)):
        outcome, is_new = Outcome.objects.get_or_create(
            case=case, weeks=weeks, defaults={"due_at": since}
        )
        if is_new:
            opened.append(outcome)
            record(verb="ask", kind="outcome", key=str(outcome.pk), case=case.key)
            tell(
                about=f"case:{case.key}",
                kind="follow-up",
                path=f"follow-up/{weeks}/",
                event=f"follow-up-{weeks}",
            )
    return opened


@transaction.atomic
def tell_outcome(*, outcome: Outcome, told: Told) -> Outcome:
    """Keeps what the asker reports; the same again changes nothing, other words take the place of the first."""
    outcome = (
        Outcome.objects.select_for_update(of=("self",)).select_related("case").get(pk=outcome.pk)
    )
    values = {
        "chosen": [dict(option) for option in told.chosen],
        "helped": told.helped,
        "side_effects": told.side_effects,
        "words": told.words,
    }
    if outcome.told_at and all(getattr(outcome, name) == value for name, value in values.items()):
        return outcome
    for name, value in values.items():
        setattr(outcome, name, value)
    outcome.changed_at = timezone.now()
    outcome.told_at = outcome.told_at or outcome.changed_at
    outcome.save()
    record(verb="tell", kind="outcome", key=str(outcome.pk), case=outcome.case.key)
    return outcome
