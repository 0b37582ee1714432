"""The moderator's pages: applications, and the checks of those who answer."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.foundation.workflow import IllegalMove
from milium_site.people import actions, queries
from milium_site.people.access import moderators_only
from milium_site.people.forms import CheckForm, ReasonForm
from milium_site.people.models import Application, Specialist, User
from milium_site.people.presenters import compared, credential_card, said_by, said_by_specialist
from milium_site.people.registers import register_of
from milium_site.people.workflow import WAITING
from milium_site.record.actions import record


PAGE = 50
SAY_WHY = "Say why: the person concerned reads it."


@require_safe
@moderators_only
def applications(request: HttpRequest, moderator: User) -> HttpResponse:
    """Who waits, the longest first, and whose check ends next."""
    decided = Paginator(queries.decided_applications(), PAGE)
    record(verb="listed", kind="application", key="applications")
    context = {
        "waiting": queries.applications(),
        "decided": decided.get_page(request.GET.get("page")),
        "cards": [(s, credential_card(s)) for s in queries.specialists_by_expiry()],
    }
    return render(request, "people/applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def application(request: HttpRequest, moderator: User, pk: int) -> HttpResponse:
    """One application beside what the register says, and the decision."""
    found = get_object_or_404(Application.objects.select_related("user"), pk=pk)
    if request.method == "POST":
        return _decided(request, moderator, found)
    if found.state in WAITING:
        found = actions.take_application(application=found, moderator=moderator)
    record(verb="read", kind="application", key=str(found.pk))
    return _application_page(request, found, CheckForm(says=said_by(found)))


def _decided(request: HttpRequest, moderator: User, found: Application) -> HttpResponse:
    decision = request.POST.get("decision", "")
    form = CheckForm(request.POST, says=said_by(found))
    if decision == "compare":
        return _application_page(request, found, _as_typed(request, form.says))
    try:
        if decision == "refuse":
            refusal = ReasonForm(request.POST)
            if not refusal.is_valid():
                typed = _as_typed(request, form.says)
                return _application_page(request, found, typed, problem=SAY_WHY)
            actions.refuse_application(
                application=found, moderator=moderator, reason=refusal.cleaned_data["reason"]
            )
        elif form.is_valid():
            actions.accept_application(
                application=found,
                moderator=moderator,
                what=form.found_in(found.register, _register_name(found)),
                expires_on=form.cleaned_data["expires_on"],
                reason=form.cleaned_data["reason"],
            )
        else:
            return _application_page(request, found, form)
    except IllegalMove:
        messages.info(request, "This has been decided by somebody else, or it was taken back.")
    return redirect("application", pk=found.pk)


@require_safe
@moderators_only
def evidence(request: HttpRequest, moderator: User, pk: int) -> HttpResponse:
    """The applicant's document, as a file to keep: no browser shows it in the site's name."""
    found = get_object_or_404(Application, pk=pk)
    if not found.evidence:
        raise Http404("no evidence is kept")
    record(verb="read", kind="evidence", key=str(found.pk))
    stored = Path(str(found.evidence.name))
    with found.evidence.open("rb") as file:
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="application-{found.pk}{stored.suffix}"'
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def specialist(request: HttpRequest, moderator: User, pk: int) -> HttpResponse:
    """The checks of one specialist: a new one, or the end of all."""
    found = get_object_or_404(Specialist.objects.select_related("user"), pk=pk)
    said, last = said_by_specialist(found), found.credentials.last()
    form = CheckForm(request.POST if request.method == "POST" else None, says=said)
    if request.method == "POST" and request.POST.get("decision") == "withdraw":
        return _withdrawn(request, found, _as_typed(request, said))
    if request.method == "POST" and request.POST.get("decision") == "compare":
        form = _as_typed(request, said)
    elif request.method == "POST" and form.is_valid():
        register = last.register if last else "other"
        actions.check_credential(
            specialist=found,
            checked_on=timezone.localdate(),
            expires_on=form.cleaned_data["expires_on"],
            checked_by=moderator,
            what=form.found_in(register, last.register_name if last else ""),
        )
        messages.success(request, "The new check is kept.")
        return redirect("specialist", pk=pk)
    record(verb="read", kind="credential", key=str(last.pk if last else ""))
    return _specialist_page(request, found, form)


def _withdrawn(request: HttpRequest, found: Specialist, form: CheckForm) -> HttpResponse:
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        return _specialist_page(request, found, form, problem=SAY_WHY)
    actions.withdraw_credentials(specialist=found, because=reason.cleaned_data["reason"])
    messages.success(request, f"{found.name} can no longer answer. Signed answers stay.")
    return redirect("specialist", pk=found.pk)


def _as_typed(request: HttpRequest, says: dict[str, str]) -> CheckForm:
    """The form with what was typed, not judged yet."""
    return CheckForm(initial=request.POST.dict(), says=says)


def _register_name(found: Application) -> str:
    return found.register_name or register_of(found.register).name


def _application_page(
    request: HttpRequest, found: Application, form: CheckForm, *, problem: str = ""
) -> HttpResponse:
    register = register_of(found.register)
    context = {
        "application": found,
        "open": found.state in WAITING,
        "form": form,
        "rows": compared(form, form.says, form.differences),
        "register": register,
        "register_name": _register_name(found),
        "address": register.address_of(found.number),
        "problem": problem,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "people/application.html", context, status=status)


def _specialist_page(
    request: HttpRequest, found: Specialist, form: CheckForm, *, problem: str = ""
) -> HttpResponse:
    last = found.credentials.last()
    register = register_of(last.register if last else "other")
    context = {
        "specialist": found,
        "card": credential_card(found),
        "checks": found.credentials.select_related("checked_by").order_by("-pk"),
        "form": form,
        "rows": compared(form, form.says, form.differences),
        "register": register,
        "register_name": last.register_name if last else "",
        "address": register.address_of(last.number if last else ""),
        "problem": problem,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "people/specialist.html", context, status=status)
