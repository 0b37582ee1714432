"""The operators' pages: what failed for good, and what to do with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.jobs.actions import drop_job, retry_job
from milium_site.jobs.models import Round, Worker
from milium_site.jobs.queries import dead_jobs, due_jobs, running_jobs, waiting_jobs
from milium_site.notices.actions import let_be, send_again
from milium_site.notices.queries import letters_to_look_at
from milium_site.people.access import operators_only
from milium_site.people.models import User
from milium_site.record.actions import record


MOST = 100
# What a button is named: what it does, what is written into the record of it, and of what.
BUTTONS = {
    "retry": (retry_job, "retried", "job", "It is in line again."),
    "drop": (drop_job, "dropped", "job", "It was given up."),
    "send": (send_again, "sent again", "letter", "It is in line again."),
    "leave": (let_be, "dropped", "letter", "It was given up."),
}
TOO_LATE = "Somebody dealt with it before you."


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def jobs(request: HttpRequest, operator: User) -> HttpResponse:
    """Jobs that failed for good and letters that nobody sends any more, with what can be done."""
    if request.method == "POST":
        return _deal(request)
    context = {
        "dead": dead_jobs()[:MOST],
        "dead_count": dead_jobs().count(),
        "letters": letters_to_look_at().select_related("subscriber")[:MOST],
        "due": due_jobs().count(),
        "waiting": waiting_jobs().count(),
        "running": running_jobs().count(),
        "workers": Worker.objects.order_by("started_at"),
        "rounds": Round.objects.all(),
    }
    return render(request, "config/jobs.html", context)


def _deal(request: HttpRequest) -> HttpResponse:
    for name, (act, verb, kind, said) in BUTTONS.items():
        if key := request.POST.get(name, "")[:40]:
            if act(key=key):
                record(verb=verb, kind=kind, key=key)
                messages.success(request, said)
            else:
                messages.info(request, TOO_LATE)
    return redirect("operator-jobs")
