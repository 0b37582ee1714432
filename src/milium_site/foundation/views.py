"""Pages that belong to no app: what Milium is, and what is said when something goes wrong."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from milium_site.foundation.evidence import published
from milium_site.foundation.explained import every_explained, explained
from milium_site.foundation.files import StoreAway
from milium_site.foundation.typed import typed_in


AWAY = (OperationalError, InterfaceError, StoreAway)
BACK_IN = 10  # seconds


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Milium is and what it is not."""
    return render(request, "foundation/about.html")


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every condition, treatment and test that Milium explains."""
    return render(request, "foundation/words.html", {"groups": every_explained()})


@require_safe
def word(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What one condition, treatment or test is."""
    found = explained(f"{kind}:{slug}")
    if found is None:
        raise Http404("no text on this")
    context = {"what": found, "evidence": published(found.id) if kind == "condition" else None}
    return render(request, "foundation/word.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "foundation/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason where the page gave one."""
    return render(request, "foundation/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "foundation/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database or the store of files is away.

    Drawn without the request: whatever broke may break its context too.
    """
    if isinstance(sys.exc_info()[1], AWAY):
        return away(request)
    return HttpResponse(render_to_string("foundation/500.html"), status=500)


def away(request: HttpRequest) -> HttpResponse:
    """503: what was sent is given back, to be sent again as it was with one press."""
    context = {"path": request.path, "method": request.method, "typed": typed_in(request)}
    page = render_to_string("foundation/503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(BACK_IN)})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-in, or from elsewhere: refused, with what was typed given back."""
    context = {"typed": request.POST.get("text", ""), "back": request.path}
    return render(request, "foundation/form_expired.html", context, status=403)
