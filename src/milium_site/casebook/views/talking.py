"""What the asker tells later: to the panel, at a follow-up, and where to tell them of answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from milium_site.casebook.access import askers_only
from milium_site.casebook.context import page_of
from milium_site.casebook.forms import OutcomeForm, TellMe, WordsToPanel
from milium_site.casebook.presenters import options_of
from milium_site.cases.models import Case
from milium_site.cases.policies import SELF_HARM, NotNow
from milium_site.cases.presenters import help_now
from milium_site.cases.workflow import DRAFT, STOPPED
from milium_site.notices.actions import subscribe
from milium_site.notices.policies import NotAnAddress
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.outcomes.actions import tell_outcome
from milium_site.outcomes.models import Outcome
from milium_site.outcomes.queries import outcomes_of
from milium_site.threads.actions import answer_panel, deal_with_message, drop_message
from milium_site.threads.models import Message
from milium_site.threads.policies import is_held
from milium_site.threads.queries import asked_of, held_message


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def answer(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """The asker's words to the panel; what cannot be taken is given back with the page."""
    if request.method != "POST" or case.state in {DRAFT, STOPPED}:
        return redirect("case", link=link)
    form = WordsToPanel(request.POST)
    if not form.is_valid():
        page = page_of(request, case, link, words=form)
        return render(request, "casebook/case.html", page, status=422)
    text = form.cleaned_data["text"]
    try:
        message = answer_panel(
            case=case, text=text, answers=_question(case, request.POST.get("answers", ""))
        )
    except NotNow as reason:
        messages.error(request, str(reason))
        page = page_of(request, case, link, given_back=text)
        return render(request, "casebook/case.html", page, status=409)
    if is_held(message):
        return redirect("message-help", link=link)
    messages.success(request, "Sent to your panel.")
    return redirect(f"{reverse('case', args=[link])}#message-{message.pk}")


def _question(case: Case, wanted: str) -> Message | None:
    return {str(m.pk): m for m in asked_of(case)}.get(wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def message_help(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Where to go now, when a red flag is in what was written later. The message waits until it was dealt with."""
    held = held_message(case)
    if held is None:
        return redirect("case", link=link)
    if request.method == "POST" and "drop" in request.POST:
        drop_message(message=held)
        messages.info(request, "Your message was not sent. It is erased.")
        return redirect("case", link=link)
    found = help_now(held.flags, case.country)
    if request.method == "POST" and request.POST.get("dealt_with") == "yes":
        deal_with_message(message=held)
        messages.success(request, "Sent to your panel.")
        return redirect("case", link=link)
    emergencies = {f["rule"] for f in held.flags if f["urgency"] == "emergency"}
    context = {
        "link": link,
        "held": held,
        "help": found,
        "gentle": emergencies == {SELF_HARM},
        "not_ticked": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "casebook/message_help.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@askers_only
def follow_up(request: HttpRequest, case: Case, link: str, weeks: int) -> HttpResponse:
    """Which option was chosen, whether it helped, what else happened; can be changed later."""
    outcome = next((o for o in outcomes_of(case) if o.weeks == weeks), None)
    if outcome is None:
        raise Http404("this follow-up was not asked yet")
    options = options_of(case, opinions_seen_by(TheAsker(), case))
    if request.method == "POST":
        form = OutcomeForm(request.POST, options=options)
        if form.is_valid():
            tell_outcome(outcome=outcome, told=form.told)
            messages.success(request, "Thank you. Your panel can see it.")
            return redirect("case", link=link)
    else:
        form = OutcomeForm(initial=_said(outcome), options=options)
    context = {"case": case, "link": link, "outcome": outcome, "form": form}
    return render(request, "casebook/follow_up.html", context, status=422 if form.is_bound else 200)


def _said(outcome: Outcome) -> dict[str, object]:
    return {
        "chosen": [option["id"] for option in outcome.chosen],
        "helped": outcome.helped,
        "side_effects": outcome.side_effects,
        "words": outcome.words,
    }


@require_POST
@askers_only
def tell_me(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Where to write when somebody answers. The address is asked first whether it is the right one."""
    form = TellMe(request.POST)
    if form.is_valid():
        try:
            subscribe(
                about=f"case:{case.key}",
                channel="email",
                address=form.cleaned_data["email"],
                link=link,
            )
        except NotAnAddress as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(
                request,
                "We wrote to you. Open the link in our mail to say that the address is yours.",
            )
            return redirect("case", link=link)
    page = page_of(request, case, link, tell_me=form)
    return render(request, "casebook/case.html", page, status=422)
