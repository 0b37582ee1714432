"""After signing: the others' answers, changing or withdrawing one's own, and a reply to a difference."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from milium_site.cases.models import Case
from milium_site.cases.queries import panel_of
from milium_site.opinions import actions, queries
from milium_site.opinions.context import compared, panel_facts
from milium_site.opinions.forms import AmendForm, ReplyForm, WithdrawForm
from milium_site.opinions.models import Amendment, Opinion
from milium_site.opinions.policies import Refused, StaleDraft, can_reply
from milium_site.opinions.review import Review
from milium_site.opinions.views.doors import opened, own_signed, panel_case
from milium_site.opinions.views.reviewing import Reviewing, reviewing
from milium_site.opinions.visibility import Panellist
from milium_site.opinions.workflow import STANDING
from milium_site.outcomes.queries import told_outcomes
from milium_site.people.access import specialists_only
from milium_site.people.models import Specialist
from milium_site.record.actions import record


def signed_page(
    request: HttpRequest,
    case: Case,
    specialist: Specialist,
    own: Opinion,
    *,
    reply: ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The others' answers beside the specialist's own."""
    reader = Panellist(specialist.pk)
    seen = queries.opinions_seen_by(reader, case)
    opinions = [o for o in seen if o.state in STANDING]
    for opinion in opinions:
        record(verb="read", kind="opinion", key=str(opinion.pk), case=case.key)
    side = compared(case, opinions, own=own.pk) if opinions else None
    may_reply = bool(side and side.differences and can_reply(own, case))
    context = panel_facts(case, specialist) | {
        "own": own,
        "opinions": opinions,
        "waiting": len(panel_of(case)) - len(opinions),
        "withdrawn": queries.withdrawn_seen_by(reader, case),
        "side": side,
        "outcomes": told_outcomes(case),
        "amendment": queries.own_amendment(own),
        "reply": reply or (ReplyForm(differences=side.differences) if side and may_reply else None),
    }
    return render(request, "opinions/unsealed.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def amend(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """The amended answer as a draft of its own: the signed one stands until this one is signed."""
    case, own = _own(key, specialist)
    opened(case)
    try:
        amendment = actions.open_amendment(opinion=own)
    except Refused as reason:
        return _refused(request, case, str(reason))
    if request.method != "POST":
        given = {"text": amendment.text, "because": amendment.because, "version": amendment.version}
        return _amend_page(request, case, specialist, AmendForm(initial=given), amendment)
    if "drop" in request.POST:
        actions.drop_amendment(amendment=amendment)
        messages.success(request, "Your answer stays as you signed it.")
        return redirect("answer", key=key)
    return _save_amendment(request, case, specialist, amendment)


def _save_amendment(
    request: HttpRequest, case: Case, specialist: Specialist, amendment: Amendment
) -> HttpResponse:
    form = AmendForm(request.POST)
    if "review" in request.POST and not request.POST.get("because", "").strip():
        form.add_error("because", "Say why, in a sentence. The person reads it.")
    if not form.is_valid():
        return _amend_page(request, case, specialist, form, amendment)
    try:
        saved = actions.save_amendment(
            amendment=amendment,
            text=form.cleaned_data["text"],
            because=form.cleaned_data["because"],
            version=form.stands_on,
        )
    except StaleDraft as stale:
        return _amend_page(request, case, specialist, form, stale.saved, conflict=str(stale))
    except Refused as reason:
        return _amend_page(request, case, specialist, form, amendment, conflict=str(reason))
    if request.headers.get("HX-Request"):
        fresh = AmendForm(initial={"text": saved.text, "version": saved.version})
        return _amend_page(request, case, specialist, fresh, saved)
    return redirect("amend-review" if "review" in request.POST else "amend", key=case.key)


def _amend_page(
    request: HttpRequest,
    case: Case,
    specialist: Specialist,
    form: AmendForm,
    saved: Opinion | Amendment,
    *,
    conflict: str = "",
) -> HttpResponse:
    status = 409 if conflict else 422 if form.errors else 200
    given = {"case": case, "form": form, "saved": saved, "conflict": conflict, "amending": True}
    if request.headers.get("HX-Request"):
        return render(request, "opinions/_saved.html", given, status=status)
    context = panel_facts(case, specialist) | given | {"phrases": queries.phrases_of(specialist)}
    return render(request, "opinions/amend.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def amend_review(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """How the amended words are read, before they take the place of the signed ones."""
    case, own = _own(key, specialist)
    opened(case)
    amendment = queries.own_amendment(own)
    if amendment is None or not amendment.text.strip():
        return redirect("answer", key=key)

    def save(changed: Review) -> None:
        actions.save_amendment_review(amendment=amendment, review=changed)

    def sign(changed: Review, version: int) -> None:
        try:
            actions.sign_amendment(amendment=amendment, review=changed, version=version)
        except StaleDraft:
            save(changed)
            raise

    signed = "Signed. Your changed answer stands now; what it said before can still be read."
    what = Reviewing(
        draft=amendment, words="amend", here="amend-review", keep=save, sign=sign, signed=signed
    )
    return reviewing(request, case, what)


@require_http_methods(["GET", "HEAD", "POST"])
@specialists_only
def withdraw(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """Takes the specialist's own answer out of the comparison, with a reason."""
    case, own = _own(key, specialist)
    opened(case)
    form = WithdrawForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = panel_facts(case, specialist) | {"own": own, "form": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "opinions/withdraw.html", context, status=status)
    try:
        actions.withdraw_opinion(opinion=own, because=form.cleaned_data["because"])
    except Refused as reason:
        return _refused(request, case, str(reason))
    messages.success(request, "Your answer is withdrawn. The person sees that, and why.")
    return redirect("answer", key=key)


@require_POST
@specialists_only
def reply(request: HttpRequest, specialist: Specialist, key: str) -> HttpResponse:
    """One short reply to a row on which the panel differs."""
    case, own = _own(key, specialist)
    seen = queries.opinions_seen_by(Panellist(specialist.pk), case)
    side = compared(case, [o for o in seen if o.state in STANDING], own=own.pk)
    form = ReplyForm(request.POST, differences=side.differences)
    if not form.is_valid():
        return signed_page(request, case, specialist, own, reply=form, status=422)
    try:
        actions.reply_to_difference(
            opinion=own, row=form.cleaned_data["row"], text=form.cleaned_data["text"]
        )
    except Refused as reason:
        return _refused(request, case, str(reason))
    messages.success(request, "Your reply stands on that row now.")
    return redirect("answer", key=key)


def _own(key: str, specialist: Specialist) -> tuple[Case, Opinion]:
    case = panel_case(key, specialist)
    return case, own_signed(case, specialist)


def _refused(request: HttpRequest, case: Case, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("answer", key=case.key)
