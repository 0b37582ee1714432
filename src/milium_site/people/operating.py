"""The operator's page: who has which role, and why."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.people import actions, queries
from milium_site.people.access import operators_only
from milium_site.people.forms import InviteForm, ReasonForm
from milium_site.people.models import User
from milium_site.people.policies import TAKE_FACTORS, NotNow, may_be_done


PAGE = 50
WORDS = {
    "make_moderator": "Make a moderator",
    "unmake_moderator": "No longer a moderator",
    "make_operator": "Make an operator",
    "unmake_operator": "No longer an operator",
    "suspend": "Close the account",
    "reinstate": "Open the account again",
    TAKE_FACTORS: "Remove their passkeys and app",
}


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def people(request: HttpRequest, operator: User) -> HttpResponse:
    """Everybody with an account, and inviting somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = actions.invite_user(**given, by=operator)
        messages.success(request, f"{user.email} has an account. We write to them how to sign in.")
        return redirect("operator-people")
    words = request.GET.get("q", "").strip()
    found = Paginator(queries.people(words), PAGE)
    context = {"page": found.get_page(request.GET.get("page")), "words": words, "form": form}
    return render(request, "people/people.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def person(request: HttpRequest, operator: User, pk: int) -> HttpResponse:
    """One account: what was changed and why, and what can be changed."""
    found = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        what = request.POST.get("what", "")
        if what not in WORDS:
            raise Http404("no such change")
        try:
            reason = form.cleaned_data["reason"]
            if what == TAKE_FACTORS:
                actions.take_factors(user=found, reason=reason, by=operator)
                get_adapter(request).send_mail("people/email/factors_taken", found.email, {})
            else:
                actions.change_role(user=found, what=what, reason=reason, by=operator)
        except NotNow as why:
            messages.error(request, str(why))
        return redirect("operator-person", pk=pk)
    has_factor = queries.has_second_factor(found)
    may_be = may_be_done(found, operator, has_factor=has_factor)
    context = {
        "person": found,
        "form": form,
        "changes": [(what, WORDS[what]) for what in may_be],
        "history": [(c, WORDS[c.what]) for c in found.role_changes.select_related("by")],
        "has_factor": has_factor,
    }
    return render(request, "people/person.html", context, status=422 if form.errors else 200)
