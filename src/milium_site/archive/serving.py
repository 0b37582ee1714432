"""Published pages, given out from memory: the same bytes for everybody who is not signed in.

What is kept is dropped as soon as this process sees that the archive has changed, at most a second after it did, so
that a page that was taken back is kept nowhere. Shared caches may hold a copy and have to ask each time.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from milium_site.archive.keeper import keeper


PAGES = ("/cases/", "/conditions/", "/treatments/", "/tests/", "/specialties/")
MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page as it goes over the wire."""

    plain: bytes
    packed: bytes
    kind: str
    etag: str


_KEPT: OrderedDict[tuple[str, str], Kept] = OrderedDict()
_STATE: dict[str, tuple[str, str, int, date]] = {}


def published_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers for a kept page before anything else is asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_for_everybody(request):
            return get_response(request)
        _forget_what_is_old()
        name = (f"{request.scheme}://{request.get_host()}", request.path)
        kept = _KEPT.get(name)
        if kept is None:
            # Made plain, and packed once here. What the page shows was looked up after the change that is remembered.
            accepted = request.META.pop("HTTP_ACCEPT_ENCODING", "")
            response = get_response(request)
            request.META["HTTP_ACCEPT_ENCODING"] = accepted
            if response.status_code != 200 or response.cookies:
                return response
            kept = _keep(name, response)
        return _answer(request, kept)

    return middleware


def _is_for_everybody(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and request.path.startswith(PAGES)
        and "/photos/" not in request.path
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _forget_what_is_old() -> None:
    kept = keeper()
    now = (str(kept.home), kept.seen.identity, kept.seen.number, timezone.localdate())
    if _STATE.get("now") != now:
        _KEPT.clear()
        _STATE["now"] = now


def _keep(name: tuple[str, str], response: HttpResponse) -> Kept:
    plain = response.content
    kept = Kept(
        plain=plain,
        packed=gzip.compress(plain, 6, mtime=0),
        kind=response.headers["Content-Type"],
        etag=hashlib.sha256(plain).hexdigest()[:32],
    )
    _KEPT[name] = kept
    while len(_KEPT) > MOST:
        _KEPT.popitem(last=False)
    return kept


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    etag = f'"{kept.etag}{"-gzip" if packed else ""}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        body = kept.packed if packed else kept.plain
        response = HttpResponse(body, content_type=kept.kind)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(body))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "all"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
