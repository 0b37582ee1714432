"""The page on which an author checks how their words are read, before they sign them the first time or again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from milium.api import read_answer
from milium_site.cases.models import Case
from milium_site.opinions import queries
from milium_site.opinions.context import case_facts
from milium_site.opinions.forms import MissingForm, review_in, version_in, with_missing
from milium_site.opinions.models import Amendment, Opinion
from milium_site.opinions.policies import Refused, StaleDraft
from milium_site.opinions.reread import review_list
from milium_site.opinions.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """What is reviewed, the names of the pages around it, and what saving and signing do."""

    draft: Opinion | Amendment
    words: str
    here: str
    keep: Callable[[Review], object]
    sign: Callable[[Review, int], object]
    signed: str


def reviewing(request: HttpRequest, case: Case, what: Reviewing) -> HttpResponse:
    """Shows the reading, keeps its corrections, or signs."""
    before, text = Review.from_json(what.draft.corrections), what.draft.text
    if request.method != "POST":
        return _page(request, case, what, before, MissingForm(text=text))
    changed = review_in(request.POST, before)
    form = MissingForm(request.POST, text=text)
    if not form.is_valid():
        return _page(request, case, what, changed, form, status=422)
    changed = with_missing(changed, form.missing)
    try:
        if "sign" in request.POST:
            return _sign(request, case, what, changed)
        what.keep(changed)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(what.words, key=case.key)
    return redirect(what.here, key=case.key)


def _sign(request: HttpRequest, case: Case, what: Reviewing, changed: Review) -> HttpResponse:
    try:
        what.sign(changed, version_in(request.POST))
    except StaleDraft:
        messages.error(
            request,
            "Your answer was changed after this page was opened. Read how it is read now, then sign.",
        )
        return redirect(what.here, key=case.key)
    messages.success(request, what.signed)
    return redirect("answer", key=case.key)


def _page(
    request: HttpRequest,
    case: Case,
    what: Reviewing,
    changed: Review,
    form: MissingForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = case_facts(case) | {
        "own": what.draft,
        "words": what.words,
        "form": form,
        "prompts": queries.open_prompts(what.draft, changed),
        "groups": review_list(what.draft.text, read_answer(what.draft.text), changed),
    }
    return render(request, "opinions/review.html", context, status=status)
