"""The pages that messages lead to."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.notices.actions import confirm, stop
from milium_site.notices.links import ForeignToken, key_to_confirm, key_to_stop
from milium_site.notices.models import Subscriber


WORKER = Path(__file__).parent / "push_worker.js"
NO_SUCH_LINK = "no message has this link"


# A mail program ends a subscription by a POST of its own (RFC 8058): it has no cookie and no form of ours.
# The token in the address is what lets it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Ends a subscription: asked once, because mail scanners follow links."""
    try:
        key = key_to_stop(token)
    except ForeignToken as error:
        raise Http404(NO_SUCH_LINK) from error
    if request.method == "POST":
        stop(key=key)
        return render(request, "notices/stopped.html")
    known = Subscriber.objects.filter(key=key, ended_at=None).exists()
    return render(request, "notices/stop.html" if known else "notices/stopped.html")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever reads at an address says it is theirs."""
    try:
        key = key_to_confirm(token)
    except ForeignToken as error:
        raise Http404(NO_SUCH_LINK) from error
    if request.method == "POST":
        subscriber = confirm(key=key)
        return redirect("confirm-notices", token=token) if subscriber else _gone(request)
    subscriber = Subscriber.objects.filter(key=key, ended_at=None).first()
    if subscriber is None:
        return _gone(request)
    return render(request, "notices/confirm.html", {"done": subscriber.confirmed_at})


@require_safe
def push_worker(request: HttpRequest) -> HttpResponse:
    """The browser's part, at the root so that it may open any page of the site."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/stopped.html")
