"""Pages that belong to no app: what Milium is, and what is said when something goes wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Milium is and what it is not."""
    return render(request, "foundation/about.html")


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
    """500. Drawn without the request: whatever broke may break its context too."""
    return HttpResponse(render_to_string("foundation/500.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-in, or from elsewhere: refused, with what was typed given back."""
    context = {"typed": request.POST.get("text", ""), "back": request.path}
    return render(request, "foundation/form_expired.html", context, status=403)
