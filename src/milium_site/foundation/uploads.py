"""A request that is longer than the site takes is refused by its head, before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bounded(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers 413 to what is longer than ``FILE_UPLOAD_MAX_MEMORY_SIZE``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "foundation/413.html", status=413)
        return get_response(request)

    return middleware
