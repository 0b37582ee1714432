"""Closing a case, taking it back, and erasing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.casebook import actions
from milium_site.casebook.access import askers_only, gone
from milium_site.casebook.forms import Sure
from milium_site.casebook.queries import erased_at, taken_back
from milium_site.cases.access import looked_at
from milium_site.cases.links import key_in
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link, panel_of
from milium_site.cases.workflow import CLOSED
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.threads.queries import messages_for_asker


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def close(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """What closing does, and closing. A case that cannot be closed now leads back to its page, which says where it is.

    One without an answer is taken back instead: nobody has given what its asker needs.
    """
    answers = opinions_seen_by(TheAsker(), case)
    if case.state not in actions.CLOSABLE or not answers:
        return redirect("case", link=link)
    if request.method == "POST":
        closed = actions.close_case(case=case)
        if closed.state == CLOSED:
            messages.success(request, "Your case is closed. You can read everything here.")
        return redirect("case", link=link)
    waiting = len(panel_of(case)) - len(answers)
    context = {"case": case, "link": link, "waiting": max(0, waiting)}
    return render(request, "casebook/close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, link: str) -> HttpResponse:
    """What taking back and erasing do, the download, and doing it: asked once, done once, whatever was pressed twice."""
    case = _case(link)
    if case is None:
        return _over(request, link)
    looked_at(request, case)
    what = request.POST.get("what", "")
    forms = {name: Sure(prefix=name, label=label) for name, label in LABELS.items()}
    if request.method == "POST" and what in LABELS:
        forms[what] = form = Sure(request.POST, prefix=what, label=LABELS[what])
        if form.is_valid():
            DOES[what](case=case)
            return _afterwards(link)
    bound = any(form.is_bound for form in forms.values())
    context = {
        "case": case,
        "link": link,
        **forms,
        "answers": len(opinions_seen_by(TheAsker(), case)),
        "messages_sent": len(messages_for_asker(case)),
    }
    return render(request, "casebook/leave.html", context, status=422 if bound else 200)


LABELS = {"withdraw": "Yes, take my case back", "erase": "Yes, erase everything"}
DOES = {"withdraw": actions.withdraw_case, "erase": actions.erase_case}


def _case(link: str) -> Case | None:
    try:
        return case_by_link(link)
    except Case.DoesNotExist:
        return None


def _afterwards(link: str) -> HttpResponse:
    return redirect("my-cases") if key_in(link) else redirect("case", link=link)


def _over(request: HttpRequest, link: str) -> HttpResponse:
    left = taken_back(link)
    if left is None and erased_at(link) is None:
        raise Http404("no case has this link")
    if request.method == "POST":
        if left and request.POST.get("what") == "erase":
            actions.erase_case(case=left)
        return _afterwards(link)
    return gone(request, link) or redirect("case", link=link)
