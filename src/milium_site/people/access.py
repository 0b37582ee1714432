"""The door of every specialist's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from milium_site.people.models import Specialist
from milium_site.people.queries import specialist_of


P = ParamSpec("P")


def specialists_only(
    view: Callable[Concatenate[HttpRequest, Specialist, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives the view the specialist who asks. Anybody else signs in first, or is told that the page is not theirs.

    Text that somebody sends after their session ended is given back to them, not thrown away.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _signed_out(request)
        specialist = specialist_of(request.user)
        if specialist is None:
            raise PermissionDenied("This page is for specialists whose register entry was checked.")
        return view(request, specialist, *args, **kwargs)

    return guarded


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        context = {"typed": request.POST.get("text", ""), "back": request.path}
        return render(request, "people/signed_out.html", context, status=401)
    return redirect_to_login(request.get_full_path())
