"""Somebody's tokens: made, shown once, listed, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from milium_site.exchange.actions import NoToken, make_token, revoke_token
from milium_site.exchange.forms import TokenForm
from milium_site.exchange.queries import roles_of, tokens_of
from milium_site.people.access import signed_in_only
from milium_site.people.models import User
from milium_site.people.queries import lacks_second_factor


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def tokens(request: HttpRequest, user: User) -> HttpResponse:
    """The list, with a form for a new one."""
    roles = roles_of(user)
    if not roles:
        raise PermissionDenied(
            "Tokens are for specialists whose register entry was checked, moderators and operators."
        )
    if lacks_second_factor(user):
        return redirect("mfa_index")
    if key := request.POST.get("revoke", "")[:16]:
        if revoke_token(user=user, key=key):
            messages.success(request, "The token works no more.")
        return redirect("tokens")
    form = TokenForm(request.POST if request.method == "POST" else None, roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = make_token(
                user=user,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                days=int(form.cleaned_data["days"]),
            )
        except NoToken as reason:
            form.add_error(None, str(reason))
        else:
            return _page(request, user, TokenForm(roles=roles), secret=secret)
    return _page(request, user, form)


def _page(request: HttpRequest, user: User, form: TokenForm, *, secret: str = "") -> HttpResponse:
    now = timezone.now()
    every = tokens_of(user)
    context = {
        "form": form,
        "secret": secret,
        "standing": [t for t in every if t.revoked_at is None and t.expires_at > now],
        "ended": [t for t in every if t.revoked_at or t.expires_at <= now],
    }
    response = render(request, "exchange/tokens.html", context, status=422 if form.errors else 200)
    if secret:
        response["Cache-Control"] = "no-store"
    return response
