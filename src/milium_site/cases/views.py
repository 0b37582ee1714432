"""The asker's pages up to sending: say it, check it, send it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from milium.api import read_question, triage
from milium_site.cases import actions, queries
from milium_site.cases.access import looked_at
from milium_site.cases.corrections import Corrections
from milium_site.cases.countries import guessed_from
from milium_site.cases.forms import (
    WordsForm,
    corrections_in,
    one_line_breaks,
)
from milium_site.cases.links import ForeignToken, new_token
from milium_site.cases.models import Case
from milium_site.cases.policies import NotNow, open_emergencies, waits_for_care
from milium_site.cases.presenters import flags_as_json, help_now, understood
from milium_site.cases.workflow import STOPPED, WITH_ASKER
from milium_site.foundation.values import history_from


def country_of(request: HttpRequest) -> str:
    """The country to name numbers of before the asker has said theirs."""
    return guessed_from(request.headers.get("Accept-Language", ""), settings.MILIUM_COUNTRY)


def own_case(request: HttpRequest, link: str) -> Case:
    """The case behind a secret link, or page not found."""
    try:
        return looked_at(request, queries.case_by_link(link))
    except Case.DoesNotExist as error:
        raise Http404("no case has this link") from error


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The first page: one box."""
    if request.method != "POST":
        return _box(request, WordsForm(), token=new_token())
    form, token = WordsForm(request.POST), request.POST.get("token", "")
    if not form.is_valid():
        return _box(request, form, token=token, status=422)
    try:
        case, link = actions.start_case(
            token=token,
            text=form.cleaned_data["text"],
            corrections=corrections_in(request.POST),
            country=country_of(request),
        )
    except ForeignToken:
        form.add_error(
            None,
            "This page was open for too long. Your words are still here: press Continue once more.",
        )
        return _box(request, form, token=new_token(), status=422)
    return onward(case, link)


@require_POST
def understand(request: HttpRequest) -> HttpResponse:
    """What is understood so far, while somebody types. Writes nothing."""
    text = one_line_breaks(request.POST.get("text", ""))
    too_long = len(text) > settings.MILIUM_TEXT_LIMIT
    text = "" if too_long else text.strip()
    country = country_of(request)
    found = triage(text, country=country)
    context = {
        "understood": understood(read_question(text), corrections_in(request.POST)),
        "help": help_now(flags_as_json(found.flags), country),
        "too_long": too_long,
        "limit": settings.MILIUM_TEXT_LIMIT,
        "typed": bool(text),
    }
    return render(request, "cases/_live.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, link: str) -> HttpResponse:
    """The box again, for a case that was not sent."""
    case = own_case(request, link)
    if case.state not in WITH_ASKER:
        return redirect("case", link=link)
    if request.method != "POST":
        return _box(request, WordsForm({"text": case.text}), case=case, link=link)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _box(request, form, case=case, link=link, status=422)
    try:
        case = actions.change_words(
            case=case, text=form.cleaned_data["text"], corrections=corrections_in(request.POST)
        )
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect("case", link=link)
    return onward(case, link)


@require_http_methods(["GET", "HEAD", "POST"])
def now(request: HttpRequest, link: str) -> HttpResponse:
    """Where to go now, when a red flag says so. The case waits until the asker says it was dealt with."""
    case = own_case(request, link)
    if not open_emergencies(case):
        return onward(case, link)
    if request.method == "POST" and request.POST.get("dealt_with") == "yes":
        return onward(actions.deal_with_emergency(case=case), link)
    context = {
        "case": case,
        "link": link,
        "help": help_now(open_emergencies(case), case.country),
        "gentle": waits_for_care(case),
        "stopped": case.state == STOPPED,
        "not_ticked": request.method == "POST",
    }
    return render(
        request, "cases/now.html", context, status=422 if request.method == "POST" else 200
    )


def onward(case: Case, link: str, to: str = "") -> HttpResponse:
    """The next page: help first where a flag says so, ``to`` or the first step not done of a draft, else the case."""
    if open_emergencies(case):
        return redirect("now", link=link)
    if case.state not in WITH_ASKER:
        return redirect("case", link=link)
    return redirect(to or ("check" if case.answers else "questions"), link=link)


def _box(
    request: HttpRequest,
    form: WordsForm,
    *,
    token: str = "",
    case: Case | None = None,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = _shown_again(request, case)
    context = {
        "form": form,
        "token": token,
        "link": link,
        "understood": shown,
        "typed": shown is not None,
    }
    return render(request, "cases/ask.html", context, status=status)


def _shown_again(request: HttpRequest, case: Case | None) -> object:
    if case is None:
        return None
    corrections = (
        corrections_in(request.POST)
        if request.method == "POST"
        else Corrections.from_json(case.corrections)
    )
    return understood(history_from(case.history_read), corrections)
