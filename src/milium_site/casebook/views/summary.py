"""The visit summary, as a page to print and as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from milium_site.casebook.access import askers_only
from milium_site.casebook.summary import Summary, summary_of
from milium_site.casebook.typesetting import Picture, typeset
from milium_site.cases.models import Case
from milium_site.cases.presenters import age_in_words, pseudonym, told
from milium_site.cases.workflow import DRAFT, STOPPED
from milium_site.opinions.context import compared
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.photos.presenters import ByLink, photos_shown
from milium_site.photos.queries import photos_of, picture
from milium_site.record.actions import record


SIZE = "view"


@require_safe
@askers_only
def summary_page(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """The summary to read, to print and to take along."""
    if case.state in {DRAFT, STOPPED}:
        return redirect("case", link=link)
    with_photos = "photos" in request.GET
    context = {
        "link": link,
        "summary": _summary(case),
        "has_photos": bool(photos_of(case)),
        "with_photos": with_photos,
        "photos": photos_shown(case, ByLink(link=link)) if with_photos else [],
    }
    return render(request, "casebook/summary.html", context)


@require_safe
@askers_only
def summary_pdf(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """The same as a PDF, typeset."""
    if case.state in {DRAFT, STOPPED}:
        return redirect("case", link=link)
    photos = photos_of(case) if "photos" in request.GET else []
    record(verb="download", kind="case", key=case.key, case=case.key, part="summary")
    pictures = [Picture(content=picture(photo, SIZE), alt=photo.alt) for photo in photos]
    answer = HttpResponse(typeset(_summary(case), pictures), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="for-your-next-appointment.pdf"'
    return answer


def _summary(case: Case) -> Summary:
    opinions = opinions_seen_by(TheAsker(), case)
    sent = case.submitted_at or case.started_at
    return summary_of(
        who=", ".join(filter(None, (pseudonym(case), age_in_words(case)))),
        sent_on=timezone.localdate(sent),
        made_on=timezone.localdate(),
        words=case.text,
        told=told(case),
        side=compared(case, opinions) if opinions else None,
    )
