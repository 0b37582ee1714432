"""Where a browser says that it may be told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from milium_site.casebook.access import askers_only
from milium_site.cases.models import Case
from milium_site.notices.actions import subscribe
from milium_site.notices.policies import NotAnAddress


@require_POST
@askers_only
def push_me(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Tells this browser from now on; 422 with the reason where that cannot be done."""
    try:
        subscribe(
            about=f"case:{case.key}",
            channel="push",
            address=request.POST.get("endpoint", ""),
            link=link,
            keys={name: request.POST.get(name, "") for name in ("p256dh", "auth")},
        )
    except NotAnAddress as reason:
        return HttpResponse(str(reason), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
