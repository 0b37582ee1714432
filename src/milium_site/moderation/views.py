"""Moderators' pages, and the page on which anybody says that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.cases.models import Case
from milium_site.cases.presenters import headline, pseudonym, told
from milium_site.cases.workflow import WITH_PANEL
from milium_site.foundation.workflow import IllegalMove
from milium_site.moderation import actions, policies, queries
from milium_site.moderation.forms import DecisionForm, RecordForm, ReportForm
from milium_site.moderation.looks.actions import look_at_waiting
from milium_site.moderation.masking import Piece
from milium_site.moderation.models import KINDS, Decision, Report
from milium_site.moderation.passages import passages
from milium_site.moderation.policies import Overtaken, Unreasoned
from milium_site.moderation.presenters import act, in_words, logged, said
from milium_site.moderation.reasons import reasons
from milium_site.moderation.reports import actions as reporting
from milium_site.moderation.senders import network_of
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import Moderator
from milium_site.people.access import moderators_only, open_to_all, overseers_only
from milium_site.people.models import Specialist, User
from milium_site.photos.models import Photo
from milium_site.photos.presenters import ByModerator, photos_shown
from milium_site.photos.queries import waiting_photos
from milium_site.record.actions import record
from milium_site.record.queries import entries
from milium_site.threads.models import Message
from milium_site.threads.queries import messages_of


ON_A_PAGE = 25


@require_safe
@moderators_only
def queue(request: HttpRequest, moderator: User) -> HttpResponse:
    """What waits: the riskiest first."""
    look_at_waiting()
    page = Paginator(queries.waiting_cases(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"case": case, "headline": headline(case), "pseudonym": pseudonym(case)} for case in page
    ]
    record(verb="listed", kind="case", key="moderate", cases=[case.key for case in page])
    context = {"rows": rows, "page": page, "figures": queries.figures(), "now": timezone.now()}
    return render(request, "moderation/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def case_page(request: HttpRequest, moderator: User, key: str) -> HttpResponse:
    """A case with what may tell who somebody is, its photos, its answers, and what was decided."""
    case = _case(key, moderator)
    if request.method != "POST":
        record(verb="read", kind="case", key=case.key, case=case.key, role="moderator")
        return _case_page(request, case)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, problem="Choose what to do.", status=422)
    try:
        _decide(request, case, moderator, form)
    except (Overtaken, IllegalMove) as reason:
        case.refresh_from_db()
        return _case_page(request, case, problem=str(reason), form=form, status=409)
    except Unreasoned as reason:
        return _case_page(request, case, problem=str(reason), form=form, status=422)
    messages.success(request, "Done. It can be undone below.")
    return redirect("moderate-case", key=key)


def _decide(request: HttpRequest, case: Case, moderator: User, form: DecisionForm) -> None:
    given, reason = form.cleaned_data, form.reason
    about, seen = given["about"], given["seen"]
    steps: dict[str, Callable[[], object]] = {
        "open": lambda: actions.open_case(case=case, by=moderator, newest=_number(about)),
        "show-photos": lambda: actions.show_photos(case=case, by=moderator, newest=_number(about)),
        "mask": lambda: actions.mask_words(
            case=case,
            names=_chosen(request, given["mask"], _finds(case)),
            also=given["also"],
            by=moderator,
            reason=reason,
            seen=seen,
        ),
        "ban-asker": lambda: actions.ban_asker(
            case=case, by=moderator, reason=reason, network=given["network"], seen=seen
        ),
        "hide": lambda: actions.hide(
            opinion=get_object_or_404(Opinion, pk=_number(about), case=case),
            by=moderator,
            reason=reason,
        ),
        "ban": lambda: actions.ban(
            specialist=get_object_or_404(Specialist, pk=_number(about), opinions__case=case),
            case=case,
            by=moderator,
            reason=reason,
        ),
        "drop-photo": lambda: actions.drop_photo(
            photo=get_object_or_404(Photo, key=about, case=case), by=moderator, reason=reason
        ),
        "undo": lambda: actions.undo(
            decision=get_object_or_404(Decision, pk=_number(about), case=case),
            by=moderator,
            because=reason,
        ),
    }
    steps |= _of_messages(request, case, moderator, form)
    step = steps.get(given["do"]) or (
        lambda: actions.move_case(
            case=case, what=given["do"], by=moderator, reason=reason, seen=seen
        )
    )
    step()


def _of_messages(
    request: HttpRequest, case: Case, moderator: User, form: DecisionForm
) -> dict[str, Callable[[], object]]:
    given, reason = form.cleaned_data, form.reason
    about, seen = given["about"], given["seen"]
    return {
        "hold-message": lambda: actions.move_message(
            message=_message(case, about), what="hold", by=moderator, reason=reason
        ),
        "remove-message": lambda: actions.move_message(
            message=_message(case, about), what="remove", by=moderator, reason=reason
        ),
        "mask-message": lambda: actions.mask_message(
            message=(message := _message(case, about)),
            names=_chosen(request, given["mask"], said(message).finds),
            also=given["also"],
            by=moderator,
            reason=reason,
            seen=seen,
        ),
    }


def _chosen(request: HttpRequest, one: str, every: Iterable[Piece]) -> list[str]:
    """One find by its own button, all by theirs, else those that are ticked."""
    if one == "all":
        return [piece.name for piece in every]
    return [one] if one else request.POST.getlist("find")


def _finds(case: Case) -> list[Piece]:
    return [find for passage in passages(queries.typed_in(case)) for find in passage.finds]


def _message(case: Case, key: str) -> Message:
    found = queries.message_of(case, key)
    if found is None:
        raise Http404("this case has no such message")
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _case(key: str, moderator: User) -> Case:
    try:
        case = queries.case_for_moderator(key)
    except Case.DoesNotExist as error:
        raise Http404("no case for moderators has this name") from error
    if policies.is_on_panel(moderator, case):
        raise PermissionDenied("You are on this case’s panel. Another moderator looks after it.")
    return case


def _case_page(
    request: HttpRequest,
    case: Case,
    *,
    problem: str = "",
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    late = waiting_photos(case)
    context = {
        "late": late if case.state in WITH_PANEL else [],
        "newest_photo": late[-1].pk if late else 0,
        "case": case,
        "pseudonym": pseudonym(case),
        "headline": headline(case),
        "told": told(case),
        "passages": passages(queries.typed_in(case)),
        "finds": _finds(case),
        "words": queries.seen_of(case),
        "messages_said": [said(message) for message in messages_of(case)],
        "hold_message": act("hold-message"),
        "remove_message": act("remove-message"),
        "marks": queries.found_in(case),
        "photos": photos_shown(case, ByModerator()),
        "opinions": opinions_seen_by(Moderator(), case),
        "acts": [act(what) for what in policies.moves_of(case) if what != "open"],
        "can_open": "open" in policies.moves_of(case),
        "mask_reasons": [r for r in reasons() if "mask" in r.acts],
        "hide": act("hide"),
        "ban": act("ban"),
        "ban_asker": act("ban-asker") if policies.can_ban(case) else None,
        "drop_photo": act("drop-photo"),
        "log": [logged(d) for d in queries.decisions_of(case)],
        "reports": [
            {"report": r, "says": in_words(r.reasons)}
            for r in queries.open_reports().filter(case=case)
        ],
        "problem": problem,
        "form": form,
    }
    return render(request, "moderation/case.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def reports(request: HttpRequest, moderator: User) -> HttpResponse:
    """What people said is wrong: the gravest first."""
    if request.method == "POST":
        found = get_object_or_404(Report, pk=_number(request.POST.get("report", "")))
        if found.case:
            _case(found.case.key, moderator)
        reporting.close_report(report=found, by=moderator)
        messages.success(request, "The report is closed.")
        return redirect("moderate-reports")
    page = Paginator(queries.open_reports(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"report": r, "says": in_words(r.reasons)} for r in page]
    record(verb="listed", kind="report", key="reports", reports=[r.pk for r in page])
    return render(request, "moderation/reports.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Anybody says that something is wrong. Whether there is such a thing is told to nobody."""
    if kind not in KINDS:
        raise Http404("nothing of this kind can be reported")
    form = ReportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "moderation/report.html", {"form": form}, status=status)
    try:
        if kind == "published" or (case := _reported(kind, key)):
            reporting.report(
                kind=kind,
                key=key,
                case=None if kind == "published" else case,
                reasons=form.cleaned_data["reasons"],
                words=form.cleaned_data["words"],
                source=_source(request),
            )
    except reporting.TooMany as reason:
        form.add_error(None, str(reason))
        return render(request, "moderation/report.html", {"form": form}, status=429)
    return render(request, "moderation/reported.html")


