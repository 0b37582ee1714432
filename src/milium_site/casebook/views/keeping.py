"""An asker's account: keeping a case in it, finding it there, deleting the account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.casebook.access import askers_only
from milium_site.casebook.actions import leave_for_good
from milium_site.casebook.forms import Leaving, Sure
from milium_site.casebook.held import cases_of, held_cases
from milium_site.cases.actions import keep_case, let_go
from milium_site.cases.links import key_in
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link, holding_of
from milium_site.people.access import signed_in_again_only, signed_in_only
from milium_site.people.models import User
from milium_site.people.policies import NotNow, check_may_leave
from milium_site.record.actions import record


# The browser alone carries the secret link past signing in: a session is a row of the database.
COOKIE, MINUTES, PLACE = "keep", 60, "/my-cases/"
LETTING_GO = "Yes, take it out of the account. I have its secret link."


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def case_account(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Keeps the case in the account of whoever is signed in, or takes it out of the one that has it."""
    what, form = request.POST.get("what", ""), Sure(label=LETTING_GO)
    if request.method == "POST" and what == "keep":
        return _keep(request, case, link)
    if request.method == "POST" and what == "let-go":
        form = Sure(request.POST, label=LETTING_GO)
        if form.is_valid():
            let_go(case=case)
            messages.success(request, "The case is in no account now. Its secret link opens it.")
            return redirect("my-cases") if key_in(link) else redirect("case", link=link)
    held = holding_of(case)
    context = {
        "link": link,
        "held": held,
        "is_own": held is not None and held.user_id == request.user.pk,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "casebook/account.html", context, status=status)


def _keep(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    if not isinstance(request.user, User):
        response = redirect(f"{reverse('account_signup')}?next={PLACE}")
        response.set_cookie(
            COOKIE, link, MINUTES * 60, path=PLACE,
            secure=request.is_secure(), httponly=True, samesite="Lax",
        )  # fmt: skip
        return response
    held = keep_case(case=case, user=request.user)
    if held.user_id != request.user.pk:
        messages.error(request, "Another account keeps this case. Take it out of there first.")
        return redirect("case-account", link=link)
    messages.success(request, "The case is kept in your account.")
    response = redirect("my-cases")
    response.delete_cookie(COOKIE, path=PLACE, samesite="Lax")
    return response


@require_safe
@signed_in_only
def my_cases(request: HttpRequest, user: User) -> HttpResponse:
    """Every case that the account keeps, and the one that somebody was about to keep before they signed in."""
    link = request.COOKIES.get(COOKIE, "")
    found = held_cases(user, timezone.now())
    record(verb="listed", kind="case", key="own", cases=[case.key for case in cases_of(user)])
    context = {"cases": found, "link": link if _is_free(link) else ""}
    return render(request, "casebook/my_cases.html", context)


def _is_free(link: str) -> bool:
    try:
        return bool(link) and holding_of(case_by_link(link)) is None
    except Case.DoesNotExist:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_again_only
def delete_account(request: HttpRequest, user: User) -> HttpResponse:
    """Says what goes and what stays, and does it: once, after one more tick."""
    try:
        check_may_leave(user)
        form = Leaving(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            leave_for_good(user=user, erase_cases=form.cleaned_data["cases"])
            logout(request)
            messages.success(request, "Your account is deleted.")
            return redirect("ask")
    except NotNow as reason:
        return render(request, "casebook/delete_account.html", {"reason": reason}, status=409)
    context = {"form": form, "kept": cases_of(user).count()}
    return render(
        request, "casebook/delete_account.html", context, status=422 if form.errors else 200
    )
