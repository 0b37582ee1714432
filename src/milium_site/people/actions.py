"""Every write to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from milium_site.people.models import Application, Credential, RoleChange, Specialist, User
from milium_site.people.policies import (
    ROLE_CHANGES,
    TAKE_FACTORS,
    NotNow,
    a_year_after,
    check_may_change,
    check_may_leave,
    day_of,
)
from milium_site.people.signals import application_decided, user_invited, user_leaves
from milium_site.people.workflow import (
    ACCEPTED,
    APPLICATION,
    IN_REVIEW,
    REFUSED,
    SUBMITTED,
    WAITING,
    WITHDRAWN,
)
from milium_site.record.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a checker found in which register; ``seen`` by field: name, number, status, specialty."""

    register: str = ""
    register_name: str = ""
    number: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def register_user(
    *,
    email: str,
    name: str,
    password: str | None,
    is_staff: bool = False,
    is_moderator: bool = False,
) -> User:
    """A new account with an address that counts as proven; without a password nobody can sign in with one.

    Whoever makes an account for somebody else vouches for the address: a code sent there opens it.
    """
    user = User(
        email=User.objects.normalize_email(email),
        name=name,
        is_staff=is_staff,
        is_moderator=is_moderator,
    )
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def register_specialist(  # noqa: PLR0913 (each is a column of its own)
    *,
    user: User,
    profession: str,
    credential: str,
    country: str,
    checked_on: date | None,
    specialty: str = "",
    is_demo: bool = False,
) -> Specialist:
    """Makes ``user`` a specialist; they may answer for a year from ``checked_on``, the day their register was checked."""
    specialist = Specialist.objects.create(
        user=user,
        name=user.name,
        profession=profession,
        credential=credential,
        specialty=specialty,
        country=country,
        is_demo=is_demo,
    )
    record(verb="register", kind="specialist", key=str(specialist.pk))
    if checked_on:
        check_credential(specialist=specialist, checked_on=checked_on)
    return specialist


@transaction.atomic
def check_credential(
    *,
    specialist: Specialist,
    checked_on: date,
    expires_on: date | None = None,
    checked_by: User | None = None,
    what: Found | None = None,
) -> Credential:
    """Keeps one check of the register; it counts for a year unless ``expires_on`` says otherwise."""
    found = asdict(what or Found())
    credential = Credential.objects.create(
        specialist=specialist,
        checked_on=checked_on,
        checked_by=checked_by,
        expires_on=expires_on or a_year_after(checked_on),
        **found,
    )
    record(verb="check", kind="credential", key=str(credential.pk))
    return credential


