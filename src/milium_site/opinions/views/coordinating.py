"""The coordinator's page: who has how much, what waits too long, how long things take."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from milium_site.cases.presenters import headline
from milium_site.opinions.seats import queries
from milium_site.people.access import moderators_only
from milium_site.people.models import User
from milium_site.people.queries import specialist_of
from milium_site.record.actions import record


@require_safe
@moderators_only
def panel(request: HttpRequest, user: User) -> HttpResponse:
    """A moderator who is a specialist, too, is shown nothing of cases that they still have to answer."""
    now, sealed_for = timezone.now(), specialist_of(user)
    late = queries.waiting_too_long(now, sealed_for=sealed_for)
    record(verb="open", kind="panel", key="panel")
    context = {
        "now": now,
        "days": queries.DAYS,
        "loads": queries.loads(now, sealed_for=sealed_for),
        "late": [(case, headline(case)) for case in late],
        "times": queries.times(now, sealed_for=sealed_for),
        "taken_within": queries.TAKEN_WITHIN,
        "answered_within": queries.ANSWERED_WITHIN,
        "most": queries.MOST_SHOWN,
        "is_sealed": sealed_for is not None,
    }
    return render(request, "opinions/panel.html", context)
