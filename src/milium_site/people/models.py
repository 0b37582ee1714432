"""Who signs in, and who of them may give opinions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from typing_extensions import override


class Users(BaseUserManager["User"]):
    """Django's own commands make users through here; the site does through ``actions``."""

    def create_superuser(self, email: str, password: str, name: str) -> User:
        """The operator's first account (``milium manage createsuperuser``)."""
        user = self.model(
            email=self.normalize_email(email), is_staff=True, is_superuser=True, name=name
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by e-mail address. Askers need no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.name


class Specialist(models.Model):
    """What a panel and an asker are told of a specialist. ``checked_on`` is empty until somebody checked the register."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="specialist")
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=120)
    credential = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    checked_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    @override
    def __str__(self) -> str:
        return self.name