def _reported(kind: str, key: str) -> Case | None:
    found = Case.objects.exclude(state__in=["draft", "withdrawn"])
    match kind:
        case "case":
            return found.filter(key=key).first()
        case "opinion":
            return found.filter(opinions__pk=_number(key)).first()
        case "message":
            return found.filter(messages__pk=_number(key)).first()
        case "photo":
            return found.filter(photos__key=key).first()
        case _:
            return None


def _source(request: HttpRequest) -> str:
    """Tells one sender from another for a day, and cannot be turned back into an address."""
    day = timezone.now().date().isoformat()
    return salted_hmac(
        "milium.moderation.source", f"{day} {network_of(request)}", algorithm="sha256"
    ).hexdigest()[:32]


@require_safe
@overseers_only
def the_record(request: HttpRequest, user: User) -> HttpResponse:
    """Who read and wrote what, the latest first; without the cases on whose panel the reader sits."""
    form = RecordForm(request.GET)
    filters = (
        {name: value.strip() for name, value in form.cleaned_data.items()}
        if form.is_valid()
        else {}
    )
    own = Case.objects.filter(seats__specialist__user=user).values("key")
    found = entries(**filters).exclude(case_key__in=own)
    page = Paginator(found, ON_A_PAGE * 2).get_page(request.GET.get("page"))
    names = dict(
        User.objects.filter(
            pk__in=[e.actor_key for e in page if e.actor_kind == "user"]
        ).values_list("pk", "name")
    )
    rows = [{"entry": e, "name": names.get(_number(e.actor_key), "")} for e in page]
    filtered = request.GET.copy()
    filtered.pop("page", None)
    context = {"form": form, "rows": rows, "page": page, "filters": filtered.urlencode()}
    return render(request, "moderation/record.html", context)
