"""The case page, the queue, and the specialist's way from a blank page to a signed answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from milium.api import read_answer
from milium_site.cases.models import Case
from milium_site.cases.policies import SELF_HARM, open_emergencies
from milium_site.cases.presenters import age_in_words, headline, help_now, pseudonym, told
from milium_site.cases.queries import (
    case_by_link,
    case_for_specialist,
    cases_of_panellist,
    panel_of,
)
from milium_site.cases.workflow import DRAFT, STOPPED
from milium_site.opinions import actions, queries
from milium_site.opinions.forms import MissingForm, OpinionForm, review_in, version_in, with_missing
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import Refused, StaleDraft
from milium_site.opinions.presenters import SideBySide, side_by_side
from milium_site.opinions.reread import review_list
from milium_site.opinions.review import Review
from milium_site.opinions.visibility import Panellist, TheAsker, is_sealed
from milium_site.people.access import specialists_only
from milium_site.people.models import Specialist


def case_facts(case: Case) -> dict[str, object]:
    """What both sides see of a case."""
    return {
        "case": case,
        "pseudonym": pseudonym(case),
        "age": age_in_words(case),
        "headline": headline(case),
        "told": told(case),
        "self_harm": SELF_HARM,
    }


def compared(case: Case, opinions: list[Opinion], *, own: int | None = None) -> SideBySide:
    """The signed opinions side by side."""
    return side_by_side(
        queries.comparison_of(case, opinions),
        opinions,
        own=own,
        named=queries.conditions_named(case),
    )


@require_safe
def case_page(request: HttpRequest, link: str) -> HttpResponse:
    """The asker's page: where the case stands, who is on the panel, what they said."""
    try:
        case = case_by_link(link)
    except Case.DoesNotExist as error:
        raise Http404("no case has this link") from error
    if case.state == STOPPED or (case.state == DRAFT and open_emergencies(case)):
        return redirect("now", link=link)
    if case.state == DRAFT:
        return redirect("check", link=link)
    opinions = queries.opinions_seen_by(TheAsker(), case)
    context = case_facts(case) | {
        "link": link,
        "address": request.build_absolute_uri(reverse("case", args=[link])),
        "panel": panel_of(case),
        "care": help_now(case.flags, case.country) if SELF_HARM in case.dealt_with else None,
        "dealt": {*case.dealt_with} - {SELF_HARM},
        "signed_by": {o.specialist_id for o in opinions},
        "opinions": opinions,
        "side": compared(case, opinions) if opinions else None,
    }
    return render(request, "opinions/case.html", context)


@require_safe
@specialists_only
def queue(request: HttpRequest, specialist: Specialist) -> HttpResponse:
    """The specialist's cases: what waits for them, then what they have answered."""
    cases = list(cases_of_panellist(specialist))
    states = queries.own_states(specialist, cases)
    rows = [
        {
            "case": case,
            "headline": headline(case),
            "pseudonym": pseudonym(case),
            "age": age_in_words(case),
            "own": states.get(case.pk, ""),
            "tender": SELF_HARM in case.dealt_with,
        }
        for case in cases
    ]
    context = {
        "specialist": specialist,
        "waiting": [row for row in rows if row["own"] in {"", "draft"}],
        "answered": [row for row in rows if row["own"] not in {"", "draft"}],
        "now": timezone.now(),
    }
    return render(request, "opinions/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def answer(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """A case with the specialist's own answer beside it; the others' after signing, never before."""
    case = panel_case(key, specialist)
    if request.method == "POST":
        return _save(request, case, specialist)
    own = queries.own_opinion(case, specialist)
    if own is None or own.state == "draft":
        text, version = (own.text, own.version) if own else ("", 0)
        return _editor(
            request, case, OpinionForm(initial={"text": text, "version": version}), saved=own
        )
    return _unsealed(request, case, specialist, own)


def _unsealed(
    request: HttpRequest, case: Case, specialist: Specialist, own: Opinion
) -> HttpResponse:
    opinions = [
        o
        for o in queries.opinions_seen_by(Panellist(specialist.pk), case)
        if o.state != "withdrawn"
    ]
    context = case_facts(case) | {
        "own": own,
        "opinions": opinions,
        "waiting": len(panel_of(case)) - len(opinions),
        "side": compared(case, opinions, own=own.pk),
    }
    return render(request, "opinions/unsealed.html", context)


def _save(request: HttpRequest, case: Case, specialist: Specialist) -> HttpResponse:
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _editor(request, case, form, saved=queries.own_opinion(case, specialist), status=422)
    draft = actions.open_draft(case=case, specialist=specialist)
    try:
        saved = actions.save_draft(
            opinion=draft, text=form.cleaned_data["text"], version=form.stands_on
        )
    except Refused as reason:
        now = queries.own_opinion(case, specialist)
        return _editor(request, case, form, saved=now, conflict=str(reason), status=409)
    if request.headers.get("HX-Request"):
        fresh = OpinionForm(initial={"text": saved.text, "version": saved.version})
        return _editor(request, case, fresh, saved=saved)
    return redirect("review" if "review" in request.POST else "answer", key=case.key)


def _editor(
    request: HttpRequest,
    case: Case,
    form: OpinionForm,
    *,
    saved: Opinion | None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    context = case_facts(case) | {
        "form": form,
        "saved": saved,
        "conflict": conflict,
    }
    page = "opinions/_saved.html" if request.headers.get("HX-Request") else "opinions/answer.html"
    return render(request, page, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def review(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """How the draft is read: the author corrects it before signing."""
    case = panel_case(key, specialist)
    own = queries.own_opinion(case, specialist)
    if own is None or not own.text.strip() or not is_sealed([own], specialist.pk):
        return redirect("answer", key=key)
    before = Review.from_json(own.corrections)
    if request.method != "POST":
        return _review_page(request, case, own, before, MissingForm(text=own.text))
    changed = review_in(request.POST, before)
    form = MissingForm(request.POST, text=own.text)
    if not form.is_valid():
        return _review_page(request, case, own, changed, form, status=422)
    changed = with_missing(changed, form.missing)
    try:
        if "sign" in request.POST:
            return _sign(request, own, changed)
        actions.save_review(opinion=own, review=changed)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("answer", key=key)
    return redirect("review", key=key)


def _sign(request: HttpRequest, own: Opinion, changed: Review) -> HttpResponse:
    try:
        actions.sign_opinion(opinion=own, review=changed, version=version_in(request.POST))
    except StaleDraft:
        actions.save_review(opinion=own, review=changed)
        messages.error(
            request,
            "Your answer was changed after this page was opened. Read how it is read now, then sign.",
        )
        return redirect("review", key=own.case.key)
    messages.success(request, "Signed. The person can read your answer now.")
    return redirect("answer", key=own.case.key)


def _review_page(
    request: HttpRequest,
    case: Case,
    own: Opinion,
    changed: Review,
    form: MissingForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = case_facts(case) | {
        "own": own,
        "form": form,
        "prompts": queries.open_prompts(own, changed),
        "groups": review_list(own.text, read_answer(own.text), changed),
    }
    return render(request, "opinions/review.html", context, status=status)


def panel_case(key: str, specialist: Specialist) -> Case:
    """The case when the specialist sits on its panel, else page not found."""
    try:
        return case_for_specialist(key, specialist)
    except Case.DoesNotExist as error:
        raise Http404("no case of yours has this name") from error
