"""Reading tokens, webhooks and deliveries; who somebody is for a program that acts for them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from milium_site.exchange.models import Delivery, Done, Token, Webhook
from milium_site.exchange.scopes import Role
from milium_site.people.models import User
from milium_site.people.policies import is_moderator, is_operator
from milium_site.people.queries import specialist_of


PREFIX = "mil_"


def digest_of(secret: str) -> str:
    """What the database holds of a token, whose 256 bits nobody guesses."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def roles_of(user: User) -> frozenset[Role]:
    """What somebody is here now: their register check may have ended, their role been taken."""
    roles: set[Role] = set()
    if user.is_active and specialist_of(user):
        roles.add("specialist")
    if is_moderator(user):
        roles.add("moderator")
    if is_operator(user):
        roles.add("operator")
    return frozenset(roles)


def standing_token(secret: str, now: datetime) -> Token | None:
    """The token, when it was neither revoked nor ran out."""
    found = Token.objects.select_related("user").filter(
        digest=digest_of(secret), revoked_at=None, expires_at__gt=now
    )
    return found.first()


def tokens_of(user: User) -> list[Token]:
    """Every token somebody made, the newest first."""
    return list(Token.objects.filter(user=user))


def answered_before(who: str, key_digest: str) -> Done | None:
    """What was answered to the write with this key."""
    return Done.objects.filter(who=who, key_digest=key_digest).first()


def standing_webhooks() -> QuerySet[Webhook]:
    """The addresses that are told of events."""
    return Webhook.objects.filter(ended_at=None)


def latest_deliveries(most: int = 50) -> list[Delivery]:
    """What was told last, with what is given up on top."""
    found = Delivery.objects.select_related("webhook")
    return sorted(found[:most], key=lambda d: d.state != "dead")
