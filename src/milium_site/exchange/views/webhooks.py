"""The operators' page of webhooks: addresses, and what was delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.exchange.forms import WebhookForm
from milium_site.exchange.queries import latest_deliveries, standing_webhooks
from milium_site.exchange.webhooks.actions import end_webhook, register_webhook, try_again
from milium_site.exchange.webhooks.events import EVENTS
from milium_site.exchange.webhooks.outgoing import Forbidden
from milium_site.people.access import operators_only
from milium_site.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def webhooks(request: HttpRequest, operator: User) -> HttpResponse:
    """Registers, ends, and tries again."""
    if key := request.POST.get("end", "")[:16]:
        end_webhook(key=key)
        messages.success(request, "The address is told nothing more.")
        return redirect("operator-webhooks")
    if key := request.POST.get("retry", "")[:24]:
        again = try_again(key=key)
        messages.info(request, "It is in line again." if again else "It cannot be tried again.")
        return redirect("operator-webhooks")
    form, secret = WebhookForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = register_webhook(
                user=operator, url=form.cleaned_data["url"], events=form.cleaned_data["events"]
            )
            form = WebhookForm()
        except Forbidden as reason:
            form.add_error("url", str(reason))
    context = {
        "form": form,
        "secret": secret,
        "webhooks": standing_webhooks(),
        "deliveries": latest_deliveries(),
        "events": EVENTS,
    }
    response = render(
        request, "exchange/webhooks.html", context, status=422 if form.errors else 200
    )
    if secret:
        response["Cache-Control"] = "no-store"
    return response
