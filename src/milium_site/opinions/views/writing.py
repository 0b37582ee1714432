"""The specialist's way from a blank page to a signed answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from milium_site.cases.models import Case
from milium_site.cases.policies import NotNow
from milium_site.cases.workflow import OPEN
from milium_site.opinions import actions, queries
from milium_site.opinions.context import panel_facts
from milium_site.opinions.forms import AskForm, OpinionForm
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import Refused, StaleDraft
from milium_site.opinions.review import Review
from milium_site.opinions.views.after import signed_page
from milium_site.opinions.views.doors import kept, opened, panel_case
from milium_site.opinions.views.reviewing import Reviewing, reviewing
from milium_site.opinions.visibility import is_sealed
from milium_site.people.access import specialists_only
from milium_site.people.models import Specialist
from milium_site.threads.actions import ask_asker


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def answer(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """A case with the specialist's own answer beside it; the others' after signing, never before."""
    try:
        case = panel_case(key, specialist)
    except Http404:
        return _out_of_reach(request, key, specialist)
    own = queries.own_opinion(case, specialist)
    sealed = own is None or is_sealed([own], specialist.pk)
    if sealed and case.state != OPEN:
        return _out_of_reach(request, key, specialist)
    if request.method == "POST":
        return _save(request, case, specialist)
    opened(case)
    if own and not sealed:
        return signed_page(request, case, specialist, own)
    text, version = (own.text, own.version) if own else ("", 0)
    form = OpinionForm(initial={"text": text, "version": version})
    return _editor(request, case, specialist, form, saved=own)


def _out_of_reach(request: HttpRequest, key: str, specialist: Specialist) -> HttpResponse:
    """The case was held or closed, or the place given back, while they wrote: their words are kept as far as they can be."""
    draft = queries.kept_draft(key, specialist)
    form = OpinionForm(request.POST or None)
    if draft and form.is_valid():
        try:
            actions.save_draft(
                opinion=draft, text=form.cleaned_data["text"], version=form.stands_on
            )
        except Refused:
            # Both texts are on the page that follows.
            return kept(request, key, specialist)
    return kept(request, key, specialist)


def _save(request: HttpRequest, case: Case, specialist: Specialist) -> HttpResponse:
    form = OpinionForm(request.POST)
    if not form.is_valid():
        saved = queries.own_opinion(case, specialist)
        return _editor(request, case, specialist, form, saved=saved)
    draft = actions.open_draft(case=case, specialist=specialist)
    text = _with_phrase(form.cleaned_data["text"], request.POST.get("phrase", ""), specialist)
    try:
        saved = actions.save_draft(opinion=draft, text=text, version=form.stands_on)
    except Refused as reason:
        now = queries.own_opinion(case, specialist)
        return _editor(request, case, specialist, form, saved=now, conflict=str(reason))
    if request.headers.get("HX-Request"):
        fresh = OpinionForm(initial={"text": saved.text, "version": saved.version})
        return _editor(request, case, specialist, fresh, saved=saved)
    return redirect("review" if "review" in request.POST else "answer", key=case.key)


def _with_phrase(text: str, chosen: str, specialist: Specialist) -> str:
    """The text with the chosen phrase under it: what the page's script does at the cursor, without a script."""
    found = (p.text for p in queries.phrases_of(specialist) if str(p.pk) == chosen)
    phrase = next(found, "")
    return "\n\n".join(filter(None, (text.rstrip(), phrase))) if phrase else text


def _editor(
    request: HttpRequest,
    case: Case,
    specialist: Specialist,
    form: OpinionForm,
    *,
    saved: Opinion | None,
    conflict: str = "",
) -> HttpResponse:
    status = 409 if conflict else 422 if form.errors else 200
    given = {"case": case, "form": form, "saved": saved, "conflict": conflict}
    if request.headers.get("HX-Request"):
        return render(request, "opinions/_saved.html", given, status=status)
    context = panel_facts(case, specialist) | given | {"phrases": queries.phrases_of(specialist)}
    return render(request, "opinions/answer.html", context, status=status)


@require_POST
@specialists_only
def ask(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """Asks the asker something, or for photos."""
    case = panel_case(key, specialist)
    form = AskForm(request.POST)
    if not form.is_valid():
        context = {"case": case, "ask": form}
        return render(request, "opinions/ask.html", context, status=422)
    try:
        ask_asker(
            case=case,
            specialist=specialist,
            text=form.cleaned_data["text"],
            wants_photos=form.cleaned_data["wants_photos"],
        )
    except NotNow as reason:
        context = {"case": case, "ask": form, "refusal": str(reason)}
        return render(request, "opinions/ask.html", context, status=409)
    messages.success(request, "Your question is with the person. Their answer will stand here.")
    return redirect("answer", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def review(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """How the draft is read: the author corrects it before signing."""
    try:
        case = panel_case(key, specialist)
    except Http404:
        return kept(request, key, specialist)
    opened(case)
    own = queries.own_opinion(case, specialist)
    if own is None or not own.text.strip() or not is_sealed([own], specialist.pk):
        return redirect("answer", key=key)

    def sign(changed: Review, version: int) -> None:
        try:
            actions.sign_opinion(opinion=own, review=changed, version=version)
        except StaleDraft:
            actions.save_review(opinion=own, review=changed)
            raise

    return reviewing(
        request,
        case,
        Reviewing(
            draft=own,
            words="answer",
            here="review",
            keep=lambda changed: actions.save_review(opinion=own, review=changed),
            sign=sign,
            signed="Signed. The person can read your answer now.",
        ),
    )
