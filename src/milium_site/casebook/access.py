"""The door of the asker's pages: the secret link, or a calm page where there is nothing behind it any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from milium_site.casebook.queries import erased_at, taken_back
from milium_site.cases.access import looked_at
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link


P = ParamSpec("P")


def askers_only(
    view: Callable[Concatenate[HttpRequest, Case, str, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Gives the view the case behind the link, and the link. A case that was taken back or erased answers 410."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, link: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            case = case_by_link(link)
        except Case.DoesNotExist as error:
            page = gone(request, link)
            if page is None:
                raise Http404("no case has this link") from error
            return page
        return view(request, looked_at(request, case), link, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]", guarded)


def gone(request: HttpRequest, link: str) -> HttpResponse | None:
    """The page of a case that is no more; ``None`` where there never was one."""
    at, left = erased_at(link), taken_back(link)
    if at is None and left is None:
        return None
    context = {"erased_at": at, "left": left, "link": link}
    return render(request, "casebook/gone.html", context, status=410)
