"""The steps between the one box and the sent case: the open questions, the person, and a last look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.cases import actions, body, queries
from milium_site.cases.corrections import Corrections
from milium_site.cases.forms import (
    AboutForm,
    AddForm,
    DurationForm,
    ProblemForm,
    about_from,
    corrections_in,
    duration_from,
)
from milium_site.cases.models import Case
from milium_site.cases.policies import NotNow, open_emergencies
from milium_site.cases.presenters import pseudonym, told, understood
from milium_site.cases.question_form import QuestionsForm
from milium_site.cases.questions import Step, open_questions, problem
from milium_site.cases.views import onward, own_case
from milium_site.cases.workflow import WITH_ASKER
from milium_site.foundation.values import history_from


Sheets = Mapping[str, Form]


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, link: str) -> HttpResponse:
    """What was understood, where it is, and what is still open for this kind of problem."""
    case = own_case(request, link)
    if _is_elsewhere(case):
        return onward(case, link)
    if request.method == "POST":
        return _questions_answered(request, case, link)
    sheets = {
        "add": AddForm(),
        "lasting": DurationForm(initial=dict(duration_from(case))),
        "kind": ProblemForm(initial={"problem": queries.problem_asked(case)}),
        "asked": _open_form(case, queries.problem_asked(case), ("problem",)),
    }
    return _questions_page(request, case, link, sheets)


def _questions_answered(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    asked_for = _asked_for(request.POST, case)
    add, lasting = AddForm(request.POST), DurationForm(request.POST)
    kind = ProblemForm({"problem": request.POST.get("problem", asked_for)})
    asked = _open_form(case, asked_for, ("problem",), request.POST)
    corrections = _corrected(request.POST, case, add)
    # All are asked, so that every error is shown at once.
    if not all([add.is_valid(), lasting.is_valid(), kind.is_valid(), asked.is_valid()]):
        sheets = {"add": add, "lasting": lasting, "kind": kind, "asked": asked}
        return _questions_page(request, case, link, sheets, corrections=corrections, status=422)
    chosen = kind.cleaned_data["problem"]
    try:
        case = actions.correct_case(
            case=case,
            corrections=replace(corrections, duration=lasting.duration),
            about=actions.about_of(case),
            problem=chosen,
            answers=queries.answers_of(case).with_page(asked.shown, asked.given),
        )
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect("case", link=link)
    if "add" in request.POST or chosen != asked_for:
        return onward(case, link, "questions")
    return onward(case, link, "person")


def _questions_page(
    request: HttpRequest,
    case: Case,
    link: str,
    sheets: Sheets,
    *,
    corrections: Corrections | None = None,
    status: int = 200,
) -> HttpResponse:
    corrections = corrections or Corrections.from_json(case.corrections)
    asked_for = _asked_for(request.POST, case)
    context = {
        "case": case,
        "link": link,
        **sheets,
        "asked_for": problem(asked_for),
        "understood": understood(history_from(case.history_read), corrections),
        "drawings": body.drawings(),
        "marked": body.marked(_kept_sites(case, corrections)),
    }
    return render(request, "cases/questions.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, link: str) -> HttpResponse:
    """Whom it is about, what matters for their safety, and what matters to them."""
    case = own_case(request, link)
    if _is_elsewhere(case):
        return onward(case, link)
    steps: tuple[Step, ...] = ("person", "more")
    chosen = queries.problem_asked(case)
    if request.method != "POST":
        about = AboutForm(initial=dict(about_from(case)))
        return _person_page(request, link, about, _open_form(case, chosen, steps))
    about, asked = AboutForm(request.POST), _open_form(case, chosen, steps, request.POST)
    if not all([about.is_valid(), asked.is_valid()]):
        return _person_page(request, link, about, asked, status=422)
    try:
        case = actions.correct_case(
            case=case,
            corrections=Corrections.from_json(case.corrections),
            about=about.about,
            problem=chosen,
            answers=queries.answers_of(case).with_page(asked.shown, asked.given),
        )
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect("case", link=link)
    return onward(case, link, "photos")


def _person_page(
    request: HttpRequest, link: str, about: AboutForm, asked: QuestionsForm, *, status: int = 200
) -> HttpResponse:
    context = {"link": link, "about": about, "asked": asked}
    return render(request, "cases/person.html", context, status=status)


@require_safe
def check(request: HttpRequest, link: str) -> HttpResponse:
    """Everything once more. Its form says who may see the case, and sends it (``send``)."""
    case = own_case(request, link)
    if _is_elsewhere(case):
        return onward(case, link)
    context = {
        "case": case,
        "link": link,
        "told": told(case),
        "pseudonym": pseudonym(case),
        "same_day": [flag for flag in case.flags if flag["urgency"] != "emergency"],
    }
    return render(request, "cases/check.html", context)


def _is_elsewhere(case: Case) -> bool:
    return case.state not in WITH_ASKER or bool(open_emergencies(case))


def _asked_for(post: QueryDict, case: Case) -> str:
    """The kind of problem the page's questions were for, as the page itself says."""
    said = problem(post.get("asked_for", ""))
    return said.id if said else queries.problem_asked(case)


def _open_form(
    case: Case, problem_id: str, steps: tuple[Step, ...], data: QueryDict | None = None
) -> QuestionsForm:
    history = queries.history_of(case)
    shown = open_questions(
        problem_id,
        case.text,
        history,
        sex=case.sex or history.sex or "",
        age=history.age if case.age is None else case.age,
        steps=steps,
    )
    return QuestionsForm(shown, queries.answers_of(case), data)


def _corrected(post: QueryDict, case: Case, add: AddForm) -> Corrections:
    """The chips, then the thing added by name, then the drawing."""
    sent = corrections_in(post)
    added = (add.added,) if add.is_valid() and add.added else ()
    sent = replace(
        sent,
        removed=sent.removed - {a.name for a in added},
        added=tuple({a.name: a for a in (*sent.added, *added)}.values()),
        duration=Corrections.from_json(case.corrections).duration,
    )
    known = [*_read_sites(case), *(a.concept.id for a in sent.added if a.part == "sites")]
    return body.moved(
        sent,
        known=known,
        before=frozenset(post.getlist("place_shown")),
        after=frozenset(post.getlist("place")),
    )


def _read_sites(case: Case) -> list[str]:
    return [str(f["concept"]["id"]) for f in case.history_read["sites"]]


def _kept_sites(case: Case, corrections: Corrections) -> list[str]:
    added = (a.concept.id for a in corrections.added if a.part == "sites")
    known: list[Any] = [*_read_sites(case), *added]
    return [site for site in known if f"sites/{site}" not in corrections.removed]
