"""Who signs in, and who of them may give opinions."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from typing_extensions import override

from milium_site.foundation.private import PrivateJson, PrivateText
from milium_site.people.workflow import APPLICATION, SUBMITTED, WAITING


def evidence_place(_: Application, name: str) -> str:
    """Where an evidence file is stored: nothing of its own name but the kind of file."""
    return f"applications/{secrets.token_urlsafe(24)}{Path(name).suffix.lower()}"


class Users(BaseUserManager["User"]):
    """Django's own commands make users through here; the site does through ``actions``."""

    def create_superuser(self, email: str, password: str, name: str) -> User:
        """The operator's first account (``milium manage createsuperuser``)."""
        user = self.model(
            email=self.normalize_email(email), is_staff=True, is_superuser=True, name=name
        )
        user.set_password(password)
        user.save(using=self._db)
        # Whoever can run the command owns the installation: the address needs no proof.
        from allauth.account.models import EmailAddress  # noqa: PLC0415 (its rows point to this model)

        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by e-mail address. Askers need no account. ``is_staff`` makes an operator."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_moderator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.name or self.email


class Specialist(models.Model):
    """What a panel and an asker are told of a specialist. Whether they may answer, their ``credentials`` say.

    ``specialty`` and ``interests`` are ids of concepts; ``conflicts`` is what they sell or are paid for, in their words.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="specialist")
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=120)
    credential = models.CharField(max_length=200)
    specialty = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2)
    conflicts = PrivateText(blank=True)
    interests = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    @override
    def __str__(self) -> str:
        return self.name


class Credential(models.Model):
    """One check of a specialist against a public register: when, by whom, what was looked at, until when it counts.

    It counts through the whole of ``expires_on``, in the site's time zone. ``seen`` holds what the register showed, by
    name of the field; it is empty where nobody wrote it down. A later check is a new row.
    """

    specialist = models.ForeignKey(Specialist, on_delete=models.PROTECT, related_name="credentials")
    register = models.CharField(max_length=20, blank=True)
    register_name = models.CharField(max_length=120, blank=True)
    number = PrivateText(blank=True)
    seen = PrivateJson(default=dict, blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = PrivateText(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["specialist", "expires_on"], name="credential_standing")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("checked_on")),
                name="credential_ends_after_its_check",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.specialist_id} until {self.expires_on}"


class Application(models.Model):
    """Somebody asks to answer as a specialist: what they say of themselves, and what became of it.

    The evidence is erased once it is decided: what was checked is kept, papers are not.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in APPLICATION.moves], default=SUBMITTED
    )
    name = PrivateText()
    profession = PrivateText()
    specialty = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    register = models.CharField(max_length=20)
    register_name = PrivateText(blank=True)
    number = PrivateText()
    board = PrivateText(blank=True)
    conflicts = PrivateText()
    evidence = models.FileField(upload_to=evidence_place, blank=True)
    sent_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = PrivateText(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=sorted(WAITING)),
                name="one_application_waits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(APPLICATION.moves)), name="application_state_known"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"application {self.pk} {self.state}"


class RoleChange(models.Model):
    """An operator made or unmade a moderator or operator, or closed or opened an account, and why."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_changes")
    what = models.CharField(max_length=20)
    reason = PrivateText()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    @override
    def __str__(self) -> str:
        return f"{self.user_id} {self.what}"
