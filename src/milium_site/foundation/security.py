"""Headers that every answer carries: nothing inline but what is known by its digest, nothing from elsewhere, nothing
remembered by search engines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from milium_site.foundation.inline import SCRIPTS, STYLES, allowed


PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
# Behind these are one person's words: no shared cache may keep them, no search engine list them.
PUBLIC = ("/static/",)


@lru_cache(maxsize=1)
def policy() -> str:
    """The content security policy of every page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {allowed(SCRIPTS)}",
            f"style-src 'self' {allowed(STYLES)}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets the policy; ``Cache-Control: private`` leaves the back button its page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(PUBLIC):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.path != "/" and not request.path.startswith(PUBLIC):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return middleware
