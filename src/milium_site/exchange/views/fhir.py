"""The FHIR endpoint: what it can do, reading, searching, a whole case, and a bundle that comes in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from milium import __version__
from milium.api import write_fhir
from milium.errors import UnusableInput
from milium_site.casebook.access import askers_only
from milium_site.cases.models import Case
from milium_site.cases.queries import case_for_specialist
from milium_site.exchange.api.doors import lacks
from milium_site.exchange.api.parsing import strict_json
from milium_site.exchange.bearer import Bearer, bearer_in
from milium_site.exchange.dossier import dossier_for
from milium_site.exchange.fhir.actions import take_bundle
from milium_site.exchange.fhir.capability import CASE_PARAMETERS, KINDS, PARAMETERS, capability
from milium_site.exchange.fhir.resources import Json, case_of, renamed, resources, searchset
from milium_site.exchange.problems import FHIR, Problem, answer, issue, outcome
from milium_site.record.actions import record


P = ParamSpec("P")
MOST = 200
SENT_AS = ("application/fhir+json", "application/json")


def with_token(
    scope: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Bearer, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Gives the view whoever sent a token with the ``scope``; errors become OperationOutcomes."""

    def door(
        view: Callable[Concatenate[HttpRequest, Bearer, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            bearer = bearer_in(request)
            if bearer is None:
                return answer(request, 401, headers={"WWW-Authenticate": 'Bearer realm="milium"'})
            try:
                if scope not in bearer.scopes:
                    raise lacks(scope)
                return view(request, bearer, *args, **kwargs)
            except Problem as problem:
                return answer(request, problem.status, problem.detail, problem.headers)

        guarded.door = scope  # type: ignore[attr-defined] # a test looks for it
        return csrf_exempt(guarded)

    return door


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What the endpoint can do, for everybody."""
    at = timezone.now().isoformat(timespec="seconds")
    return _fhir(capability(base=_base(), version=__version__, at=at))


@with_token("fhir:read")
@require_safe
def read(request: HttpRequest, bearer: Bearer, kind: str, id_: str) -> HttpResponse:
    """One resource."""
    found = [r for r in _of(bearer, case_of(id_)) if (r["resourceType"], r["id"]) == (kind, id_)]
    if not found:
        raise Problem(404)
    return _fhir(found[0])


@with_token("fhir:read")
@require_safe
def search(request: HttpRequest, bearer: Bearer, kind: str) -> HttpResponse:
    """The resources of one kind of one case."""
    if kind not in KINDS:
        raise Problem(404, "There are no such resources here.")
    unknown = sorted(set(request.GET) - set(PARAMETERS))
    if unknown:
        raise Problem(400, f"It is searched by {', '.join(PARAMETERS)} only.")
    found = [r for r in _of(bearer, _case_named(request, bearer)) if r["resourceType"] == kind]
    if "_id" in request.GET:
        found = [r for r in found if r["id"] in request.GET["_id"].split(",")]
    return _fhir(_page(request, found))


@with_token("fhir:read")
@require_safe
def everything(request: HttpRequest, bearer: Bearer, kind: str, id_: str) -> HttpResponse:
    """Everything of one case."""
    if kind not in {"ServiceRequest", "Patient"}:
        raise Problem(404)
    return _fhir(_page(request, _of(bearer, id_)))


@with_token("fhir:write")
@require_POST
def receive(request: HttpRequest, bearer: Bearer) -> HttpResponse:
    """A bundle from a clinic."""
    if request.content_type not in SENT_AS:
        raise Problem(415, "Send application/fhir+json.")
    try:
        bundle = strict_json(request.body)
    except RequestDataTooBig as error:
        raise Problem(413) from error
    except ValueError as error:
        raise Problem(400, "The body is no JSON in UTF-8.") from error
    if bearer.token is None:
        raise Problem(403)
    try:
        taken = take_bundle(bundle=bundle, token=bearer.token, specialist=bearer.specialist)
    except UnusableInput as error:
        raise Problem(422, error.reason[:300]) from error
    told = [issue(severity, "informational", said) for severity, said in taken.told]
    if taken.link:
        page = f"{settings.MILIUM_ADDRESS}/c/{taken.link}/"
        told.append(
            issue("information", "informational", f"The person's own page, for them alone: {page}")
        )
    response = _fhir(outcome(*(told or [issue("information", "informational", "Taken.")])))
    response.status_code = 201 if taken.link else 200
    response["Location"] = f"{_base()}/ServiceRequest/{taken.case.key}"
    return response


@askers_only
@require_safe
def own_bundle(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """The asker's case as a document, to take to a clinic."""
    response = _fhir(bundle_of(case, Bearer(digest="", scopes=frozenset(), case=case)))
    response["Content-Disposition"] = 'attachment; filename="milium-case.fhir.json"'
    return response


def bundle_of(case: Case, bearer: Bearer) -> Json:
    """The document that the bearer may read of the case, under the server's own ids."""
    dossier = dossier_for(case, None if bearer.case else bearer.specialist)
    at = timezone.now().isoformat(timespec="milliseconds")
    bundle = write_fhir(dossier, written_at=at, version=__version__, base=_base())
    return renamed(bundle, case.key, _base())


def _of(bearer: Bearer, key: str) -> list[Json]:
    """Every resource of the case with this key, which is recorded. Raises ``Problem`` where it is not theirs."""
    specialist = bearer.specialist
    if bearer.case and bearer.case.key == key:
        case = bearer.case
    elif specialist and key.isascii() and key.isalnum():
        try:
            case = case_for_specialist(key, specialist)
        except Case.DoesNotExist as error:
            raise Problem(404) from error
    else:
        raise Problem(404)
    record(verb="read", kind="case", key=case.key, case=case.key, by="fhir")
    return list(resources(bundle_of(case, bearer)))


def _case_named(request: HttpRequest, bearer: Bearer) -> str:
    named = {
        case_of(request.GET[name].rpartition("/")[2].split(",")[0])
        for name in CASE_PARAMETERS
        if name in request.GET
    }
    if not named and bearer.case:
        return bearer.case.key
    if len(named) != 1:
        raise Problem(400, "Name one case: by patient, subject, based-on or _id.")
    return named.pop()


def _page(request: HttpRequest, found: list[Json]) -> Json:
    count = request.GET.get("_count", str(MOST))
    if not (count.isascii() and count.isdecimal() and len(count) < 6):
        raise Problem(400, "_count is a number.")
    # $everything gives all there is: a case without its end would be another case.
    shown = found if request.path.endswith("$everything") else found[: min(int(count), MOST)]
    link = f"{settings.MILIUM_ADDRESS}{request.path}"
    return searchset(shown, base=_base(), link=link, total=len(found))


def _base() -> str:
    return f"{settings.MILIUM_ADDRESS}/fhir"


def _fhir(body: dict[str, Any]) -> HttpResponse:
    return JsonResponse(body, content_type=FHIR)
