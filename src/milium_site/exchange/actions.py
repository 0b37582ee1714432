"""Every write to tokens, counts, answers kept for a repeated request, and what was not understood."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from milium_site.cases.models import Case
from milium_site.exchange.models import Done, Kept, Spent, Token
from milium_site.exchange.queries import PREFIX, digest_of, roles_of
from milium_site.exchange.scopes import is_allowed
from milium_site.people.models import User
from milium_site.record.actions import record


MOST_TOKENS = 50
# A token's last use is noted this often; a count of requests is kept a little longer than the minute it is of.
NOTED = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(hours=24)


class NoToken(Exception):
    """This token cannot be made. The message says why."""


@transaction.atomic
def make_token(*, user: User, name: str, scopes: Collection[str], days: int) -> tuple[Token, str]:
    """A token for ``days``, and its words, which are kept nowhere. Raises ``NoToken``."""
    roles = roles_of(user)
    refused = sorted(scope for scope in scopes if not is_allowed(scope, roles))
    if refused or not scopes:
        raise NoToken("Choose what the token may do, among what you may do yourself.")
    now = timezone.now()
    if Token.objects.filter(user=user, revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise NoToken(f"You have {MOST_TOKENS} tokens. Revoke one that you no longer use.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        key=secrets.token_hex(8),
        user=user,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[:8],
        scopes=sorted(scopes),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(verb="make", kind="token", key=token.key, scopes=token.scopes)
    return token, secret


@transaction.atomic
def revoke_token(*, user: User, key: str) -> Token | None:
    """The token works no more. Twice is once; None where they have no such token."""
    token = Token.objects.select_for_update().filter(user=user, key=key).first()
    if token and token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(verb="revoke", kind="token", key=token.key)
    return token


@transaction.atomic
def note_use(*, token: Token, now: datetime) -> None:
    """Keeps when the token was last used, to the minute."""
    if token.used_at is None or token.used_at < now - NOTED:
        Token.objects.filter(pk=token.pk).update(used_at=now)


@transaction.atomic
def spend(*, who: str, minute: int) -> int:
    """Counts one request; how many there were in this minute, over all processes."""
    Spent.objects.bulk_create([Spent(who=who, minute=minute)], ignore_conflicts=True)
    mine = Spent.objects.filter(who=who, minute=minute)
    mine.update(number=F("number") + 1)
    return mine.values_list("number", flat=True)[0]


@transaction.atomic
def begin_once(*, who: str, key_digest: str, request: str) -> bool:
    """Claims a write for its key; False when somebody has sent it before."""
    now = timezone.now()
    Done.objects.filter(who=who, key_digest=key_digest, at__lt=now - ANSWERS_KEPT).delete()
    _, is_new = Done.objects.get_or_create(
        who=who, key_digest=key_digest, defaults={"request": request, "at": now}
    )
    return is_new


@transaction.atomic
def finish_once(*, who: str, key_digest: str, status: int, answer: str) -> None:
    """Keeps what was answered; an answer that says to try again is not kept, so that it can be."""
    mine = Done.objects.filter(who=who, key_digest=key_digest)
    if status >= 500 or status in {401, 403, 429}:
        mine.delete()
    else:
        done = mine.get()
        done.status, done.answer = status, answer
        done.save(update_fields=["status", "answer"])


@transaction.atomic
def keep(*, case: Case, kind: str, reason: str, resource: Mapping[str, Any]) -> Kept:
    """Keeps a resource that was not understood, with the case it came with."""
    kept = Kept.objects.create(
        case=case, kind=kind, reason=reason, resource=cast("Any", dict(resource)), at=timezone.now()
    )
    record(verb="keep", kind="resource", key=str(kept.pk), case=case.key)
    return kept


@transaction.atomic
def sweep() -> int:
    """Takes away counts of past minutes and answers nobody will ask for again; how many rows."""
    now = timezone.now()
    counts, _ = Spent.objects.filter(minute__lt=int(now.timestamp() // 60) - 5).delete()
    answers, _ = Done.objects.filter(at__lt=now - ANSWERS_KEPT).delete()
    return counts + answers
