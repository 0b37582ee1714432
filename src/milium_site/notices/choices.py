"""What somebody with an account wants to be told, and how often."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.notices.actions import stop, subscribe
from milium_site.notices.models import EMAIL
from milium_site.notices.queries import own_subscriber
from milium_site.people.access import signed_in_only
from milium_site.people.models import User
from milium_site.people.queries import specialist_account


AT_ONCE, DAILY, NEVER = "at-once", "daily", "never"


class Choice(forms.Form):
    """How often."""

    how = forms.ChoiceField(
        label="When something waits for you",
        choices=[
            (AT_ONCE, "Write at once"),
            (DAILY, "Write once a day at most, but at once if it is urgent"),
            (NEVER, "Do not write"),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def own_notices(request: HttpRequest, user: User) -> HttpResponse:
    """Shows the choice and keeps another."""
    form = Choice(request.POST if request.method == "POST" else None, initial={"how": _now(user)})
    if request.method == "POST" and form.is_valid():
        _choose(user, form.cleaned_data["how"])
        messages.success(request, "Your choice is kept.")
        return redirect("own-notices")
    status = 422 if form.errors else 200
    return render(request, "notices/own.html", {"form": form}, status=status)


def _now(user: User) -> str:
    own = own_subscriber(user)
    if own is None:
        return DAILY if specialist_account(user) else AT_ONCE
    if own.ended_at:
        return NEVER
    return DAILY if own.digest else AT_ONCE


def _choose(user: User, how: str) -> None:
    # Whoever never chose has no row yet: wanting nothing needs one, too.
    own = own_subscriber(user)
    if how != NEVER or own is None:
        own = subscribe(
            about=f"user:{user.pk}", channel=EMAIL, address=user.email, digest=how == DAILY
        )
    if how == NEVER:
        stop(key=own.key)
