"""A specialist's own phrases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from milium_site.opinions import actions, queries
from milium_site.opinions.forms import PhraseForm
from milium_site.people.access import specialists_only
from milium_site.people.models import Specialist


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def phrases(request: HttpRequest, specialist: Specialist) -> HttpResponse:
    """The phrases, with a way to add one and to drop one."""
    dropped = request.POST.get("drop", "")
    if dropped.isdecimal() and len(dropped) < 18:
        actions.drop_phrase(specialist=specialist, pk=int(dropped))
        return redirect("phrases")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.keep_phrase(specialist=specialist, text=form.cleaned_data["text"])
        return redirect("phrases")
    context = {"phrases": queries.phrases_of(specialist), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "opinions/phrases.html", context, status=status)
