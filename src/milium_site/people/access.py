"""The doors of pages that are for signed-in people of one role. Each marks the view that it guards with its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from milium_site.people.models import Specialist, User
from milium_site.people.policies import EXPIRED, WITHDRAWN, is_moderator, is_operator
from milium_site.people.presenters import credential_card
from milium_site.people.queries import lacks_second_factor, specialist_account, specialist_of


P = ParamSpec("P")
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]


def specialists_only(
    view: Callable[Concatenate[HttpRequest, Specialist, P], HttpResponse],
) -> Guarded[P]:
    """Gives the view the specialist who asks. Anybody else signs in first, or is told that the page is not theirs.

    Text that somebody sends after their session ended is given back to them, not thrown away.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return signed_out(request)
        specialist = specialist_of(request.user)
        if specialist is None:
            raise PermissionDenied(_why_not(request.user))
        if lacks_second_factor(request.user):
            return _asks_for_factor(request)
        return view(request, specialist, *args, **kwargs)

    return _marked(guarded, "specialists")


def moderators_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Guarded[P]:
    """Gives the view the moderator who asks."""
    return _role_only(view, "moderators", is_moderator, "This page is for moderators.")


def operators_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Guarded[P]:
    """Gives the view the operator who asks."""
    return _role_only(view, "operators", is_operator, "This page is for operators.")


def signed_in_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Guarded[P]:
    """Gives the view whoever is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return signed_out(request)
        return view(request, request.user, *args, **kwargs)

    return _marked(guarded, "signed in")


def signed_in_again_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Guarded[P]:
    """As ``signed_in_only``, for what cannot be undone: asks once more who it is, where that was long ago."""

    @wraps(view)
    def again(
        request: HttpRequest, user: User, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        raise_if_reauthentication_required(request, app="account")
        return view(request, user, *args, **kwargs)

    return signed_in_only(again)


def open_to_all(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Says of a view that everybody may open it; it looks itself at who asks."""
    view.door = "all"  # type: ignore[attr-defined]
    return view


def overseers_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Guarded[P]:
    """Gives the view the moderator or operator who asks."""
    return _role_only(
        view,
        "overseers",
        lambda user: is_moderator(user) or is_operator(user),
        "This page is for moderators and operators.",
    )


def _role_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
    door: str,
    has_role: Callable[[User], bool],
    refusal: str,
) -> Guarded[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return signed_out(request)
        if not has_role(user):
            raise PermissionDenied(refusal)
        if lacks_second_factor(user):
            return _asks_for_factor(request)
        return view(request, user, *args, **kwargs)

    return _marked(guarded, door)


def _marked(view: Guarded[P], door: str) -> Guarded[P]:
    # A test goes through every address and finds a view that nobody put a door on.
    view.door = door  # type: ignore[attr-defined]
    return view


def _why_not(user: User) -> str:
    account = specialist_account(user)
    if account is None:
        return "This page is for specialists whose register entry was checked."
    return {
        EXPIRED: "The check of your register entry has expired. A moderator has to check it again before you go on.",
        WITHDRAWN: "Your register entry no longer counts here, so you cannot answer. Your signed answers stay.",
    }.get(
        credential_card(account).standing,
        "Your register entry was not checked yet. You can answer as soon as it is.",
    )


def _asks_for_factor(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        context = {"typed": request.POST.get("text", ""), "back": request.path}
        return render(request, "people/no_factor.html", context, status=403)
    return redirect("mfa_index")


def signed_out(request: HttpRequest) -> HttpResponse:
    """Signing in first; what was sent is given back on the page that asks for it."""
    if request.method == "POST":
        context = {"typed": request.POST.get("text", ""), "back": request.path}
        return render(request, "people/signed_out.html", context, status=401)
    return redirect_to_login(request.get_full_path())
