"""The queue: what waits for the specialist, what they may take, and giving a place to another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from milium_site.cases.models import Case
from milium_site.cases.queries import cases_of_panellist
from milium_site.opinions import queries
from milium_site.opinions.forms import PassForm, QueueForm
from milium_site.opinions.policies import NoPlace, Refused
from milium_site.opinions.seats import actions as seats
from milium_site.opinions.seats.presenters import rows_of
from milium_site.opinions.seats.queries import colleagues_of
from milium_site.opinions.seats.queue import Place, open_places
from milium_site.opinions.views.doors import opened, panel_case
from milium_site.people.access import specialists_only
from milium_site.people.models import Specialist
from milium_site.record.actions import record


# Sealed columns of a case that no line shows: opening them would take longer than finding the page.
NOT_LISTED = ("text", "corrections", "question", "history_read", "flags")
# What one look at the queue sweeps up where no worker runs.
SWEPT = 5


@require_safe
@specialists_only
def queue(request: HttpRequest, specialist: Specialist) -> HttpResponse:
    """What waits for them, then what they may take, then what they have answered."""
    now = timezone.now()
    seats.release_lapsed_seats(now=now, most=SWEPT)
    form = QueueForm(request.GET)
    filters = form.filters()
    after = Place.read(request.GET.get("after", ""))
    own = list(cases_of_panellist(specialist).defer(*NOT_LISTED))
    states = queries.own_states(specialist, own)
    page = open_places(specialist, now=now, filters=filters, after=after)
    found = Case.objects.defer(*NOT_LISTED).in_bulk(page.fits)
    open_cases = [found[pk] for pk in page.fits if pk in found]
    listed = [case.key for case in (*own, *open_cases)]
    record(verb="listed", kind="case", key="queue", cases=listed)
    rows = rows_of([*own, *open_cases], specialist, states=states, now=now)
    mine = [row for row in rows if row.is_own]
    context = {
        "form": form,
        "narrowed": form.narrows,
        "chosen": specialist.interests,
        "is_first": after is None,
        "waiting": [row for row in mine if row.waits],
        "answered": [row for row in mine if not row.waits and not row.is_over],
        "over": [row for row in mine if row.is_over and row.own],
        "free": [row for row in rows if not row.is_own],
        "next": _next(request, page.next),
    }
    return render(request, "opinions/queue.html", context)


def _next(request: HttpRequest, place: Place | None) -> str:
    if place is None:
        return ""
    kept = request.GET.copy()
    kept["after"] = str(place)
    return f"?{kept.urlencode()}"


@require_POST
@specialists_only
def take(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """Takes a free place. Of two who take the last one at the same instant, the other is told."""
    case = Case.objects.filter(key=key).first()
    try:
        if case is None:
            raise NoPlace
        seats.take_case(case=case, specialist=specialist)
    except Refused as reason:
        messages.error(request, f"{reason} Nothing was changed.")
        return redirect("queue")
    return redirect("answer", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def pass_on(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """Passes a case on with a reason, to nobody or to a colleague."""
    case = panel_case(key, specialist)
    opened(case)
    colleagues = colleagues_of(specialist)
    form = PassForm(request.POST or None, colleagues=colleagues)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "opinions/pass.html", {"case": case, "form": form}, status=status)
    to = {str(c.pk): c for c in colleagues}.get(form.cleaned_data["to"])
    try:
        seats.pass_case_on(
            case=case, specialist=specialist, because=form.cleaned_data["because"], to=to
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("answer", key=key)
    messages.success(request, "You passed the case on. What you wrote is kept for you.")
    return redirect("queue")