@transaction.atomic
def withdraw_credentials(*, specialist: Specialist, because: str) -> int:
    """Ends every check that still counts; gives their number. The specialist stops answering at once."""
    ending = specialist.credentials.select_for_update().filter(withdrawn_at__isnull=True)
    keys = [str(credential.pk) for credential in ending]
    specialist.credentials.filter(pk__in=keys).update(
        withdrawn_at=timezone.now(), withdrawn_because=because
    )
    for key in keys:
        record(verb="withdraw", kind="credential", key=key)
    return len(keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an applicant says of themselves. ``specialty`` is a concept's id, ``number`` as the register writes it."""

    name: str
    profession: str
    specialty: str
    country: str
    register: str
    register_name: str
    number: str
    board: str
    conflicts: str


@transaction.atomic
def apply_as_specialist(*, user: User, said: Said, evidence: File[bytes] | None) -> Application:
    """Sends an application. One that already waits is given back, so that sending twice is sending once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    waiting = user.applications.filter(state__in=WAITING).first()
    if waiting:
        return waiting
    application = Application.objects.create(
        user=user, sent_at=timezone.now(), evidence=evidence or "", **asdict(said)
    )
    record(verb="send", kind="application", key=str(application.pk))
    return application


@transaction.atomic
def withdraw_application(*, application: Application) -> Application:
    """Takes it back. Raises ``IllegalMove`` once it was decided."""
    return _moved(_application(application), WITHDRAWN)


@transaction.atomic
def take_application(*, application: Application, moderator: User) -> Application:
    """Begins the review; whoever looks at one that is in review looks on."""
    application = _application(application)
    if application.state != SUBMITTED:
        return application
    application.taken_by = moderator
    return _moved(application, IN_REVIEW)


@transaction.atomic
def accept_application(
    *, application: Application, moderator: User, what: Found, expires_on: date, reason: str = ""
) -> Specialist:
    """Makes the applicant a specialist with a check of today. Raises ``IllegalMove`` for one that was decided."""
    application = _decide(application, ACCEPTED, moderator, reason)
    user = application.user
    user.name = application.name
    user.save(update_fields=["name"])
    said = {
        "name": application.name,
        "profession": application.profession,
        "credential": application.board or application.profession.capitalize(),
        "specialty": application.specialty,
        "country": application.country,
        "conflicts": application.conflicts,
        "is_active": True,
    }
    specialist, _ = Specialist.objects.update_or_create(
        user=user, defaults=said, create_defaults=said | {"interests": [application.specialty]}
    )
    check_credential(
        specialist=specialist,
        checked_on=timezone.localdate(),
        expires_on=expires_on,
        checked_by=moderator,
        what=what,
    )
    return specialist


@transaction.atomic
def refuse_application(*, application: Application, moderator: User, reason: str) -> Application:
    """Says no, with the reason that the applicant reads. They may apply again."""
    return _decide(application, REFUSED, moderator, reason)


@transaction.atomic
def change_profile(
    *, specialist: Specialist, conflicts: str, interests: Sequence[str]
) -> Specialist:
    """What a specialist says of themselves without a new check."""
    specialist.conflicts, specialist.interests = conflicts, list(interests)
    specialist.save(update_fields=["conflicts", "interests"])
    record(verb="change", kind="specialist", key=str(specialist.pk))
    return specialist


@transaction.atomic
def expire_credentials(*, now: datetime | None = None) -> list[Credential]:
    """Notes every check that has ended since the last call, once, and gives them, so that people can be told.

    Whether a check counts never waits for this: its day decides.
    """
    ended = list(
        Credential.objects.select_for_update().filter(
            told_at__isnull=True, withdrawn_at__isnull=True, expires_on__lt=day_of(now)
        )
    )
    Credential.objects.filter(pk__in=[c.pk for c in ended]).update(told_at=now or timezone.now())
    for credential in ended:
        record(verb="expire", kind="credential", key=str(credential.pk))
    return ended


@transaction.atomic
def change_role(*, user: User, what: str, reason: str, by: User) -> User:
    """One of ``ROLE_CHANGES``, with its reason. Raises ``NotNow`` for what would leave nobody to run the site."""
    user = User.objects.select_for_update().get(pk=user.pk)
    check_may_change(user, what, by)
    column, value = ROLE_CHANGES[what]
    setattr(user, column, value)
    user.save(update_fields=[column])
    RoleChange.objects.create(user=user, what=what, reason=reason, by=by, at=timezone.now())
    record(verb=what, kind="user", key=str(user.pk))
    return user


@transaction.atomic
def take_factors(*, user: User, reason: str, by: User) -> None:
    """Takes every passkey, app and recovery code off an account whose owner has lost them, with the reason.

    Nothing opens by it: they sign in as before, and add a new one before a page of their role opens. Raises ``NotNow`` for
    one's own account.
    """
    check_may_change(user, TAKE_FACTORS, by)
    Authenticator.objects.filter(user=user).delete()
    RoleChange.objects.create(user=user, what=TAKE_FACTORS, reason=reason, by=by, at=timezone.now())
    record(verb=TAKE_FACTORS, kind="user", key=str(user.pk))


@transaction.atomic
def invite_user(*, email: str, name: str, what: str, reason: str, by: User) -> User:
    """An account for somebody who has none yet, with a role; they are written to, and sign in with a code sent there."""
    user = register_user(email=email, name=name, password=None)
    user = change_role(user=user, what=what, reason=reason, by=by)
    user_invited.send(sender=User, user=user)
    return user


@transaction.atomic
def delete_user(*, user: User) -> None:
    """The account with all that hangs on it: address, passkeys, devices, applications and their papers.

    Raises ``NotNow`` for somebody whose name others rely on.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    check_may_leave(user)
    for application in user.applications.filter(state__in=WAITING):
        withdraw_application(application=application)
    user.applications.all().delete()
    user_leaves.send(sender=User, user=user)
    record(verb="erase", kind="user", key=str(user.pk))
    try:
        user.delete()
    except ProtectedError as error:
        raise NotNow(
            "You moderated here, and what you decided stays on record. Ask an operator to close your account."
        ) from error


def _application(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=application.pk)
    )


def _decide(application: Application, state: str, moderator: User, reason: str) -> Application:
    application = _application(application)
    application.decided_at, application.decided_by = timezone.now(), moderator
    application.reason = reason
    application = _moved(application, state)
    application_decided.send(sender=Application, application=application)
    return application


def _moved(application: Application, state: str) -> Application:
    APPLICATION.check(application.state, state)
    application.state = state
    if state not in WAITING and application.evidence:
        stored = str(application.evidence.name)
        storage = application.evidence.storage
        application.evidence = ""
        transaction.on_commit(lambda: storage.delete(stored))
    application.save()
    record(verb=state, kind="application", key=str(application.pk))
    return application


@transaction.atomic
def suspend_specialist(*, specialist: Specialist) -> None:
    """From this instant they answer nothing. What they signed stays."""
    Specialist.objects.filter(pk=specialist.pk).update(is_active=False)
    record(verb="suspend", kind="specialist", key=str(specialist.pk))


@transaction.atomic
def reinstate_specialist(*, specialist: Specialist) -> None:
    """They may answer again, as far as their credential goes."""
    Specialist.objects.filter(pk=specialist.pk).update(is_active=True)
    record(verb="reinstate", kind="specialist", key=str(specialist.pk))
