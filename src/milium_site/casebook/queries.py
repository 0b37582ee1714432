"""Reading a case for its asker: whether it is gone, when answers came in the past, who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median

from django.db.models import Min

from milium_site.casebook.models import ErasedLink
from milium_site.cases.links import digest_of
from milium_site.cases.models import Case, CaseEvent
from milium_site.cases.queries import behind, holding_of
from milium_site.cases.workflow import WITHDRAWN
from milium_site.opinions.models import Opinion
from milium_site.people.models import Specialist, User
from milium_site.record.queries import opened


# Fewer first answers than this say too little about the next one.
ENOUGH = 8
LAST = 200


def taken_back(link: str) -> Case | None:
    """What is left of a case that was taken back."""
    return behind(link).filter(state=WITHDRAWN).first()


def erased_at(link: str) -> datetime | None:
    """When the case with this link was erased."""
    return (
        ErasedLink.objects.filter(link_digest=digest_of(link)).values_list("at", flat=True).first()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long the first answer took for half of the last ``cases`` that got one."""

    half: timedelta
    cases: int


def usual_wait() -> Wait | None:
    """Measured on this site's last answered cases; ``None`` when there are too few. Made-up answers do not count."""
    firsts = (
        Opinion.objects.filter(signed_at__isnull=False, specialist__is_demo=False)
        .values("case")
        .annotate(first=Min("signed_at"))
        .order_by("-first")
        .values_list("first", "case__opened_at")[:LAST]
    )
    waits = [first - since for first, since in firsts if since is not None]
    return Wait(half=median(waits), cases=len(waits)) if len(waits) >= ENOUGH else None


def events_of(case: Case) -> list[CaseEvent]:
    """What happened to the case, in that order."""
    return list(case.events.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked at something of the case: on one day, the first time at ``at``, ``times`` in all."""

    who: str
    kind: str
    at: datetime
    times: int


def looks_at(case: Case) -> list[Look]:
    """Who opened what and when, the latest day first, without the asker's own visits."""
    own = holding_of(case)
    asker = str(own.user_id) if own else ""
    entries = sorted(
        (e for e in opened(case.key) if (e.actor_kind, e.actor_key) != ("user", asker)),
        key=lambda e: (e.at.date(), e.actor_kind, e.actor_key, e.kind, e.at),
        reverse=True,
    )
    names = _names({e.actor_key for e in entries if e.actor_kind == "user"})
    found = []
    for _, same in groupby(entries, lambda e: (e.at.date(), e.actor_kind, e.actor_key, e.kind)):
        *_, first = every = list(same)
        who = names.get(first.actor_key, "") if first.actor_kind == "user" else "Milium itself"
        found.append(Look(who=who, kind=first.kind, at=first.at, times=len(every)))
    return sorted(found, key=lambda look: look.at, reverse=True)


def _names(keys: set[str]) -> dict[str, str]:
    """Specialists by name, others by what they do: a moderator is not on show."""
    names = dict.fromkeys(keys, "Somebody who runs this site")
    names |= {str(u.pk): "A moderator" for u in User.objects.filter(pk__in=keys, is_moderator=True)}
    return names | {
        str(s.user_id): s.name
        for s in Specialist.objects.filter(user__in=[int(key) for key in keys])
    }
