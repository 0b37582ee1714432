"""How a specialist's page comes to its case, and what is said where it cannot."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from milium_site.cases.models import Case
from milium_site.cases.queries import case_for_specialist
from milium_site.opinions import queries
from milium_site.opinions.models import Opinion
from milium_site.opinions.seats.queries import had_place
from milium_site.people.models import Specialist
from milium_site.record.actions import record


def panel_case(key: str, specialist: Specialist) -> Case:
    """The case when the specialist holds a place on its panel, else page not found."""
    try:
        return case_for_specialist(key, specialist)
    except Case.DoesNotExist as error:
        raise Http404("no case of yours has this name") from error


def own_signed(case: Case, specialist: Specialist) -> Opinion:
    """The specialist's own signed answer, else page not found."""
    own = queries.own_opinion(case, specialist)
    if own is None or own.state == "draft":
        raise Http404("you have not signed an answer to this case")
    return own


def opened(case: Case) -> None:
    """Keeps that whoever acts now opened the case: its asker can see it."""
    record(verb="read", kind="case", key=case.key, case=case.key)


def kept(request: HttpRequest, key: str, specialist: Specialist) -> HttpResponse:
    """What they wrote to a case that takes no answer of theirs now, and nothing of the case; else page not found.

    Words that were on their way are given back, saved or not.
    """
    draft = queries.kept_draft(key, specialist)
    text, typed = draft.text if draft else "", request.POST.get("text", "")
    if not text and not (typed and had_place(key, specialist)):
        raise Http404("no case of yours has this name")
    context = {"key": key, "text": text, "typed": typed if typed != text else ""}
    return render(request, "opinions/kept.html", context, status=409 if typed else 200)
