"""Where somebody lands after signing in, and their own pages."""

from __future__ import annotations

from allauth.mfa.base.views import IndexView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from typing_extensions import override

from milium_site.people.access import signed_in_only
from milium_site.people.actions import change_profile
from milium_site.people.forms import ProfileForm, profile_from
from milium_site.people.models import User
from milium_site.people.policies import is_moderator, is_operator
from milium_site.people.presenters import credential_card
from milium_site.people.queries import lacks_second_factor, specialist_account, specialist_of
from milium_site.record.actions import record


@require_safe
@signed_in_only
def home(request: HttpRequest, user: User) -> HttpResponse:
    """Takes everybody to the page of their role."""
    if specialist_of(user):
        return redirect("queue")
    if is_moderator(user):
        return redirect("applications")
    return redirect("operator-people" if is_operator(user) else "my-cases")


class SecurityView(IndexView):  # type: ignore[misc] # allauth ships no types
    """Every way in that somebody has, and what they have yet to add."""

    @override
    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = self.request.user
        has_role = is_moderator(user) or is_operator(user) or specialist_of(user)
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"asks_for_factor": has_role and lacks_second_factor(user)}


security = SecurityView.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def profile(request: HttpRequest, user: User) -> HttpResponse:
    """Who somebody is here, and for a specialist what they want to be asked."""
    specialist = specialist_account(user)
    if specialist is None:
        return render(request, "people/profile.html", {})
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial=profile_from(specialist.conflicts, specialist.interests),
    )
    if request.method == "POST" and form.is_valid():
        change_profile(
            specialist=specialist,
            conflicts=form.cleaned_data["conflicts"],
            interests=form.interests,
        )
        messages.success(request, "Your profile is kept.")
        return redirect("profile")
    record(verb="read", kind="credential", key=str(specialist.pk))
    context = {"form": form, "card": credential_card(specialist), "specialist": specialist}
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)
