"""What is told of when people below this app say that it happened."""

from __future__ import annotations

from django.dispatch import receiver
from django.urls import reverse

from milium_site.notices.actions import forget, tell
from milium_site.people.models import Application, User
from milium_site.people.signals import application_decided, user_invited, user_leaves


@receiver(application_decided)
def tell_of_the_decision(*, application: Application, **_: object) -> None:
    """The applicant reads the decision and its reason on their own page."""
    tell(
        about=f"user:{application.user_id}",
        kind="application-decided",
        path=reverse("apply"),
        event=f"application:{application.pk}",
    )


@receiver(user_invited)
def tell_who_is_invited(*, user: User, **_: object) -> None:
    """Somebody made an account for them: it opens with a code."""
    tell(
        about=f"user:{user.pk}",
        kind="invited",
        path=reverse("account_login"),
        event=f"invited:{user.pk}",
    )


@receiver(user_leaves)
def forget_who_leaves(*, user: User, **_: object) -> None:
    """Nobody is told of anything any more, and the addresses go."""
    forget(about=f"user:{user.pk}")
