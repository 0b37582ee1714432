"""What is sent to the site: refused by its head when it is too long, and received from only so many at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


# Bytes. What is longer may be a photo that comes slowly, over a bad line, and keeps a thread until it is here.
LONG = 64 * 1024
# Of each web process, which has many more threads (config.commands): the others answer pages meanwhile.
RECEIVED_AT_ONCE = 12
AFTER = 2  # seconds, for whoever asks again by itself
_places = threading.BoundedSemaphore(RECEIVED_AT_ONCE)


def bounded(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers 413 to what is longer than ``FILE_UPLOAD_MAX_MEMORY_SIZE``, before a byte of it is read,
    and 503 to what is long while ``RECEIVED_AT_ONCE`` others are being received."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "foundation/413.html", status=413)
        if int(length) <= LONG:
            return get_response(request)
        if not _places.acquire(blocking=False):
            crowded = render(request, "foundation/crowded.html", status=503)
            crowded.headers["Retry-After"] = str(AFTER)
            return crowded
        try:
            return get_response(request)
        finally:
            _places.release()

    return middleware
