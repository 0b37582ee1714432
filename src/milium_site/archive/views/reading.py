"""What anybody can read: the list of published cases, and each case."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from milium_site.archive.browsing import figures
from milium_site.archive.context import case_page
from milium_site.archive.pictures import store
from milium_site.archive.queries import every_page, is_gone, page_by_key, published_photo


PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every published case, the newest first, and ways in."""
    shown = Paginator(every_page(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "archive/index.html",
        {"shown": shown, "canonical": request.build_absolute_uri(request.path)},
    )


@require_safe
def body(request: HttpRequest) -> HttpResponse:
    """The parts of the body, each leading to the cases about it."""
    found = figures()
    context = {
        "figures": found,
        "any": any(figure.listed for figure in found),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "archive/body.html", context)


@require_safe
def published(request: HttpRequest, name: str) -> HttpResponse:
    """A published case. One that was withdrawn answers 410, for good."""
    key = name.rpartition("-")[2]
    page = page_by_key(key)
    if page is None:
        if is_gone(key):
            return render(request, "archive/gone.html", status=410)
        raise Http404("no published case has this address")
    if name != page.name:
        return redirect(page, permanent=True)
    address = request.build_absolute_uri(page.get_absolute_url())
    return render(request, "archive/case.html", case_page(page, address))


@require_safe
def picture(request: HttpRequest, name: str, photo: str, size: str) -> HttpResponse:
    """A published photo. One that was withdrawn answers 410, for good. Shared caches ask each time before they give it out."""
    found = published_photo(photo)
    if found is None or found.page.key != name.rpartition("-")[2] or size not in found.sizes:
        if is_gone(photo):
            return HttpResponse("This photo was taken back.", status=410, content_type="text/plain")
        raise Http404("no published photo has this address")
    sha256 = found.sizes[size]["sha256"]
    headers = {
        "Cache-Control": "public, no-cache",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "ETag": f'"{sha256[:32]}"',
    }
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    try:
        data = store.read(found.key, size, sha256=sha256)
    except store.Missing as error:
        raise Http404("this picture is gone") from error
    return HttpResponse(data, content_type="image/webp", headers=headers)
