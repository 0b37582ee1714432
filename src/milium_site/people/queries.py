"""Reading people."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from milium_site.people.models import Application, Credential, Specialist, User
from milium_site.people.policies import SOON, day_of
from milium_site.people.workflow import WAITING


def specialist_of(user: User | AnonymousUser, *, now: datetime | None = None) -> Specialist | None:
    """The specialist that ``user`` is, when they may answer; else ``None``."""
    if not isinstance(user, User):
        return None
    found = answering_specialists(now=now).filter(user=user).first()
    if found:
        # The frame of the page asks the account for its specialist: known now, it is not looked up again.
        found.user = user
    return found


def specialist_account(user: User | AnonymousUser) -> Specialist | None:
    """The specialist that ``user`` is, whether or not they may answer now."""
    if not isinstance(user, User):
        return None
    return (
        Specialist.objects.select_related("user")
        .prefetch_related("credentials")
        .filter(user=user)
        .first()
    )


def answering_specialists(*, now: datetime | None = None) -> QuerySet[Specialist]:
    """Everybody who may answer: ``policies.may_answer`` as one query."""
    counting = Credential.objects.filter(
        specialist=OuterRef("pk"), withdrawn_at__isnull=True, expires_on__gte=day_of(now)
    )
    return Specialist.objects.filter(
        Exists(counting), is_active=True, user__is_active=True
    ).order_by("pk")


def demo_specialists() -> QuerySet[Specialist]:
    """The demo's panel."""
    return Specialist.objects.filter(is_demo=True).select_related("user").order_by("pk")


def checks_that_end_soon(*, now: datetime | None = None) -> list[Credential]:
    """The checks that end within ``SOON`` and have no later one behind them; of specialists who may answer now."""
    today = day_of(now)
    later = Credential.objects.filter(
        specialist=OuterRef("specialist"), withdrawn_at__isnull=True, expires_on__gt=today + SOON
    )
    ending = Credential.objects.filter(
        ~Exists(later),
        withdrawn_at__isnull=True,
        expires_on__range=(today, today + SOON),
        specialist__in=answering_specialists(now=now),
    )
    last = {c.specialist_id: c for c in ending.select_related("specialist").order_by("expires_on")}
    return list(last.values())


def lacks_second_factor(user: User) -> bool:
    """Whether they must add a passkey or an authenticator app before a page of their role opens."""
    return settings.MILIUM_SECOND_FACTOR == "required" and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """Whether they have a passkey or an authenticator app; recovery codes alone are none."""
    kinds = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
    found: bool = Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
    return found


def address_is_taken(email: str) -> bool:
    """Whether somebody has an account with it."""
    return User.objects.filter(email__iexact=email).exists()


def latest_application(user: User) -> Application | None:
    """The application that waits, else the one that was decided last."""
    return user.applications.order_by("pk").last()


def applications() -> QuerySet[Application]:
    """Every application that waits, the longest first."""
    return (
        Application.objects.filter(state__in=WAITING)
        .select_related("user", "taken_by")
        .order_by("sent_at", "pk")
    )


def decided_applications() -> QuerySet[Application]:
    """What was decided, the latest first."""
    return (
        Application.objects.exclude(state__in=WAITING)
        .select_related("user", "decided_by")
        .order_by("-pk")
    )


def specialists_by_expiry() -> list[Specialist]:
    """Every specialist, whose check ends first (or has ended) on top."""
    found = Specialist.objects.select_related("user").prefetch_related("credentials")
    return sorted(
        found,
        key=lambda s: (max((c.expires_on for c in s.credentials.all()), default=date.min), s.pk),
    )


def people(words: str) -> QuerySet[User]:
    """Accounts by part of an address or a name, those with a role first."""
    found = User.objects.select_related("specialist")
    if words:
        found = found.filter(Q(email__icontains=words) | Q(name__icontains=words))
    return found.order_by("-is_staff", "-is_moderator", "email", "pk")
