"""Every write to people."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from milium_site.people.models import Specialist, User


@transaction.atomic
def register_user(*, email: str, name: str, password: str | None, is_staff: bool = False) -> User:
    """A new account; without a password nobody can sign in to it with one."""
    user = User(email=User.objects.normalize_email(email), name=name, is_staff=is_staff)
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def register_specialist(
    *,
    user: User,
    profession: str,
    credential: str,
    country: str,
    checked_on: date | None,
    is_demo: bool = False,
) -> Specialist:
    """Makes ``user`` a specialist; they may answer once ``checked_on`` says when their register was checked."""
    return Specialist.objects.create(
        user=user,
        name=user.name,
        profession=profession,
        credential=credential,
        country=country,
        checked_on=checked_on,
        is_demo=is_demo,
    )
