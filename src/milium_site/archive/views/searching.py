"""Searching the archive: a box, what is suggested while it is typed, and cases like one's own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from milium.api import triage
from milium_site.archive.access import Matches, NotReady, counted, like_this, search, suggested
from milium_site.archive.facets import address, facets_of, filters_in
from milium_site.archive.queries import latest


PER_PAGE, LAST_PAGE = 10, 50
LONGEST_QUERY = 2000


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """One box, what was found, and what it can be narrowed by. A query of any kind gets an answer."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    filters = filters_in({name: request.GET.getlist(name) for name in request.GET})
    page = _page_number(request.GET.get("page", ""))
    context: dict[str, object] = {
        "query": query,
        "filters": filters,
        "cut": len(query) > LONGEST_QUERY,
        "latest": latest(5),
    }
    if query or filters:
        context |= _results(query[:LONGEST_QUERY], filters, page)
    if request.headers.get("HX-Target") == "found":
        return render(request, "archive/_found.html", context)
    return render(request, "archive/search.html", context)


def _results(query: str, filters: tuple[tuple[str, str], ...], page: int) -> dict[str, object]:
    try:
        found = search(query, filters=filters, skip=(page - 1) * PER_PAGE, limit=PER_PAGE)
        counts = counted(query, filters)
    except NotReady:
        return {"not_ready": True}
    return {
        "found": found,
        # Where nothing was found there is nothing to narrow; what is chosen can still be taken away.
        "facets": facets_of(counts, query, filters) if found.found else (),
        "chosen": [c for f in facets_of({}, query, filters) for c in f.choices],
        "page": page,
        "before": address(query, filters, page - 1) if page > 1 else "",
        "after": address(query, filters, page + 1) if found.more and page < LAST_PAGE else "",
    }


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Names that begin as typed, as a fragment for the box."""
    typed = request.GET.get("q", "")[:100]
    return render(request, "archive/_suggestions.html", {"names": suggested(typed)})


@require_POST
def like(request: HttpRequest) -> HttpResponse:
    """Published cases like a text. Writes nothing and keeps nothing: the text may be somebody's draft."""
    text = request.POST.get("text", "")[: settings.MILIUM_TEXT_LIMIT]
    # Where a red flag shows, nothing else asks for attention.
    flagged = bool(triage(text).flags)
    found: Matches | None = None if flagged else like_this(text)
    context = {"found": found, "typed": bool(text.strip()), "flagged": flagged}
    htmx = request.headers.get("HX-Request")
    return render(request, "archive/_alike.html" if htmx else "archive/alike.html", context)


def _page_number(given: str) -> int:
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    return min(max(number, 1), LAST_PAGE)
