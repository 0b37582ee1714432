"""Reading the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from milium_site.record.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody read something of a case. ``actor_kind`` and ``actor_key`` are as in ``who.Actor``."""

    at: datetime
    verb: str
    kind: str
    actor_kind: str
    actor_key: str


# What shows somebody something of a case, as opposed to a write. "open" is one: a moderator opens a case to its panel.
READING = frozenset({"read", "download"})


def opened(case_key: str) -> list[Opened]:
    """Who read something of the case and when, the latest first; the asker's own visits are left out."""
    entries = (
        Entry.objects.filter(case_key=case_key, verb__in=READING)
        .exclude(actor_kind="asker")
        .order_by("-pk")
    )
    return [
        Opened(at=e.at, verb=e.verb, kind=e.kind, actor_kind=e.actor_kind, actor_key=e.actor_key)
        for e in entries
    ]


def read_as_moderator(case_key: str, user_key: str) -> bool:
    """Whether the user has opened the case's page for moderators, where signed answers can be read."""
    return Entry.objects.filter(
        case_key=case_key,
        actor_kind="user",
        actor_key=user_key,
        verb="read",
        detail__role="moderator",
    ).exists()


def entries(*, case: str = "", verb: str = "", kind: str = "", actor: str = "") -> QuerySet[Entry]:
    """The entries that match every filter given, the latest first. ``actor`` is a user's key, or a kind of actor."""
    found = Entry.objects.order_by("-pk")
    if case:
        found = found.filter(case_key=case)
    if verb:
        found = found.filter(verb=verb)
    if kind:
        found = found.filter(kind=kind)
    if actor:
        by = (
            {"actor_key": actor, "actor_kind": "user"}
            if actor.isdecimal()
            else {"actor_kind": actor}
        )
        found = found.filter(**by)
    return found
