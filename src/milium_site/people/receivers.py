"""What follows from changes to the ways in."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from milium_site.people.models import User


@receiver(authenticator_added)
def shown_once_more(request: HttpRequest, user: User, **_: object) -> None:
    """Whoever has just added a passkey or an app has shown who they are: the codes that come with it open at once.

    Asked again they would need a second code of the app, which comes half a minute later.
    """
    record_authentication(request, user, method="mfa", reauthenticated=True)
