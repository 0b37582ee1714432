"""The asker sees what would be published, masks more of it, and says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.archive import actions
from milium_site.archive.context import publication_page
from milium_site.archive.models import Publication
from milium_site.archive.pictures.actions import choose_photos
from milium_site.archive.policies import NotNow
from milium_site.archive.queries import publication_of
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link
from milium_site.foundation.workflow import IllegalMove
from milium_site.record.actions import record


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, link: str) -> HttpResponse:
    """What would be published of the case. Nothing is, before its asker has seen it here and said yes."""
    try:
        case = case_by_link(link)
    except Case.DoesNotExist as error:
        raise Http404("no case has this link") from error
    if request.method == "POST":
        return _decided(request, case, link)
    record(verb="read", kind="publication", key=case.key, case=case.key)
    begun = publication_of(case) or Publication(case=case)
    return render(request, "archive/publication.html", publication_page(case, begun, link))


def _decided(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    begun = actions.begin_publication(case=case)
    words = request.POST.get("words", "")
    try:
        match request.POST.get("do"):
            case "take-out":
                actions.take_out(publication=begun, words=words)
            case "put-back":
                actions.put_back(publication=begun, words=words)
            case "photos":
                choose_photos(publication=begun, keys=request.POST.getlist("photo"))
            case "yes":
                actions.agree(publication=begun, seen=request.POST.get("seen", ""))
                messages.success(request, "Thank you. A moderator reads it before it is published.")
            case "no":
                actions.refuse(publication=begun)
                messages.success(request, "It is not published.")
            case _:
                messages.error(request, "Nothing was changed: press one of the buttons.")
    except (NotNow, IllegalMove) as reason:
        messages.error(request, str(reason))
    return redirect("publication", link=link)
