"""Who a program acts for: somebody's account by a token, or the asker of a case by its secret link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from milium_site.cases.links import key_in
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link
from milium_site.exchange.models import Token
from milium_site.exchange.queries import PREFIX, digest_of, roles_of, standing_token
from milium_site.exchange.scopes import OF_THE_ASKER, is_allowed
from milium_site.people.models import Specialist, User
from milium_site.people.queries import lacks_second_factor, specialist_of
from milium_site.record.who import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Either ``token`` with its ``user``, or the ``case`` whose ``link`` was sent. ``scopes`` are those that count now."""

    digest: str
    scopes: frozenset[str]
    token: Token | None = None
    case: Case | None = None
    link: str = ""

    @property
    def user(self) -> User | None:
        """Whose token it is."""
        return self.token.user if self.token else None

    @property
    def specialist(self) -> Specialist | None:
        """The specialist they are, while they may answer."""
        return specialist_of(self.user) if self.user else None

    @property
    def actor(self) -> Actor:
        """How the record names them."""
        return Actor(kind="user", key=str(self.user.pk)) if self.user else Actor(kind="asker")


def sent(request: HttpRequest) -> str:
    """The bearer token of the request; empty where there is none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def bearer_of(secret: str, now: datetime) -> Bearer | None:
    """Whoever the secret lets in; ``None`` for one that was revoked, ran out or never was."""
    if not secret.isascii() or not secret.isprintable() or len(secret) > 200:
        return None
    if secret.startswith(PREFIX):
        return _by_token(secret, now)
    if key_in(secret):
        # An account's link is no secret: it opens for whoever is signed in, on the pages.
        return None
    try:
        case = case_by_link(secret)
    except Case.DoesNotExist:
        return None
    return Bearer(digest=digest_of(secret), scopes=OF_THE_ASKER, case=case, link=secret)


def _by_token(secret: str, now: datetime) -> Bearer | None:
    token = standing_token(secret, now)
    if token is None or not token.user.is_active or lacks_second_factor(token.user):
        return None
    roles = roles_of(token.user)
    scopes = frozenset(scope for scope in token.scopes if is_allowed(scope, roles))
    # Whoever has lost their role has a token for nothing.
    return Bearer(digest=token.digest, scopes=scopes, token=token) if scopes else None


def bearer_in(request: HttpRequest) -> Bearer | None:
    """Whoever ``edge.bearing`` found to send the request."""
    found: Bearer | None = getattr(request, "bearer", None)
    return found
