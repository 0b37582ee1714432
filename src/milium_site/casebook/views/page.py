"""Reading a case: its page, who opened it, and the whole of it as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from milium_site.casebook.access import askers_only
from milium_site.casebook.context import page_of
from milium_site.casebook.download import everything, packed
from milium_site.casebook.presenters import said
from milium_site.casebook.queries import looks_at
from milium_site.cases.models import Case
from milium_site.cases.policies import open_emergencies
from milium_site.cases.workflow import DRAFT, STOPPED
from milium_site.record.actions import record


@require_safe
@askers_only
def case_page(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Where the case stands, who is on the panel, what they said, what they ask."""
    if case.state == STOPPED or (case.state == DRAFT and open_emergencies(case)):
        return redirect("now", link=link)
    if case.state == DRAFT:
        return redirect("check", link=link)
    return render(request, "casebook/case.html", page_of(request, case, link))


@require_safe
@askers_only
def who_opened(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Who opened the case and when."""
    looks = [(look, said(look)) for look in looks_at(case)]
    return render(request, "casebook/record.html", {"case": case, "link": link, "looks": looks})


@require_safe
@askers_only
def download(request: HttpRequest, case: Case, link: str) -> StreamingHttpResponse:
    """Everything of the case in one ZIP."""
    record(verb="download", kind="case", key=case.key, case=case.key)
    response = StreamingHttpResponse(packed(everything(case)), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="case-{case.key}.zip"'
    # Packed already: the frame's gzip would only cost time.
    response.headers["Content-Encoding"] = "identity"
    return response
