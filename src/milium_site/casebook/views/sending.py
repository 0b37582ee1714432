"""Sending a case with what may be done with it, and changing that later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.casebook import actions
from milium_site.casebook.access import askers_only
from milium_site.casebook.forms import Sure
from milium_site.casebook.presenters import purposes_of
from milium_site.cases.models import Case
from milium_site.cases.policies import open_emergencies
from milium_site.consents.actions import give_consent
from milium_site.consents.texts import CARE, PURPOSES, wording_of
from milium_site.moderation.policies import Barred


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def send(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """What may be done with the case, and sending it. The last page before sending posts here, too."""
    if open_emergencies(case):
        return redirect("now", link=link)
    if case.state not in actions.SENDABLE:
        return redirect("case", link=link)
    ticked, error = request.POST.getlist("purpose"), ""
    if request.method == "POST":
        try:
            actions.send_case(case=case, purposes=ticked)
        except actions.CareNotAgreed as reason:
            error = str(reason)
        except Barred as reason:
            context = {"case": case, "link": link, "says": str(reason)}
            return render(request, "casebook/barred.html", context, status=403)
        else:
            return redirect("case", link=link)
    context = {"case": case, "link": link, "ticked": ticked, "error": error}
    return render(request, "casebook/send.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def sharing(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """What was agreed to, word by word; agreeing to more."""
    purpose = request.POST.get("purpose", "")
    if request.method == "POST" and purpose in PURPOSES and purpose != CARE:
        give_consent(case=case, purpose=purpose)
        messages.success(request, f"{wording_of(purpose).name}: you agreed to this.")
        return redirect("sharing", link=link)
    context = {"case": case, "link": link, "purposes": purposes_of(case), "care": CARE}
    return render(request, "casebook/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def stop_sharing(request: HttpRequest, case: Case, link: str, purpose: str) -> HttpResponse:
    """Taking one consent back, asked once."""
    if purpose == CARE or purpose not in PURPOSES:
        return redirect("leave" if purpose == CARE else "sharing", link=link)
    wording, form = wording_of(purpose), Sure(request.POST or None, label="Yes, take it back")
    if request.method == "POST" and form.is_valid():
        actions.withdraw_consent(case=case, purpose=purpose)
        messages.success(request, f"{wording.name}: taken back. What it allowed is erased.")
        return redirect("sharing", link=link)
    context = {"case": case, "link": link, "wording": wording, "form": form}
    return render(
        request, "casebook/stop_sharing.html", context, status=422 if form.is_bound else 200
    )
