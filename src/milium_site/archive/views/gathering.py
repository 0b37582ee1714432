"""A page for each condition, treatment, test and specialty: what specialists said of it over all published cases."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from milium_site.archive.gathering import KINDS, gathered
from milium_site.foundation.explained import explained


@require_safe
def concept(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What was said; page not found where nothing was."""
    id_ = f"{KINDS[kind]}:{slug}"
    found = gathered(id_)
    if found is None:
        raise Http404("nothing is published on this")
    context = {
        "found": found,
        "what": explained(id_),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "archive/concept.html", context)
