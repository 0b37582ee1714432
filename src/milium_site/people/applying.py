"""The applicant's page."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.foundation.workflow import IllegalMove
from milium_site.people import actions, queries
from milium_site.people.access import open_to_all
from milium_site.people.forms import ApplicationForm
from milium_site.people.models import Application, User
from milium_site.people.presenters import credential_card
from milium_site.people.workflow import WAITING


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def apply(request: HttpRequest) -> HttpResponse:
    """How to become a specialist; where one's application stands; the form for it."""
    user = request.user
    if not isinstance(user, User):
        return render(request, "people/apply.html", {})
    specialist = queries.specialist_account(user)
    latest = queries.latest_application(user)
    if request.method == "POST":
        return _sent(request, user, latest)
    waits = bool(latest and latest.state in WAITING)
    context = {
        "application": latest,
        "waits": waits,
        "card": credential_card(specialist) if specialist else None,
        "form": None if waits or specialist else _form_from(latest),
    }
    return render(request, "people/apply.html", context)


def _sent(request: HttpRequest, user: User, latest: Application | None) -> HttpResponse:
    if "withdraw" in request.POST and latest:
        try:
            actions.withdraw_application(application=latest)
        except IllegalMove:
            messages.info(request, "Your application was decided already.")
        return redirect("apply")
    if queries.specialist_account(user):
        return redirect("apply")
    form = ApplicationForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "people/apply.html", {"form": form}, status=422)
    # Counted only when it would be kept: whoever mends mistakes is not shut out.
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="apply", user=user)
    if limited:
        return limited
    actions.apply_as_specialist(user=user, said=form.said, evidence=form.cleaned_data["evidence"])
    return redirect("apply")


def _form_from(latest: Application | None) -> ApplicationForm:
    """The form with what was said last time: only the file has to be chosen again."""
    if latest is None:
        return ApplicationForm()
    return ApplicationForm(
        initial={n: getattr(latest, n) for n in ApplicationForm.base_fields if n != "evidence"}
    )
